"""Playing the demonstration's desk: records judged, pictures redacted, a case, a notice."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask import g

from anfang.cases import queries as case_queries
from anfang.cases import service as cases
from anfang.cases.models import Case, StatementKind
from anfang.checklists.models import ChecklistVersion
from anfang.demo.content import Visit
from anfang.demo.content.notice import CaseEntry
from anfang.demo.content.visits import PictureEntry
from anfang.demo.leaning import Judgement
from anfang.demo.office import DemoOffice
from anfang.identity import service as identity
from anfang.jobs import service as jobs
from anfang.kit.clock import replaying
from anfang.kit.db import transaction
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Anyone
from anfang.registry.models import Unit
from anfang.review import pictures
from anfang.review import queries as review_queries
from anfang.review import service as review

REVIEWER: Final = "reviewer1"
LEAD: Final = "lead"
APPROVER: Final = "approver"


def liaison_of(unit: str) -> str:
    """Return the user name of a unit's liaison, by the unit's code."""
    return f"liaison-{unit.rsplit('-', maxsplit=1)[-1]}"


class Desk:
    """The office at its desk, some days after the visits."""

    def __init__(self, office: DemoOffice) -> None:
        self._office = office

    def unit(self, code: str) -> Unit:
        """Return a unit by its code."""
        return self._office.units[code]

    def checklist(self, code: str) -> ChecklistVersion:
        """Return the published version of a checklist by its code."""
        return self._office.checklists[code]

    def password(self, username: str) -> str:
        """Return the password with which an account proves who it is."""
        return self._office.passwords[username]

    def judgements(self, occasion: str, leaning: Mapping[str, int]) -> dict[str, Judgement]:
        """Return how units are judged, by their ids; `leaning` by their codes."""
        return {
            str(self.unit(code).id): Judgement(f"{occasion} {code}", at)
            for code, at in leaning.items()
        }

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
        with self.acting(REVIEWER, at):
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
        with self.acting(LEAD, at), transaction():
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
            with self.acting(liaison_of(entry.unit), at + timedelta(days=days)), transaction():
                locked = case_queries.case_for_update(case.id)
                cases.state(locked, StatementKind(statement.kind), statement.text)
        return case

    def _redact(
        self, record_id: UUID, entries: tuple[PictureEntry, ...], photos: Sequence[bytes]
    ) -> None:
        for entry, photo in zip(entries, photos, strict=True):
            rectangles = [{"x": r.x, "y": r.y, "w": r.w, "h": r.h} for r in entry.redact]
            if rectangles:
                pictures.redact(record_id, sha256_hex(photo), rectangles)
