"""Reads of scoring as a unit gets them: its own result, and how it came to it.

[Note: Own score] no result of another unit is told, and nothing that names a visit's record: ids
tell the minute at which a row was made. In their place stand names that hold within the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID, uuid5

from anfang.campaigns import queries as campaigns
from anfang.registry import queries as registry
from anfang.scoring import queries, targets, views
from anfang.scoring.models import ScoreResult, ScoreRun
from anfang.scoring.targets import Target

_OPEN: Final = frozenset({"case", "claim_sheet"})
"""Pages that a unit's desk has, too."""


def own_lines(results: Sequence[ScoreResult]) -> list[dict[str, Any]]:
    """Tell results with the runs that they stand in."""
    runs = queries.runs({one.run_id for one in results})
    corrections = queries.corrections_of(runs)
    return [_line(one, runs[one.run_id], one.run_id in corrections) for one in results]


def own_explained(found: ScoreResult) -> dict[str, Any]:
    """Tell one result with its explanation; a line leads where the unit may follow it."""
    (told,) = own_lines([found])
    lines = list(views.lines_of(found.explanation))
    named = {found.unit_id, *(UUID(one["unit_id"]) for one in lines if one["unit_id"])}
    objects = [(one["object_kind"], UUID(one["object_id"])) for one in lines if one["object_id"]]
    names = {one: uuid5(found.run_id, str(one)) for _, one in objects}
    return {
        **told,
        "explanation": _renamed(found.explanation, names),
        "units": [{"id": unit, "name": name} for unit, name in registry.unit_names(named).items()],
        "targets": [_target(one, names) for one in targets.targets_of(objects)],
    }


def _line(one: ScoreResult, run: ScoreRun, corrected: bool) -> dict[str, Any]:
    scheme = queries.scheme_for(run)
    bands = {band.code: band.title for band in scheme.bands}
    return {
        **views.result_view(one, bands, {}),
        "run": {name: getattr(run, name) for name in ("id", "title", "since", "until")},
        "scheme_title": scheme.title,
        "campaign": campaigns.campaign(run.campaign_id).name,
        "published_at": run.published_at,
        "corrected": corrected,
    }


def _renamed(tree: Mapping[str, Any], names: Mapping[UUID, UUID]) -> dict[str, Any]:
    known = tree["object_id"] and names[UUID(tree["object_id"])]
    children = [_renamed(one, names) for one in tree["children"]]
    return {**tree, "object_id": known, "children": children}


def _target(one: Target, names: Mapping[UUID, UUID]) -> Target:
    name = names[one.object_id]
    if one.page in _OPEN:
        return replace(one, object_id=name)
    return replace(one, object_id=name, page="", page_id=name)
