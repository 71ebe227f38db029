"""What is held against units in the demonstration: steps of ladders, breaches of rules."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from anfang.breaches import queries as breaches
from anfang.breaches import service as alleging
from anfang.cases import queries as cases
from anfang.cases import service as changing
from anfang.demo.agenda import Days, Deed
from anfang.demo.content.consequences import BreachEntry, MeasureEntry
from anfang.demo.content.ruled import RuledCampaign
from anfang.demo.desk import APPROVER, LEAD, REVIEWER, Desk
from anfang.kit.clock import local_day
from anfang.kit.db import transaction
from anfang.ladders import measures
from anfang.ladders import queries as ladders

_AGREED: Final = "同意"


class Holding:
    """Measures and breaches in the cases of a campaign; `ids` by the cases' keys."""

    def __init__(self, desk: Desk, ids: Mapping[str, UUID], days: Days) -> None:
        self._desk, self._ids, self._days = desk, ids, days
        self._breaches: dict[BreachEntry, UUID] = {}

    def deeds(self, ruled: RuledCampaign) -> Iterator[Deed]:
        """Yield each proposal with its approval, each allegation, each decision."""
        ago = self._days.ago
        for measure in ruled.measures:
            yield Deed(ago(measure.days_ago), "measures", partial(self._take, measure))
        for breach in ruled.breaches:
            yield Deed(ago(breach.days_ago), "breaches", partial(self._allege, breach))
            if breach.decided_days_ago is not None:
                at = ago(breach.decided_days_ago)
                yield Deed(at, "breaches", partial(self._establish, breach))

    def _take(self, entry: MeasureEntry, at: datetime) -> None:
        case_id = self._ids[entry.case]
        with self._desk.acting(LEAD, at), transaction():
            if entry.fields:
                changing.change_case(cases.case_for_update(case_id), fields=dict(entry.fields))
            measure = measures.propose(entry.ladder, entry.step, [case_id], entry.reason)
        if not entry.in_force:
            return
        with self._desk.acting(APPROVER, at), transaction():
            measures.approve(ladders.measure(measure.id), _AGREED)
        with self._desk.acting(LEAD, at), transaction():
            measures.enforce(ladders.measure(measure.id))

    def _allege(self, entry: BreachEntry, at: datetime) -> None:
        with self._desk.acting(REVIEWER, at), transaction():
            case = cases.case_for_update(self._ids[entry.case])
            day = local_day(at, self._days.zone)
            breach = alleging.allege(case, entry.rule_set, entry.rule, day, entry.note)
            self._breaches[entry] = breach.id

    def _establish(self, entry: BreachEntry, at: datetime) -> None:
        with self._desk.acting(APPROVER, at), transaction():
            breach = breaches.breach(self._breaches[entry])
            alleging.decide(breach, established=True, reason=entry.reason)
