"""Reads of what a selector selects, and of the log entries that a pack of it must show.

Cheap enough for the request that orders a pack; `collecting` makes the content of it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from anfang.cases import queries as cases
from anfang.cases.models import Case, CaseStatement
from anfang.documents import queries as documents
from anfang.documents.models import ISSUED_STATES, Notice, NoticeCase
from anfang.evidence import queries as evidence
from anfang.inspections import queries as inspections
from anfang.inspections.models import Record, RecordState, RecordVersion
from anfang.inspections.publication import require_publishable
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.kit.ids import sha256_hex
from anfang.log import queries as log
from anfang.log.errors import NotYetLogged
from anfang.packs.content import Many, Profile
from anfang.packs.errors import NotReviewed
from anfang.packs.selector import Selector
from anfang.review import queries as review
from anfang.review.models import Decision, DecisionKind, PictureDecision

_BATCH: Final = 50


@dataclass(frozen=True)
class PublishedPicture:
    """A picture that may be shown to everyone; `root` is its logged pixel root if provable."""

    decision: PictureDecision
    root: str | None


@dataclass(frozen=True)
class SelectedRecord:
    """A record in the version that counts, with the pictures that its profile may show.

    `decision` is the one about this very version; one about another says nothing of it. `released`
    is the version's key certificate if the custodians have released it (full profile only).
    """

    record: Record
    version: RecordVersion
    decision: Decision | None
    released: Mapping[str, Any] | None = None
    originals: Sequence[evidence.Picture] = ()
    published: Sequence[PublishedPicture] = ()


@dataclass(frozen=True)
class SelectedCase:
    """A case, the records of its findings, and what was said in it."""

    case: Case
    records: tuple[str, ...]
    statements: Sequence[CaseStatement]


@dataclass(frozen=True)
class Selection:
    """Everything that one pack is to show; its records are read while they are gone through."""

    profile: Profile
    records: Many[SelectedRecord]
    cases: Sequence[SelectedCase] = ()
    notices: Sequence[Notice] = ()


def select(profile: Profile, selector: Selector) -> Selection:
    """Find what a selector selects.

    A case brings the records of its findings and what was published about it; a notice its cases
    and what corrected or withdrew it: nobody is handed a notice without its correction.

    Raises:
        NotFound: a record, case or notice does not exist.
        NotReviewed: a protected pack shows accepted records only.
        PublicationTooEarly: a protected pack is for everyone, and a visit in it could still be
            picked out.
    """
    notices, chosen_cases = _notices_and_cases(selector)
    record_ids = selector.records or tuple(UUID(i) for one in chosen_cases for i in one.records)
    ids = sorted(set(record_ids), key=str)
    states = [one.state for one in inspections.each_record_of(ids)]
    if len(states) < len(ids):
        raise NotFound
    if profile == "protected":
        _require_accepted(zip(ids, states, strict=True))
        require_publishable(ids)
    return Selection(profile, _Records(profile, ids), chosen_cases, notices)


def named(selector: Selector) -> set[UUID]:
    """Return the records, cases and campaigns that a selector speaks of: what a hold can name.

    Raises:
        NotFound: the case or notice does not exist.
    """
    _, chosen = _notices_and_cases(selector)
    records = selector.records or tuple(UUID(i) for one in chosen for i in one.records)
    campaigns = {one.campaign_id for one in inspections.records_of(records).values()}
    return {*records, *campaigns, *(one.case.id for one in chosen)}


def required_entries(selection: Selection) -> Iterator[log.Key]:
    """Give the log entries that prove all that the pack shows (PROTOCOL §8)."""
    for one in selection.records:
        yield from entries_of_record(one)
    yield from entries_beside_records(selection)


def entries_beside_records(selection: Selection) -> Iterator[log.Key]:
    """Give the log entries of the pack's cases and notices."""
    for case in selection.cases:
        for statement in case.statements:
            yield "reply", case.case.number, statement.sha256
    for notice in selection.notices:
        yield "notice", str(notice.number), str(notice.pdf_sha256)


def certificate_sha256(deletion: evidence.Deletion) -> str:
    """Return what the log holds of a deletion: the hash of its certificate."""
    return sha256_hex(deletion.certificate.encode("ascii"))


def require_logged(keys: Iterable[log.Key]) -> None:
    """Raise NotYetLogged unless every entry has its place in the log."""
    if any(entry.position is None for entry in log.each_entry_of(keys)):
        raise NotYetLogged


