"""Reads of documents."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from anfang.cases import queries as cases
from anfang.cases.models import Case, CaseFinding
from anfang.documents.kinds import Audience
from anfang.documents.models import (
    ISSUED_STATES,
    Notice,
    NoticeAuthor,
    NoticeCase,
    NoticePicture,
    NoticeReceipt,
    NoticeSerial,
)
from anfang.inspections.models import Record, RecordState
from anfang.kit.db import db, found_by, locked
from anfang.kit.errors import NotFound
from anfang.review import queries as review
from anfang.review.models import Finding, FindingState
from anfang.storage import service as storage

_FOLDER = "notices"


def is_public() -> ColumnElement[bool]:
    """Return the predicate on `Notice`: ever published to everybody."""
    return and_(Notice.state.in_(ISSUED_STATES), Notice.audience == Audience.PUBLIC.value)


def notice(notice_id: UUID, *within: ColumnElement[bool]) -> Notice:
    """Return a notice; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(Notice).where(Notice.id == notice_id, *within))


def notice_for_update(notice_id: UUID, *within: ColumnElement[bool]) -> Notice:
    """Return a notice, locked and read anew; raises NotFound like `notice`."""
    return found_by(locked(select(Notice).where(Notice.id == notice_id, *within)))


def public_notice(year: int, serial: int) -> Notice:
    """Return a notice that was published, also if it was corrected or withdrawn since.

    Raises:
        NotFound: there is none with this serial.
    """
    return found_by(select(Notice).filter_by(year=year, serial=serial).where(is_public()))


def public_notice_by_number(number: str) -> Notice:
    """Return a published notice by its 发文字号 in the official writing; raises NotFound."""
    return found_by(select(Notice).filter_by(number=number).where(is_public()))


def notices_listed(
    *within: ColumnElement[bool],
    state: str | None = None,
    kind: str | None = None,
    audience: str | None = None,
    campaign: UUID | None = None,
    case: UUID | None = None,
    q: str | None = None,
) -> Select[Notice]:
    """Return the statement of notices, the latest drafted first, narrowed by what is given.

    Args:
        case: about this case.
        q: a part of number or title.
    """
    statement = select(Notice).where(*within).order_by(Notice.drafted_at.desc(), Notice.id)
    if state is not None:
        statement = statement.where(Notice.state == state)
    if kind is not None:
        statement = statement.where(Notice.kind == kind)
    if audience is not None:
        statement = statement.where(Notice.audience == audience)
    if campaign is not None:
        statement = statement.where(Notice.campaign_id == campaign)
    if case is not None:
        about = select(NoticeCase.notice_id).filter_by(case_id=case)
        statement = statement.where(Notice.id.in_(about))
    if q:
        statement = statement.where(
            or_(
                Notice.number.contains(q, autoescape=True),
                Notice.title.icontains(q, autoescape=True),
            )
        )
    return statement


def public_notices_listed() -> Select[Notice]:
    """Return the statement of what was ever published, the latest first."""
    return (
        select(Notice)
        .where(is_public())
        # Public notices have both; saying so keeps the pages' cursors free of NULL.
        .order_by(func.coalesce(Notice.year, 0).desc(), func.coalesce(Notice.serial, 0).desc())
    )


def newest_notice(series: str | None = None) -> Notice | None:
    """Return what was drafted last, in a series or at all: its letterhead serves the next one."""
    statement = select(Notice).order_by(Notice.drafted_at.desc(), Notice.id).limit(1)
    return db.session.scalar(statement if series is None else statement.filter_by(series=series))


def organs_of_other_series(series: str) -> frozenset[str]:
    """Return the organ codes under which the other series were numbered."""
    return frozenset(
        db.session.scalars(
            select(Notice.content["organ"].as_string())
            .where(Notice.series != series, Notice.number.is_not(None))
            .distinct()
        )
    )


def successors_of(notice_id: UUID) -> Sequence[Notice]:
    """Return the corrections and withdrawals of a notice, drafts among them, oldest first."""
    return db.session.scalars(
        select(Notice).filter_by(original_id=notice_id).order_by(Notice.drafted_at, Notice.id)
    ).all()


def cases_of(notice_id: UUID) -> Sequence[Case]:
    """Return the cases that a notice makes public, by number."""
    return cases.cases_of(
        db.session.scalars(select(NoticeCase.case_id).filter_by(notice_id=notice_id))
    )


