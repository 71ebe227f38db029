"""Double-random draws of the demonstration: committed to, logged, made, published."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Final
from uuid import UUID

from anfang.assignments import draw_queries, draws
from anfang.assignments.draw_plans import DrawPlan, Over, StratumPlan
from anfang.demo.agenda import Days, Deed
from anfang.demo.content.voice import LotsEntry
from anfang.demo.desk import LEAD, Desk
from anfang.kit.clock import replaying
from anfang.kit.db import transaction
from anfang.log import service as log

_WHAT: Final = "draws"


def deeds(
    desk: Desk, campaign_id: UUID, entries: tuple[LotsEntry, ...], days: Days
) -> Iterator[Deed]:
    """Yield each draw and, the day after its last one, its publication."""
    for entry in entries:
        made: list[UUID] = []
        play = partial(_play, desk, campaign_id, entry, days, made)
        yield Deed(days.ago(entry.days_ago), _WHAT, play)
        yield Deed(days.ago(entry.to_days_ago - 1), _WHAT, partial(_publish, desk, made))


def _play(
    desk: Desk, campaign_id: UUID, entry: LotsEntry, days: Days, made: list[UUID], at: datetime
) -> None:
    from_day, to_day = (
        date.fromisoformat(days.iso(-ago)) for ago in (entry.from_days_ago, entry.to_days_ago)
    )
    checklist = desk.checklist(entry.checklist).id
    pool = StratumPlan("pool", entry.title, entry.take, checklist, kinds=entry.kinds)
    plan = DrawPlan(
        campaign_id, from_day, to_day, Over.SITES.value, entry.entropy_source, [pool], per_object=1
    )
    with desk.acting(LEAD, at), transaction():
        draw = draws.commit_to(plan)
        made.append(draw.id)
    with replaying(at), transaction():
        log.seal()
    with desk.acting(LEAD, at), transaction():
        draws.make(draw_queries.draw(draw.id), entry.entropy, entry.witness)


def _publish(desk: Desk, made: list[UUID], at: datetime) -> None:
    with desk.acting(LEAD, at), transaction():
        draws.publish(draw_queries.draw(made[0]))
