"""An office that can be restarted, phones killed at any instant, photos like no other."""

import contextlib
import os
import random
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from io import BytesIO

import httpx
from PIL import Image
from playwright.sync_api import expect

from support.e2e_phone import FieldPhone
from support.e2e_server import ANFANG, Anfang

_START_SECONDS = 90


@dataclass(frozen=True)
class Office(Anfang):
    """An installation whose server can be stopped and started again."""

    running: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def serve(self) -> None:
        with (self.data / "serve.log").open("ab") as log:
            server = subprocess.Popen(
                [str(ANFANG), "serve"], env=self.environment, stdout=log, stderr=subprocess.STDOUT
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

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.origin}/readyz", timeout=2).is_success
        except httpx.TransportError:
            return False


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
    button = phone.page.locator("[data-testid^='answer-'][data-testid$='-no']").first
    item = str(button.get_attribute("data-testid")).removeprefix("answer-").removesuffix("-no")
    button.click()
    expect(phone["note"]).to_be_attached()
    return item
