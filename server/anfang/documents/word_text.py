"""Text in a Word document: typefaces under their real names, sizes, spacing. Pure.

The names are those that offices have licensed and installed; nothing is embedded. A character that
the GB2312 face of the standard lacks is set in its GBK sister, so that rare names show everywhere
and do not depend on how Word or WPS substitutes.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

BODY: Final = 16.0
"""3号, in points."""
LINE: Final = 28.95
"""One line of 22 to a page, in points (GB/T 9704-2012 §5.2.3)."""
CELL: Final = 15.75
"""One character of 28 to a line of 156 mm, in points: a twentieth less than 15.79, which Word
would not fit."""
RED: Final = RGBColor(0xFF, 0, 0)

_FACES: Final = {
    "fangsong": ("仿宋_GB2312", "仿宋"),
    "kaiti": ("楷体_GB2312", "楷体"),
    "biaosong": ("方正小标宋简体", "宋体"),
    "heiti": ("黑体", "黑体"),
    "songti": ("宋体", "宋体"),
}
_OUTSIDE_BMP: Final = "SimSun-ExtB"
_SYMBOLS: Final = "Segoe UI Symbol"


def font_of(face: str, character: str) -> str:
    """Name the font that has a character: the face's own, its sister, or one for symbols."""
    own, sister = _FACES[face]
    for encoding, font in (("gb2312", own), ("gbk", sister)):
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            continue
        return font
    return _OUTSIDE_BMP if ord(character) > 0xFFFF else _SYMBOLS


def write(
    paragraph: WordParagraph,
    text: str,
    *,
    face: str = "fangsong",
    size: float = BODY,
    colour: RGBColor | None = None,
    squeeze: bool = True,
) -> None:
    """Append text to a paragraph, in one run for each font that it needs.

    Args:
        face: a key of the standard's faces: fangsong, kaiti, biaosong, heiti, songti.
        size: in points.
        squeeze: set the characters as close as 28 to a line ask for (body size only).
    """
    for font, part in _parts(face, text):
        run = paragraph.add_run(part)
        run.font.size = Pt(size)
        if colour is not None:
            run.font.color.rgb = colour
        properties = run._element.get_or_add_rPr()
        _name_font(properties, font)
        if squeeze and size == BODY:
            spacing = OxmlElement("w:spacing")
            spacing.set(qn("w:val"), str(round((CELL - BODY) * 20)))
            properties.insert_element_before(spacing, "w:sz", "w:szCs")


def shape(
    paragraph: WordParagraph,
    *,
    align: str = "justify",
    line: float | None = LINE,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    left: float = 0,
    right: float = 0,
    keep: bool = False,
) -> WordParagraph:
    """Set a paragraph's measures, all in points; `line` None lets a picture be as high as it is.

    Args:
        indent: of the first line, beyond `left`.
        keep: stay on one page with the next paragraph.
    """
    measures = paragraph.paragraph_format
    measures.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    measures.space_before, measures.space_after = Pt(before), Pt(after)
    measures.first_line_indent = Pt(indent)
    measures.left_indent, measures.right_indent = Pt(left), Pt(right)
    measures.keep_with_next = keep
    measures.widow_control = False
    _no_space_between_scripts(paragraph)
    if line is None:
        measures.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        measures.line_spacing_rule, measures.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    return paragraph


def _no_space_between_scripts(paragraph: WordParagraph) -> None:
    """Keep figures as close to characters as the 28 cells of a line ask for."""
    measures = paragraph._element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        if measures.find(qn(name)) is None:
            switch = OxmlElement(name)
            switch.set(qn("w:val"), "0")
            measures.insert_element_before(switch, "w:spacing", "w:ind", "w:jc")


def rule(
    paragraph: WordParagraph, *, kind: str = "single", points: float, edge: str = "bottom", gap: int
) -> None:
    """Draw a red rule along a paragraph's edge, `gap` points away (31 at most, as Word has it)."""
    borders = OxmlElement("w:pBdr")
    borders.append(_border(edge, kind, points, "FF0000", gap))
    measures = paragraph._element.get_or_add_pPr()
    measures.insert_element_before(borders, "w:autoSpaceDE", "w:autoSpaceDN", "w:spacing")


def cell_rules(cell: Any, **points: float) -> None:
    """Draw black rules on the edges of a table's cell: `top=1.0`; edges not named have none."""
    borders = OxmlElement("w:tcBorders")
    for edge in ("top", "left", "bottom", "right"):
        if edge in points:
            borders.append(_border(edge, "single", points[edge], "000000", 0))
    cell._element.get_or_add_tcPr().insert_element_before(borders, "w:shd", "w:vAlign")


def length(points: float) -> Length:
    """Return points as python-docx wants them."""
    return Pt(points)


def _parts(face: str, text: str) -> Iterator[tuple[str, str]]:
    for font, characters in groupby(text, key=lambda one: font_of(face, one)):
        yield font, "".join(characters)


def _name_font(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    # Quotation marks and dashes are as wide as characters.
    fonts.set(qn("w:hint"), "eastAsia")


def _border(edge: str, kind: str, points: float, colour: str, gap: int) -> Any:
    border = OxmlElement(f"w:{edge}")
    for name, value in (
        ("val", kind), ("sz", round(points * 8)), ("space", gap), ("color", colour),
    ):  # fmt: skip
        border.set(qn(f"w:{name}"), str(value))
    return border