def entries_of_record(one: SelectedRecord) -> Iterator[log.Key]:
    """Give the log entries of one record: of its version, its decisions, its pictures."""
    record_id = str(one.record.id)
    yield "record", record_id, one.version.record_sha256
    if one.decision is not None:
        yield "review", record_id, one.decision.sha256
    if one.released is not None:
        yield "disclosure", record_id, one.released["disclosure"]
    for original in one.originals:
        if original.held_at is not None:
            yield "media", record_id, original.sha256
        if original.deletion is not None:
            yield "deletion", original.sha256, certificate_sha256(original.deletion)
    for picture in one.published:
        decision = picture.decision
        yield "redaction", decision.original_sha256, decision.png_sha256
        yield "review", str(decision.record_id), decision.sha256
        if picture.root is not None:
            yield "pixels", decision.original_sha256, picture.root


def _notices_and_cases(selector: Selector) -> tuple[list[Notice], list[SelectedCase]]:
    if selector.notice is not None:
        notice = documents.public_notice_by_number(selector.notice)
        chosen = documents.cases_of(notice.id)
        return _with_successors([notice]), [_selected_case(one) for one in chosen]
    if selector.case is None:
        return [], []
    chosen = cases.cases_of([selector.case])
    notices = _notices_about(selector.case)
    return _with_successors(notices), [_selected_case(one) for one in chosen]


def _notices_about(case_id: UUID) -> Sequence[Notice]:
    named = sa.select(NoticeCase.notice_id).filter_by(case_id=case_id)
    return db.session.scalars(
        sa.select(Notice).where(Notice.id.in_(named), documents.is_public())
    ).all()


def _with_successors(notices: Sequence[Notice]) -> list[Notice]:
    """Add what corrected or withdrew the notices, in the order of publication."""
    found = {one.id: one for one in notices}
    waiting = list(notices)
    while waiting:
        for one in documents.successors_of(waiting.pop().id):
            if one.state in ISSUED_STATES and one.id not in found:
                found[one.id] = one
                waiting.append(one)
    return sorted(found.values(), key=lambda one: (one.year or 0, one.serial or 0))


def _selected_case(case: Case) -> SelectedCase:
    records = {str(finding.record_id) for _, finding in cases.findings_of([case.id])}
    return SelectedCase(case, tuple(sorted(records)), cases.statements_of(case.id))


def _require_accepted(states: Iterable[tuple[UUID, str]]) -> None:
    undecided = {f"/records/{id_}": state for id_, state in states if state != RecordState.ACCEPTED}
    if undecided:
        raise NotReviewed(pointers=undecided, count=len(undecided))


class _Records:
    """Selected records by id, read anew, a few at a time, whenever they are gone through."""

    def __init__(self, profile: Profile, ids: Sequence[UUID]) -> None:
        self._profile, self._ids, self._chosen = profile, ids, frozenset(ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[SelectedRecord]:
        records = inspections.each_record_of(self._ids)
        if self._profile == "full":
            yield from map(_with_originals, records)
            return
        while some := list(islice(records, _BATCH)):
            yield from _with_published(some, self._chosen)


def _with_originals(record: Record) -> SelectedRecord:
    version = inspections.current_version(record)
    pictures = inspections.pictures_of(record, version)
    released = inspections.released_certificates(record.id).get(version.record_sha256)
    return SelectedRecord(
        record, version, _decision_about(version), released=released, originals=pictures
    )


def _with_published(
    records: Sequence[Record], chosen: Collection[UUID]
) -> Iterator[SelectedRecord]:
    decided = {
        key
        for key, one in review.picture_decisions_of([record.id for record in records]).items()
        if one.deleted_at is None
    }
    newest = _newest({sha256 for _, sha256 in decided}, chosen)
    roots = evidence.media_of(list(newest))
    for record in records:
        version = inspections.current_version(record)
        published = [
            PublishedPicture(newest[sha256], roots[sha256].tile_root if provable else None)
            for sha256 in version.media
            if (record.id, sha256) in decided
            for provable in [newest[sha256].proof_key is not None]
        ]
        yield SelectedRecord(record, version, _decision_about(version), published=published)


def _decision_about(version: RecordVersion) -> Decision | None:
    newest = review.newest_decision(version.record_id)
    if newest is None or newest.record_sha256 != version.record_sha256:
        return None
    # A decision that was taken back is none: the record waits for its next one.
    return None if newest.kind == DecisionKind.REOPENED else newest


def _newest(originals: Iterable[str], chosen: Collection[UUID]) -> dict[str, PictureDecision]:
    """A pack holds one file for an original, though two of its records may have decided it."""
    decided = [
        one
        for one in review.picture_decisions_about(originals)
        if one.record_id in chosen and one.deleted_at is None
    ]
    decided.sort(key=lambda one: (one.at, str(one.id)))
    return {one.original_sha256: one for one in decided}
