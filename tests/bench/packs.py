"""Build and verify a full pack of 2 MB photos, against `sha256sum` reading the same bytes.

A phone files the photos through the API. Building (from tables and storage to a file, `fsync`
included) and verifying are processes of their own that import what `anfang pack build` and
`anfang verify` do, so their peak memory is theirs alone. `sha256sum` reads the same bytes in the
same run: the originals for building, the pack for verifying. Ratios are of throughput; the goals
are 0.6 and 0.8 of `sha256sum`'s, with less than 200 MB of memory whatever the size.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PHOTOS = 200
PHOTO_BYTES = 2_000_000


def run(size: int | None, photo_bytes: int = PHOTO_BYTES) -> dict[str, object]:
    """Measure with `size` photos (200 by default, 2,000 for the goals)."""
    photos = size or PHOTOS
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as name:
        folder = Path(name)
        step("store", folder, photos, photo_bytes)
        originals = [path for path in (folder / "media" / "originals").rglob("*") if path.is_file()]
        reading = best(lambda: sha256sum(*originals))
        build = step("build", folder)
        reading_pack = best(lambda: sha256sum(folder / "pack.zip"))
        verify = step("verify", folder)
    payload = photos * photo_bytes
    return {
        "photos": photos,
        "payload_bytes": payload,
        "sha256sum_mb_per_second": round(payload / reading / 1e6),
        "build_mb_per_second": round(payload / build["seconds"] / 1e6),
        "build_ratio": round(reading / build["seconds"], 2),
        "build_peak_mb": round(build["peak_bytes"] / 1e6),
        "verify_mb_per_second": round(payload / verify["seconds"] / 1e6),
        "verify_ratio": round(reading_pack / verify["seconds"], 2),
        "verify_peak_mb": round(verify["peak_bytes"] / 1e6),
    }


def best(measure) -> float:
    """Give the quicker of two runs: the first may have filled the page cache."""
    return min(measure(), measure())


def sha256sum(*files: Path) -> float:
    """Give the seconds that `sha256sum` takes to read and hash the files."""
    started = time.perf_counter()
    listed = "\0".join(map(str, files)).encode()
    # By way of xargs: a hundred thousand names are too many for one command line.
    command = ["xargs", "-0", "sha256sum"]
    subprocess.run(command, input=listed, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def step(name: str, folder: Path, *arguments: int) -> dict[str, float]:
    """Run one step as a process; gives the seconds of its work and its peak memory."""
    environment = os.environ | {
        "ANFANG_DATA": str(folder),
        "ANFANG_LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(TESTS),
    }
    for setting in ("ANFANG_DATABASE_URL", "ANFANG_STORAGE_URL"):
        environment.pop(setting, None)
    file = TESTS / "bench" / "pack_steps" / f"{name}.py"
    command = [sys.executable, str(file), str(folder), *map(str, arguments)]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(told)
