"""An office that can be restarted, phones killed at any instant, photos like no other."""

import contextlib
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Page, expect

from support.demonstration import ANFANG, put_demonstration
from support.e2e_phone import FieldPhone
from support.e2e_server import Anfang, Desk, built_pwa
from support.fault_proxy import FaultProxy
from support.faulty_site import kill_tree
from support.phone import sha256
from support.postgres import free_port

_START_SECONDS = 90
# Workers are made from text inside the app: there the clock is shifted as well.
_SHIFT = """((by) => {
  const shift = (by) => {
    const Real = Date
    self.Date = class extends Real {
      constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + by) }
      static now() { return Real.now() + by }
    }
  }
  shift(by)
  const Whole = Blob
  self.Blob = class extends Whole {
    constructor(parts = [], about = {}) {
      super(/javascript/.test(about.type ?? '') ? [`(${shift})(${by});`, ...parts] : parts, about)
    }
  }
})(%d)"""


@dataclass(frozen=True)
class Office(Anfang):
    """An installation whose server can be stopped, killed and started again, behind a proxy.

    Phones know the proxy's address (`origin`); the desks of the tests go to the server itself.
    """

    way: FaultProxy = field(kw_only=True)
    running: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def serve(self) -> None:
        with (self.data / "serve.log").open("ab") as log:
            server = subprocess.Popen(
                [str(ANFANG), "serve"],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running.append(server)
        deadline = time.monotonic() + _START_SECONDS
        while not self._is_ready():
            assert server.poll() is None, "the server ended by itself; see serve.log"
            assert time.monotonic() < deadline, "the server is not ready"
            time.sleep(0.2)

    def stop(self) -> None:
        while self.running:
            server = self.running.pop()
            server.terminate()
            server.wait(timeout=60)

    def kill(self) -> None:
        """SIGKILL the server with all its processes, whatever they are doing."""
        while self.running:
            kill_tree(self.running.pop())

    def desk(self, username: str) -> Desk:
        """An account at the API, signed in once, past the proxy and its faults."""
        if username not in self.desks:
            self.desks[username] = Desk.signed_in(self._address, self.sign_in_of(username))
        return self.desks[username]

    @property
    def _address(self) -> str:
        return f"http://127.0.0.1:{self.way.office_port}"

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self._address}/readyz", timeout=2).is_success
        except httpx.TransportError:
            return False


@contextlib.contextmanager
def field_office_in(folder: Path) -> Iterator[Office]:
    """Load the demonstration into `folder` and serve it behind a proxy until the end."""
    built_pwa()
    port, office_port = free_port(), free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ANFANG_") or k == "ANFANG_PWA"}
    origin = f"http://127.0.0.1:{port}"
    environment = {
        **kept,
        "ANFANG_DATA": str(folder),
        "ANFANG_ORIGIN": origin,
        "PORT": str(office_port),
    }
    demonstration = put_demonstration(environment)
    with FaultProxy(port, office_port) as way:
        office = Office(origin, folder, environment, demonstration, way=way)
        try:
            office.serve()
            yield office
        finally:
            office.stop()


@dataclass
class KillablePhone(FieldPhone):
    """A phone whose battery is pulled by a timer, in the middle of whatever it does."""

    def pull_battery_in(self, seconds: float) -> threading.Timer:
        (browser,) = [
            pid for pid, words in self._processes() if not any("--type=" in w for w in words)
        ]

        def pull() -> None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(browser, signal.SIGKILL)

        timer = threading.Timer(seconds, pull)
        timer.start()
        return timer

    def second_tab(self) -> Page:
        """Another tab of the same browser with the app, locked.

        The page opens it itself: Playwright's `new_page` waits for ever where the browser is killed
        in its midst.
        """
        address = f"{self.origin}/field"
        with self._running.expect_page() as opened:
            self.page.evaluate("(address) => { open(address, '_blank', 'noopener') }", address)
        opened.value.wait_for_load_state()
        return opened.value

    def restart(self) -> None:
        """Close the browser and start it again, locked."""
        self.stop()
        self.start()

    def leave_room(self, room: int) -> None:
        """Leave so many bytes for the app. Before unlocking: Chromium remembers what it found."""
        tools = self._running.new_cdp_session(self.page)
        used = tools.send("Storage.getUsageAndQuota", {"origin": self.origin})["usage"]
        quota = {"origin": self.origin, "quotaSize": int(used) + room}
        tools.send("Storage.overrideQuotaForOrigin", quota)

    def shift_clock(self, days: float) -> None:
        """Set the clock of the page and its workers; the app starts anew, locked."""
        self.page.add_init_script(_SHIFT % round(days * 86_400_000))
        self.page.reload()

    def bury(self) -> None:
        """Wait until nothing of a killed browser is left."""
        self._context = None
        deadline = time.monotonic() + 20
        while self._processes():
            assert time.monotonic() < deadline, "parts of a killed browser live on"
            time.sleep(0.05)


def noise_photo(dice: random.Random, width: int, height: int) -> bytes:
    """A JPEG that no other file shares bytes with and no compression hides."""
    picture = Image.frombytes("RGB", (width, height), dice.randbytes(width * height * 3))
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def begin_free_visit(phone: FieldPhone) -> str:
    """Begin a record on the first checklist, answer its first yes-or-no item "no"; its id."""
    phone["free"].click()
    phone["free-start"].click()
    return answer_no(phone)


def answer_no(phone: FieldPhone) -> str:
    """Answer the form's first yes-or-no item "no"; its id."""
    button = phone.page.locator("[data-testid^='answer-'][data-testid$='-no']").first
    item = str(button.get_attribute("data-testid")).removeprefix("answer-").removesuffix("-no")
    button.click()
    expect(phone["note"]).to_be_attached()
    return item


@dataclass(frozen=True)
class Filed:
    """A record as it was handed over: what must arrive, once and whole."""

    record: str
    note: str
    photos: tuple[bytes, ...]


def file_record(phone: FieldPhone, folder: Path, note: str, *photos: bytes) -> Filed:
    """Write a record with a note and photos and submit it; the outbox is on the screen then."""
    phone["tab-today"].click()
    item = begin_free_visit(phone)
    for number, photo in enumerate(photos):
        path = folder / f"{number}.jpg"
        path.write_bytes(photo)
        phone[f"file-{item}"].set_input_files(path)
        expect(phone["thumb"]).to_have_count(number + 1)
    phone["note"].fill(note)
    phone.saved()
    phone["submit"].click()
    phone["submit-now"].click()
    newest = phone["entry"].first
    expect(newest).to_be_visible()
    return Filed(str(newest.get_attribute("data-record")), note, photos)


def is_there_once_and_whole(office: Office, filed: Filed) -> bool:
    """Whether the office holds the record in one version with every photo, byte for byte."""
    desk = office.desk("reviewer1")
    listed = desk.get("/review/queue", state="any", limit=200)["items"]
    (seen,) = [one for one in listed if one["id"] == filed.record]
    record = desk.get(f"/review/records/{seen['id']}")
    hashes = sorted(one["sha256"] for one in record["media"] if one["held"])
    wanted = sorted(sha256(photo) for photo in filed.photos)
    return (record["state"], record["note"], hashes) == ("complete", filed.note, wanted)
