"""Notice in, Word file out: the same content as the PDF, in the page of GB/T 9704-2012. Pure.

The PDF is the document; the Word file is for who must work on with its text. Fonts are named, not
embedded (`word_text.py`). Reads no clock, no network and no file.
"""

import io
from datetime import datetime
from typing import Any, Final

import docx
import segno
from docx.document import Document
from docx.shared import Mm
from PIL import Image

from anfang.documents import word_text as word
from anfang.documents.content import (
    Annex,
    Layout,
    NoticeDocument,
    Paragraph,
    Picture,
    Seal,
    chinese_date,
)
from anfang.documents.pictures import print_copy
from anfang.documents.texts import texts
from anfang.documents.titles import cells_of, title_lines
from anfang.documents.typeset import SIGNATORY_CELLS, addressees
from anfang.documents.word_page import MM, WIDTH, set_up
from anfang.documents.word_tables import data_table, imprint, names_table

_FACE_OF_LEVEL: Final = {0: "fangsong", 1: "heiti", 2: "kaiti", 3: "fangsong", 4: "fangsong"}
_TITLE: Final = 22.0
_INDENT: Final = 2 * word.CELL


def render_word(document: NoticeDocument, *, timestamp: datetime) -> bytes:
    """Write `document` as a .docx file.

    Args:
        timestamp: becomes the file's time of creation.

    Raises:
        ValueError: a picture is neither PNG nor JPEG.
    """
    made = docx.Document()
    for element in list(made.element.body)[:-1]:
        made.element.body.remove(element)
    set_up(made, document)
    _properties(made, document, timestamp)
    _HEADS[document.layout](made, document)
    _title(made, document.title)
    if line := addressees(document):
        _plain(made, line, indent=0)
    for paragraph in document.body:
        _paragraph(made, paragraph)
    _annex_note(made, document)
    if document.layout is not Layout.BULLETIN:
        _signature(made, document)
    _contact(made, document)
    _annexes(made, document)
    _ending(made, document)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _properties(made: Document, document: NoticeDocument, timestamp: datetime) -> None:
    made.core_properties.title = document.title.replace("\n", "")
    made.core_properties.author = document.signatory
    made.core_properties.comments = ""
    made.core_properties.created = made.core_properties.modified = timestamp


def _official_head(made: Document, document: NoticeDocument) -> None:
    """标志 35 mm below the top of the type area, number two lines below, red rule 4 mm below."""
    size = max(20.0, min(48.0, WIDTH / len(document.mark)))
    mark = word.shape(made.add_paragraph(), align="center", line=size * 1.15, before=35 * MM)
    word.write(mark, document.mark, face="biaosong", size=size, colour=word.RED)
    number = word.shape(made.add_paragraph(), align="center", before=2 * word.LINE - 0.15 * size)
    word.write(number, document.number)
    word.rule(number, points=1.5, gap=4)
    _blank(made, 2)


def _letter_head(made: Document, document: NoticeDocument) -> None:
    """The mark stands in the page's head (`word_page.py`); the number flush right below it."""
    number = word.shape(made.add_paragraph(), align="right", before=0.5 * word.BODY)
    word.write(number, document.number)
    _blank(made, 2)


def _bulletin_head(made: Document, document: NoticeDocument) -> None:
    """Red name, issue, then who edited it and when over a red rule."""
    size = max(24.0, min(56.0, WIDTH / (len(document.mark) + 1)))
    mark = word.shape(made.add_paragraph(), align="center", line=size * 1.25, before=6 * MM)
    word.write(mark, document.mark, face="biaosong", size=size, colour=word.RED)
    word.write(
        word.shape(made.add_paragraph(), align="center"), document.number_under_mark, face="kaiti"
    )
    names_table(made, document.signatory, chinese_date(document.issued_on))
    under = word.shape(made.add_paragraph(), line=4)
    word.rule(under, points=1.5, edge="top", gap=0)
    _blank(made, 1)


_HEADS: Final = {
    Layout.OFFICIAL: _official_head,
    Layout.LETTER: _letter_head,
    Layout.BULLETIN: _bulletin_head,
}


def _title(made: Document, title: str) -> None:
    lines = title_lines(title)
    for place, line in enumerate(lines):
        last = place == len(lines) - 1
        paragraph = made.add_paragraph()
        word.shape(paragraph, align="center", line=33, after=18 if last else 0, keep=True)
        word.write(paragraph, line, face="biaosong", size=_TITLE)


def _paragraph(made: Document, paragraph: Paragraph) -> None:
    """Set a paragraph; a heading alone stays with what follows, one with text runs in."""
    first, *rest = paragraph.text.splitlines() or [""]
    set_paragraph = word.shape(
        made.add_paragraph(), indent=_INDENT, keep=bool(paragraph.level) and not first
    )
    if paragraph.level:
        heading = paragraph.number + paragraph.heading
        word.write(set_paragraph, heading, face=_FACE_OF_LEVEL[paragraph.level])
    word.write(set_paragraph, first)
    for line in rest:
        if line:
            _plain(made, line)


