"""An inspector's phone: the field app in a Chromium with a profile folder of its own."""

import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from support.browser import CHROMIUM_ARGUMENTS, PERMISSIONS, find_chromium

_DYING_SECONDS = 10
_COUNT = """(store) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('notes')
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const counting = opening.result.transaction(store).objectStore(store).count()
    counting.onsuccess = () => { opening.result.close(); resolve(counting.result) }
    counting.onerror = () => reject(counting.error)
  }
})"""


@dataclass
class FieldPhone:
    """A phone that can be switched off, killed and switched on again; its storage stays."""

    playwright: Playwright
    origin: str
    profile: Path
    secret: str
    protection: str
    latitude: float = 29.70123
    longitude: float = 115.99036
    accuracy: float = 8
    sees: Path | None = None
    """What its camera sees, a film of JPEGs (`.mjpeg`); None: the browser's test picture."""
    page: Page = field(init=False)
    _context: BrowserContext | None = None

    # --- power and network -----------------------------------------------------------------

    def start(self, path: str = "/field", *, offline: bool = False) -> None:
        """Start the browser cold and open the app."""
        context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=find_chromium(),
            args=[*CHROMIUM_ARGUMENTS, *self._camera()],
            viewport={"width": 390, "height": 844},
            is_mobile=True,
            has_touch=True,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            permissions=list(PERMISSIONS),
            geolocation={
                "latitude": self.latitude,
                "longitude": self.longitude,
                "accuracy": self.accuracy,
            },
        )
        context.set_default_timeout(15_000)
        context.set_offline(offline)
        self._context = context
        self.page = context.pages[0]
        self.page.goto(path if "://" in path else self.origin + path)

    def _camera(self) -> list[str]:
        return [f"--use-file-for-fake-video-capture={self.sees}"] if self.sees else []

    def go_offline(self) -> None:
        self._running.set_offline(True)

    def go_online(self) -> None:
        self._running.set_offline(False)

    def stop(self) -> None:
        """Close the browser as a person does."""
        if self._context is not None:
            self._context.close()
            self._context = None

    def kill(self) -> None:
        """SIGKILL the browser process: nothing of it gets a chance to write anything more."""
        (browser,) = [pid for pid, words in self._processes() if not _has_type(words)]
        with self._running.expect_event("close"):
            os.kill(browser, signal.SIGKILL)
        self._context = None
        deadline = time.monotonic() + _DYING_SECONDS
        while self._processes():
            assert time.monotonic() < deadline, "parts of a killed browser live on"
            time.sleep(0.05)

    @property
    def is_on(self) -> bool:
        return self._context is not None

    @property
    def _running(self) -> BrowserContext:
        assert self._context is not None, "the phone is off"
        return self._context

    def _processes(self) -> list[tuple[int, list[str]]]:
        mark, found = f"--user-data-dir={self.profile}", []
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = file.read_bytes().decode(errors="replace").split("\0")
            except OSError:
                continue  # It ended while we looked.
            if mark in words:
                found.append((int(file.parent.name), words))
        return found

    # --- the app ---------------------------------------------------------------------------

    def __getitem__(self, test_id: str) -> Locator:
        """The element with a `data-testid`."""
        return self.page.get_by_test_id(test_id)

    def enrol(self, url: str) -> None:
        """Open an enrolment link, choose how to unlock, enter."""
        self.start(url)
        self.accept_enrolment()

    def accept_enrolment(self) -> None:
        """Choose how to unlock and enter, once the link has been read."""
        self[f"protect-{self.protection}"].click()
        self["secret"].fill(self.secret)
        self["secret-again"].fill(self.secret)
        self["secret-create"].click()
        self["compare-done"].click()
        expect(self["tab-today"]).to_be_visible()
        # From here on it starts without a network.
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def unlock(self) -> None:
        """Enter the PIN or the passphrase, and wait for what it opens."""
        self.enter_secret()
        expect(self["tab-today"]).to_be_visible()

    def enter_secret(self) -> None:
        """Enter the PIN or the passphrase; what comes of it is the caller's to look at."""
        if self.protection == "pin":
            for digit in self.secret:
                self[f"pin-{digit}"].click()
        else:
            self["passphrase"].fill(self.secret)
            self["unlock"].click()

    def kept(self, store: str) -> int:
        """How many entries the phone's database holds in a store (schema of the field app)."""
        count: int = self.page.evaluate(_COUNT, store)
        return count

    def answer(self, answers: dict[str, Any]) -> None:
        """Answer items of the open checklist: a list ticks several choices, an int is typed."""
        for item, value in answers.items():
            if isinstance(value, int):
                self[f"answer-{item}"].fill(str(value))
                continue
            for one in value if isinstance(value, list) else [value]:
                self[f"answer-{item}-{one}"].click()

    def saved(self) -> None:
        """Wait until everything typed so far is on the disk."""
        expect(self["save-state"]).to_have_attribute("data-state", "saved")

    def entry(self, record: str | None = None) -> Locator:
        """The outbox line of a record (or the only one there is)."""
        line = self["entry"]
        return line if record is None else self.page.locator(f"[data-record='{record}']").first


def _has_type(words: list[str]) -> bool:
    return any(word.startswith("--type=") for word in words)
