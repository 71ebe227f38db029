"""Verbs of measures: propose a step, approve it as a second person, enforce, finish, lift it.

[Note: Right of reply first] a sanction rests on cases, and before each case's defence was heard or
its time was over no verb here does anything: no rulebook and no role changes that.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import current_app

from anfang.campaigns import queries as campaigns
from anfang.cases import queries as cases
from anfang.cases.models import Case, CaseState
from anfang.jobs import service as jobs
from anfang.kit import working_time
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.ladders import knowing, queries
from anfang.ladders.errors import (
    BeforeDefence,
    CaseOutOfReach,
    CasesOfSeveralUnits,
    ExposureFieldsMissing,
    MeasureNotThere,
    MeasureWithoutCase,
    NoLadders,
    OtherCategory,
    OwnMeasure,
    ReviewWaits,
    SkipNeedsApproval,
    StepNotDue,
    StepSkipped,
    StepTaken,
)
from anfang.ladders.models import Measure, MeasureCase, MeasureState, Nature
from anfang.ladders.rules import PUBLIC_KINDS, Facts, Ladder, LadderRules, Step, next_position
from anfang.log import service as log
from anfang.registry import queries as registry

_ENDED = (CaseState.MERGED.value, CaseState.REFERRED.value)


def propose(
    ladder: str, step: str, case_ids: Sequence[UUID], reason: str, skip_reason: str = ""
) -> Measure:
    """Propose a step of a ladder against the unit of some cases.

    Args:
        ladder, step: codes of the campaign's rulebook.
        case_ids: what the step rests on; of one unit and one campaign.
        skip_reason: why steps beneath it may be left out; the approver decides on that as well.

    Raises:
        NotFound: there is no such case.
        MeasureWithoutCase, CasesOfSeveralUnits, CaseOutOfReach, OtherCategory, NoLadders: the step
            cannot be taken against these cases.
        BeforeDefence: a case's right of reply still runs.
        StepTaken, StepSkipped: the step is not the next one.
        StepNotDue, ExposureFieldsMissing: the rulebook asks for more.
        ReviewWaits: a conclusion on one of the cases is being reviewed.
    """
    if not case_ids:
        raise MeasureWithoutCase
    named = cases.cases_of(case_ids)
    if len({(one.unit_id, one.campaign_id) for one in named}) > 1:
        raise CasesOfSeveralUnits
    unit, campaign_id = named[0].unit, named[0].campaign_id
    found, target = _step(queries.rules_of(campaign_id), ladder, step)
    if unit.category not in found.categories:
        raise OtherCategory
    if queries.waiting_on(ladder, case_ids):
        raise StepTaken
    facts = knowing.facts_of(campaign_id, unit.id, named)
    skips = _require_next(found, target, named, skip_reason)
    _require_due(found, target, named, facts)
    measure = _measure(campaign_id, unit.id, Nature.SANCTION, found.code, target, reason)
    measure.position, measure.facts = target.position, knowing.stored(facts)
    measure.skips, measure.skip_reason = skips, skip_reason if skips else ""
    measure.cases = [
        MeasureCase(case_id=one.id, ladder=ladder, position=target.position) for one in named
    ]
    return _proposed(measure)


def propose_reward(campaign_id: UUID, unit_id: UUID, reward: str, reason: str) -> Measure:
    """Propose a reward for a unit.

    Raises:
        NotFound: there is no such unit or campaign.
        NoLadders: the rulebook has no such reward.
        StepNotDue: its conditions are not all met.
    """
    unit, campaign = registry.unit(unit_id), campaigns.campaign(campaign_id)
    target = queries.rules_of(campaign.id).rewards.get(reward)
    if target is None:
        raise NoLadders
    facts = knowing.facts_of(campaign.id, unit.id, [])
    _require_nothing_missing(target.missing(facts))
    measure = _measure(campaign.id, unit.id, Nature.REWARD, reward, target, reason)
    measure.facts = knowing.stored(facts)
    return _proposed(measure)


def approve(measure: Measure, note: str, skip_approval: str = "") -> None:
    """Approve what somebody else proposed; everything is asked for again.

    Args:
        measure: locked (`queries.measure`).
        skip_approval: why steps may be left out; needed where they are.

    Raises:
        MeasureNotThere: it is not proposed.
        OwnMeasure: the approver proposed it.
        SkipNeedsApproval: it skips steps, and nothing was said about that.
        BeforeDefence, StepSkipped, StepTaken, StepNotDue, ExposureFieldsMissing, ReviewWaits,
        CaseOutOfReach: it is not due any more.
    """
    _require(measure, MeasureState.PROPOSED)
    if measure.proposed_by == person().id:
        raise OwnMeasure
    _require_still_due(measure)
    if measure.skips and not skip_approval.strip():
        raise SkipNeedsApproval
    measure.skip_approval = skip_approval if measure.skips else ""
    _decide(measure, MeasureState.APPROVED, note)


def reject(measure: Measure, note: str) -> None:
    """Reject what somebody else proposed.

    Raises:
        MeasureNotThere, OwnMeasure: as for `approve`.
    """
    _require(measure, MeasureState.PROPOSED)
    if measure.proposed_by == person().id:
        raise OwnMeasure
    _release(measure)
    _decide(measure, MeasureState.REJECTED, note)


def enforce(measure: Measure) -> None:
    """Put an approved measure in force; the unit reads it from now on.

    Raises:
        MeasureNotThere: it is not approved.
        BeforeDefence, StepSkipped, StepNotDue, ExposureFieldsMissing, ReviewWaits, CaseOutOfReach:
            it is not due any more.
    """
    _require(measure, MeasureState.APPROVED)
    _require_still_due(measure)
    measure.state = MeasureState.IN_FORCE.value
    measure.enforced_by, measure.in_force_at = person().id, now()
    measure.due_at = _term(measure, measure.in_force_at)
    _told(measure, "measure.in_force")


def finish(measure: Measure, text: str) -> None:
    """Say that a measure was carried out.

    Raises:
        MeasureNotThere: it is not in force.
    """
    _require(measure, MeasureState.IN_FORCE)
    _end(measure, MeasureState.DONE, text)


def lift(measure: Measure, text: str) -> None:
    """Take a measure back, with a reason, and what stands above it; the steps are free again.

    Raises:
        MeasureNotThere: it neither waits for its enforcement nor stands.
    """
    if measure.state not in (MeasureState.APPROVED.value, *queries.STANDING):
        raise MeasureNotThere
    if measure.position is not None:
        take_back(measure, measure.position, text)
    _lift(measure, text)


def take_back(measure: Measure, left: int, text: str) -> None:
    """Take back what stands above a position for a measure's cases: no step hangs in the air."""
    for one in queries.above(measure, left):
        _lift(one, text)


