"""Near-duplicates by look-up: nothing within three bits escapes the four bands."""

from hypothesis import given
from hypothesis import strategies as st

from anfang.evidence import likeness

HASHES = st.integers(0, 2**64 - 1)


@given(HASHES, st.sets(st.integers(0, 63), max_size=likeness.MOST_BITS))
def test_what_differs_in_three_bits_shares_a_band(value, flipped):
    other = value
    for bit in flipped:
        other ^= 1 << bit
    assert likeness.differing_bits(value, other) == len(flipped)
    shared = zip(likeness.bands(value), likeness.bands(other), strict=True)
    assert any(one == another for one, another in shared)


@given(HASHES)
def test_the_bands_hold_the_whole_hash_and_it_survives_the_database(value):
    assert sum(band.bit_count() for band in likeness.bands(value)) == value.bit_count()
    assert all(0 <= band < 1 << 16 for band in likeness.bands(value))
    assert -(2**63) <= likeness.stored(value) < 2**63
    assert likeness.loaded(likeness.stored(value)) == value


def test_hashes_that_tell_nothing():
    stripes = int.from_bytes(bytes([0b01010101] * 8))
    assert not any(map(likeness.is_telling, (0, 2**64 - 1, 0x80, stripes)))
    assert likeness.is_telling(0xACA9A9085242CAD8)