def pictures_of(notice_id: UUID) -> Sequence[NoticePicture]:
    """Return the pictures that a notice shows, in their order."""
    return db.session.scalars(
        select(NoticePicture).filter_by(notice_id=notice_id).order_by(NoticePicture.position)
    ).all()


def findings_of(notice_id: UUID) -> list[Finding]:
    """Return the findings that a notice makes public, by day."""
    ids = db.session.scalars(select(NoticeCase.case_id).filter_by(notice_id=notice_id)).all()
    return [finding for _, finding in cases.findings_of(ids)]


def notices_about(record_id: UUID) -> Sequence[Notice]:
    """Return the notices whose cases stand on a record's findings, oldest first."""
    about = (
        select(NoticeCase.notice_id)
        .join(CaseFinding, CaseFinding.case_id == NoticeCase.case_id)
        .join(Finding, Finding.id == CaseFinding.finding_id)
        .where(Finding.record_id == record_id)
    )
    return db.session.scalars(
        select(Notice).where(Notice.id.in_(about)).order_by(Notice.drafted_at, Notice.id)
    ).all()


def withdrawn_since(notice: Notice) -> list[Finding]:
    """Return the findings of a notice's cases that were withdrawn after it was drafted."""
    withdrawn = [one for one in findings_of(notice.id) if one.state == FindingState.WITHDRAWN.value]
    decided = {one.record_id: review.newest_reopening(one.record_id) for one in withdrawn}
    return [
        one
        for one in withdrawn
        if (found := decided[one.record_id]) is not None and found.at > notice.drafted_at
    ]


def authors_of(notice_id: UUID) -> frozenset[UUID]:
    """Return who wrote on a notice."""
    return frozenset(
        db.session.scalars(select(NoticeAuthor.user_id).filter_by(notice_id=notice_id))
    )


def receipts_of(notice_ids: Sequence[UUID]) -> Mapping[UUID, NoticeReceipt]:
    """Return the signatures of receipt that there are, by document."""
    found = db.session.scalars(select(NoticeReceipt).where(NoticeReceipt.notice_id.in_(notice_ids)))
    return {one.notice_id: one for one in found}


def delivered_listed(within: ColumnElement[bool]) -> Select[Notice]:
    """Return the statement of what was issued to a unit's desk (`policies`), the latest first."""
    # Issued documents have both; saying so keeps the pages' cursors free of NULL.
    at = func.coalesce(Notice.published_at, Notice.drafted_at)
    return (
        select(Notice)
        .where(within)
        .order_by(at.desc(), func.coalesce(Notice.serial, 0).desc(), Notice.id)
    )


def next_serial(series: str, year: int) -> int:
    """Return the serial that a series' next document gets, if nobody comes before it."""
    last = db.session.scalar(select(NoticeSerial.last).filter_by(series=series, year=year))
    return (last or 0) + 1


def visits_of(campaign_id: UUID) -> tuple[date | None, date | None, int, int]:
    """Count a campaign's accepted visits: first day, last day, units, visits."""
    row = db.session.execute(
        select(
            func.min(Record.day),
            func.max(Record.day),
            func.count(Record.unit_id.distinct()),
            func.count(),
        ).where(
            Record.campaign_id == campaign_id,
            Record.state == RecordState.ACCEPTED.value,
            Record.outcome == "done",
        )
    ).one()
    return row[0], row[1], row[2], row[3]


def file_key(sha256: str) -> str:
    """Return the storage key of an issued document's PDF or Word file."""
    return storage.derived_key(_FOLDER, sha256)


def pdf(notice: Notice) -> Iterator[bytes]:
    """Yield the PDF of an issued document; raises NotFound for any other."""
    return _file(notice.pdf_sha256)


def docx(notice: Notice) -> Iterator[bytes]:
    """Yield the Word file of an issued document; raises NotFound for any other."""
    return _file(notice.docx_sha256)


def public_path(year: int, serial: int) -> str:
    """Return the path of the page at which anybody can check a published notice."""
    return f"/p/notices/{year}/{serial}"


def _file(sha256: str | None) -> Iterator[bytes]:
    if sha256 is None:
        raise NotFound
    return storage.stream(file_key(sha256))