def _lift(measure: Measure, text: str) -> None:
    _release(measure)
    _end(measure, MeasureState.LIFTED, text)


def _release(measure: Measure) -> None:
    """Free the step of a measure that no longer stands."""
    for one in measure.cases:
        one.live = False


def _step(rules: LadderRules, ladder: str, step: str) -> tuple[Ladder, Step]:
    found = rules.ladders.get(ladder)
    target = found.step(step) if found is not None else None
    if found is None or target is None:
        raise NoLadders
    return found, target


def _require_next(ladder: Ladder, target: Step, named: Sequence[Case], skip_reason: str) -> bool:
    """Refuse a step that is not the next for every case; tells whether it skips by a reason."""
    reached = queries.reached(ladder.code, [one.id for one in named])
    following = next_position(reached.values())
    if target.position <= max(reached.values()):
        raise StepTaken
    if target.position == following:
        return False
    if not skip_reason.strip():
        raise StepSkipped(next=ladder.steps[following - 1].title)
    return True


def _require_due(ladder: Ladder, target: Step, named: Sequence[Case], facts: Facts) -> None:
    numbers = [one.number for one in named if one.state in _ENDED]
    if numbers:
        raise CaseOutOfReach(numbers="、".join(numbers))
    unheard = cases.defences_open(named)
    if unheard:
        raise BeforeDefence(numbers="、".join(unheard))
    if queries.review_waits([one.id for one in named]):
        raise ReviewWaits
    reached = queries.reached(ladder.code, [one.id for one in named])
    _require_nothing_missing(ladder.missing(target, next_position(reached.values()), facts))
    if target.kind in PUBLIC_KINDS:
        missing = [
            title for one in named for title in cases.rules_for(one).missing(one.fields, "exposure")
        ]
        if missing:
            raise ExposureFieldsMissing(fields="、".join(dict.fromkeys(missing)))


def _require_nothing_missing(missing: Sequence[str]) -> None:
    if missing:
        raise StepNotDue(missing="、".join(missing))


def _require_still_due(measure: Measure) -> None:
    """Ask for everything again, by the rulebook as it was when the measure was proposed."""
    rules = queries.rules_for(measure)
    if measure.nature == Nature.REWARD.value:
        facts = knowing.facts_of(measure.campaign_id, measure.unit_id, [])
        _require_nothing_missing(rules.rewards[measure.step].missing(facts))
        return
    ladder, target = _step(rules, measure.ladder, measure.step)
    named = [one.case for one in measure.cases]
    if any(one.unit_id != measure.unit_id for one in named):
        raise CasesOfSeveralUnits
    skips = _require_next(ladder, target, named, measure.skip_reason)
    measure.skips = skips
    facts = knowing.facts_of(measure.campaign_id, measure.unit_id, named)
    _require_due(ladder, target, named, facts)


def _measure(
    campaign_id: UUID, unit_id: UUID, nature: Nature, ladder: str, target: Step, reason: str
) -> Measure:
    version = campaigns.rulebook_version(campaign_id)
    assert version is not None
    return Measure(
        campaign_id=campaign_id,
        rulebook_version_id=version.id,
        unit_id=unit_id,
        nature=nature.value,
        ladder=ladder,
        step=target.code,
        step_kind=target.kind,
        title=target.title,
        reason=reason,
        proposed_by=person().id,
        proposed_at=now(),
    )


def _proposed(measure: Measure) -> Measure:
    db.session.add(measure)
    db.session.flush()
    db.session.refresh(measure)
    _told(measure, "measure.proposed")
    jobs.emit("measure.proposed", by=str(measure.proposed_by))
    return measure


def _decide(measure: Measure, state: MeasureState, note: str) -> None:
    measure.state = state.value
    measure.decided_by, measure.decided_at, measure.decision_note = person().id, now(), note
    _told(measure, f"measure.{state.value}")


def _end(measure: Measure, state: MeasureState, text: str) -> None:
    measure.state = state.value
    measure.ended_by, measure.ended_at, measure.ending = person().id, now(), text
    _told(measure, f"measure.{state.value}")


def _term(measure: Measure, at: datetime) -> datetime | None:
    if measure.nature == Nature.REWARD.value:
        return None
    _, target = _step(queries.rules_for(measure), measure.ladder, measure.step)
    if target.working_days is None:
        return None
    return working_time.deadline(at, target.working_days, tz=current_app.config["ZONE"])


def _require(measure: Measure, state: MeasureState) -> None:
    if measure.state != state.value:
        raise MeasureNotThere


def _told(measure: Measure, action: str) -> None:
    db.session.flush()
    log.audit(action, "measure", measure.id, ladder=measure.ladder, step=measure.step)
