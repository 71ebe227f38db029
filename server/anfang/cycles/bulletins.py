"""Verbs of bulletins: compile one from cases, with more problems than achievements."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.cases.models import Case
from anfang.cycles import queries
from anfang.cycles.errors import BulletinEmpty, BulletinRatio, NoCycles
from anfang.cycles.models import CaseBulletin
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log


def compile_bulletin(
    campaign_id: UUID,
    from_day: date,
    to_day: date,
    problems: Sequence[UUID],
    achievements: Sequence[UUID],
) -> CaseBulletin:
    """Compile a bulletin: what it tells as problems and as achievements, by the rulebook's ratio.

    Args:
        problems: cases that were opened on these days.
        achievements: cases that were closed on these days.

    Raises:
        NoCycles: the rulebook says nothing of bulletins.
        BulletinEmpty: no case, a case told twice, or not of these days.
        BulletinRatio: too few problems.
    """
    rule = queries.rules_of(campaign_id).bulletin
    if rule is None:
        raise NoCycles
    campaigns.campaign(campaign_id)
    opened, closed = queries.material(campaign_id, from_day, to_day)
    told = _chosen(opened, problems), _chosen(closed, achievements)
    total = len(told[0]) + len(told[1])
    if not total or len({*problems, *achievements}) < total:
        raise BulletinEmpty
    if len(told[0]) * 100 < rule.problems_at_least_percent * total:
        raise BulletinRatio(wanted=rule.problems_at_least_percent, problems=len(told[0]))
    bulletin = CaseBulletin(
        campaign_id=campaign_id,
        title=rule.title,
        from_day=from_day,
        to_day=to_day,
        problems=[_line(one) for one in told[0]],
        achievements=[_line(one) for one in told[1]],
        problems_percent=len(told[0]) * 100 // total,
        by_user=person().id,
    )
    db.session.add(bulletin)
    db.session.flush()
    log.audit("bulletin.compiled", "case_bulletin", bulletin.id, cases=total)
    return bulletin


def _chosen(cases: Sequence[Case], ids: Sequence[UUID]) -> list[Case]:
    by_id = {one.id: one for one in cases}
    if len(set(ids)) < len(ids) or not by_id.keys() >= set(ids):
        raise BulletinEmpty
    return [by_id[one] for one in ids]


def _line(case: Case) -> dict[str, str]:
    """Return what a bulletin tells of a case: its unit, never a person."""
    return {"id": str(case.id), "number": case.number, "unit": case.unit.name, "title": case.title}
