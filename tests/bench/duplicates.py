"""Search near-duplicates by the banded index, against counting bits in every hash.

The hashes resemble those of photographs: rows like the rows above them. Both ways answer the same
questions in the same run and must give the same answers. Half of the questions are a known hash
with up to three bits changed, half are new.
"""

import os
import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from anfang.app import create_app
from anfang.evidence import likeness
from anfang.evidence.duplicates import near_hashes
from anfang.installation import prepare
from anfang.kit.config import load_settings
from anfang.kit.db import db, transaction

SIZE = 100_000
QUESTIONS = 200
SCANS = 10
CHUNK = 20_000
COLUMN = int.from_bytes(bytes([1] * 8))


def run(size: int | None) -> dict[str, object]:
    """Measure with `size` pictures (100,000 by default)."""
    chance = random.Random(20261122)
    hashes = sorted({photographic(chance) for _ in range(size or SIZE)})
    questions = [asked(hashes, chance) for _ in range(QUESTIONS)]
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as folder:
        app = _application(Path(folder))
        with app.app_context():
            inserted = _fill(Path(folder) / "anfang.sqlite3", hashes)
            by_index = [_timed(lambda q=one: _search(q)) for one in questions]
            db.session.remove()
            db.engine.dispose()
            bytes_on_disk = (Path(folder) / "anfang.sqlite3").stat().st_size
    by_scan = [_timed(lambda q=one: scan(hashes, q)) for one in questions[:SCANS]]
    for (found, _), (expected, _) in zip(by_index, by_scan, strict=False):
        assert found == expected, "the index finds what the scan finds"
    index_ms = sorted(1000 * seconds for _, seconds in by_index)
    scan_ms = statistics.median(1000 * seconds for _, seconds in by_scan)
    return {
        "pictures": len(hashes),
        "questions": len(questions),
        "index_median_ms": round(statistics.median(index_ms), 3),
        "index_p95_ms": round(index_ms[int(len(index_ms) * 0.95)], 3),
        "scan_median_ms": round(scan_ms, 3),
        "times_faster": round(scan_ms / statistics.median(index_ms), 1),
        "fill_per_second": round(len(hashes) / inserted),
        "database_bytes": bytes_on_disk,
    }


def photographic(chance: random.Random) -> int:
    """Draw a telling hash: one row at random, each next one like it but for an eighth of it."""
    while True:
        value = chance.getrandbits(8) * COLUMN
        changes = chance.getrandbits(64) & chance.getrandbits(64) & chance.getrandbits(64)
        for shift in (8, 16, 32):
            changes ^= changes << shift & (1 << 64) - 1
        value ^= changes
        if likeness.is_telling(value):
            return value


def asked(hashes: list[int], chance: random.Random) -> int:
    """Draw a question."""
    if chance.random() < 0.5:
        return photographic(chance)
    value = chance.choice(hashes)
    for bit in chance.sample(range(64), chance.randint(0, likeness.MOST_BITS)):
        value ^= 1 << bit
    return value


def scan(hashes: list[int], value: int) -> dict[int, int]:
    """Count bits in every hash: the raw limit of a program without an index."""
    if not likeness.is_telling(value):
        return {}
    most = likeness.MOST_BITS
    return {one: bits for one in hashes if (bits := (one ^ value).bit_count()) <= most}


def _search(value: int) -> dict[int, int]:
    with transaction(write=False):
        return near_hashes(value)


def _timed(work):
    started = time.perf_counter()
    found = work()
    return found, time.perf_counter() - started


def _application(folder: Path):
    os.environ["ANFANG_DATA"] = str(folder)
    for name in ("ANFANG_DATABASE_URL", "ANFANG_STORAGE_URL"):
        os.environ.pop(name, None)
    app = create_app(load_settings())
    with app.app_context():
        prepare(app)
    return app


def _fill(path: Path, hashes: list[int]) -> float:
    """Write the index as decoding does, but a chunk a transaction; returns the seconds."""
    started = time.perf_counter()
    with sqlite3.connect(path) as connection:
        rows = sorted(
            (band, part, likeness.stored(value))
            for value in hashes
            for band, part in enumerate(likeness.bands(value))
        )
        for first in range(0, len(rows), CHUNK):
            connection.executemany(
                "INSERT INTO media_hashes (band, value, hash) VALUES (?, ?, ?)",
                rows[first : first + CHUNK],
            )
    connection.close()
    return time.perf_counter() - started
