"""Documents of every kind in the demonstration, each brought as far as its file says."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from anfang.demo.agenda import Days, Deed
from anfang.demo.content.consequences import PaperEntry
from anfang.demo.content.notice import NoticeEntry
from anfang.demo.desk import APPROVER, LEAD, REVIEWER, Desk
from anfang.documents import composing, publishing, service
from anfang.documents import queries as documents
from anfang.documents.content import NoticeKind
from anfang.kit.db import transaction
from anfang.kit.working_time import add_working_days

_WAY: Final = ("draft", "in_approval", "approved", "published")


class Papers:
    """Takes documents along their way: drafted, checked and submitted, approved, published."""

    def __init__(self, desk: Desk, ids: Mapping[str, UUID], notice: NoticeEntry) -> None:
        self._desk, self._ids, self._notice = desk, ids, notice

    def deeds(self, entries: tuple[PaperEntry, ...], days: Days) -> Iterator[Deed]:
        """Yield the way of each document, on one day."""
        for entry in entries:
            yield Deed(days.ago(entry.days_ago), "documents", partial(self._write, entry))

    def expose(self, office: str, case_id: UUID, at: datetime) -> str:
        """Publish an exposure notice about a case in the name of `office`; returns its number."""
        entry = self._notice
        letterhead = {
            "organ": entry.organ,
            "office": office,
            "addressees": entry.addressees,
            "copies_to": entry.copies_to,
            "contact": entry.contact,
        }
        with self._desk.acting(LEAD, at), transaction():
            notice = composing.draft(
                NoticeKind.EXPOSURE,
                [case_id],
                letterhead,
                theme=entry.theme,
                coverage=entry.coverage,
                view=entry.view,
                deadline=add_working_days(at.date(), entry.deadline_working_days),
            )
        self._bring(notice.id, "published", at)
        with transaction(write=False):
            return documents.notice(notice.id).number or ""

    def _bring(self, notice_id: UUID, state: str, at: datetime) -> None:
        far = _WAY.index(state)
        if far >= _WAY.index("in_approval"):
            with self._desk.acting(LEAD, at), transaction():
                service.submit(documents.notice_for_update(notice_id))
            with self._desk.acting(REVIEWER, at), transaction():
                notice = documents.notice_for_update(notice_id)
                service.check_lawfulness(notice, self._notice.check_remark, passed=True)
        if far >= _WAY.index("approved"):
            with self._desk.acting(APPROVER, at), transaction():
                service.approve(documents.notice_for_update(notice_id))
        if far >= _WAY.index("published"):
            with self._desk.acting(LEAD, at):
                publishing.publish(notice_id)

    def _write(self, entry: PaperEntry, at: datetime) -> None:
        members: dict[str, Any] = dict(entry.asked)
        with self._desk.acting(LEAD, at), transaction():
            notice = composing.draft(
                NoticeKind(entry.kind),
                [self._ids[key] for key in entry.cases],
                {"organ": entry.organ},
                **members,
            )
        self._bring(notice.id, entry.state, at)
