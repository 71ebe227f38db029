"""Notice in, PDF out: GB/T 9704-2012 by typst, in PDF/A-2b mode (conformance is not claimed).

Rendering reads no clock, no network and no file but the fonts and the templates beside this file;
the same notice, timestamp, fonts and versions of the libraries give the same bytes. Text reaches
the templates as JSON and is never evaluated as markup.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Final

import segno

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
from anfang.documents.texts import Texts, texts
from anfang.documents.titles import title_lines
from anfang.kit.typesetting import compile_pdf, default_font_folders, faces_of, fonts_in

# A longer 署名 takes two lines, or it could not stand centred over the date.
SIGNATORY_CELLS: Final = 18
_LAYOUT: Final = Path(__file__).with_name("layout")

_LABELS: Final = ("annex", "copies", "reported", "sent", "printed", "edited")


def render(
    document: NoticeDocument,
    *,
    timestamp: datetime,
    font_folders: Sequence[Path] | None = None,
) -> bytes:
    """Set `document` and return the PDF (PDF/A-2b mode).

    `timestamp` becomes the PDF's creation date: pass the time of publication and keep it, and the
    bytes stay the same. `font_folders` defaults to `default_font_folders()`; the system's fonts
    are always searched after them.

    Raises:
        TypesettingError: a typeface of the standard is missing, or a character cannot be shown.
        ValueError: `timestamp` carries no time zone, or a picture is neither PNG nor JPEG.
    """
    if timestamp.tzinfo is None:
        raise ValueError("timestamp must carry a time zone")
    folders = default_font_folders() if font_folders is None else tuple(font_folders)
    with tempfile.TemporaryDirectory(prefix="anfang-typeset-") as name:
        root = Path(name)
        for template in _LAYOUT.glob("*.typ"):
            shutil.copyfile(template, root / template.name)
        fonts = fonts_in(folders)
        data = _template_data(document, faces_of(fonts.families()), root)
        (root / "document.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        return compile_pdf(root, fonts, timestamp)


def _template_data(
    document: NoticeDocument, fonts: dict[str, list[str]], root: Path
) -> dict[str, Any]:
    say = texts("labels")
    contact = document.contact
    return {
        "layout": document.layout.value,
        "fonts": fonts,
        "labels": {key: say(key) for key in _LABELS},
        "mark": document.mark,
        "number": document.number_under_mark,
        "title": document.title.replace("\n", ""),
        "title_lines": title_lines(document.title),
        "addressees": addressees(document),
        "reported": "，".join(document.addressees),
        "body": _paragraphs(document.body),
        "annexes": _annexes(document.annexes, say, root),
        "signatory": document.signatory,
        "signatory_lines": title_lines(document.signatory, SIGNATORY_CELLS),
        "date": chinese_date(document.issued_on),
        "seal": document.seal is Seal.AREA,
        "note": say("contact", name=contact.name, phone=contact.phone) if contact else "",
        "copies": "，".join(document.distribution.copies_to),
        "printed_by": document.distribution.printed_by,
        "printed_on": chinese_date(document.distribution.printed_on),
        "verification": _verification(document, say),
    }


def addressees(document: NoticeDocument) -> str:
    """Write the line of addressees (主送); a bulletin has them at its end instead."""
    if not document.addressees or document.layout is Layout.BULLETIN:
        return ""
    return "，".join(document.addressees) + "："


def _paragraphs(paragraphs: Iterable[Paragraph]) -> list[dict[str, Any]]:
    """Flatten paragraphs for the templates; each line of a text is a paragraph of its own."""
    flat: list[dict[str, Any]] = []
    for paragraph in paragraphs:
        first, *rest = paragraph.text.splitlines() or [""]
        flat.append({**asdict(paragraph), "text": first})
        flat.extend({**asdict(Paragraph(text=line))} for line in rest if line)
    return flat


def _annexes(annexes: Iterable[Annex], say: Texts, root: Path) -> list[dict[str, Any]]:
    """Pictures are numbered here, through all annexes: one that is left out leaves no gap."""
    numbers = count(1)
    return [
        {
            "title": annex.title.replace("\n", ""),
            "lines": title_lines(annex.title),
            "body": _paragraphs(annex.body),
            "table": asdict(annex.table) if annex.table else None,
            "pictures": [_picture(one, next(numbers), say, root) for one in annex.pictures],
        }
        for annex in annexes
    ]


def _picture(picture: Picture, number: int, say: Texts, root: Path) -> dict[str, str]:
    file = f"picture-{number}.jpg"
    (root / file).write_bytes(print_copy(picture.image))
    return {"file": file, "caption": say("picture", number=number, caption=picture.caption)}


def _verification(document: NoticeDocument, say: Texts) -> dict[str, Any] | None:
    """Compose the block that says how to check the notice, or nothing for a draft."""
    if not document.verification_url and not document.key_thumbprint:
        return None
    lines = [say("verify", number=document.number)]
    if document.verification_url:
        lines.append(say("verify_at", url=document.verification_url))
    if document.key_thumbprint:
        lines.append(say("thumbprint", thumbprint=document.key_thumbprint))
    code = segno.make(document.verification_url or document.key_thumbprint, error="m", micro=False)
    return {"qr": code.svg_inline(border=0), "alt": say("qr_alt"), "lines": lines}
