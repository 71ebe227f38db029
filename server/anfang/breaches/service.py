"""Verbs of breaches: allege that a unit breached a rule, and decide it after its defence."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import current_app

from anfang.breaches import queries
from anfang.breaches.errors import (
    BreachDecided,
    BreachDefenceOpen,
    BreachInFuture,
    BreachOwnDecision,
    RuleDraft,
    RuleUnknown,
)
from anfang.breaches.models import BreachState, RuleBreach
from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import RulebookVersion
from anfang.cases import queries as cases
from anfang.cases.errors import CaseLocked
from anfang.cases.models import Case, CaseState
from anfang.jobs import service as jobs
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log

_VETO: Final = "veto"
"""The verdict of a veto that the rulebook does not spell out."""


def allege(case: Case, rule_set: str, rule: str, found_on: date, note: str) -> RuleBreach:
    """Say that the unit of a case breached a rule of the rulebook in force.

    Args:
        note: what shows it, for the unit's defence.

    Raises:
        CaseLocked, BreachInFuture.
        RuleUnknown, RuleDraft: there is no such rule, or its wording is not decided.
    """
    if case.state == CaseState.REFERRED.value:
        raise CaseLocked
    if found_on > local_day(now(), current_app.config["ZONE"]):
        raise BreachInFuture
    version = campaigns.rulebook_version(case.campaign_id)
    if version is None:
        raise RuleUnknown
    breach = RuleBreach(
        case=case,
        campaign_id=case.campaign_id,
        unit_id=case.unit_id,
        rulebook_version_id=version.id,
        rule_set=rule_set,
        rule=rule,
        text=_text(_rule_set(version, rule_set), rule),
        found_on=found_on,
        note=note,
        alleged_by=person().id,
    )
    db.session.add(breach)
    db.session.flush()
    log.audit("breach.alleged", "case", case.id, rule_set=rule_set, rule=rule)
    jobs.emit("breach.alleged", by=str(breach.alleged_by))
    return breach


def decide(breach: RuleBreach, *, established: bool, reason: str) -> None:
    """Establish or dismiss a breach, and settle what follows from it by the rules of its day.

    Raises:
        BreachDecided, BreachOwnDecision, CaseLocked.
        BreachDefenceOpen: nothing is held against a unit before its defence.
    """
    if breach.state != BreachState.ALLEGED.value:
        raise BreachDecided
    if breach.alleged_by == person().id:
        raise BreachOwnDecision
    if breach.case.state == CaseState.REFERRED.value:
        raise CaseLocked
    if not cases.defence_is_over(breach.case):
        raise BreachDefenceOpen
    if established:
        _settle(breach)
    breach.state = (BreachState.ESTABLISHED if established else BreachState.DISMISSED).value
    breach.decided_by, breach.decided_at, breach.reason = person().id, now(), reason
    db.session.flush()
    log.audit(f"breach.{breach.state}", "case", breach.case_id, rule_set=breach.rule_set)


def _settle(breach: RuleBreach) -> None:
    version = db.session.get_one(RulebookVersion, breach.rulebook_version_id)
    rules = _rule_set(version, breach.rule_set)
    days = rules.get("repeat_days", 0)
    breach.repeated = queries.breached_before(
        breach.unit_id, breach.rule_set, breach.found_on, days
    )
    campaign = campaigns.campaign(breach.campaign_id)
    breach.defiant = bool(rules.get("defiance")) and breach.found_on >= campaign.starts_on
    breach.verdict = rules.get("verdict", _VETO) if rules.get("veto") else None


def _rule_set(version: RulebookVersion, code: str) -> Mapping[str, Any]:
    for one in version.content.get("rule_sets", ()):
        if one["code"] == code:
            found: Mapping[str, Any] = one
            return found
    raise RuleUnknown


def _text(rule_set: Mapping[str, Any], code: str) -> str:
    if not rule_set.get("complete", True):
        raise RuleDraft
    for one in rule_set["rules"]:
        if one["code"] == code:
            return str(one["text"])
    raise RuleUnknown
