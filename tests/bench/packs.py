"""Build and verify a full pack of 2 MB photos, against `sha256sum` reading the same bytes.

Building and verifying run in processes of their own, through the server's storage and its build to
a file, `fsync` included; so their peak memory is theirs alone. `sha256sum` reads the same bytes in
the same run: the originals for building, the pack for verifying. Ratios are of throughput; the
goals are 0.6 and 0.8 of `sha256sum`'s, with less than 200 MB of memory whatever the size.
"""

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from anfang.cli.application import installation
from anfang.packs import building, content
from anfang.packs.verify import verify_pack
from anfang.storage import service as storage
from support import pack_factory

TESTS = Path(__file__).resolve().parents[1]
PHOTOS = 200
PHOTO_BYTES = 2_000_000
PER_RECORD = 50
PACK = "pack.zip"
HASHES = "hashes.json"


def run(size: int | None) -> dict[str, object]:
    """Measure with `size` photos (200 by default, 2,000 for the goals)."""
    photos = size or PHOTOS
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as name:
        folder = Path(name)
        child("store", folder, photos)
        originals = [path for path in (folder / "media" / "originals").rglob("*") if path.is_file()]
        reading = best(lambda: sha256sum(*originals))
        build_seconds, build_memory = child("build", folder, photos)
        reading_pack = best(lambda: sha256sum(folder / PACK))
        verify_seconds, verify_memory = child("verify", folder, photos)
    payload = photos * PHOTO_BYTES
    return {
        "photos": photos,
        "payload_bytes": payload,
        "sha256sum_mb_per_second": round(payload / reading / 1e6),
        "build_mb_per_second": round(payload / build_seconds / 1e6),
        "build_ratio": round(reading / build_seconds, 2),
        "build_peak_mb": round(build_memory / 1e6),
        "verify_mb_per_second": round(payload / verify_seconds / 1e6),
        "verify_ratio": round(reading_pack / verify_seconds, 2),
        "verify_peak_mb": round(verify_memory / 1e6),
    }


def best(measure) -> float:
    """Give the quicker of two runs: the first may have filled the page cache."""
    return min(measure(), measure())


def sha256sum(*files: Path) -> float:
    """Give the seconds that `sha256sum` takes to read and hash the files."""
    started = time.perf_counter()
    subprocess.run(["sha256sum", *files], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def child(step: str, folder: Path, photos: int) -> tuple[float, int]:
    """Run one step as a process; gives the seconds of its work and its peak memory in bytes."""
    environment = os.environ | {"ANFANG_DATA": str(folder), "PYTHONPATH": str(TESTS)}
    for name in ("ANFANG_DATABASE_URL", "ANFANG_STORAGE_URL"):
        environment.pop(name, None)
    command = [sys.executable, __file__, step, str(folder), str(photos)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        told = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{step} ended with {process.returncode}")
    return float(told), used.ru_maxrss * 1024


# --- in the processes ---------------------------------------------------------------------------


def photo(number: int) -> bytes:
    """Give bytes that no other photo has and that nothing could compress."""
    return random.Random(number).randbytes(PHOTO_BYTES)


def store(folder: Path, photos: int) -> float:
    """Put the originals into storage."""
    started = time.perf_counter()
    with installation():
        hashes = []
        for number in range(photos):
            data = photo(number)
            hashes.append(hashlib.sha256(data).hexdigest())
            storage.put_bytes(storage.media_key(hashes[-1]), data)
    (folder / HASHES).write_text(json.dumps(hashes), "utf-8")
    return time.perf_counter() - started


def build(folder: Path, _photos: int) -> float:
    """Build the pack into a file, from what storage holds."""
    office = pack_factory.Office()
    with installation():
        whole = replace(
            pack_factory.make_content(office, records=()),
            records=tuple(records(office, json.loads((folder / HASHES).read_text("utf-8")))),
            log=office.sealed(),
        )
        started = time.perf_counter()
        building.build_to_file(whole, office.key, folder / PACK)
        return time.perf_counter() - started


def records(office: pack_factory.Office, hashes: list[str]) -> Iterator[content.RecordInPack]:
    """Share the originals out among records; the first is the one that the pack's case is about."""
    for start in range(0, len(hashes), PER_RECORD):
        name = f"bench {start}" if start else "a"
        shared = sorted(hashes[start : start + PER_RECORD])
        yield pack_factory.record_of(office, name, tuple(original(one) for one in shared))


def original(sha256: str) -> content.MediaInPack:
    """Name an original that storage holds."""
    key = storage.media_key(sha256)
    return content.MediaInPack(sha256, PHOTO_BYTES, "jpg", lambda: storage.stream(key))


def verify(folder: Path, _photos: int) -> float:
    """Verify the pack; it must be sound."""
    started = time.perf_counter()
    verdict = verify_pack(folder / PACK, office_key=pack_factory.Office().kid)
    seconds = time.perf_counter() - started
    if verdict.exit_code:
        raise RuntimeError(f"the pack is unsound: {verdict.faults[:3]}")
    return seconds


if __name__ == "__main__":
    _step, _folder, _photos = sys.argv[1:]
    _steps = {"store": store, "build": build, "verify": verify}
    sys.stdout.write(f"{_steps[_step](Path(_folder), int(_photos))}\n")
