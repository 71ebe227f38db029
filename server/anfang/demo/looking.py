"""What the clock brings about in the demonstration: periods reported or missed, cards, alerts."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.cycles import planning
from anfang.cycles import queries as cycles
from anfang.cycles import service as reporting
from anfang.cycles.models import CyclePeriod, PeriodState
from anfang.demo.agenda import Days, Deed
from anfang.demo.content.lists import DutyEntry
from anfang.demo.content.ruled import RuledCampaign
from anfang.demo.desk import Desk
from anfang.documents import queries as documents
from anfang.jobs import service as jobs
from anfang.kit.clock import local_day, replaying
from anfang.kit.db import db, transaction
from anfang.registers import reminding
from anfang.supervision import service as supervision

_EVERY_DAYS: Final = 7


def deeds(
    desk: Desk, campaign_id: UUID, ruled: RuledCampaign, first_days_ago: int, days: Days
) -> Iterator[Deed]:
    """Yield a look at a campaign every week, the last one today."""
    yield from _weekly(_Look(desk, campaign_id, ruled, days).play, first_days_ago, days)


def reminders(first_days_ago: int, days: Days) -> Iterator[Deed]:
    """Yield a look at what belongs to no campaign alone; it comes after the campaigns' own."""
    return _weekly(_remind, first_days_ago, days)


def _weekly(play: Callable[[datetime], None], first_days_ago: int, days: Days) -> Iterator[Deed]:
    for days_ago in range(first_days_ago // _EVERY_DAYS * _EVERY_DAYS, -1, -_EVERY_DAYS):
        yield Deed(days.ago(days_ago), "deadlines", play)


def _remind(at: datetime) -> None:
    """Tell of rows of registers that are due, and answer all that was told."""
    with replaying(at), transaction():
        reminding.tell_due()
    with replaying(at):
        jobs.run_pending()


class _Look:
    """What is looked at: duties of the cycles, approval matters."""

    def __init__(self, desk: Desk, campaign_id: UUID, ruled: RuledCampaign, days: Days) -> None:
        self._desk, self._campaign_id, self._ruled, self._days = desk, campaign_id, ruled, days

    def play(self, at: datetime) -> None:
        with replaying(at), transaction():
            planning.plan_periods(campaigns.campaign(self._campaign_id))
        for duty in self._ruled.duties:
            self._report(duty, at)
        with replaying(at), transaction():
            reporting.tell_due(campaigns.campaign(self._campaign_id))
            if self._ruled.matters:
                supervision.deal_cards(self._campaign_id)

    def _report(self, duty: DutyEntry, at: datetime) -> None:
        with transaction(write=False):
            listed = cycles.periods_listed(self._campaign_id, duty=duty.duty)
            periods = list(db.session.scalars(listed))
        for place, period in enumerate(periods):
            if place not in duty.missed and period.state == PeriodState.OPEN.value:
                self._fulfil(duty, period, at)

    def _fulfil(self, duty: DutyEntry, period: CyclePeriod, at: datetime) -> None:
        number = None if duty.text else self._issued_in(period)
        over = period.to_day < local_day(at, self._days.zone)
        if not (over if duty.text else number):
            return
        with self._desk.acting(duty.by, at), transaction():
            reporting.report(cycles.period(period.id), number, duty.text, duty.count)

    def _issued_in(self, period: CyclePeriod) -> str | None:
        """Return the number of a notice of the campaign that was published in a period."""
        with transaction(write=False):
            listed = documents.notices_listed(state="published", campaign=self._campaign_id)
            for notice in db.session.scalars(listed):
                moment = notice.published_at
                if (
                    moment
                    and period.from_day <= local_day(moment, self._days.zone) <= period.to_day
                ):
                    return notice.number
        return None
