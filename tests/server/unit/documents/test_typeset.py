"""The printed page, measured: GB/T 9704-2012 in millimetres, fonts, text, injection."""

import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from anfang.documents.content import (
    Annex,
    Column,
    Layout,
    NoticeDocument,
    Paragraph,
    Picture,
    Seal,
    Table,
    number_headings,
)
from anfang.documents.drafting import Draft
from anfang.documents.drafting_orders import supervision_draft
from anfang.documents.typeset import render
from anfang.kit.typesetting import TypesettingError, default_font_folders
from server.unit.documents.pdf import Pdf
from server.unit.documents.samples import (
    NUMBER,
    OFFICE,
    PUBLISHED,
    THUMBPRINT,
    exposure,
    notice,
    png,
)

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)

RARE = "镕喆堃垚赟玥昇曌☑"
LINE = 28.95 * 25.4 / 72
CELL = 156 / 28


@pytest.fixture
def typeset(tmp_path: Path) -> Any:
    def setter(document: NoticeDocument) -> Pdf:
        path = tmp_path / "notice.pdf"
        path.write_bytes(render(document, timestamp=PUBLISHED))
        return Pdf(path)

    return setter


def plain(*paragraphs: Paragraph, title: str = "关于示范情况的通报") -> Draft:
    return Draft(title, number_headings(paragraphs))


def near(value: float, tolerance: float = 0.5) -> Any:
    return pytest.approx(value, abs=tolerance)


def test_every_page_is_a4_and_claims_pdf_a_2b(typeset):
    pdf = typeset(notice())
    assert all(size == (near(210, 0.1), near(297, 0.1)) for size in pdf.page_sizes())
    raw = pdf.path.read_bytes()
    assert re.search(rb"pdfaid:part>2<.*pdfaid:conformance>B<", raw, re.DOTALL)


def test_text_stands_in_the_order_of_the_standard(typeset):
    text = typeset(notice()).text()
    expected = [
        OFFICE + "文件",
        NUMBER,
        "关于全市窗口服务作风暗访情况的通报",
        "各县（市、区）人民政府，市政府各部门：",
        "2026年11月2日至13日，",
        "一、总体情况",
        "二、存在的主要问题",
        "（一）无故不在岗（2个）。",
        "附件：1.暗访发现问题单位情况表",
        "2.暗访现场照片",
        OFFICE + "2026年11月22日",
        "（联系人：办公室值班员，联系电话：0000-1234567）",
        "附件1暗访发现问题单位情况表",
        "附件2暗访现场照片",
        "图12号窗口无人值守",
        f"文号：{NUMBER}。",
        "https://office.example/v/2026-3",
        THUMBPRINT,
        "抄送：市委办公室，市政府办公室。",
        OFFICE + "2026年11月23日印发",
    ]
    place = 0
    for passage in expected:
        place = text.index(passage, place) + len(passage)


def test_masthead_number_rule_and_title_stand_where_the_standard_wants_them(typeset):
    pdf = typeset(notice())
    page = pdf.page(1)
    (mark, rule) = (page.bands(red=True)[0], page.bands(red=True)[-1])
    assert mark[0] == near(37 + 35)
    assert page.width_of(rule) == (near(28, 0.2), near(184, 0.2))
    after_mark = [band for band in page.bands() if band[0] > mark[1]]
    number, title = after_mark[0], after_mark[2]
    assert number[0] - mark[1] == near(2 * LINE, 1)
    assert rule[0] - number[1] == near(4, 0.8)
    assert title[0] - rule[1] == near(2 * LINE, 1)
    number_words = [word for word in pdf.words() if "〔2026〕" in word.text]
    centre = (number_words[0].left + number_words[0].right) / 2
    assert centre == near(28 + 78, 1)


def test_a_full_page_holds_22_lines_of_28_characters(typeset):
    body = plain(Paragraph("国" * 28 * 60))
    pdf = typeset(notice(body))
    lines = [word for word in pdf.words() if word.page == 2 and "国" in word.text]
    assert len(lines) == 22
    assert {len(line.text) for line in lines} == {28}
    assert {round(line.left, 1) for line in lines} == {28.0}
    tops = [band[0] for band in pdf.page(2).bands()][:22]
    assert tops[0] == near(37, 1)
    assert (tops[21] - tops[0]) / 21 == near(LINE, 0.05)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(typeset):
    pdf = typeset(notice(plain(Paragraph("国" * 28 * 60))))
    one_character = 14 * 25.4 / 72
    for number in (1, 2, 3):
        page = pdf.page(number, dpi=150)
        top, bottom = page.bands()[-1]
        left, right = page.width_of((top, bottom))
        assert (top + bottom) / 2 == near(262 + 7, 0.6)
        if number % 2:
            assert 184 - right == near(one_character, 0.8)
        else:
            assert left - 28 == near(one_character, 0.8)
    assert "—2—" in pdf.text()


