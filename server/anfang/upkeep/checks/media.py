"""Media against the database, both ways."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from anfang.kit.clock import now
from anfang.storage import service as storage
from anfang.upkeep.findings import Finding, Level, Tally
from anfang.upkeep.stored import expected, hash_in_name

_ORPHAN_AFTER: Final = timedelta(hours=1)
"""An upload stores its bytes a moment before its row: until then nothing is amiss."""


def check(tally: Tally, *, deep: bool) -> Iterator[Finding]:
    """Compare what storage holds with what rows speak of; inside a reading transaction.

    Args:
        deep: read every object again and compare its bytes with the hash in its name.
    """
    held = {one.key: one for one in storage.objects()}
    tally.objects += len(held)
    named: set[str] = set()
    for wanted in expected():
        if wanted.key in named:
            continue
        named.add(wanted.key)
        found = held.get(wanted.key)
        if found is None:
            yield Finding("object-missing", wanted.key)
        elif wanted.size is not None and found.size != wanted.size:
            yield Finding(
                "object-size", wanted.key, facts={"size": found.size, "expected": wanted.size}
            )
        elif deep:
            yield from _reread(wanted.key, tally)
    before = now() - _ORPHAN_AFTER
    for key in sorted(held.keys() - named):
        if held[key].stored_at < before:
            yield Finding("object-orphan", key, Level.WARNING)


def _reread(key: str, tally: Tally) -> Iterator[Finding]:
    digest, size = storage.digest(key)
    tally.bytes += size
    if hash_in_name(key) not in (None, digest):
        yield Finding("object-changed", key)
