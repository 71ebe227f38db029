"""Reads of what cases has put into the log: every statement's text."""

from collections.abc import Iterator

from sqlalchemy import select

from anfang.cases.models import Case, CaseStatement
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.log.queries import LoggedRow


def statements() -> Iterator[LoggedRow]:
    """Return every statement, by the case's number."""
    rows = select(CaseStatement.id, Case.number, CaseStatement.text, CaseStatement.sha256).join(
        Case, Case.id == CaseStatement.case_id
    )
    for id_, number, text, sha256 in db.session.execute(rows, execution_options={"yield_per": 500}):
        sound = sha256_hex(text.encode()) == sha256
        yield LoggedRow(number, sha256, f"case_statements {id_}", sound)
