"""The whole demonstration: its files read together and held against each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from anfang.demo.content.errors import ContentError
from anfang.demo.content.notice import CaseEntry, NoticeEntry, case_of
from anfang.demo.content.reading import read
from anfang.demo.content.ruled import RuledCampaign
from anfang.demo.content.setting import (
    Account,
    AssignmentEntry,
    CampaignText,
    Plan,
    SiteEntry,
    UnitEntry,
)
from anfang.demo.content.visits import Visit, visit_of

_FOLDER: Final = Path(__file__).parents[1]
_FURTHER: Final = ("systems", "appraisal")
_FILES: Final = ("campaign", "rectification", *_FURTHER)
_LISTS: Final[Mapping[str, type]] = {
    "units": UnitEntry,
    "sites": SiteEntry,
    "accounts": Account,
    "assignments": AssignmentEntry,
}


@dataclass(frozen=True)
class Further:
    """A further campaign: it makes no visits, all else is done by its rulebook."""

    campaign: CampaignText
    plan: Plan
    ruled: RuledCampaign


@dataclass(frozen=True)
class Content:
    """The whole demonstration; `ruled` is what the first campaign's rulebook brings about."""

    campaign: CampaignText
    plan: Plan
    units: tuple[UnitEntry, ...]
    sites: tuple[SiteEntry, ...]
    inspectors: tuple[str, ...]
    accounts: tuple[Account, ...]
    assignments: tuple[AssignmentEntry, ...]
    visits: tuple[Visit, ...]
    case: CaseEntry
    notice: NoticeEntry
    ruled: RuledCampaign
    further: tuple[Further, ...]

    @property
    def checklists(self) -> tuple[str, ...]:
        """Codes of the shipped checklists that are used, each once."""
        assigned = [entry.checklist for entry in self.assignments]
        return tuple(dict.fromkeys([*assigned, *(visit.checklist for visit in self.visits)]))


def files() -> dict[str, str]:
    """Return the texts of the files that come with the product, by name."""
    return {name: (_FOLDER / f"{name}.yaml").read_text("utf-8") for name in _FILES}


@cache
def content() -> Content:
    """Read the demonstration that comes with the product.

    Raises:
        ContentError: the files contradict themselves.
    """
    return parse(files())


def parse(texts: Mapping[str, str]) -> Content:
    """Read a demonstration from the YAML texts of its files.

    Raises:
        ContentError: a member is missing or unknown, or something names what is not there.
    """
    try:
        found = _content({name: yaml.safe_load(text) for name, text in texts.items()})
    except (KeyError, TypeError) as error:
        raise ContentError(f"a member is missing or unknown: {error}") from error
    _check(found)
    return found


def _content(told: Mapping[str, Mapping[str, Any]]) -> Content:
    first = told["campaign"]
    return Content(
        campaign=read(CampaignText, first["campaign"]),
        plan=read(Plan, first["plan"]),
        inspectors=tuple(first["inspectors"]),
        visits=tuple(visit_of(entry, first["usual_grade"]) for entry in first["visits"]),
        case=case_of(first["case"]),
        notice=read(NoticeEntry, first["notice"]),
        ruled=read(RuledCampaign, told["rectification"]),
        further=tuple(read(Further, told[name]) for name in _FURTHER),
        **{name: tuple(read(cls, one) for one in first[name]) for name, cls in _LISTS.items()},
    )


def _check(found: Content) -> None:
    units, sites = _distinct("unit", (u.code for u in found.units)), {s.key for s in found.sites}
    placed: set[str] = set()
    for unit in found.units:
        _require(unit.parent is None or unit.parent in placed, f"unit {unit.code}: parent")
        placed.add(unit.code)
    for site in found.sites:
        _require(site.unit in units, f"site {site.key}: unit")
    for account in found.accounts:
        _require(account.unit is None or account.unit in units, f"account {account.username}: unit")
    goings = [(entry.inspector, entry.site) for entry in found.assignments]
    goings += [(visit.inspector, visit.site) for visit in found.visits]
    for inspector, place in goings:
        _require(place in sites, f"a visit to {place}: site")
        _require(inspector in found.inspectors, f"a visit by {inspector}: inspector")
    keys = _distinct("visit", (visit.key for visit in found.visits))
    _require(found.case.visit in keys and found.case.unit in units, "case: visit or unit")
    for ruled in (found.ruled, *(one.ruled for one in found.further)):
        _check_ruled(ruled, units, {one.username for one in found.accounts}, found.case.visit)


def _check_ruled(ruled: RuledCampaign, units: set[str], accounts: set[str], first: str) -> None:
    for actor, codes in ruled.rules.parts.items():
        _require(units.issuperset(codes), f"part {actor}: units")
    for row in ruled.rows:
        _require(row.unit in units, f"a row of {row.register}: unit")
        _require(accounts >= {row.by, *(move.by for move in row.moves)}, f"{row.register}: account")
    for matter in ruled.matters:
        _require(matter.unit in units, f"matter {matter.number}: unit")
    cases = {first, *_distinct("case", (one.key for one in ruled.cases))}
    for case in ruled.cases:
        _require(case.unit in units, f"case {case.key}: unit")
    named = [measure.case for measure in ruled.measures]
    named += [breach.case for breach in ruled.breaches]
    named += [case for paper in ruled.papers for case in paper.cases]
    _require(cases.issuperset(named), "a measure, breach or document: case")
    _check_voice(ruled, units, accounts)


def _check_voice(ruled: RuledCampaign, units: set[str], accounts: set[str]) -> None:
    complaints = _distinct("complaint", (one.key for one in ruled.complaints))
    steps = [step for one in ruled.complaints for step in one.steps]
    _require(complaints >= {step.into for step in steps if step.into}, "a complaint: into")
    rounds = _distinct("round", (one.code for one in ruled.rounds))
    _require(rounds >= {one.like for one in ruled.rounds if one.like}, "a round: like")
    witnesses = {one.username for box in ruled.boxes for one in box.witnesses}
    _require(accounts >= witnesses, "a box: witnesses")
    named = {step.unit for step in steps if step.unit} | {one.unit for one in ruled.proposals}
    named |= {unit for one in ruled.rounds for unit in one.leaning}
    named |= {unit for one in ruled.boxes for unit in one.leaning}
    for call in ruled.calls:
        named |= {*call.units, *(one.unit for one in call.sheets)}
        named |= {one.unit for one in call.differences}
    _require(units >= named, "a complaint, survey, appraisal or self-report: unit")


def _distinct(what: str, names: Iterable[str]) -> set[str]:
    listed = list(names)
    _require(len(set(listed)) == len(listed), f"a {what} stands twice")
    return set(listed)


def _require(holds: bool, where: str) -> None:
    if not holds:
        raise ContentError(where)
