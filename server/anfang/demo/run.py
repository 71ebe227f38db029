"""One run of the demonstration: everything that its files tell, as one agenda."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from anfang.demo import claiming, filing, looking, lots, polling, ranking, staging, voting
from anfang.demo.agenda import Days, Deed
from anfang.demo.complaining import Complaints
from anfang.demo.content import Content, Further, Visit
from anfang.demo.content.ruled import RuledCampaign
from anfang.demo.desk import Desk
from anfang.demo.field import FieldDay
from anfang.demo.holding import Holding
from anfang.demo.office import DemoOffice, start_campaign
from anfang.demo.papers import Papers
from anfang.demo.raising import Matters
from anfang.kit.clock import local_day, replaying

_FIRST_REVIEW_AFTER: Final = timedelta(hours=6)
_UNTIL_NOTICE: Final = timedelta(days=4)


class Run:
    """Plays the demonstration.

    Attributes:
        records: ids of the records, in the order of their visits.
        case, notice: the case's id and the notice's number, once the agenda was played.
    """

    def __init__(self, told: Content, office: DemoOffice, field: FieldDay, days: Days) -> None:
        self._told, self._office, self._field, self._days = told, office, field, days
        self._desk = Desk(office)
        self._matters = Matters(self._desk, office.campaign_id)
        self.records: list[str] = []
        self.case = self.notice = ""

    def agenda(self) -> Iterator[Deed]:
        """Yield all there is to do; further campaigns are set up at once, on their first days."""
        for visit in self._told.visits:
            at = self._field.started_at(visit, self._days.today)
            yield Deed(at, "visits", partial(self._visit, visit))
        campaign = self._told.campaign
        yield from self._ruled(self._told.ruled, self._matters, campaign.starts_days_ago)
        for further in self._told.further:
            first = further.campaign.starts_days_ago
            matters = Matters(self._desk, self._started(further))
            yield from self._ruled(further.ruled, matters, first)
        yield from looking.reminders(campaign.starts_days_ago, self._days)

    def _started(self, further: Further) -> UUID:
        with replaying(self._days.ago(further.campaign.starts_days_ago)):
            return start_campaign(
                further.campaign,
                further.plan,
                further.ruled.rules,
                self._office,
                local_day(self._days.today, self._days.zone),
            )

    def _ruled(self, ruled: RuledCampaign, matters: Matters, first: int) -> Iterator[Deed]:
        desk, days, campaign_id = self._desk, self._days, matters.campaign_id
        yield from staging.deeds(desk, campaign_id, ruled.rules, days)
        yield from filing.rows(desk, campaign_id, ruled.rows, days)
        yield from filing.matters(desk, campaign_id, ruled.matters, days)
        yield from looking.deeds(desk, campaign_id, ruled, first, days)
        yield from matters.deeds(ruled.cases, days)
        yield from Holding(desk, matters.ids, days).deeds(ruled)
        yield from Papers(desk, matters.ids, self._told.notice).deeds(ruled.papers, days)
        yield from Complaints(desk, campaign_id, days).deeds(ruled.complaints, ruled.proposals)
        yield from polling.deeds(desk, campaign_id, ruled.rounds, days)
        yield from voting.deeds(desk, campaign_id, ruled.boxes, days)
        yield from claiming.deeds(desk, campaign_id, ruled.calls, days)
        yield from ranking.deeds(desk, campaign_id, ruled.runs, days)
        yield from lots.deeds(desk, campaign_id, ruled.draws, days)

    def _visit(self, visit: Visit, _at: datetime) -> None:
        record_id, photos, delivered_at = self._field.play(visit, self._days.today)
        self.records.append(str(record_id))
        self._desk.judge(visit, record_id, photos, delivered_at + _FIRST_REVIEW_AFTER)
        if visit.key == self._told.case.visit:
            self._follow_up(record_id, delivered_at + timedelta(days=1))

    def _follow_up(self, record_id: UUID, at: datetime) -> None:
        case_id = self._desk.open_case(self._told.case, record_id, at).id
        self._matters.ids[self._told.case.visit] = case_id
        self.case = str(case_id)
        papers = Papers(self._desk, self._matters.ids, self._told.notice)
        self.notice = papers.expose(self._told.campaign.office, case_id, at + _UNTIL_NOTICE)
