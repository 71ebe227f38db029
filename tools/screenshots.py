"""Take the pictures in `docs/images` from a fresh demonstration (`make screenshots`)."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
ANFANG = Path(sys.executable).with_name("anfang")
_START_SECONDS = 60

sys.path.insert(0, str(ROOT / "tests"))
from support.browser import CHROMIUM_ARGUMENTS, find_chromium  # noqa: E402 -- the tests' own


@dataclass(frozen=True)
class Shot:
    """One picture: its file name, what to open, who looks at it, in which window.

    `path` may name members of the demonstration: `{record}`, `{case}`, `{notice}`, `{enrolment}`.
    """

    name: str
    path: str
    role: str | None = None
    width: int = 1440
    height: int = 900


SHOTS = (
    Shot("console-queue", "/console", role="reviewer"),
    Shot("console-review", "/console/records/{record}", role="reviewer"),
    Shot("console-case", "/console/cases/{case}", role="lead"),
    Shot("field-enrolment", "{enrolment}", width=390, height=844),
)


def main() -> None:
    """Start a demonstration of its own, take every picture, stop it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="anfang-screenshots-") as folder:
        port = _free_port()
        environment = {**os.environ, "ANFANG_DATA": folder, "PORT": str(port)}
        demonstration = _anfang(environment, "demo", "--json")
        enrolment = _anfang(environment, "enrol", "--alias", "示范一号", "--json")
        with _served(environment, f"http://127.0.0.1:{port}") as origin:
            _take_all(origin, demonstration, enrolment["url"])


def _anfang(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    run = subprocess.run(  # noqa: S603 -- our own program
        [str(ANFANG), *arguments], env=environment, check=True, stdout=subprocess.PIPE
    )
    document: dict[str, Any] = json.loads(run.stdout)
    return document


@contextmanager
def _served(environment: dict[str, str], origin: str) -> Iterator[str]:
    server = subprocess.Popen([str(ANFANG), "serve"], env=environment)  # noqa: S603 -- see above
    try:
        _wait_until_healthy(origin)
        yield origin
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_until_healthy(origin: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            with urlopen(f"{origin}/readyz", timeout=2):  # noqa: S310 -- our own address
                return
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _take_all(origin: str, demonstration: dict[str, Any], enrolment: str) -> None:
    sign_ins = {entry["role"]: entry for entry in demonstration["sign_ins"]}
    places = {
        "record": demonstration["records"][0],
        "case": demonstration["case"],
        "notice": demonstration["notice"],
        "enrolment": enrolment,
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=list(CHROMIUM_ARGUMENTS)
        )
        for shot in SHOTS:
            _take(browser, origin, shot, sign_ins.get(shot.role or ""), places)
        browser.close()


def _take(
    browser: Browser,
    origin: str,
    shot: Shot,
    sign_in: dict[str, str] | None,
    places: dict[str, str],
) -> None:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    page = context.new_page()
    if sign_in:
        _sign_in(page, origin, sign_in)
    path = shot.path.format(**places)
    page.goto(path if "://" in path else origin + path, wait_until="networkidle")
    page.screenshot(path=IMAGES / f"{shot.name}.png")
    context.close()
    sys.stdout.write(f"docs/images/{shot.name}.png\n")


def _sign_in(page: Page, origin: str, sign_in: dict[str, str]) -> None:
    answer = page.request.post(
        f"{origin}/api/v1/session",
        data={"username": sign_in["username"], "password": sign_in["password"]},
    )
    if not answer.ok:
        raise SystemExit(f"{sign_in['username']} cannot sign in: {answer.status}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
