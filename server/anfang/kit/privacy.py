"""Traces of private persons that must never be published: PIPL art. 25, 民法典 art. 1034. Pure.

What is published names units. These patterns catch what slips into free text: plates, phone
numbers, identity numbers. Names cannot be found by a pattern; legal check and approver read for
them.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

TraceKind = Literal["plate", "mobile_phone", "identity_number"]

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_PATTERNS: Final[tuple[tuple[TraceKind, re.Pattern[str]], ...]] = (
    # GB 11643: 17 digits and a check character.
    ("identity_number", re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)")),
    ("mobile_phone", re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")),
    # GA 36: province, letter, five characters (six on new-energy vehicles).
    (
        "plate",
        re.compile(
            rf"[{_PROVINCES}][A-HJ-NP-Z][·•\s]?"
            r"[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Trace:
    """One suspicious passage: its kind and the text as written."""

    kind: TraceKind
    text: str


def find_private_traces(text: str) -> tuple[Trace, ...]:
    """Find plates, mobile numbers and identity numbers in `text`, in order of kind, then place."""
    return tuple(
        Trace(kind, found.group())
        for kind, pattern in _PATTERNS
        for found in pattern.finditer(text)
    )