def test_the_imprint_ends_on_the_lower_edge_of_the_text_area(typeset):
    pdf = typeset(notice())
    page = pdf.page(len(pdf.page_sizes()), dpi=600)
    rules = [
        band
        for band in page.bands()
        if band[1] - band[0] < 0.6 and page.width_of(band) == (near(28, 0.2), near(184, 0.2))
    ]
    first, middle, last = rules[-3:]
    assert [bottom - top for top, bottom in (first, middle, last)] == [
        near(0.35, 0.06),
        near(0.25, 0.06),
        near(0.35, 0.06),
    ]
    assert (last[0] + last[1]) / 2 == near(262, 0.3)


def test_a_sealed_signature_is_centred_over_the_date_four_characters_from_the_right(typeset):
    pdf = typeset(notice(plain(Paragraph("正文。"))))
    date = next(word for word in pdf.words() if word.text == "2026年11月22日")
    name = next(word for word in pdf.words() if word.text == OFFICE and word.top > 150)
    assert 184 - date.right == near(4 * CELL, 0.5)
    assert (name.left + name.right) / 2 == near((date.left + date.right) / 2, 0.5)
    assert date.top - name.top == near(LINE, 0.3)


def test_an_unsealed_signature_stands_two_characters_from_the_right(typeset):
    pdf = typeset(notice(plain(Paragraph("正文。")), seal=Seal.NONE))
    date = next(word for word in pdf.words() if word.text == "2026年11月22日")
    name = next(word for word in pdf.words() if word.text == OFFICE and word.top > 150)
    assert 184 - name.right == near(2 * CELL, 0.5)
    assert date.left - name.left == near(2 * CELL, 0.5)


def test_an_over_long_signatory_takes_two_lines_centred_over_the_date(typeset):
    long = "甲市机关作风集中整顿和经济发展环境整治工作领导小组办公室"
    pdf = typeset(notice(plain(Paragraph("正文。")), signatory=long))
    date = next(word for word in pdf.words() if word.text == "2026年11月22日")
    lines = [word for word in pdf.words() if date.top - 30 < word.top < date.top - 2]
    assert "".join(word.text for word in lines) == long
    for line in lines:
        assert (line.left + line.right) / 2 == near((date.left + date.right) / 2, 0.5)


def test_numbers_stay_on_one_line_with_their_unit(typeset):
    body = plain(*(Paragraph("国" * n + "2026年11月22日" * 6) for n in range(12)))
    written = typeset(notice(body)).run("pdftotext", "-raw", "-")
    assert not re.search(r"\d\n[年月日\d]", written)


def test_a_supervision_letter_has_the_letter_format(typeset):
    draft = supervision_draft(
        office=OFFICE,
        unit="甲市交通示范局",
        matter="解决示范路公交站到站不停问题",
        matter_text="示范路公交站多次出现到站不停",
        history="2026年11月6日暗访发现，至今未收到整改结果",
        deadline=notice().issued_on,
    )
    pdf = typeset(notice(draft, layout=Layout.LETTER, mark=OFFICE))
    page = pdf.page(1, dpi=600)
    red = page.bands(red=True)
    mark, thick, thin, foot_thin, foot_thick = red[0], *red[-4:]
    assert mark[0] == near(30)
    assert thick[0] - mark[1] == near(4, 0.8)
    assert page.width_of(thick) == (near(20, 0.2), near(190, 0.2))
    assert thick[1] - thick[0] > thin[1] - thin[0]
    assert foot_thick[1] - foot_thick[0] > foot_thin[1] - foot_thin[0]
    assert 297 - foot_thin[0] == near(20, 0.5)
    assert "—1—" not in pdf.text()
    number = next(word for word in pdf.words() if "〔2026〕" in word.text)
    assert number.right == near(184, 0.5)


def test_all_fonts_are_embedded_and_each_face_has_its_own(typeset):
    body = plain(Paragraph(heading="一级", level=1), Paragraph(heading="二级", level=2))
    fonts = typeset(notice(body)).fonts()
    assert all(embedded for _, embedded in fonts)
    names = " ".join(name for name, _ in fonts)
    for wanted in ("FandolFang", "LXGWWenKai", "NotoSansCJKsc", "NotoSerifCJKsc-Bold"):
        assert wanted in names


def test_rare_characters_come_from_a_fallback_font_and_can_be_read_out(typeset):
    body = plain(
        Paragraph(RARE),
        Paragraph(heading=RARE, level=1),
        Paragraph(heading=RARE, level=2),
        title=f"关于{RARE}的通报",
    )
    pdf = typeset(notice(body))
    assert pdf.text().count(RARE) == 4


