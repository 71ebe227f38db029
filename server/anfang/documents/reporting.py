"""Verbs of documents for reports: set a table of figures in the office's layout, PDF or Word.

Such a report is no issued document: it has no number, no seal and no readers of its own.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from anfang.documents.content import (
    Annex,
    Column,
    Distribution,
    Layout,
    NoticeDocument,
    Paragraph,
    Seal,
    Table,
)
from anfang.documents.publishing import set_document
from anfang.documents.word import render_word

_BLANK: Final = "\u3000"


def report(
    office: str,
    title: str,
    paragraphs: Sequence[str],
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    day: date,
) -> NoticeDocument:
    """Return a report to set.

    Args:
        office: the office that signs it.
        paragraphs: the text before the table, which is the only annex.
        columns: titles and shares of the width.
        rows: as many cells as there are columns.
    """
    table = Table(
        tuple(Column(name, share) for name, share in columns), tuple(tuple(row) for row in rows)
    )
    return NoticeDocument(
        layout=Layout.BULLETIN,
        mark=office,
        signatory=office,
        number=_BLANK,
        title=title,
        issued_on=day,
        body=tuple(Paragraph(one) for one in paragraphs),
        distribution=Distribution(office, day),
        annexes=(Annex(title, table=table),),
        seal=Seal.NONE,
    )


def as_pdf(document: NoticeDocument, at: datetime) -> bytes:
    """Set a report; raises NoticeNotTypesettable."""
    return set_document(document, at)


def as_word(document: NoticeDocument, at: datetime) -> bytes:
    """Write a report as a Word file."""
    return render_word(document, timestamp=at)
