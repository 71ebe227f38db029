"""Reads of ladders as their readers get them: the office whole, a unit by an allow-list.

A unit reads what stands or stood against itself: which step, on which cases, why, until when, and
its own review. Who proposed, what else was known, and what is only considered stay in the office.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from anfang.cases import queries as cases
from anfang.identity import queries as identity
from anfang.ladders import knowing, queries
from anfang.ladders.models import AttestedFact, Measure, Referral, Review
from anfang.ladders.rules import REVIEW_DAYS, Facts, Ladder, LadderRules, Step, next_position
from anfang.registry import queries as registry

_DESK = ("id", "nature", "ladder", "step", "step_kind", "title", "position", "state", "reason")
_OFFICE = ("facts", "skips", "skip_reason", "skip_approval", "decision_note")
_MOMENTS = ("proposed_at", "decided_at")


def measures_view(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    """Return measures as the office reads them."""
    reviews = queries.reviews_of(one.id for one in measures)
    people = identity.display_names(
        [p for one in measures for p in (one.proposed_by, one.decided_by, one.enforced_by) if p]
        + [one.decided_by for one in reviews.values() if one.decided_by]
    )
    return [_office_measure(one, reviews.get(one.id), people) for one in measures]


def desk_measures_view(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    """Return measures as their unit reads them."""
    reviews = queries.reviews_of(one.id for one in measures)
    return [_desk_measure(one, reviews.get(one.id)) for one in measures]


def offer_view(case_ids: Sequence[UUID]) -> dict[str, Any]:
    """Return what may be proposed against the unit of some cases, and what stands in the way."""
    named = cases.cases_of(case_ids)
    unit, campaign_id = named[0].unit, named[0].campaign_id
    rules = queries.rules_of(campaign_id)
    facts = knowing.facts_of(campaign_id, unit.id, named)
    return {
        "unit": {"id": unit.id, "name": unit.name},
        "unheard": cases.defences_open(named),
        "facts": knowing.stored(facts),
        "ladders": [
            _offered(one, case_ids, facts)
            for one in rules.ladders.values()
            if unit.category in one.categories
        ],
    }


def rules_view(campaign_id: UUID, unit_id: UUID | None) -> dict[str, Any]:
    """Return a campaign's ladders, rewards, facts, bodies and rules; with a unit, its own too."""
    rules = queries.rules_of(campaign_id)
    return {
        "ladders": [
            {
                "code": one.code,
                "title": one.title,
                "categories": sorted(one.categories),
                "steps": [_step(step) for step in one.steps],
            }
            for one in rules.ladders.values()
        ],
        "rewards": [_step(one) for one in rules.rewards.values()],
        "facts": _titles(rules.facts),
        "bodies": _titles(rules.bodies),
        "accountability": _accountability(rules, campaign_id, unit_id),
    }


def facts_view(facts: Sequence[AttestedFact]) -> list[dict[str, Any]]:
    """Return attested facts with who attested them."""
    people = identity.display_names([one.by_user for one in facts])
    return [
        {
            "id": one.id,
            "unit": {"id": one.unit_id, "name": one.unit.name},
            "code": one.code,
            "basis": one.basis,
            "at": one.at,
            "by": people.get(one.by_user),
        }
        for one in facts
    ]


def referrals_view(referrals: Sequence[Referral]) -> list[dict[str, Any]]:
    """Return referrals as who may refer reads them."""
    people = identity.display_names(
        [p for one in referrals for p in (one.proposed_by, one.decided_by) if p]
    )
    members = ("id", "body", "basis", "state", "proposed_at", "decided_at", "decision_note")
    return [
        {
            **{name: getattr(one, name) for name in members},
            "case": {"id": one.case_id, "number": one.case.number, "title": one.case.title},
            "unit": {"id": one.case.unit_id, "name": one.case.unit.name},
            "proposed_by": people.get(one.proposed_by),
            "decided_by": people.get(one.decided_by) if one.decided_by else None,
        }
        for one in referrals
    ]


