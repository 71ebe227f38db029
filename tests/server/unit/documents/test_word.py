"""The Word file: real font names, the page of GB/T 9704, and what LibreOffice makes of it."""

import io
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from anfang.documents.content import Layout, Paragraph
from anfang.documents.drafting import Draft, Hearing, Visits
from anfang.documents.drafting_orders import rectification_draft, reply_draft, supervision_draft
from anfang.documents.drafting_reports import Progress, bulletin_draft
from anfang.documents.typeset import render
from anfang.documents.word import render_word
from server.unit.documents.pdf import Pdf
from server.unit.documents.samples import BUS, FINDINGS, OFFICE, PUBLISHED, WINDOW, notice

RARE = "玥昇堃喆珺祎赟垚曌☑"
UNCHECKED = {"verification_url": "", "key_thumbprint": ""}
OF_WINDOW = [replace(one, unit=WINDOW) for one in FINDINGS[1:]]


def order():
    return rectification_draft(
        office=OFFICE,
        unit=WINDOW,
        subject="窗口无故不在岗问题",
        findings=OF_WINDOW,
        evidence=["2026-0001"],
        basis="《甲市机关作风整顿实施方案》第八条",
        demands=["立即落实AB岗制度", "报送整改材料"],
        deadline=date(2026, 12, 4),
        defence_deadline=date(2026, 11, 27),
    )


def letter():
    return supervision_draft(
        office=OFFICE,
        unit="甲市交通示范局",
        matter="解决到站不停问题",
        matter_text=f"请督促整改，联系人王{RARE}",
        findings=FINDINGS[:1],
        deadline=date(2026, 12, 1),
        supporting=[BUS],
    )


def bulletin():
    return bulletin_draft(
        office=OFFICE,
        theme="窗口服务作风",
        lead="近期开展暗访",
        visits=Visits(date(2026, 11, 2), date(2026, 11, 13), units=35, visits=62),
        findings=FINDINGS,
        hearing=Hearing(heard=2, expired=1),
        progress=[Progress(WINDOW, "无故空岗", "open", date(2026, 12, 4))],
        achievements=["部分窗口实行延时服务"],
    )


def reply():
    return reply_draft(
        office=OFFICE,
        unit=WINDOW,
        matter="窗口无人值守问题",
        raised_on=date(2026, 11, 2),
        findings=OF_WINDOW,
        outcome="已责成该单位整改",
    )


DOCUMENTS = {
    "exposure": notice,
    "rectification": lambda: notice(order(), **UNCHECKED),
    "supervision": lambda: notice(letter(), layout=Layout.LETTER, mark=OFFICE, **UNCHECKED),
    "bulletin": lambda: notice(
        bulletin(), layout=Layout.BULLETIN, mark="简报", number="简报2026年第3期", **UNCHECKED
    ),
    "reply": lambda: notice(reply(), layout=Layout.LETTER, mark=OFFICE, **UNCHECKED),
}  # fmt: skip


def word(document):
    return Document(io.BytesIO(render_word(document, timestamp=PUBLISHED)))


def fonts_of(text, made):
    """Fonts of the runs that hold any of the characters of `text`."""
    return {
        run.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for run in made.element.body.iter(qn("w:r"))
        if set("".join(one.text or "" for one in run.iter(qn("w:t")))) & set(text)
    }


def test_the_page_is_that_of_the_standard():
    section = word(notice()).sections[0]
    edges = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(edge / Mm(1), 1) for edge in edges] == [210, 297, 37, 35, 28, 26]
    lines = {one.get(qn("w:line")) for one in word(notice()).element.body.iter(qn("w:spacing"))}
    assert "579" in lines  # 28.95 points: 22 to a page of 225 mm


def test_faces_are_named_as_offices_have_them():
    made = word(notice(Draft("壹", (Paragraph("乙"), Paragraph("", "丙", 1, "一、")))))
    assert fonts_of("壹", made) == {"方正小标宋简体"}
    assert fonts_of("乙", made) == {"仿宋_GB2312"}
    assert fonts_of("丙", made) == {"黑体"}
    assert not [part for part in made.part.package.iter_parts() if "font/" in str(part.partname)]


def test_characters_that_the_face_lacks_come_from_one_that_has_them():
    made = word(notice(Draft(f"关于{RARE}的通报", (Paragraph(RARE),))))
    assert fonts_of("玥昇堃喆珺祎赟垚曌", made) == {"仿宋", "宋体"}
    assert fonts_of("☑", made) == {"Segoe UI Symbol"}
    assert fonts_of("\U00020000", word(notice(Draft("题", (Paragraph("\U00020000"),))))) == {
        "SimSun-ExtB"
    }


def test_text_is_text_and_nothing_else():
    markup = "<w:p/> & {{ 7*7 }} ]]>"
    made = word(notice(Draft("题", (Paragraph(markup),))))
    assert markup in [one.text for one in made.paragraphs]


def characters(pdf):
    """How often each character stands in a PDF, page numbers apart."""
    return Counter(re.sub(r"—\d+—", "", pdf.text()))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_every_kind_with_the_same_content_and_pages(tmp_path):
    for kind, document in DOCUMENTS.items():
        (tmp_path / f"{kind}.docx").write_bytes(render_word(document(), timestamp=PUBLISHED))
    out = tmp_path / "out"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "pdf", "--outdir", out, *tmp_path.glob("*.docx")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    for kind, document in DOCUMENTS.items():
        ours = tmp_path / f"{kind}.pdf"
        ours.write_bytes(render(document(), timestamp=PUBLISHED))
        set_here, set_there = Pdf(ours), Pdf(out / f"{kind}.pdf")
        assert characters(set_there) == characters(set_here), kind
        assert abs(len(set_there.page_sizes()) - len(set_here.page_sizes())) <= 1, kind
