"""Playing the demonstration's desk: records judged, pictures redacted, a case, a notice."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask import g

from anfang.cases import queries as case_queries
from anfang.cases import service as cases
from anfang.cases.models import Case, StatementKind
from anfang.demo.content import CaseEntry, Content, PictureEntry, Visit
from anfang.demo.office import DemoOffice
from anfang.documents import composing, publishing
from anfang.documents import queries as notice_queries
from anfang.documents import service as documents
from anfang.documents.content import NoticeKind
from anfang.identity import service as identity
from anfang.jobs import service as jobs
from anfang.kit.clock import replaying
from anfang.kit.db import transaction
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Anyone
from anfang.kit.working_time import add_working_days
from anfang.review import pictures
from anfang.review import queries as review_queries
from anfang.review import service as review

_REVIEWER: Final = "reviewer1"
_LEAD: Final = "lead"
_APPROVER: Final = "approver"


class Desk:
    """The office at its desk, some days after the visits."""

    def __init__(self, office: DemoOffice) -> None:
        self._office = office

    @contextmanager
    def acting(self, username: str, at: datetime) -> Iterator[None]:
        """Act as one of the demonstration's accounts at a moment."""
        g.principal = identity.as_person(self._office.users[username])
        try:
            with replaying(at):
                yield
        finally:
            g.principal = Anyone()

    def judge(self, visit: Visit, record_id: UUID, photos: Sequence[bytes], at: datetime) -> None:
        """Judge a record as its visit says; one without a judgement waits in the queue."""
        if visit.review is None:
            return
        with self.acting(_REVIEWER, at):
            with transaction():
                review.claim(record_id)
            if visit.review.decision == "accepted":
                self._redact(record_id, visit.pictures, photos)
                findings = [{"item": one.item, "text": one.text} for one in visit.review.findings]
                with transaction():
                    review.accept(record_id, findings)
            else:
                remarks = [{"item": one.item, "text": one.text} for one in visit.review.remarks]
                with transaction():
                    review.return_(record_id, remarks)
            jobs.run_pending()

    def open_case(self, entry: CaseEntry, record_id: UUID, at: datetime) -> Case:
        """Open the case and let the unit's liaison state what it has to say."""
        unit = self._office.units[entry.unit]
        with self.acting(_LEAD, at), transaction():
            case = cases.open_case(
                [finding.id for finding in review_queries.findings_of_record(record_id)],
                unit.id,
                entry.title,
                entry.case_class,
                summary=entry.summary,
                responsible=entry.responsible,
                working_days=entry.working_days,
                defence_working_days=entry.defence_working_days,
            )
        for days, statement in enumerate(entry.statements, start=1):
            liaison = f"liaison-{entry.unit.split('-')[-1]}"
            with self.acting(liaison, at + timedelta(days=days)), transaction():
                locked = case_queries.case_for_update(case.id)
                cases.state(locked, StatementKind(statement.kind), statement.text)
        return case

    def publish_notice(self, told: Content, case_id: UUID, at: datetime) -> str:
        """Draft, check, approve and publish a notice about a case; returns its number."""
        entry, office = told.notice, told.campaign.office
        letterhead = {
            "organ": entry.organ,
            "office": office,
            "addressees": entry.addressees,
            "copies_to": entry.copies_to,
            "contact": entry.contact,
        }
        with self.acting(_LEAD, at):
            report_by = add_working_days(at.date(), entry.deadline_working_days)
            with transaction():
                notice = composing.draft(
                    NoticeKind.EXPOSURE,
                    [case_id],
                    letterhead,
                    theme=entry.theme,
                    coverage=entry.coverage,
                    view=entry.view,
                    deadline=report_by,
                )
            with transaction():
                documents.submit(notice_queries.notice_for_update(notice.id))
        with self.acting(_REVIEWER, at + timedelta(hours=1)), transaction():
            submitted = notice_queries.notice_for_update(notice.id)
            documents.check_lawfulness(submitted, told.notice.check_remark, passed=True)
        with self.acting(_APPROVER, at + timedelta(hours=2)), transaction():
            documents.approve(notice_queries.notice_for_update(notice.id))
        with self.acting(_LEAD, at + timedelta(hours=3)):
            return publishing.publish(notice.id).number or ""

    def _redact(
        self, record_id: UUID, entries: tuple[PictureEntry, ...], photos: Sequence[bytes]
    ) -> None:
        for entry, photo in zip(entries, photos, strict=True):
            rectangles = [{"x": r.x, "y": r.y, "w": r.w, "h": r.h} for r in entry.redact]
            if rectangles:
                pictures.redact(record_id, sha256_hex(photo), rectangles)
