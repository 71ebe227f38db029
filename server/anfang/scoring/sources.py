"""Reads of figures from every room beneath, and whom each counts for.

A room that judges units offers `queries.figures(campaign, since, until)` and gets a line here.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from anfang.ballots import queries as ballots
from anfang.campaigns import queries as campaigns
from anfang.claims import queries as claims
from anfang.complaints import queries as complaints
from anfang.kit.db import db
from anfang.kit.figures import Figure
from anfang.registry import queries as registry
from anfang.registry.models import Unit
from anfang.scoring import visit_figures
from anfang.scoring.frozen import Attributed
from anfang.scoring.rules import Scheme
from anfang.surveys import queries as surveys

SOURCES: Final[tuple[Callable[[UUID, date, date], Sequence[Figure]], ...]] = (
    visit_figures.figures,
    surveys.figures,
    ballots.figures,
    complaints.figures,
    claims.figures,
)


def units_scored(scheme: Scheme, campaign_id: UUID) -> list[Unit]:
    """Return the units in service that a scheme scores, by code."""
    statement = registry.active_units().where(Unit.category.in_(scheme.categories))
    if scheme.parts:
        statement = statement.where(Unit.id.in_(units_of_parts(campaign_id, scheme.parts)))
    return list(db.session.scalars(statement))


def units_of_parts(campaign_id: UUID, parts: Iterable[str]) -> frozenset[UUID]:
    """Return the units that play any of some parts."""
    wanted = set(parts)
    return frozenset(one.unit_id for one in campaigns.actors(campaign_id) if one.actor in wanted)


def attributed(
    campaign_id: UUID, since: date, until: date, scored: Sequence[Unit]
) -> list[Attributed]:
    """Return all figures of a time, each with the scored unit that it counts for.

    A figure counts for the nearest scored unit at or above the one that it is about; where there is
    none it counts for nobody.
    """
    found = [one for source in SOURCES for one in source(campaign_id, since, until)]
    paths = _paths({one.unit_id for one in found})
    listed = {one.id for one in scored}
    answering = {unit: _nearest(path, listed) for unit, path in paths.items()}
    return [(owner, one) for one in found if (owner := answering.get(one.unit_id)) is not None]


def _paths(unit_ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = db.session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(list(unit_ids))))
    return {row.id: row.path for row in rows}


def _nearest(path: str, listed: set[UUID]) -> UUID | None:
    line = [UUID(one) for one in path.strip("/").split("/")]
    return next((one for one in reversed(line) if one in listed), None)