def corrections_view(reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """Return corrections as the public reads them: the unit, what was taken back, when."""
    names = registry.unit_names({one.measure.unit_id for one in reviews})
    return [
        {
            "unit": names.get(one.measure.unit_id, ""),
            "title": one.measure.title,
            "outcome": one.outcome,
            "text": one.correction,
            "at": one.decided_at,
        }
        for one in reviews
    ]


def _office_measure(
    measure: Measure, review: Review | None, people: Mapping[UUID, str]
) -> dict[str, Any]:
    return {
        **_desk_measure(measure, review),
        **{name: getattr(measure, name) for name in (*_OFFICE, *_MOMENTS)},
        "campaign_id": measure.campaign_id,
        "proposed_by": people.get(measure.proposed_by),
        "decided_by": people.get(measure.decided_by) if measure.decided_by else None,
        "review": None if review is None else _review(review, people),
    }


def _desk_measure(measure: Measure, review: Review | None) -> dict[str, Any]:
    since = measure.in_force_at
    return {
        **{name: getattr(measure, name) for name in _DESK},
        "unit": {"id": measure.unit_id, "name": measure.unit.name},
        "cases": [
            {"id": one.case_id, "number": one.case.number, "title": one.case.title}
            for one in measure.cases
        ],
        "in_force_at": since,
        "due_at": measure.due_at,
        "ended_at": measure.ended_at,
        "ending": measure.ending,
        "review_until": None if since is None else since + timedelta(days=REVIEW_DAYS),
        "review": None if review is None else _review(review, {}),
    }


def _review(review: Review, people: Mapping[UUID, str]) -> dict[str, Any]:
    members = ("id", "text", "asked_at", "decide_by", "outcome", "answer", "correction")
    return {
        **{name: getattr(review, name) for name in members},
        "decided_at": review.decided_at,
        "decided_by": people.get(review.decided_by) if review.decided_by else None,
    }


def _offered(ladder: Ladder, case_ids: Sequence[UUID], facts: Facts) -> dict[str, Any]:
    reached = queries.reached(ladder.code, case_ids)
    following = next_position(reached.values())
    return {
        "code": ladder.code,
        "title": ladder.title,
        "waiting": queries.waiting_on(ladder.code, case_ids),
        "steps": [
            {
                **_step(one),
                "taken": one.position <= max(reached.values()),
                "next": one.position == following,
                "missing": ladder.missing(one, following, facts),
            }
            for one in ladder.steps
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "code": step.code,
        "kind": step.kind,
        "title": step.title,
        "position": step.position,
        "working_days": step.working_days,
        "when": [one.title for one in step.when],
    }


def _accountability(
    rules: LadderRules, campaign_id: UUID, unit_id: UUID | None
) -> list[dict[str, Any]]:
    """Return the campaign's rules, each in the unit's stricter form where there is one."""
    found = {
        code: _rule(code, one.title, one.ladder, one.step, own=False)
        for code, one in rules.accountability.items()
    }
    own = [] if unit_id is None else queries.unit_rules(campaign_id, unit_id)
    for one in own:
        code = one.rule or str(one.id)
        known = found.get(code)
        least = 0 if known is None else _position(rules, known["step"], known["ladder"])
        if _position(rules, one.step, one.ladder) >= least:
            found[code] = _rule(code, one.title, one.ladder, one.step, own=True)
    return list(found.values())


def _rule(code: str, title: str, ladder: str, step: str, *, own: bool) -> dict[str, Any]:
    return {"code": code, "title": title, "ladder": ladder, "step": step, "own": own}


def _position(rules: LadderRules, step: str, ladder: str) -> int:
    found = rules.ladders[ladder].step(step) if ladder in rules.ladders else None
    return 0 if found is None else found.position


def _titles(entries: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "title": title} for code, title in entries.items()]
