"""Cases of the demonstration that no visit found: opened, answered, asked about."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from anfang.cases import asking, hearing
from anfang.cases import queries as cases
from anfang.cases import service as opening
from anfang.cases.followup_models import RequestKind
from anfang.cases.models import StatementKind
from anfang.demo.agenda import Days, Deed
from anfang.demo.content.consequences import Asked, RaisedCase, Said
from anfang.demo.desk import LEAD, Desk, liaison_of
from anfang.kit.db import transaction

_WHAT = "cases"


class Matters:
    """The cases of a campaign by the keys of its file; `ids` fills as they are opened."""

    def __init__(self, desk: Desk, campaign_id: UUID) -> None:
        self._desk, self.campaign_id = desk, campaign_id
        self.ids: dict[str, UUID] = {}

    def deeds(self, entries: tuple[RaisedCase, ...], days: Days) -> Iterator[Deed]:
        """Yield the opening of each case and what its unit says and asks for."""
        for entry in entries:
            yield Deed(days.ago(entry.days_ago), _WHAT, partial(self._open, entry))
            for said in entry.said:
                yield Deed(days.ago(said.days_ago), _WHAT, partial(self._say, entry, said))
            for asked in entry.asked:
                yield Deed(days.ago(asked.days_ago), _WHAT, partial(self._ask, entry, asked))

    def _open(self, entry: RaisedCase, at: datetime) -> None:
        with self._desk.acting(LEAD, at), transaction():
            case = opening.open_case(
                [],
                self._desk.unit(entry.unit).id,
                entry.title,
                entry.case_class,
                campaign_id=self.campaign_id,
                source=entry.source,
                **entry.members,
            )
            self.ids[entry.key] = case.id

    def _say(self, entry: RaisedCase, said: Said, at: datetime) -> None:
        with self._desk.acting(liaison_of(entry.unit), at), transaction():
            case = cases.case_for_update(self.ids[entry.key])
            hearing.state(case, StatementKind(said.kind), said.text)

    def _ask(self, entry: RaisedCase, asked: Asked, at: datetime) -> None:
        with self._desk.acting(liaison_of(entry.unit), at), transaction():
            case = cases.case_for_update(self.ids[entry.key])
            asking.ask(case, RequestKind(asked.kind), asked.reason, asked.working_days)
