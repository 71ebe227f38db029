"""Reads of what documents has put into the log: published notices."""

from collections.abc import Iterator

from sqlalchemy import select

from anfang.documents.models import Notice
from anfang.kit.db import db
from anfang.log.queries import LoggedRow


def notices() -> Iterator[LoggedRow]:
    """Return every notice with a number, with its PDF's hash."""
    statement = select(Notice.id, Notice.number, Notice.pdf_sha256).where(
        Notice.number.is_not(None)
    )
    for id_, number, pdf_sha256 in db.session.execute(statement):
        yield LoggedRow(str(number), pdf_sha256 or "", f"notices {id_}")
