"""Reads of claims as their addresses tell them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from flask import current_app

from anfang.claims import comparisons, importing, queries
from anfang.claims.comparing import TO_BE_ASKED, Comparison
from anfang.claims.models import ClaimQuestion, ClaimRequest, ClaimSheet, ClaimVersion
from anfang.identity import queries as identity
from anfang.inspections.models import Record
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.deadlines import Deadline, deadline_of
from anfang.kit.i18n import translate


def request_view(asked: ClaimRequest) -> dict[str, Any]:
    """Return a request with how far its units are."""
    sheets = db.session.scalars(queries.sheets_listed(request=asked.id)).all()
    return {
        **_request(asked),
        "asked_at": asked.asked_at,
        "units": len(sheets),
        "signed": sum(one.signed_version is not None for one in sheets),
    }


def sheet_views(sheets: Iterable[ClaimSheet]) -> list[dict[str, Any]]:
    """Return sheets as lists tell them."""
    return [_sheet(one) for one in sheets]


def sheet_view(found: ClaimSheet) -> dict[str, Any]:
    """Return a sheet with all that was said on it."""
    versions = queries.versions_of(found.id)
    people = identity.display_names(
        [one for version in versions for one in (version.filed_by, version.signed_by) if one]
    )
    return {**_sheet(found), "versions": [_version(one, people) for one in versions]}


def comparison_view(asked: ClaimRequest) -> dict[str, Any]:
    """Return a request's table of units and items, claims beside what visits saw."""
    questions = queries.questioned(asked.id)
    limits = queries.rules_of(asked.campaign_id).thresholds
    return {
        "request": _request(asked),
        "least_visits": limits.least_visits,
        "tolerance_points": limits.tolerance_points,
        "rows": [
            {
                "sheet_id": row.sheet.id,
                "unit": _unit(row.sheet),
                "cells": [
                    _cell(item, one, questions.get((row.sheet.unit_id, item)))
                    for item, one in row.cells
                ],
            }
            for row in comparisons.rows_of(asked)
        ],
    }


def question_views(questions: Sequence[ClaimQuestion], *, desk: bool) -> list[dict[str, Any]]:
    """Return questions; who asked and judged stays in the office."""
    people = identity.display_names(
        [] if desk else [one for q in questions for one in (q.asked_by, q.judged_by) if one]
    )
    return [_question(one, people, desk=desk) for one in questions]


def beside_view(record: Record) -> dict[str, Any]:
    """Return what a unit claims of what a record saw; no answers where there is nothing signed."""
    found = queries.sheet_beside(record)
    if found is None:
        return {"sheet_id": None, "unit": None, "title": None, "signed_at": None, "answers": []}
    version = queries.signed_version(found)
    assert version is not None
    return {
        "sheet_id": found.id,
        "unit": _unit(found),
        "title": found.request.title,
        "signed_at": version.signed_at,
        "answers": version.answers,
    }


def plan_view(found: ClaimSheet, plan: importing.Plan) -> dict[str, Any]:
    """Return what a workbook does, in the reader's words."""
    texts = {one["id"]: one["text"] for one in found.request.items}
    return {
        "answers": [{**one, "text": texts.get(one["item"], one["item"])} for one in plan.answers],
        "faults": [
            {
                "row": one.row,
                "column": one.column,
                "code": one.code,
                "text": _fault_text(one.code, one.value),
            }
            for one in plan.faults
        ],
        "digest": plan.digest,
        "done": plan.done,
    }


def _fault_text(code: str, value: str) -> str:
    own = translate(f"claim-fault-{code}", None, value=value)
    return translate(code) if own == f"claim-fault-{code}" else own


def table_of(asked: ClaimRequest) -> list[dict[str, Any]]:
    """Return the comparison as lines of a workbook: one a unit and item."""
    texts = {one["id"]: one["text"] for one in asked.items}
    return [
        _line(row.sheet, texts[item], one)
        for row in comparisons.rows_of(asked)
        for item, one in row.cells
    ]


def _request(asked: ClaimRequest) -> dict[str, Any]:
    shown = (
        "id",
        "campaign_id",
        "title",
        "call",
        "items",
        "from_day",
        "to_day",
        "due_at",
        "locked",
    )
    return {name: getattr(asked, name) for name in shown}


def _unit(found: ClaimSheet) -> dict[str, Any]:
    return {"id": found.unit.id, "name": found.unit.name}


def _sheet(found: ClaimSheet) -> dict[str, Any]:
    return {
        "id": found.id,
        "unit": _unit(found),
        "request": _request(found.request),
        "state": _state(found),
        "version": found.version,
        "signed_version": found.signed_version,
        "deadline": _deadline(found.request),
    }


def _deadline(asked: ClaimRequest) -> Deadline:
    return deadline_of(asked.due_at, asked.asked_at, now(), current_app.config["ZONE"])


def _state(found: ClaimSheet) -> str:
    if found.signed_version is None:
        return "missed" if found.request.locked else ("drafted" if found.version else "open")
    return "signed" if found.signed_version == found.version else "changed"


def _version(version: ClaimVersion, people: dict[UUID, str]) -> dict[str, Any]:
    signer = version.signed_by
    return {
        "number": version.number,
        "answers": version.answers,
        "filed_by": people.get(version.filed_by),
        "filed_at": version.filed_at,
        "signatory": version.signatory,
        "signed_by": people.get(signer) if signer else None,
        "signed_at": version.signed_at,
    }


def _cell(item: str, one: Comparison, question: ClaimQuestion | None) -> dict[str, Any]:
    return {
        "item": item,
        "claim": one.claim,
        "seen": one.seen,
        "difference": one.difference,
        "flag": one.flag.value,
        "may_ask": question is None and one.flag in TO_BE_ASKED,
        "question_id": None if question is None else question.id,
        "verdict": None if question is None else question.verdict,
    }


def _question(one: ClaimQuestion, people: dict[UUID, str], *, desk: bool) -> dict[str, Any]:
    shown = ("id", "item", "item_text", "figures", "note", "asked_at", "answer_until", "answer",
             "answered_at", "verdict", "reason", "judged_at", "case_id")  # fmt: skip
    return {
        **{name: getattr(one, name) for name in shown},
        "unit": _unit(one.sheet),
        "request": {name: getattr(one.sheet.request, name) for name in ("id", "title")},
        "asked_by": None if desk else people.get(one.asked_by),
        "judged_by": None if desk or one.judged_by is None else people.get(one.judged_by),
    }


def _line(found: ClaimSheet, text: str, one: Comparison) -> dict[str, Any]:
    claim, seen, apart = one.claim, one.seen, one.difference
    return {
        "unit": found.unit.name,
        "item": text,
        "claimed": "" if claim is None else round(claim.percent, 1),
        "good": "" if seen is None else seen.count,
        "of": 0 if seen is None else seen.of,
        "seen": "" if seen is None else round(100 * seen.share, 1),
        "low": "" if apart is None else round(100 * apart.low, 1),
        "high": "" if apart is None else round(100 * apart.high, 1),
        "flag": translate(f"claim-flag-{one.flag.value.replace('_', '-')}"),
    }


COLUMNS: Final[Mapping[str, int]] = {
    "unit": 28, "item": 44, "claimed": 12, "good": 12, "of": 12, "seen": 12, "low": 14,
    "high": 14, "flag": 16,
}  # fmt: skip
"""Columns of the comparison's workbook and their widths in characters."""
