"""Rankings of the demonstration: computed, signed off by a second person, published."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from uuid import UUID

from anfang.demo.agenda import Days, Deed
from anfang.demo.content.voice import RunEntry
from anfang.demo.desk import APPROVER, LEAD, Desk
from anfang.kit.db import transaction
from anfang.scoring import queries, running


def deeds(
    desk: Desk, campaign_id: UUID, entries: tuple[RunEntry, ...], days: Days
) -> Iterator[Deed]:
    """Yield each run as it is computed, and as it is published."""
    for entry in entries:
        run = _Run(desk, campaign_id, entry, days)
        yield Deed(days.ago(entry.days_ago), "rankings", run.compute)
        if entry.published_days_ago is not None:
            yield Deed(days.ago(entry.published_days_ago), "rankings", run.publish)


class _Run:
    """One run."""

    def __init__(self, desk: Desk, campaign_id: UUID, entry: RunEntry, days: Days) -> None:
        self._desk, self._entry = desk, entry
        since, until = (
            date.fromisoformat(days.iso(-ago)) for ago in (entry.from_days_ago, entry.to_days_ago)
        )
        self._compute = partial(
            running.compute, campaign_id, entry.scheme, entry.title, since, until
        )
        self._id: UUID | None = None

    def compute(self, at: datetime) -> None:
        with self._desk.acting(LEAD, at), transaction():
            self._id = self._compute().id

    def publish(self, at: datetime) -> None:
        if self._id is None:
            raise LookupError(f"{self._entry.title} was published before it was computed")
        with self._desk.acting(APPROVER, at), transaction():
            running.sign(queries.run_for_update(self._id), "联席会议审定")
        with self._desk.acting(LEAD, at), transaction():
            running.publish(queries.run_for_update(self._id))
