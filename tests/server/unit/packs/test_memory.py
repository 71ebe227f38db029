"""What building and verifying hold in memory does not grow with the pack."""

import tracemalloc
from contextlib import contextmanager
from dataclasses import replace

import pytest

from anfang.packs import archive, container, scratch
from anfang.packs.checks import reading
from anfang.packs.verify import verify_pack
from support import pack_factory as factory

PER_RECORD = 25
A_PHOTO = 400
"""Bytes that one more photo may cost; its lines, entries and proof weigh several thousand."""


def content_of(photos):
    office = factory.Office()
    records = tuple(
        factory.record_of(office, f"{start}", list(map(original, range(start, start + PER_RECORD))))
        for start in range(0, photos, PER_RECORD)
    )
    whole = factory.make_content(factory.Office(), records=(), cases=(), notices=())
    return replace(whole, records=records, log=office.sealed())


def original(number):
    data = factory.seeded(f"photo {number}", 99)
    opened = factory.in_one_piece(data)
    return factory.content.MediaInPack(factory.sha256(data), len(data), "jpg", opened)


@contextmanager
def peak():
    """Give a list that holds the most bytes of memory held inside, once it is over."""
    found = []
    tracemalloc.start()
    try:
        yield found
        found.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


@pytest.fixture
def peaks(office, tmp_path, monkeypatch):
    # Small packs stand for large ones only if they are read in many pieces, too.
    monkeypatch.setattr(archive, "CHUNK", 1 << 14)
    monkeypatch.setattr(container, "PIECE", 1 << 14)
    monkeypatch.setattr(scratch, "PIECE", 1 << 14)
    monkeypatch.setattr(reading, "PIECE", 1 << 12)

    def measure(photos):
        content = content_of(photos)
        with peak() as building:
            path = factory.write_pack(tmp_path, content, office.key)
        with peak() as verifying:
            verdict = verify_pack(path, office_key=office.kid)
        assert verdict.sound, verdict.faults
        assert verdict.records == photos // PER_RECORD
        return building[0], verifying[0]

    measure(PER_RECORD)  # what is loaded once is no growth
    return measure


def test_memory_does_not_grow_with_the_pack(peaks):
    few, many = 100, 700
    for small, large in zip(peaks(few), peaks(many), strict=True):
        assert large - small < A_PHOTO * (many - few)
