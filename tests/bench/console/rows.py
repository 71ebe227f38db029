"""Rows of the console's benchmark: cases, records, findings as an office has them, by chance."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from anfang.cases.models import CaseClass, CaseSource, CaseState
from anfang.inspections.models import RecordState
from anfang.kit.clock import now
from anfang.kit.ids import new_id
from anfang.review.models import FindingState

Row = dict[str, Any]

DAYS = 365
ITEMS = 30
"""Of the one checklist."""
_UNIQUE = "0" * 32
_CASES = {
    CaseState.OPEN: 15, CaseState.ANSWERED: 10, CaseState.RECTIFIED: 10, CaseState.CLOSED: 65
}  # fmt: skip
_RECORDS = {RecordState.COMPLETE: 20, RecordState.ACCEPTED: 75, RecordState.RETURNED: 5}
"""How many of a hundred stand where."""


@dataclass(frozen=True)
class Cast:
    """What the rows are about."""

    campaigns: list[UUID]
    units: list[UUID]
    sites: list[tuple[UUID, UUID]]
    """With the unit of each."""
    owners: list[UUID]
    themes: list[UUID]
    inspector: UUID
    checklist_version: UUID


def case_row(chance: random.Random, place: int, cast: Cast) -> Row:
    """Return a case, two of three closed."""
    opened = now() - timedelta(minutes=chance.randint(1_000, DAYS * 1_440))
    state = chance.choices([*_CASES], [*_CASES.values()])[0]
    closed = state is CaseState.CLOSED
    return {
        "id": new_id(),
        "number": f"2026-{place:07d}",
        "campaign_id": cast.campaigns[0],
        "unit_id": chance.choice(cast.units),
        "owner_id": chance.choice(cast.owners),
        "theme_id": chance.choice(cast.themes),
        "source": chance.choice(list(CaseSource)).value,
        "title": f"服务窗口无故空岗 {place}",
        "class": chance.choice((CaseClass.AT_ONCE, CaseClass.BY_DATE)).value,
        "state": state.value,
        "opened_at": opened,
        "due_at": opened + timedelta(days=chance.randint(3, 400)),
        "defence_until": opened + timedelta(days=7),
        "moved_at": opened + timedelta(minutes=chance.randint(1, 900)),
        "closed_at": now() if closed else None,
        "reply_sha256": "0" * 64 if closed else None,
        "raiser_reply_sha256": "0" * 64 if closed else None,
        "revision": 1,
    }


def record_row(chance: random.Random, cast: Cast) -> Row:
    """Return a record of a visit to a site, three of four accepted."""
    site, unit = chance.choice(cast.sites)
    ago = chance.randint(1, DAYS * 1_440)
    return {
        "id": new_id(),
        "inspector_id": cast.inspector,
        "campaign_id": chance.choice(cast.campaigns),
        "unit_id": unit,
        "checklist_version_id": cast.checklist_version,
        "site_id": site,
        "assignment_id": None,
        "day": _day(ago),
        "outcome": "done",
        "state": chance.choices([*_RECORDS], [*_RECORDS.values()])[0].value,
        "newest_sha256": new_id().hex + _UNIQUE,
        "decided_sha256": None,
        "points": chance.randint(40, 100),
        "quarantined": False,
        "received_at": now() - timedelta(minutes=ago),
        "revision": 1,
    }


def finding_row(chance: random.Random, record: Row, reviewer: UUID) -> Row:
    """Return a finding confirmed in a record."""
    item = chance.randint(1, ITEMS)
    return {
        "id": new_id(),
        "record_id": record["id"],
        "record_sha256": record["newest_sha256"],
        "decision_id": new_id(),
        "campaign_id": record["campaign_id"],
        "unit_id": record["unit_id"],
        "site_id": record["site_id"],
        "checklist_version_id": record["checklist_version_id"],
        "item": f"i{item}",
        "item_text": f"窗口服务第{item}项",
        "text": f"窗口服务第{item}项不符合要求",
        "answer": "no",
        "remark": None,
        "points": 5,
        "veto": item == 1,
        "day": record["day"],
        "pictures": [],
        "position": 1,
        "confirmed_by": reviewer,
        "at": record["received_at"] + timedelta(hours=chance.randint(1, 48)),
        "state": FindingState.CONFIRMED.value,
    }


def _day(minutes_ago: int) -> date:
    return (now() - timedelta(minutes=minutes_ago)).date()
