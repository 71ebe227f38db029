"""A running demonstration for the set-up pages; every screen is kept in `build/setup`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.e2e_office import Console
from support.e2e_server import Anfang, built_pwa, running_anfang
from support.house import ROOT

PICTURES = ROOT / "build" / "setup"
WIDTHS = (1440, 390)


@pytest.fixture(scope="session")
def anfang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anfang]:
    built_pwa()
    with running_anfang(tmp_path_factory.mktemp("setup")) as running:
        yield running


@pytest.fixture(scope="session")
def console(browser: Browser, anfang: Anfang) -> Iterator[Callable[[str], Console]]:
    """Return a function that gives the console of an account, signed in once."""
    opened: dict[str, Console] = {}

    def of(username: str) -> Console:
        if username not in opened:
            who = anfang.sign_in_of(username)
            opened[username] = Console.signed_in(browser, anfang.origin, who)
        return opened[username]

    yield of
    for one in opened.values():
        one.close()


@pytest.fixture
def photograph() -> Callable[[Console, str], list[Path]]:
    """Return a function that keeps a page as a desk and as a phone show it."""

    def keep(console: Console, name: str) -> list[Path]:
        PICTURES.mkdir(parents=True, exist_ok=True)
        kept = [PICTURES / f"{name}-{width}.png" for width in WIDTHS]
        for width, path in zip(WIDTHS, kept, strict=True):
            console.page.set_viewport_size({"width": width, "height": 900})
            console.page.wait_for_timeout(300)
            overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert console.page.evaluate(overflow) <= 0, f"{name} is wider than {width} px"
            console.page.screenshot(path=path, full_page=True)
        console.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        return kept

    return keep
