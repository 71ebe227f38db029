"""Reads of scoring as its readers get them: the office with names, the public units and places."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from anfang.cases import queries as cases
from anfang.cases.models import Case
from anfang.identity import queries as identity
from anfang.registry import queries as registry
from anfang.scoring import queries
from anfang.scoring.models import ScoreConsequence, ScoreResult, ScoreRun
from anfang.scoring.rules import Scheme
from anfang.scoring.targets import targets_of

_RUN = (
    "id", "campaign_id", "scheme", "title", "since", "until", "state", "figures_sha256",
    "computed_at", "decided_at", "decision_note", "published_at", "corrects_id", "reason",
)  # fmt: skip
_RESULT = ("category", "score", "rank", "ranked_of", "why_not", "vetoes")
_CONSEQUENCE = (
    "id", "run_id", "rule", "title", "ladder", "step", "reward", "measure_id", "state", "note",
)  # fmt: skip


def schemes_view(campaign_id: UUID) -> list[dict[str, Any]]:
    """Return a campaign's schemes: what they are called, how they weigh, what follows."""
    return [_scheme(one) for one in queries.schemes(campaign_id).values()]


def runs_view(runs: Sequence[ScoreRun]) -> list[dict[str, Any]]:
    """Return runs with who did what."""
    people = identity.display_names(
        [p for one in runs for p in (one.computed_by, one.decided_by, one.published_by) if p]
    )
    corrections = queries.corrections_of(one.id for one in runs)
    return [
        {
            **{name: getattr(one, name) for name in _RUN},
            "computed_by": people.get(one.computed_by),
            "decided_by": people.get(one.decided_by) if one.decided_by else None,
            "published_by": people.get(one.published_by) if one.published_by else None,
            "corrected_by_id": corrections[one.id].id if one.id in corrections else None,
        }
        for one in runs
    ]


def run_view(run: ScoreRun) -> dict[str, Any]:
    """Return a run whole, without the explanations."""
    (told,) = runs_view([run])
    scheme = queries.scheme_for(run)
    before = queries.runs_before(run)
    earlier = {one.unit_id: one.rank for one in queries.results(before[-1].id)} if before else {}
    bands = {one.code: one.title for one in scheme.bands}
    found = queries.results(run.id)
    return {
        **told,
        "scheme_title": scheme.title,
        "publishable": scheme.published,
        "before_id": before[-1].id if before else None,
        "results": [result_view(one, bands, earlier) for one in found],
        "consequences": consequences_view(queries.consequences([run.id])),
    }


def explained_view(run: ScoreRun, unit_id: UUID) -> dict[str, Any]:
    """Return one unit's result with its explanation, the units in it, and where it leads."""
    found = queries.explained_result(run.id, unit_id)
    bands = {one.code: one.title for one in queries.scheme_for(run).bands}
    lines = list(lines_of(found.explanation))
    named = {unit_id, *(UUID(one["unit_id"]) for one in lines if one["unit_id"])}
    objects = [(one["object_kind"], UUID(one["object_id"])) for one in lines if one["object_id"]]
    return {
        **result_view(found, bands, {}),
        "explanation": found.explanation,
        "units": [{"id": unit, "name": name} for unit, name in registry.unit_names(named).items()],
        "targets": targets_of(objects),
    }


def consequences_view(found: Sequence[ScoreConsequence]) -> list[dict[str, Any]]:
    """Return what follows, with the case in which the unit is heard."""
    known = {one.id: one for one in cases.cases_of({c.case_id for c in found if c.case_id})}
    unheard = set(cases.defences_open(list(known.values())))
    return [
        {
            **{name: getattr(one, name) for name in _CONSEQUENCE},
            "unit": {"id": one.unit_id, "name": one.unit.name},
            "case": _case(known.get(one.case_id), unheard) if one.case_id else None,
        }
        for one in found
    ]


def public_view(run: ScoreRun) -> list[dict[str, Any]]:
    """Return a published run's categories with their units, as the public reads them."""
    bands = {one.code: one.title for one in queries.scheme_for(run).bands}
    found = queries.results(run.id)
    return [
        {
            "category": category,
            "rows": [result_view(one, bands, {}) for one in found if one.category == category],
        }
        for category in dict.fromkeys(one.category for one in found)
    ]


def result_view(
    one: ScoreResult, bands: Mapping[str, str], earlier: Mapping[UUID, int | None]
) -> dict[str, Any]:
    """Return one result; bands' titles by code, the unit's rank before where there was one."""
    return {
        **{name: getattr(one, name) for name in _RESULT},
        "unit": {"id": one.unit_id, "name": one.unit.name},
        "band": {"code": one.band, "title": bands[one.band]} if one.band else None,
        "rank_before": earlier.get(one.unit_id),
    }


def _case(case: Case | None, unheard: set[str]) -> dict[str, Any] | None:
    if case is None:
        return None
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "unheard": case.number in unheard,
    }


def lines_of(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the lines of an explanation, each before those beneath it."""
    yield tree
    for one in tree["children"]:
        yield from lines_of(one)


def _scheme(one: Scheme) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "categories": list(one.categories),
        "published": one.published,
        "components": [
            {"code": part.code, "title": part.title, "weight": float(part.weight)}
            for part in one.components
        ],
        "deductions": [part.title for part in one.deductions],
        "vetoes": [part.title for part in one.vetoes],
        "consequences": [part.title for part in one.consequences],
    }
