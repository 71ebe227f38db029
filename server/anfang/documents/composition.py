"""From the editable form of a notice (JSON) to the document that is set, and back. Pure.

The form holds text only: headings get their numbers, pictures and the number of the notice come in
when it is set. "${number}" in a text becomes the document's own number then.

    {"organ", "mark", "signatory", "printed_by", "addressees": […], "copies_to": […],
     "contact": {"name", "phone"} | null, "seal": "area" | "none",
     "body": [{"text", "heading", "level"}],
     "annexes": [{"title", "body": […],
                  "table": {"columns": [{"title", "share", "centred"}], "rows": [[…]]} | null}]}
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from anfang.documents.content import (
    Annex,
    Column,
    Contact,
    Distribution,
    NoticeDocument,
    Paragraph,
    Picture,
    Seal,
    Table,
    number_headings,
)
from anfang.documents.drafting import OWN_NUMBER, Draft
from anfang.documents.kinds import mark, rule
from anfang.documents.texts import texts
from anfang.kit.privacy import find_private_traces

Content = dict[str, Any]


@dataclass(frozen=True)
class Letterhead:
    """Who issues a document, and to whom it goes; kept from one document of a series to the next.

    `organ` is the code in the number (甲整办通; on a bulletin its name), `office` the name of the
    issuing office. On a bulletin, `addressees` are reported to (报) and `copies_to` sent to (送).
    """

    organ: str
    office: str
    addressees: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    contact: Mapping[str, str] | None = None


def content_of(draft: Draft, letterhead: Letterhead, series: str) -> Content:
    """Return the editable form of a draft under a letterhead."""
    return {
        "organ": letterhead.organ,
        "mark": mark(series, letterhead.office, letterhead.organ),
        "signatory": letterhead.office,
        "printed_by": letterhead.office,
        "addressees": list(letterhead.addressees),
        "copies_to": list(letterhead.copies_to),
        "contact": dict(letterhead.contact) if letterhead.contact else None,
        "seal": Seal.AREA.value,
        "body": [_paragraph_form(one) for one in draft.body],
        "annexes": [_annex_form(one) for one in draft.annexes],
    }


def letterhead_of(content: Content) -> Letterhead:
    """Return the letterhead of an earlier notice, for the next one."""
    return Letterhead(
        organ=content["organ"],
        office=content["signatory"],
        addressees=tuple(content["addressees"]),
        copies_to=tuple(content["copies_to"]),
        contact=content["contact"],
    )


def document_of(
    content: Content,
    *,
    series: str,
    title: str,
    number: str,
    issued_on: date,
    pictures: Sequence[Picture] = (),
    verification_url: str = "",
    key_thumbprint: str = "",
) -> NoticeDocument:
    """Return the document to set; pictures follow as the last annex.

    Raises:
        ValueError: the form does not hold what `content.py` asks for.
    """
    content = _with_own_number(content, number)
    annexes = [_annex(one) for one in content["annexes"]]
    if pictures:
        annexes.append(Annex(texts("labels")("pictures_title"), pictures=tuple(pictures)))
    contact = content["contact"]
    return NoticeDocument(
        layout=rule(series).layout,
        mark=content["mark"],
        signatory=content["signatory"],
        number=number,
        title=title,
        issued_on=issued_on,
        body=number_headings(_paragraph(one) for one in content["body"]),
        annexes=tuple(annexes),
        addressees=tuple(content["addressees"]),
        contact=Contact(contact["name"], contact["phone"]) if contact else None,
        seal=Seal(content["seal"]),
        distribution=Distribution(content["printed_by"], issued_on, tuple(content["copies_to"])),
        verification_url=verification_url,
        key_thumbprint=key_thumbprint,
    )


def private_traces(title: str, content: Content, captions: Sequence[str]) -> dict[str, str]:
    """Find plates, mobile numbers and identity numbers: JSON pointer to kinds, in reading order."""
    found: dict[str, str] = {}
    told = {"title": title, "content": content, "pictures": [{"caption": one} for one in captions]}
    for pointer, text in _texts("", told):
        kinds = dict.fromkeys(trace.kind for trace in find_private_traces(text))
        if kinds:
            found[pointer] = " ".join(kinds)
    return found


def _with_own_number(value: Any, number: str) -> Any:
    """Put the document's number where its texts ask for it."""
    if isinstance(value, str):
        return value.replace(OWN_NUMBER, number)
    if isinstance(value, Mapping):
        return {name: _with_own_number(inner, number) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_own_number(inner, number) for inner in value]
    return value


def _texts(pointer: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(f"{pointer}/{name}", inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(f"{pointer}/{place}", inner)


def _paragraph(form: Mapping[str, Any]) -> Paragraph:
    return Paragraph(text=form["text"], heading=form["heading"], level=form["level"])


def _annex(form: Mapping[str, Any]) -> Annex:
    return Annex(
        title=form["title"],
        body=number_headings(_paragraph(one) for one in form["body"]),
        table=_table(form["table"]) if form["table"] else None,
    )


def _table(form: Mapping[str, Any]) -> Table:
    columns = (Column(one["title"], one["share"], one["centred"]) for one in form["columns"])
    return Table(tuple(columns), tuple(tuple(row) for row in form["rows"]))


def _paragraph_form(paragraph: Paragraph) -> dict[str, Any]:
    return {"text": paragraph.text, "heading": paragraph.heading, "level": paragraph.level}


def _annex_form(annex: Annex) -> dict[str, Any]:
    table = annex.table
    return {
        "title": annex.title,
        "body": [_paragraph_form(one) for one in annex.body],
        "table": table
        and {
            "columns": [
                {"title": one.title, "share": one.share, "centred": one.centred}
                for one in table.columns
            ],
            "rows": [list(row) for row in table.rows],
        },
    }
