"""Verbs of consequences: what a published ranking sets in motion; people decide all of it.

With the publication a unit gets one case, whatever follows for it: there it is heard, with its
deadline and its answer. A measure is proposed by a person only when the right of reply is over, and
approved by a second one (ladders). Facts that the rulebook names are attested with the publication.
"""

from collections.abc import Iterable
from uuid import UUID

from anfang.cases import service as cases
from anfang.cases.models import Case, CaseClass, CaseSource
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.ladders import service as ladders
from anfang.log import service as log
from anfang.scoring import queries
from anfang.scoring.errors import ConsequenceSettled
from anfang.scoring.models import ConsequenceState, ScoreConsequence, ScoreRun
from anfang.scoring.ranking import hit
from anfang.scoring.rules import Consequence, Scheme

_STANDING = (ConsequenceState.OPEN.value, ConsequenceState.PROPOSED.value)


def fire(run: ScoreRun, scheme: Scheme) -> None:
    """Open what follows from a run that is published just now; a run fires once.

    A correction takes over what already follows from the run that it corrects, and takes back what
    no longer does, unless it was proposed: that, people lift.
    """
    placed = queries.placed(run)
    former = [queries.placed(one) for one in queries.runs_before(run)]
    due = [
        (rule, unit)
        for rule in scheme.consequences
        for unit in sorted(hit(rule, placed, former), key=str)
    ]
    corrected = [] if run.corrects_id is None else queries.consequences([run.corrects_id])
    known = {(one.rule, one.unit_id) for one in corrected if one.state in _STANDING}
    wanted = {(rule.code, unit) for rule, unit in due}
    for one in corrected:
        if one.state == ConsequenceState.OPEN.value and (one.rule, one.unit_id) not in wanted:
            _end(one, ConsequenceState.VOID, run.reason)
    _open(run, scheme, [(rule, unit) for rule, unit in due if (rule.code, unit) not in known])


def propose(consequence: ScoreConsequence, reason: str, skip_reason: str = "") -> None:
    """Propose the measure or the reward that follows; ladders decide whether it is due.

    Args:
        consequence: locked (`queries.consequence_for_update`).

    Raises:
        ConsequenceSettled: it is not open.
        BeforeDefence, StepSkipped, StepNotDue and the other refusals of ladders.
    """
    _require_open(consequence)
    if consequence.case_id is not None:
        measure = ladders.propose(
            consequence.ladder, consequence.step, [consequence.case_id], reason, skip_reason
        )
    else:
        run = queries.run(consequence.run_id)
        measure = ladders.propose_reward(
            run.campaign_id, consequence.unit_id, consequence.reward, reason
        )
    consequence.measure_id = measure.id
    _settle(consequence, ConsequenceState.PROPOSED)


def drop(consequence: ScoreConsequence, note: str) -> None:
    """Decide that nothing follows, with a reason; its case goes on. Raises ConsequenceSettled."""
    _require_open(consequence)
    _end(consequence, ConsequenceState.DROPPED, note)


def _open(run: ScoreRun, scheme: Scheme, due: Iterable[tuple[Consequence, UUID]]) -> None:
    opened: dict[UUID, Case] = {}
    for rule, unit in due:
        if rule.fact:
            ladders.attest(run.campaign_id, unit, rule.fact, f"{run.title}（{run.id}）")
        if rule.ladder and unit not in opened:
            opened[unit] = _case(run, scheme, rule, unit)
        case = opened[unit] if rule.ladder else None
        made = ScoreConsequence(
            run_id=run.id,
            rule=rule.code,
            title=rule.title,
            unit_id=unit,
            ladder=rule.ladder,
            step=rule.step,
            reward=rule.reward,
            case_id=None if case is None else case.id,
            at=now(),
        )
        db.session.add(made)
        db.session.flush()
        log.audit("consequence.opened", "consequence", made.id, rule=rule.code, run=str(run.id))


def _case(run: ScoreRun, scheme: Scheme, rule: Consequence, unit: UUID) -> Case:
    return cases.open_case(
        [],
        unit,
        f"{run.title}：{rule.title}",
        CaseClass.BY_DATE.value,
        campaign_id=run.campaign_id,
        source=CaseSource.SUPERIOR.value,
        raised_by=scheme.title,
        summary=f"{scheme.title}（{run.since.isoformat()}—{run.until.isoformat()}）",
    )


def _require_open(consequence: ScoreConsequence) -> None:
    if consequence.state != ConsequenceState.OPEN.value:
        raise ConsequenceSettled


def _end(consequence: ScoreConsequence, state: ConsequenceState, note: str) -> None:
    consequence.note = note
    _settle(consequence, state)


def _settle(consequence: ScoreConsequence, state: ConsequenceState) -> None:
    consequence.state = state.value
    db.session.flush()
    log.audit(f"consequence.{state.value}", "consequence", consequence.id, rule=consequence.rule)
