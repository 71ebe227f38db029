"""Difference hashes as keys: which pictures may look alike, without looking at all of them. Pure.

Two 64-bit hashes that differ in at most three bits agree in at least one of four bands of 16 bits
(pigeonhole). So four look-ups find every near-duplicate, and bits are counted for those alone.
"""

from typing import Final

BANDS: Final = 4
MOST_BITS: Final = 3
"""Recompressing, shrinking or slightly brightening a photograph changes no more bits than this."""
_FEWEST_ONES: Final = 6
_FEWEST_ROWS: Final = 3


def bands(value: int) -> list[int]:
    """Return four 16-bit parts of a hash, each of two of its eight rows.

    The rows of a part lie four apart: neighbouring rows of a photograph are nearly the same, and
    parts of such rows would be shared by many pictures.
    """
    rows = [value >> shift & 0xFF for shift in range(0, 64, 8)]
    return [rows[band] | rows[band + BANDS] << 8 for band in range(BANDS)]


def differing_bits(one: int, other: int) -> int:
    """Return in how many bits two hashes differ."""
    return (one ^ other).bit_count()


def is_telling(value: int) -> bool:
    """Tell whether a hash says enough to compare by.

    A bare wall, a black frame or plain stripes give nearly the same hash whatever they show: some
    ones and zeros, and rows that differ, are asked for.
    """
    ones = value.bit_count()
    rows = {value >> shift & 0xFF for shift in range(0, 64, 8)}
    return _FEWEST_ONES <= ones <= 64 - _FEWEST_ONES and len(rows) >= _FEWEST_ROWS


def stored(value: int) -> int:
    """Return a hash as the signed 64-bit number that databases keep."""
    return value - (1 << 64) if value >> 63 else value


def loaded(number: int) -> int:
    """Return the hash of a stored number."""
    return number % (1 << 64)