def test_the_fallback_of_the_body_is_the_font_that_has_every_character(typeset):
    fonts = typeset(notice(plain(Paragraph(RARE.removesuffix("☑"))))).fonts()
    faces = {"FandolFang-Regular", "LXGWWenKai-Regular", "NotoSerifCJKsc-Bold"}
    assert {name.removesuffix("-Identity-H") for name, _ in fonts} == faces | {
        "NotoSerifCJKsc-Regular"
    }


def test_a_character_without_any_glyph_is_refused_and_named():
    with pytest.raises(TypesettingError, match="e000"):
        render(notice(plain(Paragraph("字\ue000"))), timestamp=PUBLISHED)


MARKUP = (
    '#import "x.typ" #panic("no") $x^2$ *粗* _斜_ @ref <label> `raw` \\u{41} // = - [内] #{1+1} ~'
)


def test_text_is_never_interpreted_as_markup(typeset):
    table = Table((Column(MARKUP), Column("#b")), ((MARKUP, "$c$"),))
    draft = Draft(
        "#通报$",
        number_headings([Paragraph(MARKUP), Paragraph(heading=MARKUP, level=3)]),
        (Annex("@附#件", table=table, pictures=(Picture(png(), MARKUP),)),),
    )
    pdf = typeset(notice(draft, signatory="#办*公室*", number="#1$", addressees=("*各*",)))
    written = "".join(MARKUP.split())
    assert pdf.text().count(written) == 5
    for text in ("#通报$", "@附#件", "#办*公室*", "#1$", "*各*："):
        assert text in pdf.text()


def test_pictures_are_numbered_through_all_annexes(typeset):
    pictures = tuple(Picture(png(), caption) for caption in ("门口", "窗口", "大厅"))
    draft = Draft(
        "通报",
        (Paragraph("正文。"),),
        (Annex("一", pictures=pictures[:2]), Annex("二", pictures=pictures[2:])),
    )
    text = typeset(notice(draft)).text()
    assert [text.count(one) for one in ("图1门口", "图2窗口", "图3大厅")] == [1, 1, 1]


def test_long_words_stay_inside_the_page_and_are_copied_out_unchanged(typeset):
    word = "Abc" * 60
    draft = Draft(
        "通报",
        (Paragraph(word),),
        (Annex("表", table=Table((Column("一"), Column("二", 5)), ((word, "x"),))),),
    )
    pdf = typeset(notice(draft))
    assert pdf.text().count(word) == 2
    assert all(part.left >= 28 and part.right <= 184.6 for part in pdf.words())


def test_twenty_pages_number_through_and_keep_text_with_the_signature(typeset):
    long = plain(*(Paragraph(f"第{i}段。" + "国" * 300) for i in range(38)), Paragraph("结语。"))
    pdf = typeset(notice(long))
    pages = len(pdf.page_sizes())
    assert pages >= 20
    assert all(f"—{number}—" in pdf.text() for number in range(1, pages + 1))
    places = {word.text: word.page for word in pdf.words()}
    assert places["结语。"] == places["2026年11月22日"]


def test_a_draft_without_key_and_address_prints_no_verification_block(typeset):
    pdf = typeset(notice(verification_url="", key_thumbprint=""))
    assert "核验" not in pdf.text()
    assert "指纹" not in pdf.text()


def test_the_same_notice_and_time_give_the_same_bytes_and_another_time_does_not():
    first = render(notice(), timestamp=PUBLISHED)
    assert first == render(notice(), timestamp=PUBLISHED)
    assert first != render(notice(), timestamp=PUBLISHED.replace(hour=9))


def test_a_time_without_zone_and_a_picture_of_another_kind_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        render(notice(), timestamp=datetime(2026, 11, 22))  # noqa: DTZ001
    broken = exposure(pictures=(Picture(b"GIF89a", "门口"),))
    with pytest.raises(ValueError, match="picture"):
        render(notice(broken), timestamp=PUBLISHED)


def test_the_operators_font_folder_is_searched_first(tmp_path, monkeypatch):
    monkeypatch.setenv("ANFANG_FONTS", str(tmp_path))
    assert default_font_folders()[0] == tmp_path
    other = tmp_path / "other"
    other.mkdir()
    assert default_font_folders(other)[0] == other
    assert tmp_path / "absent" not in default_font_folders(tmp_path / "absent")


def test_a_missing_face_is_named_with_the_way_to_install_it(monkeypatch):
    monkeypatch.setattr(
        "anfang.kit.typesetting._FACES", {"fangsong": ("No Such Family",)}, raising=True
    )
    with pytest.raises(TypesettingError, match=r"fangsong.*install-fonts"):
        render(notice(), timestamp=PUBLISHED)
