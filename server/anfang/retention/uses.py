"""Reads of retention about records: what the media of some of them are used for, in every room."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from anfang.cases.models import Case, CaseFinding, CaseState
from anfang.documents.models import ISSUED_STATES, Notice, NoticeCase
from anfang.inspections.models import Record, RecordState, RecordVersion
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.retention.models import LegalHold
from anfang.retention.rules import Keeper, Rule, Use
from anfang.review.models import Decision, Finding, FindingState

_UNDECIDED: Final = frozenset({RecordState.RECEIVED, RecordState.COMPLETE, RecordState.RETURNED})


class Uses:
    """What the media of some records are used for; read once for all of them."""

    def __init__(self, record_ids: Iterable[UUID]) -> None:
        ids = list(record_ids)
        self._records = {
            one.id: one for one in db.session.scalars(select(Record).where(Record.id.in_(ids)))
        }
        self._ended = _ended(ids)
        self._findings = _findings(ids)
        found = [finding.id for listed in self._findings.values() for finding in listed]
        self._cases = _cases(found)
        self._notices = _notices({case.id for case in self._cases.values()})
        self._held = _held()

    def of(self, record_id: UUID, sha256: str) -> Iterator[Use]:
        """Yield what a record and all that rests on it use one of its media for."""
        record = self._records.get(record_id)
        if record is None:
            yield Use(kept=Keeper.UNKNOWN)
            return
        if {record.id, record.campaign_id} & self._held:
            yield Use(kept=Keeper.HOLD)
        if record.state in _UNDECIDED:
            yield Use(kept=Keeper.REVIEW)
            return
        ended_at = self._ended.get(record.id, record.received_at)
        yield Use(Rule.UNUSED, ended_at)
        # A case's hold keeps all that its records hold, not only what a finding names.
        for finding in self._findings[record.id]:
            yield from self._of_case(finding, names=sha256 in finding.pictures, ended_at=ended_at)

    def _of_case(self, finding: Finding, *, names: bool, ended_at: datetime) -> Iterator[Use]:
        case = self._cases.get(finding.id)
        if case is None:
            if names:
                yield Use(Rule.RECORD, ended_at)
            return
        if case.id in self._held:
            yield Use(kept=Keeper.HOLD)
        if not names:
            return
        if case.state != CaseState.CLOSED.value:
            yield Use(kept=Keeper.CASE)
        yield Use(Rule.CASE, case.closed_at or now())
        for notice in self._notices[case.id]:
            if notice.state not in ISSUED_STATES:
                yield Use(kept=Keeper.NOTICE)
            yield Use(Rule.NOTICE, notice.published_at or now())


def _ended(record_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When a record's judging ended: its newest decision or version, whichever is later."""
    ended: dict[UUID, datetime] = {}
    versions = select(RecordVersion.record_id, RecordVersion.received_at.label("at"))
    decisions = select(Decision.record_id, Decision.at.label("at"))
    for statement, column in (
        (versions, RecordVersion.record_id),
        (decisions, Decision.record_id),
    ):
        for row in db.session.execute(statement.where(column.in_(record_ids))):
            ended[row.record_id] = max(row.at, ended.get(row.record_id, row.at))
    return ended


def _findings(record_ids: Sequence[UUID]) -> Mapping[UUID, list[Finding]]:
    found: dict[UUID, list[Finding]] = defaultdict(list)
    for one in db.session.scalars(
        select(Finding).where(
            Finding.record_id.in_(record_ids), Finding.state == FindingState.CONFIRMED.value
        )
    ):
        found[one.record_id].append(one)
    return found


def _cases(finding_ids: Sequence[UUID]) -> dict[UUID, Case]:
    rows = db.session.execute(
        select(CaseFinding.finding_id, Case)
        .join(Case, Case.id == CaseFinding.case_id)
        .where(CaseFinding.finding_id.in_(finding_ids))
    )
    return {row.finding_id: row.Case for row in rows}


def _notices(case_ids: Iterable[UUID]) -> Mapping[UUID, list[Notice]]:
    found: dict[UUID, list[Notice]] = defaultdict(list)
    rows = db.session.execute(
        select(NoticeCase.case_id, Notice)
        .join(Notice, Notice.id == NoticeCase.notice_id)
        .where(NoticeCase.case_id.in_(list(case_ids)))
    )
    for row in rows:
        found[row.case_id].append(row.Notice)
    return found


def _held() -> frozenset[UUID]:
    return frozenset(
        db.session.scalars(select(LegalHold.object_id).where(LegalHold.lifted_at.is_(None)))
    )
