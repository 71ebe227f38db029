"""Verbs of runs: compute one, sign it off as a second person, publish it, correct a published one.

A run is frozen as it is computed: its figures are kept with their digest, its rules are those of
the rulebook's version of that moment. Nothing but its state changes afterwards.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.figures import Figure
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.registry.models import Unit
from anfang.scoring import firing, formula, logged, queries, ranking, sources
from anfang.scoring.errors import (
    CorrectionWithoutReason,
    DaysReversed,
    FiguresMoved,
    NotForPublication,
    NothingToCorrect,
    OwnRun,
    PeriodTaken,
    RunNotThere,
    SchemeUnknown,
)
from anfang.scoring.formula import Scored
from anfang.scoring.frozen import Attributed, digest, frozen
from anfang.scoring.models import RunState, ScoreResult, ScoreRun
from anfang.scoring.nodes import told
from anfang.scoring.ranking import Entrant, Placed
from anfang.scoring.rules import Scheme


def compute(
    campaign_id: UUID,
    scheme: str,
    title: str,
    since: date,
    until: date,
    *,
    corrects_id: UUID | None = None,
    reason: str = "",
) -> ScoreRun:
    """Compute a scheme over some days, both included, as a draft.

    Args:
        scheme: a code of the rulebook in force.
        title: what the run is called when it is published (第二次测评).
        corrects_id, reason: the published run that it is to correct, and why.

    Raises:
        NotFound: there is no such campaign or run.
        SchemeUnknown, DaysReversed: the rulebook has no such scheme; the days are no time.
        PeriodTaken: a published run reaches as far.
        CorrectionWithoutReason, NothingToCorrect: what it corrects cannot be corrected so.
    """
    campaign = campaigns.campaign(campaign_id)
    version = campaigns.rulebook_version(campaign.id)
    found = queries.schemes(campaign.id).get(scheme)
    if version is None or found is None:
        raise SchemeUnknown
    if since > until:
        raise DaysReversed
    run = ScoreRun(
        campaign_id=campaign.id,
        rulebook_version_id=version.id,
        scheme=scheme,
        title=title,
        since=since,
        until=until,
        corrects_id=corrects_id,
        reason=reason.strip(),
        computed_by=person().id,
        computed_at=now(),
    )
    _require_place(run)
    units = sources.units_scored(found, campaign.id)
    figures = sources.attributed(campaign.id, since, until, units)
    run.figures = frozen(figures)
    run.figures_sha256 = digest(run.figures)
    db.session.add(run)
    db.session.flush()
    db.session.add_all(_results(run, found, units, figures))
    _audit(run, "score_run.computed")
    return run


def sign(run: ScoreRun, note: str) -> None:
    """Sign a run off as a second person: what it rests on is read anew and must be the same.

    Args:
        run: locked (`queries.run_for_update`).

    Raises:
        RunNotThere: it is no draft.
        OwnRun: the caller computed it.
        FiguresMoved: records, complaints or ballots changed since.
        PeriodTaken, NothingToCorrect: another run was published meanwhile.
    """
    _require_draft(run)
    _require_place(run)
    _require_unmoved(run)
    _decide(run, RunState.SIGNED, note)


def reject(run: ScoreRun, note: str) -> None:
    """Reject a run as a second person; raises RunNotThere and OwnRun as for `sign`."""
    _require_draft(run)
    _decide(run, RunState.REJECTED, note)


def publish(run: ScoreRun) -> None:
    """Publish a run that was signed off; what follows from its places is opened at once.

    Raises:
        RunNotThere: it was not signed off.
        NotForPublication: the rulebook does not have this ranking published.
        PeriodTaken, NothingToCorrect: another run was published meanwhile.
    """
    if run.state != RunState.SIGNED.value:
        raise RunNotThere
    scheme = queries.scheme_for(run)
    if not scheme.published:
        raise NotForPublication
    _require_place(run)
    run.state = RunState.PUBLISHED.value
    run.published_by, run.published_at = person().id, now()
    db.session.flush()
    _audit(run, "score_run.published")
    log.queue("ranking", str(run.id), logged.sha256_of(run))
    firing.fire(run, scheme)


def _require_draft(run: ScoreRun) -> None:
    if run.state != RunState.DRAFT.value:
        raise RunNotThere
    if run.computed_by == person().id:
        raise OwnRun


def _require_place(run: ScoreRun) -> None:
    """Refuse a run that would come twice, or corrects what is not there to be corrected."""
    if (run.corrects_id is None) != (not run.reason):
        raise CorrectionWithoutReason
    standing = queries.standing_runs(run.campaign_id, run.scheme)
    if run.corrects_id is not None:
        queries.run(run.corrects_id)
        if run.corrects_id not in {one.id for one in standing}:
            raise NothingToCorrect
    taken = [one.until for one in standing if one.id != run.corrects_id]
    after = [one for one in taken if one >= run.until]
    if run.corrects_id is None and after:
        raise PeriodTaken(until=max(after).isoformat())


def _require_unmoved(run: ScoreRun) -> None:
    units = sources.units_scored(queries.scheme_for(run), run.campaign_id)
    figures = sources.attributed(run.campaign_id, run.since, run.until, units)
    if digest(frozen(figures)) != run.figures_sha256:
        raise FiguresMoved


def _decide(run: ScoreRun, state: RunState, note: str) -> None:
    run.state = state.value
    run.decided_by, run.decided_at, run.decision_note = person().id, now(), note
    _audit(run, f"score_run.{state.value}")


def _audit(run: ScoreRun, action: str) -> None:
    db.session.flush()
    log.audit(action, "score_run", run.id, scheme=run.scheme, figures_sha256=run.figures_sha256)


def _results(
    run: ScoreRun, scheme: Scheme, units: Sequence[Unit], figures: Sequence[Attributed]
) -> list[ScoreResult]:
    theirs: dict[UUID, list[Figure]] = defaultdict(list)
    for owner, figure in figures:
        theirs[owner].append(figure)
    scored = {unit.id: formula.score(scheme, theirs[unit.id]) for unit in units}
    excluded = _excluded(scheme, run.campaign_id)
    placed = ranking.rank(
        scheme,
        [
            Entrant(
                unit.id,
                unit.category,
                scored[unit.id].score,
                scored[unit.id].breakers,
                unit.id not in excluded,
            )
            for unit in units
        ],
    )
    return [
        _result(run, unit, scored[unit.id], placed[unit.id], excluded.get(unit.id, ""))
        for unit in units
    ]


def _result(
    run: ScoreRun, unit: Unit, scored: Scored, placed: Placed, excluded: str
) -> ScoreResult:
    return ScoreResult(
        run_id=run.id,
        unit=unit,
        category=unit.category,
        score=None if scored.score is None else str(scored.score),
        rank=placed.rank,
        ranked_of=placed.of,
        worse=placed.worse,
        band=placed.band,
        why_not=excluded or scored.why_not,
        vetoes=list(scored.vetoes),
        explanation=told(scored.tree),
    )


def _excluded(scheme: Scheme, campaign_id: UUID) -> dict[UUID, str]:
    """Return why units that the rulebook scores are not ranked."""
    return {
        unit: one.why
        for one in scheme.exclusions
        for unit in sources.units_of_parts(campaign_id, one.parts)
    }
