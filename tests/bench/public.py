"""Lighthouse on the public pages of a fresh demonstration: accessibility and performance.

Lighthouse comes by `npx` from the package registry, pinned, and is no dependency of the product; it
drives the system's Chromium as a phone on a slow network (its own default). Goal: each at least 95.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Final

import httpx

from support.browser import CHROMIUM_ARGUMENTS, find_chromium
from support.e2e_server import Anfang, running_anfang

LIGHTHOUSE: Final = "lighthouse@13.5.0"
GOAL: Final = 95
CATEGORIES: Final = ("accessibility", "performance")
PAGES: Final = {
    "notices": "/p/",
    "complaint form": "/p/complaints/",
    "a complaint's state": "/p/complaints/follow",
    "verification": "/p/verify",
    "rankings": "/p/rankings/",
    "corrections": "/p/corrections/",
    "draws": "/p/draws/",
}
_SECONDS: Final = 180
_TRIES: Final = 3
"""A busy Chromium may lose the beginning of its trace; Lighthouse then asks for another."""


def run(size: int | None) -> dict[str, object]:
    """Measure every page, or the first `size` of them; a published notice is among them."""
    with (
        tempfile.TemporaryDirectory(prefix="anfang-bench-") as name,
        running_anfang(Path(name) / "data") as anfang,
    ):
        pages = [*({"a notice": _notice(anfang)} | PAGES).items()][:size]
        scores = {page: _scores(f"{anfang.origin}{path}", Path(name)) for page, path in pages}
    missed = [page for page, found in scores.items() if min(found.values()) < GOAL]
    return {"load": round(os.getloadavg()[0], 1), "scores": scores, "missed": missed}


def _notice(anfang: Anfang) -> str:
    listed = anfang.desk("lead").get("/notices", state="published", kind="exposure")["items"]
    return httpx.URL(listed[0]["public_url"]).path


def _scores(address: str, folder: Path) -> dict[str, int]:
    """Return a page's scores of 100 by category."""
    report = folder / "lighthouse.json"
    command = [
        *("npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"),
        f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(CHROMIUM_ARGUMENTS)}",
    ]
    environment = os.environ | {"CHROME_PATH": str(find_chromium())}
    for left in reversed(range(_TRIES)):
        ran = subprocess.run(command, check=left == 0, env=environment, timeout=_SECONDS)
        if ran.returncode == 0:
            break
    found = json.loads(report.read_text("utf-8"))["categories"]
    return {category: round(100 * found[category]["score"]) for category in CATEGORIES}
