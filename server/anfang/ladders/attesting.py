"""Verbs of what ladders rest on beside cases: facts that the office attests, rules of units."""

from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.ladders import queries
from anfang.ladders.errors import NoLadders, UnitRuleWeakens
from anfang.ladders.models import AttestedFact, UnitRule
from anfang.log import service as log
from anfang.registry import queries as registry


def attest(campaign_id: UUID, unit_id: UUID, code: str, basis: str) -> AttestedFact:
    """Attest a fact about a unit, with what it rests on (a document, a date).

    Raises:
        NotFound: there is no such campaign or unit.
        NoLadders: the rulebook names no such fact.
    """
    campaign, unit = campaigns.campaign(campaign_id), registry.unit(unit_id)
    if code not in queries.rules_of(campaign.id).facts:
        raise NoLadders
    fact = AttestedFact(
        campaign_id=campaign.id, unit=unit, code=code, basis=basis, by_user=person().id, at=now()
    )
    db.session.add(fact)
    db.session.flush()
    log.audit("fact.attested", "unit", unit.id, code=code)
    return fact


def extend_rules(
    campaign_id: UUID, unit_id: UUID, title: str, ladder: str, step: str, rule: str = ""
) -> UnitRule:
    """Add a rule of accountability for one unit: a stricter form of the campaign's, or its own.

    Args:
        ladder, step: to what the rule leads at least.
        rule: the campaign's rule that it makes stricter; empty for one of its own.

    Raises:
        NotFound: there is no such campaign or unit.
        NoLadders: the rulebook has no such rule, ladder or step.
        UnitRuleWeakens: the campaign's rule leads further, or elsewhere.
    """
    campaign, unit = campaigns.campaign(campaign_id), registry.unit(unit_id)
    rules = queries.rules_of(campaign.id)
    found = rules.ladders.get(ladder)
    target = found.step(step) if found is not None else None
    if found is None or target is None or (rule and rule not in rules.accountability):
        raise NoLadders
    if rule:
        wider = rules.accountability[rule]
        least = rules.ladders[wider.ladder].step(wider.step)
        assert least is not None
        if wider.ladder != ladder or target.position < least.position:
            raise UnitRuleWeakens
    made = UnitRule(
        campaign_id=campaign.id,
        unit_id=unit.id,
        rule=rule,
        title=title,
        ladder=ladder,
        step=step,
        by_user=person().id,
        at=now(),
    )
    db.session.add(made)
    db.session.flush()
    log.audit("rule.extended", "unit", unit.id, rule=rule, step=step)
    return made
