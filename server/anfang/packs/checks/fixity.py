"""Fixity: every listed file has the bytes of its hash."""

import hashlib
from collections.abc import Callable, Iterator

from anfang.packs.archive import ArchiveError
from anfang.packs.checks.reading import Reading
from anfang.packs.verdict import Finding


def check_fixity(reading: Reading, progress: Callable[[int], None]) -> Iterator[Finding]:
    """Hash every listed file, piece by piece; `progress` is told the bytes of each piece."""
    for path, expected in _listed(reading):
        if path not in reading.archive.files:
            continue
        digest = hashlib.sha256()
        try:
            for piece in reading.archive.stream(path):
                digest.update(piece)
                progress(len(piece))
        except ArchiveError as error:
            yield Finding(path, error.code, error.detail)
            continue
        if digest.hexdigest() != expected:
            yield Finding(path, "pack-hash-mismatch")


def _listed(reading: Reading) -> Iterator[tuple[str, str]]:
    for path, expected in reading.payload.in_turn():
        yield path, reading.tags.get(path) or expected
    for path, expected in reading.tags.in_turn():
        if path not in reading.payload:
            yield path, expected
