"""Slips with a QR code and the code in letters, eight to an A4 sheet, to be cut apart. Pure.

What is on a slip is a secret: the PDF is handed to whoever asked for it and kept nowhere.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import segno

from anfang.kit.typesetting import compile_sheet

_TEMPLATE: Final = Path(__file__).with_name("slips.typ")


@dataclass(frozen=True)
class Slip:
    """One slip.

    Attributes:
        mark: to whom it is handed: a group, an opaque number.
        code: in letters, for whoever cannot scan.
        url: what the QR code says.
    """

    mark: str
    code: str
    url: str


def render_slips(
    heading: str,
    lines: Sequence[str],
    slips: Sequence[Slip],
    *,
    timestamp: datetime,
    font_folders: Sequence[Path],
) -> bytes:
    """Return the PDF of slips, all with the same heading and lines of text.

    Args:
        lines: short ones beneath the code: what to do, until when.
        timestamp: becomes the PDF's creation date.

    Raises:
        TypesettingError: a typeface is missing, or a character cannot be shown.
    """
    data = {
        "heading": heading,
        "lines": list(lines),
        "slips": [{**asdict(one), "qr": _qr(one.url)} for one in slips],
    }
    return compile_sheet(_TEMPLATE, data, timestamp=timestamp, font_folders=font_folders)


def _qr(url: str) -> str:
    return segno.make(url, error="m", micro=False).svg_inline(border=0)
