"""Reads of the ledger for Excel: its cases as rows, in the order and with the filters of a list."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import Select

from anfang.cases import ledger, queries, views
from anfang.cases.models import Case
from anfang.cases.sheet import ID, REVISION, word
from anfang.kit.clock import local_day
from anfang.kit.db import db
from anfang.kit.i18n import translate

_AT_ONCE = 500


def rows(statement: Select[Case]) -> Iterator[dict[str, Any]]:
    """Yield cases as rows of `sheet.OFFICE_COLUMNS`, some hundreds at a time."""
    found = db.session.scalars(statement, execution_options={"yield_per": _AT_ONCE})
    for part in found.partitions():
        yield from rows_of(part)


def rows_of(cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
    """Yield these cases as rows."""
    zone = current_app.config["ZONE"]
    heard = queries.defended(case.id for case in cases)
    for case, line in zip(cases, views.summaries(cases, heard), strict=True):
        deadline = queries.deadline(case)
        colour = ledger.STOPPED if deadline is None else deadline.colour
        yield {
            "number": case.number,
            "unit": line["unit"]["name"],
            "title": case.title,
            "class": word("class", case.case_class),
            "state": word("state", case.state),
            "opened_on": local_day(case.opened_at, zone),
            "due_on": local_day(case.due_at, zone),
            "deadline": translate(f"case-deadline-{colour}"),
            "theme": _name(line["theme"]),
            "source": word("source", case.source),
            "owner": _name(line["owner"]),
            "responsible": case.responsible,
            "summary": case.summary,
            "public_explanation": case.public_explanation,
            "reminded_on": case.reminded_at and local_day(case.reminded_at, zone),
            "closed_on": case.closed_at and local_day(case.closed_at, zone),
            ID: str(case.id),
            REVISION: case.revision,
        }


def _name(reference: dict[str, Any] | None) -> str:
    return "" if reference is None else reference["name"] or ""
