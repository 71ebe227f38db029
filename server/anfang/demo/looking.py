"""What the clock brings about in the demonstration: periods reported or missed, cards, alerts."""

from collections.abc import Iterator
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
    """Yield a look every week, the last one today."""
    look = _Look(desk, campaign_id, ruled, days)
    for days_ago in range(first_days_ago // _EVERY_DAYS * _EVERY_DAYS, -1, -_EVERY_DAYS):
        yield Deed(days.ago(days_ago), "deadlines", look.play)


class _Look:
    """What is looked at: duties of the cycles, approval matters, rows of registers."""

    def __init__(self, desk: Desk, campaign_id: UUID, ruled: RuledCampaign, days: Days) -> None:
        self._desk, self._campaign_id, self._ruled, self._days = desk, campaign_id, ruled, days

    def play(self, at: datetime) -> None:
        with replaying(at), transaction():
            planning.plan_periods(campaigns.campaign(self._campaign_id))
        for duty in self._ruled.duties:
            self._report(duty, at)
        with replaying(at), transaction():
            reporting.tell_due(campaigns.campaign(self._campaign_id))
            reminding.tell_due()
            if self._ruled.matters:
                supervision.deal_cards(self._campaign_id)
        with replaying(at):
            jobs.run_pending()

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
