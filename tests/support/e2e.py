"""Fixtures of the end-to-end story: one server, one browser program, phones and consoles."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from support.browser import CHROMIUM_ARGUMENTS, find_chromium
from support.e2e_office import Console
from support.e2e_phone import FieldPhone
from support.e2e_server import Anfang, built_pwa, running_anfang
from support.house import ROOT

PICTURES = ROOT / "build" / "e2e"


@dataclass
class Story:
    """What the acts played so far left behind, for the acts after them."""

    facts: dict[str, Any] = field(default_factory=dict)
    phones: dict[str, FieldPhone] = field(default_factory=dict)
    consoles: dict[str, Console] = field(default_factory=dict)
    broken: str | None = None

    def __getitem__(self, name: str) -> Any:
        if name not in self.facts:
            pytest.fail(f"“{name}” comes from an earlier act: run tests/e2e/main_job whole")
        return self.facts[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.facts[name] = value

    def console_of(
        self, browser: Browser, anfang: Anfang, username: str, *, recording: bool = False
    ) -> Console:
        """The console of an account, signed in once."""
        if username not in self.consoles:
            who = anfang.sign_in_of(username)
            self.consoles[username] = Console.signed_in(
                browser, anfang.origin, who, recording=recording
            )
        return self.consoles[username]

    def close(self) -> None:
        """Close every phone and console, before the browsers they run in."""
        for phone in self.phones.values():
            phone.stop()
        for console in self.consoles.values():
            console.close()

    def open_pages(self) -> dict[str, Page]:
        """Every page that is on a screen now, by whose it is."""
        phones = {name: one.page for name, one in self.phones.items() if one.is_on}
        return phones | {name: one.page for name, one in self.consoles.items()}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # A small machine that runs other tests beside this one is slow, not wrong.
    expect.set_options(timeout=15_000)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The office's browser program; phones have one each."""
    assert find_chromium() is not None, "no Chromium: make test installs it"
    chromium = playwright.chromium.launch(
        executable_path=find_chromium(), args=list(CHROMIUM_ARGUMENTS)
    )
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def anfang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anfang]:
    built_pwa()
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    folder = tmp_path_factory.mktemp("anfang")
    try:
        with running_anfang(folder) as running:
            yield running
    finally:
        if (folder / "serve.log").exists():
            shutil.copy(folder / "serve.log", PICTURES / "serve.log")


@pytest.fixture(scope="session")
def story(playwright: Playwright, browser: Browser) -> Iterator[Story]:
    """Shared by all acts."""
    told = Story()
    yield told
    told.close()


@pytest.fixture(scope="session")
def first_phone(playwright: Playwright, anfang: Anfang, story: Story, profiles: Path) -> FieldPhone:
    """The first inspector's phone, unlocked by a PIN."""
    phone = FieldPhone(playwright, anfang.origin, profiles / "first", "730518", "pin")
    return story.phones.setdefault("first phone", phone)


@pytest.fixture(scope="session")
def second_phone(
    playwright: Playwright, anfang: Anfang, story: Story, profiles: Path
) -> FieldPhone:
    """The second inspector's phone, unlocked by a passphrase."""
    phone = FieldPhone(
        playwright, anfang.origin, profiles / "second", "河边 石桥 旧书 雨伞", "passphrase"
    )
    return story.phones.setdefault("second phone", phone)


@pytest.fixture(scope="session")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profiles")


@pytest.fixture(scope="session")
def console(browser: Browser, anfang: Anfang, story: Story) -> Callable[..., Console]:
    """Return a function that gives the console of an account, signed in once."""

    return partial(story.console_of, browser, anfang)


@pytest.fixture(autouse=True)
def unbroken(request: pytest.FixtureRequest, story: Story) -> None:
    """One cause, one message: what follows a broken act says so instead of failing somewhere.

    The act itself may be asked once more, and then the story goes on (ADR 42).
    """
    if story.broken == request.node.name:
        story.broken = None
    if story.broken is not None:
        pytest.fail(f"the story broke off in {story.broken}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Photograph every screen when the story breaks off."""
    report = yield
    told = getattr(item, "funcargs", {}).get("story")
    if report.failed and isinstance(told, Story) and told.broken is None:
        told.broken = item.name
        for name, page in told.open_pages().items():
            _photograph(page, PICTURES / f"{item.name}-{name.replace(' ', '-')}.png")
    return report


def _photograph(page: Page, path: Path) -> None:
    try:
        page.screenshot(path=path)
    except PlaywrightError as error:
        path.with_suffix(".txt").write_text(f"no picture: {error}", "utf-8")
