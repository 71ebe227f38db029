"""Reads of reports on what changed: before and after, how soon, how often again.

A place is a site (or a unit without one) visited on one checklist: its first visit is the state
before, every later one the state after. The two are taken as independent samples; the same places
stand in both, so the interval of the difference errs on the wide side.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select

from anfang.cases.models import Case, CaseState, CaseStatement, StatementKind
from anfang.complaints.models import Complaint
from anfang.kit.clock import local_day
from anfang.kit.db import db
from anfang.kit.intervals import Difference, Share, difference, share
from anfang.kit.working_time import working_days_between
from anfang.reports.queries import Span, happened
from anfang.reports.visits import Visit, visits, wordings

_MOVED: Final = (CaseState.MERGED.value, CaseState.REFERRED.value)


@dataclass(frozen=True)
class ItemOutcome:
    """How often an item was missed at first visits and at re-visits; less is better."""

    checklist: str
    item: str
    text: str
    before: Share
    after: Share | None
    change: Difference | None


@dataclass(frozen=True)
class CaseOutcome:
    """How cases went; `days` is the median of working days until the unit had put it right.

    `rectified` is of all cases, `recurring` too; `answered` of those that somebody had raised.
    """

    cases: int
    rectified: Share | None
    days: float | None
    recurring: Share | None
    answered: Share | None


@dataclass(frozen=True)
class Outcomes:
    """What changed in a span; `satisfied` of the complainants who said whether they were."""

    items: Sequence[ItemOutcome]
    cases: CaseOutcome
    satisfied: Share | None


def outcomes(span: Span) -> Outcomes:
    """Return what changed in a campaign or a span of days."""
    return Outcomes(_items(list(visits(span))), case_outcome(span), satisfied(span))


def case_outcome(span: Span) -> CaseOutcome:
    """Return how the cases opened in a span went; merged and referred ones are others' matter."""
    found = db.session.scalars(
        select(Case).where(
            *happened(Case.campaign_id, Case.unit_id, Case.opened_at, span),
            Case.state.not_in(_MOVED),
        )
    ).all()
    put_right = _put_right([one.id for one in found])
    zone = current_app.config["ZONE"]
    days = [
        working_days_between(local_day(one.opened_at, zone), local_day(put_right[one.id], zone))
        for one in found
        if one.id in put_right
    ]
    raised = [one for one in found if one.source not in ("visit", "self_reported")]
    return CaseOutcome(
        len(found),
        _share(len(days), len(found)),
        median(days) if days else None,
        _share(sum(one.recurring for one in found), len(found)),
        _share(sum(one.raiser_reply_sha256 is not None for one in raised), len(raised)),
    )


def satisfied(span: Span) -> Share | None:
    """Return how many complainants were satisfied, of those who said; None if nobody did."""
    rows = db.session.execute(
        select(Complaint.satisfaction, func.count())
        .where(
            Complaint.satisfaction.is_not(None),
            *happened(Complaint.campaign_id, Complaint.unit_id, Complaint.received_at, span),
        )
        .group_by(Complaint.satisfaction)
    )
    counts = {row[0]: row[1] for row in rows}
    return _share(counts.get("satisfied", 0), sum(counts.values()))


def _items(made: Sequence[Visit]) -> list[ItemOutcome]:
    before: dict[tuple[UUID, str], list[bool]] = defaultdict(list)
    after: dict[tuple[UUID, str], list[bool]] = defaultdict(list)
    known: set[tuple[UUID, UUID]] = set()
    for visit in made:
        place = (visit.place, visit.checklist_id)
        side = after if place in known else before
        known.add(place)
        for item, met in visit.met.items():
            side[visit.checklist_id, item].append(not met)
    names = wordings()
    rows = [
        _item(names[key[0]].title, key[1], names[key[0]].items, missed, after.get(key, ()))
        for key, missed in before.items()
    ]
    return sorted(rows, key=lambda one: (one.checklist, one.item))


def _item(
    checklist: str,
    item: str,
    texts: Mapping[str, str],
    before: Sequence[bool],
    after: Sequence[bool],
) -> ItemOutcome:
    first = share(sum(before), len(before))
    later = _share(sum(after), len(after))
    change = None if later is None else difference(later, first)
    return ItemOutcome(checklist, item, texts.get(item, item), first, later, change)


def _put_right(case_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    rows = db.session.execute(
        select(CaseStatement.case_id, func.min(CaseStatement.at))
        .where(
            CaseStatement.case_id.in_(case_ids),
            CaseStatement.kind == StatementKind.RECTIFICATION.value,
        )
        .group_by(CaseStatement.case_id)
    )
    return {row[0]: row[1] for row in rows}


def _share(count: int, of: int) -> Share | None:
    return share(count, of) if of else None
