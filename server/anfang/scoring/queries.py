"""Reads of scoring: runs, results, what follows."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import undefer

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import RulebookVersion
from anfang.kit.db import db, found_by, locked
from anfang.kit.errors import required
from anfang.registry.models import Unit
from anfang.scoring.errors import SchemeUnknown
from anfang.scoring.models import RunState, ScoreConsequence, ScoreResult, ScoreRun
from anfang.scoring.ranking import Placed
from anfang.scoring.rules import Scheme, schemes_of

_PUBLISHED = ScoreRun.state == RunState.PUBLISHED.value


def schemes(campaign_id: UUID) -> Mapping[str, Scheme]:
    """Return the schemes of a campaign's rulebook today, by code."""
    return schemes_of(campaigns.rulebook_section(campaign_id, "scoring"))


def scheme_for(run: ScoreRun) -> Scheme:
    """Return a run's scheme as the rulebook was when it was computed: rules bind as they were."""
    version = db.session.get_one(RulebookVersion, run.rulebook_version_id)
    found = schemes_of(version.content.get("scoring")).get(run.scheme)
    if found is None:
        raise SchemeUnknown
    return found


def run(run_id: UUID) -> ScoreRun:
    """Return a run; raises NotFound."""
    return required(db.session.get(ScoreRun, run_id))


def run_for_update(run_id: UUID) -> ScoreRun:
    """Return a run, locked and read anew; raises NotFound."""
    return found_by(locked(select(ScoreRun).where(ScoreRun.id == run_id)))


def frozen_run(run_id: UUID) -> ScoreRun:
    """Return a run with its figures; raises NotFound."""
    found = db.session.scalar(
        select(ScoreRun).where(ScoreRun.id == run_id).options(undefer(ScoreRun.figures))
    )
    return required(found)


def runs_listed(
    *, campaign: UUID | None = None, scheme: str | None = None, state: str | None = None
) -> Select[ScoreRun]:
    """Return the statement of runs, the latest computed first."""
    equal = {ScoreRun.campaign_id: campaign, ScoreRun.scheme: scheme, ScoreRun.state: state}
    return (
        select(ScoreRun)
        .where(*(column == value for column, value in equal.items() if value is not None))
        .order_by(ScoreRun.computed_at.desc(), ScoreRun.id)
    )


def published_runs() -> Select[ScoreRun]:
    """Return the statement of published runs, those that reach furthest first."""
    return (
        select(ScoreRun)
        .where(_PUBLISHED)
        .order_by(ScoreRun.until.desc(), ScoreRun.computed_at.desc(), ScoreRun.id)
    )


def standing_runs(campaign_id: UUID, scheme: str) -> Sequence[ScoreRun]:
    """Return a scheme's published runs that no published run corrects, by their last day."""
    corrected = select(ScoreRun.corrects_id).where(_PUBLISHED, ScoreRun.corrects_id.is_not(None))
    return db.session.scalars(
        select(ScoreRun)
        .where(
            _PUBLISHED,
            ScoreRun.campaign_id == campaign_id,
            ScoreRun.scheme == scheme,
            ScoreRun.id.not_in(corrected),
        )
        .order_by(ScoreRun.until, ScoreRun.id)
    ).all()


def runs_before(run: ScoreRun) -> list[ScoreRun]:
    """Return the standing runs whose days ended before a run's, oldest first."""
    return [
        one
        for one in standing_runs(run.campaign_id, run.scheme)
        if one.until < run.until and one.id not in (run.id, run.corrects_id)
    ]


def corrections_of(run_ids: Iterable[UUID]) -> dict[UUID, ScoreRun]:
    """Return the published runs that correct any of these, by the corrected one."""
    found = db.session.scalars(
        select(ScoreRun).where(_PUBLISHED, ScoreRun.corrects_id.in_(list(run_ids)))
    )
    return {one.corrects_id: one for one in found if one.corrects_id is not None}


def results(run_id: UUID) -> Sequence[ScoreResult]:
    """Return a run's results: by category, ranked units first, by rank, then by code."""
    return db.session.scalars(
        select(ScoreResult)
        .join(Unit, Unit.id == ScoreResult.unit_id)
        .where(ScoreResult.run_id == run_id)
        .order_by(ScoreResult.category, ScoreResult.rank.is_(None), ScoreResult.rank, Unit.code)
    ).all()


def explained_result(run_id: UUID, unit_id: UUID) -> ScoreResult:
    """Return a unit's result with its explanation; raises NotFound."""
    found = db.session.scalar(
        select(ScoreResult)
        .where(ScoreResult.run_id == run_id, ScoreResult.unit_id == unit_id)
        .options(undefer(ScoreResult.explanation))
    )
    return required(found)


def published_results(*within: ColumnElement[bool]) -> Select[ScoreResult]:
    """Return the statement of results of published runs, those that reach furthest first."""
    return (
        select(ScoreResult)
        .join(ScoreRun, ScoreRun.id == ScoreResult.run_id)
        .where(_PUBLISHED, *within)
        .order_by(ScoreRun.until.desc(), ScoreResult.run_id, ScoreResult.unit_id)
    )


def published_result(run_id: UUID, unit_id: UUID, *within: ColumnElement[bool]) -> ScoreResult:
    """Return a unit's result of a published run, explained; NotFound outside `within`."""
    one = (ScoreResult.run_id == run_id, ScoreResult.unit_id == unit_id)
    explained = published_results(*within, *one).options(undefer(ScoreResult.explanation))
    return found_by(explained)


def runs(ids: Iterable[UUID]) -> dict[UUID, ScoreRun]:
    """Return runs by their ids."""
    found = db.session.scalars(select(ScoreRun).where(ScoreRun.id.in_(list(ids))))
    return {one.id: one for one in found}


def placed(run: ScoreRun) -> dict[UUID, Placed]:
    """Return the places of a run's units."""
    return {
        one.unit_id: Placed(one.unit_id, one.category, one.rank, one.ranked_of, one.worse, one.band)
        for one in results(run.id)
    }


def consequences(run_ids: Iterable[UUID]) -> Sequence[ScoreConsequence]:
    """Return what follows from runs, in the order in which it was written."""
    return db.session.scalars(
        select(ScoreConsequence)
        .where(ScoreConsequence.run_id.in_(list(run_ids)))
        .order_by(ScoreConsequence.at, ScoreConsequence.rule, ScoreConsequence.id)
    ).all()


def consequence_for_update(consequence_id: UUID) -> ScoreConsequence:
    """Return a consequence, locked and read anew; raises NotFound."""
    return found_by(locked(select(ScoreConsequence).where(ScoreConsequence.id == consequence_id)))
