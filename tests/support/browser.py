"""Where the Chromium of the tests is, and the flags under which it behaves on a small machine."""

import shutil
from pathlib import Path

from support.house import ROOT

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
PERMISSIONS = ("geolocation", "camera", "background-sync")
"""Granted together: granting some denies the rest."""


def find_chromium() -> Path | None:
    """The system's Chromium or Chrome, else the one that `make test` fetched for Playwright."""
    for name in ("chromium", "google-chrome"):
        found = shutil.which(name)
        if found:
            return Path(found)
    fetched = sorted((ROOT / ".tools" / "browsers").glob("chromium-*/chrome-linux*/chrome"))
    return fetched[-1] if fetched else None
