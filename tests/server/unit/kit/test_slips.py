"""Slips, measured: whatever a code's letters are, it stands whole on its own slip."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anfang.kit.slips import Slip, render_slips
from anfang.kit.typesetting import default_font_folders
from server.unit.documents.pdf import Pdf

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)

WIDTH = 210
MARGIN, INSET = 10, 5
CODES = [
    "2345-2222-3333-4444-5555-6666-7777",
    "WWWW-XXXX-2YYY-ZZZZ-W2XY-9999-WXYZ",
    "00000-11111-22222-33333-44444-5",
    "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-F",
]


def test_a_code_stands_whole_on_its_slip(tmp_path: Path) -> None:
    slips = [Slip(mark=f"第 {n} 号", code=code, url=code) for n, code in enumerate(CODES, start=1)]
    path = tmp_path / "slips.pdf"
    made = render_slips(
        "一次会议的票",
        ["扫码填写"],
        slips,
        timestamp=datetime(2026, 11, 16, tzinfo=UTC),
        font_folders=default_font_folders(),
    )
    path.write_bytes(made)
    sheet = Pdf(path)
    assert [code for code in CODES if code not in sheet.text()] == []
    for word in sheet.words():
        # The sheet's middle is the cut between a slip and its neighbour.
        right = WIDTH / 2 if word.left < WIDTH / 2 else WIDTH - MARGIN
        assert word.right <= right - INSET, word.text
