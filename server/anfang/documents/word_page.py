"""The page of a Word document: paper, type area, grid, page numbers (GB/T 9704-2012). Pure."""

from typing import Any, Final

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from anfang.documents import word_text as word
from anfang.documents.content import Layout, NoticeDocument

MM: Final = 72 / 25.4
"""A millimetre in points."""
WIDTH: Final = 156 * MM
"""Width of the type area (版心), in points."""
_NUMBER_SIZE: Final = 14.0
_LETTER_RULE: Final = 2.25


def set_up(word_document: Document, document: NoticeDocument) -> None:
    """Give a new Word document its only section's measures, page numbers and, for a letter, rules.

    37, 35, 28 and 26 mm around the type area; 22 lines to a page; numbers outside, 7 mm below.
    """
    section = word_document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(30), Mm(23)
    _line_grid(section)
    word_document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], "right")
    _page_number(section.even_page_footer.paragraphs[0], "left")
    if document.layout is Layout.LETTER:
        section.different_first_page_header_footer = True
        _letter_head(section, document)


def _line_grid(section: Section) -> None:
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(word.LINE * 20)))


def _page_number(paragraph: Any, side: str) -> None:
    """Write — 1 — in 4号半角宋体, one character from the outer edge."""
    left, right = (0.0, _NUMBER_SIZE) if side == "right" else (_NUMBER_SIZE, 0.0)
    word.shape(paragraph, align=side, line=_NUMBER_SIZE, left=left, right=right)
    word.write(paragraph, "— ", face="songti", size=_NUMBER_SIZE)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        word.write(paragraph, " ", face="songti", size=_NUMBER_SIZE)
        run = paragraph.runs[-1]
        run.text = ""
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
    word.write(paragraph, " —", face="songti", size=_NUMBER_SIZE)


def _letter_head(section: Section, document: NoticeDocument) -> None:
    """信函格式: mark 30 mm from the paper's top, rules of 170 mm below it and at the foot."""
    size = max(20.0, min(40.0, WIDTH / len(document.mark)))
    left, right = -8 * MM, -6 * MM
    head = section.first_page_header.paragraphs[0]
    word.shape(head, align="center", line=size * 1.1, left=left, right=right)
    word.write(head, document.mark, face="biaosong", size=size, colour=word.RED)
    word.rule(head, kind="thickThinSmallGap", points=_LETTER_RULE, gap=11)
    section.first_page_footer.is_linked_to_previous = False
    foot = section.first_page_footer.paragraphs[0]
    word.shape(foot, align="center", line=1, left=left, right=right)
    word.rule(foot, kind="thinThickSmallGap", points=_LETTER_RULE, edge="top", gap=0)