def _annex_note(made: Document, document: NoticeDocument) -> None:
    """附件说明: one blank line below the text, names aligned behind their numbers."""
    label = texts("labels")("annex") + "："
    many = len(document.annexes) > 1
    hang = (3 + (1 if many else 0)) * word.CELL
    for place, annex in enumerate(document.annexes):
        text = f"{place + 1}.{annex.title}" if many else annex.title
        paragraph = made.add_paragraph()
        before = word.LINE if place == 0 else 0
        if place == 0:
            word.shape(paragraph, before=before, left=_INDENT + hang, indent=-hang, align="left")
            word.write(paragraph, label + text)
        else:
            word.shape(paragraph, left=_INDENT + hang, indent=-word.CELL, align="left")
            word.write(paragraph, text)


def _signature(made: Document, document: NoticeDocument) -> None:
    """署名 and 成文日期, with room for the seal or without, as the PDF has them."""
    lines = title_lines(document.signatory, SIGNATORY_CELLS)
    date = chinese_date(document.issued_on)
    width, date_width = max(cells_of(line) for line in lines), cells_of(date)
    if document.seal is Seal.AREA:
        centre = max(4 + date_width / 2, width / 2)
        name_edges = [centre - cells_of(line) / 2 for line in lines]
        date_edge = centre - date_width / 2
    else:
        right = 2.0 if width - date_width >= 2 else max(0.0, 4 + date_width - width)
        name_edges = [right + (width - cells_of(line)) / 2 for line in lines]
        date_edge = width - date_width if width - date_width >= 2 else 2.0
    _blank(made, 2 if document.seal is Seal.AREA else 1)
    for line, edge in zip(lines, name_edges, strict=True):
        _at_right(made, line, edge)
    _at_right(made, date, date_edge)


def _at_right(made: Document, text: str, edge: float) -> None:
    paragraph = word.shape(made.add_paragraph(), align="right", right=edge * word.CELL)
    word.write(paragraph, text)


def _contact(made: Document, document: NoticeDocument) -> None:
    if document.contact is not None:
        contact = document.contact
        _plain(made, texts("labels")("contact", name=contact.name, phone=contact.phone))


def _annexes(made: Document, document: NoticeDocument) -> None:
    """Set every annex on a page of its own; pictures are numbered through all of them."""
    shown = 0
    for place, annex in enumerate(document.annexes, start=1):
        label = texts("labels")("annex") + (str(place) if len(document.annexes) > 1 else "")
        paragraph = word.shape(made.add_paragraph(), after=word.LINE)
        paragraph.paragraph_format.page_break_before = True
        word.write(paragraph, label, face="heiti")
        _title(made, annex.title)
        _annex(made, annex, shown)
        shown += len(annex.pictures)


def _annex(made: Document, annex: Annex, shown: int) -> None:
    for paragraph in annex.body:
        _paragraph(made, paragraph)
    if annex.table is not None:
        data_table(made, annex.table)
    for number, picture in enumerate(annex.pictures, start=shown + 1):
        _picture(made, picture, number)


def _picture(made: Document, picture: Picture, number: int) -> None:
    """Fit a picture into 140 by 73 mm, its caption below it."""
    image = print_copy(picture.image)
    with Image.open(io.BytesIO(image)) as opened:
        width, height = opened.size
    shown = min(140.0, 73.0 * width / height)
    paragraph = word.shape(made.add_paragraph(), align="center", line=None, keep=True, before=6)
    paragraph.add_run().add_picture(io.BytesIO(image), width=Mm(shown))
    caption = word.shape(made.add_paragraph(), align="center", line=20, after=14)
    say = texts("labels")
    word.write(caption, say("picture", number=number, caption=picture.caption), size=14)


def _ending(made: Document, document: NoticeDocument) -> None:
    """版记 on the lower edge of the last page, and above it how anybody can check the document."""
    imprint(made, document, _verification(document))


def _verification(document: NoticeDocument) -> tuple[bytes, list[str]] | None:
    if not document.verification_url and not document.key_thumbprint:
        return None
    say = texts("labels")
    lines = [say("verify", number=document.number)]
    if document.verification_url:
        lines.append(say("verify_at", url=document.verification_url))
    if document.key_thumbprint:
        lines.append(say("thumbprint", thumbprint=document.key_thumbprint))
    return _qr(document.verification_url or document.key_thumbprint), lines


def _qr(content: str) -> bytes:
    out = io.BytesIO()
    segno.make(content, error="m", micro=False).save(out, kind="png", border=0, scale=6)
    return out.getvalue()


def _plain(made: Document, text: str, *, indent: float = _INDENT) -> Any:
    paragraph = word.shape(made.add_paragraph(), indent=indent)
    word.write(paragraph, text)
    return paragraph


def _blank(made: Document, lines: int) -> None:
    for _ in range(lines):
        word.shape(made.add_paragraph())
