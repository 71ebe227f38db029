"""Reads of reports across sectors: the same checklist in one kind of unit and in another.

Sectors are categories of units, or a campaign's themes with their units and all beneath. A share
comes with its interval and how many visits it rests on; persons are in none of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select

from anfang.campaigns.models import CampaignTheme
from anfang.kit.db import db
from anfang.kit.intervals import Share, share
from anfang.registry.models import Unit
from anfang.reports.queries import Span
from anfang.reports.visits import Visit, visits, wordings

LEAST_VISITS: Final = 8
"""With fewer, a share is shown with its count but not compared."""


@dataclass(frozen=True)
class Sector:
    """A sector; `faultless` are visits in which every judged item was met.

    `enough` visits were judged to compare it.
    """

    code: str
    title: str
    units: int
    visits: int
    faultless: Share | None
    enough: bool
    mean: float | None


@dataclass(frozen=True)
class Cell:
    """How often an item was met in a sector; `enough` visits to compare it."""

    sector: str
    met: Share | None
    enough: bool


@dataclass(frozen=True)
class ItemRow:
    """An item of a checklist across the sectors, in their order."""

    checklist_id: UUID
    checklist: str
    item: str
    text: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Benchmark:
    """Sectors side by side."""

    least_visits: int
    sectors: Sequence[Sector]
    items: Sequence[ItemRow]


SectorsOf = Callable[[Visit], Iterable[str]]


def benchmark(span: Span, by: str) -> Benchmark:
    """Compare sectors `by` category or, within a campaign, by theme."""
    titles, sectors_of = _by_theme(span.campaign) if by == "theme" else _by_category()
    seen: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits(span):
        for sector in sectors_of(visit):
            seen[sector].append(visit)
    shown = {code: title for code, title in titles.items() if code in seen}
    sectors = [_sector(code, title, seen[code]) for code, title in shown.items()]
    return Benchmark(LEAST_VISITS, sectors, _items(seen, list(shown)))


def _by_category() -> tuple[Mapping[str, str], SectorsOf]:
    """Categories stand by code; the reader's language names them."""
    categories = db.session.scalars(select(Unit.category).distinct().order_by(Unit.category))
    return {one: one for one in categories}, lambda visit: [visit.category]


def _by_theme(campaign_id: UUID | None) -> tuple[Mapping[str, str], SectorsOf]:
    themes = db.session.scalars(
        select(CampaignTheme)
        .where(CampaignTheme.campaign_id == campaign_id)
        .order_by(CampaignTheme.position)
    ).all()
    members = {one.code: {unit.unit_id for unit in one.units} for one in themes}

    def sectors_of(visit: Visit) -> list[str]:
        above = {UUID(one) for one in visit.path.strip("/").split("/")}
        return [code for code, units in members.items() if units & above]

    return {one.code: one.title for one in themes}, sectors_of


def _sector(code: str, title: str, seen: Sequence[Visit]) -> Sector:
    judged = [one for one in seen if one.met]
    points = [one.points for one in seen if one.points is not None]
    return Sector(
        code,
        title,
        len({one.unit_id for one in seen}),
        len(seen),
        share(sum(all(one.met.values()) for one in judged), len(judged)) if judged else None,
        len(judged) >= LEAST_VISITS,
        round(sum(points) / len(points), 1) if points else None,
    )


def _items(seen: Mapping[str, Sequence[Visit]], sectors: Sequence[str]) -> list[ItemRow]:
    counts: dict[tuple[UUID, str], dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for sector in sectors:
        for visit in seen[sector]:
            for item, met in visit.met.items():
                counts[visit.checklist_id, item][sector].append(met)
    names = wordings()
    rows = [
        ItemRow(
            checklist_id,
            names[checklist_id].title,
            item,
            names[checklist_id].items.get(item, item),
            [_cell(sector, found.get(sector, ())) for sector in sectors],
        )
        for (checklist_id, item), found in counts.items()
    ]
    return sorted(rows, key=lambda one: (one.checklist, one.item))


def _cell(sector: str, met: Sequence[bool]) -> Cell:
    return Cell(sector, share(sum(met), len(met)) if met else None, len(met) >= LEAST_VISITS)
