"""Reads of the ledger: cases filtered, sorted, grouped and counted by the database.

Whatever narrows a list narrows its groups, its counts and its export in the same way: all of them
begin with `matching`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, case, false, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, defer, lazyload

from anfang.cases.models import Case, LedgerView
from anfang.cases.queries import HEARD, RUNNING, WAITING_FOR_UNIT
from anfang.kit.clock import now
from anfang.kit.db import db, found_by
from anfang.kit.deadlines import colour_bounds
from anfang.kit.working_time import add_working_days
from anfang.registry import queries as registry
from anfang.registry.models import Unit

STOPPED: Final = "stopped"
"""The colour of a case in which the unit's time no longer runs."""

SORTS: Final[Mapping[str, tuple[InstrumentedAttribute[Any], ...]]] = {
    "due": (Case.due_at, Case.id),
    "opened": (Case.opened_at, Case.id),
    "unit": (Unit.code, Case.due_at, Case.id),
    "class": (Case.case_class, Case.due_at, Case.id),
    "state": (Case.state, Case.due_at, Case.id),
    "easy": (Case.effort, Case.due_at, Case.id),
    "grave": (Case.gravity, Case.due_at, Case.id),
    "quiet": (Case.moved_at, Case.id),
}
"""Orders of the ledger; each ends in what tells any two cases apart."""

_COLUMNS: Final[Mapping[str, InstrumentedAttribute[Any]]] = {
    "state": Case.state,
    "class": Case.case_class,
    "source": Case.source,
    "unit": Case.unit_id,
    "owner": Case.owner_id,
    "theme": Case.theme_id,
    "campaign": Case.campaign_id,
    "horizon": Case.horizon,
}
GROUPINGS: Final = (*_COLUMNS, "colour")

# [Note: Statements built once]
_LISTED: Final = select(Case).options(lazyload(Case.unit), lazyload(Case.campaign))
"""A line shows of unit and campaign their names alone, which are read once for all lines."""
_HEARD: Final = HEARD.label("heard")
_UNSHOWN: Final = tuple(
    defer(column, raiseload=True)
    for column in (Case.summary, Case.public_explanation, Case.fields, Case.outcome_text)
)


@dataclass(frozen=True)
class Group:
    """The cases that have one value in common: how many, and how many of them are overdue."""

    key: str | None
    count: int
    overdue: int


def matching(
    *,
    state: Sequence[str] = (),
    case_class: Sequence[str] = (),
    source: Sequence[str] = (),
    colour: Sequence[str] = (),
    unit: UUID | None = None,
    campaign: UUID | None = None,
    theme: UUID | None = None,
    owner: UUID | None = None,
    overdue: bool | None = None,
    horizon: str | None = None,
    key_item: bool | None = None,
    fast_track: bool | None = None,
    recurring: bool | None = None,
    quiet_days: int | None = None,
    due_from: date | None = None,
    due_to: date | None = None,
    opened_from: date | None = None,
    opened_to: date | None = None,
    q: str | None = None,
) -> list[ColumnElement[bool]]:
    """Return the predicates on `Case` of what is given; a sequence means any of its members.

    Args:
        colour: of `deadlines.Colour`, or `STOPPED`.
        unit: of this unit and all beneath it.
        overdue: whether the unit's time has run out without its rectification.
        quiet_days: running, and nothing happened for so many working days (防一拖数月).
        due_from, due_to, opened_from, opened_to: days of the office, both ends included.
        q: a part of number or title.
    """
    equal = {
        Case.campaign_id: campaign,
        Case.theme_id: theme,
        Case.owner_id: owner,
        Case.horizon: horizon,
        Case.key_item: key_item,
        Case.fast_track: fast_track,
        Case.recurring: recurring,
    }
    one_of = {Case.state: state, Case.case_class: case_class, Case.source: source}
    found: list[ColumnElement[bool]] = [
        *(column == value for column, value in equal.items() if value is not None),
        *(column.in_(values) for column, values in one_of.items() if values),
        *_days(Case.due_at, due_from, due_to),
        *_days(Case.opened_at, opened_from, opened_to),
    ]
    if unit is not None:
        found.append(Case.unit_id.in_(registry.subtree_ids(unit)))
    if colour:
        found.append(or_(false(), *(_of_colour(one) for one in dict.fromkeys(colour))))
    if overdue is not None:
        late = _of_colour("red")
        found.append(late if overdue else ~late)
    if quiet_days is not None:
        found += [Case.state.in_(RUNNING), Case.moved_at < _working_days_ago(quiet_days)]
    if q:
        in_number = Case.number.contains(q, autoescape=True)
        found.append(or_(in_number, Case.title.icontains(q, autoescape=True)))
    return found


def running_of(campaign_id: UUID, horizon: str | None = None) -> list[ColumnElement[bool]]:
    """Return the predicates of a campaign's cases that have not ended, of one horizon or any."""
    return [Case.state.in_(RUNNING), *matching(campaign=campaign_id, horizon=horizon)]


def listed(predicates: Sequence[ColumnElement[bool]], sort: str = "due") -> Select[Case]:
    """Return the statement of cases in an order of `SORTS`, reversed with a leading `-`."""
    columns = _order(sort)
    descending = sort.startswith("-")
    statement = _LISTED.where(*predicates)
    if Unit.code in columns:
        statement = statement.join(Unit, Unit.id == Case.unit_id)
    return statement.order_by(*(column.desc() if descending else column for column in columns))


def lines(predicates: Sequence[ColumnElement[bool]], sort: str = "due") -> Select[Any]:
    """Return the statement of `Case` and whether it was `heard`, in an order of `SORTS`.

    The cases come without the texts and words that no line shows.
    """
    joined = [column for column in _order(sort) if column is Unit.code]
    return listed(predicates, sort).add_columns(_HEARD, *joined).options(*_UNSHOWN)


def count(predicates: Sequence[ColumnElement[bool]]) -> int:
    """Return how many cases match."""
    return db.session.scalar(select(func.count()).select_from(Case).where(*predicates)) or 0


def groups(predicates: Sequence[ColumnElement[bool]], by: str) -> list[Group]:
    """Return the groups of the matching cases, the largest first; `by` is one of `GROUPINGS`."""
    key = _colour() if by == "colour" else _COLUMNS[by]
    late = func.sum(case((_of_colour("red"), 1), else_=0))
    rows = db.session.execute(
        select(key, func.count(), late).where(*predicates).group_by(key)
    ).all()
    found = [Group(None if value is None else str(value), n, int(red)) for value, n, red in rows]
    return sorted(found, key=lambda group: (-group.count, group.key or ""))


def views_of(owner_id: UUID, *, shared: bool) -> Sequence[LedgerView]:
    """Return a person's saved views by name, and with `shared` those shared by others too."""
    others = LedgerView.shared if shared else false()
    return db.session.scalars(
        select(LedgerView)
        .where(or_(LedgerView.owner_id == owner_id, others))
        .order_by(LedgerView.name, LedgerView.id)
    ).all()


def own_view(view_id: UUID, owner_id: UUID) -> LedgerView:
    """Return a saved view of this person; raises NotFound for anybody else's."""
    return found_by(select(LedgerView).filter_by(id=view_id, owner_id=owner_id))


def _order(sort: str) -> tuple[InstrumentedAttribute[Any], ...]:
    return SORTS[sort.removeprefix("-")]


def _of_colour(colour: str) -> ColumnElement[bool]:
    """Say of which cases `queries.deadline` gives this colour, without counting days by case."""
    running = Case.state.in_(WAITING_FOR_UNIT)
    bounds = colour_bounds(now(), current_app.config["ZONE"])
    due = Case.due_at
    spans: dict[str, ColumnElement[bool]] = {
        STOPPED: ~running,
        "red": running & (due < bounds.now),
        "yellow": running & (due >= bounds.now) & (due < bounds.near),
        "blue": running & (due >= bounds.near) & (due < bounds.far),
        "none": running & (due >= bounds.far),
    }
    return spans[colour]


def _colour() -> ColumnElement[str]:
    named = [(_of_colour(one), literal(one)) for one in ("red", "yellow", "blue", "none")]
    return case(*named, else_=literal(STOPPED)).label("colour")


def _working_days_ago(working_days: int) -> datetime:
    """Return the end of the day that lies so many working days before today."""
    zone = current_app.config["ZONE"]
    day = add_working_days(now().astimezone(zone).date(), -working_days)
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)


def _days(
    column: InstrumentedAttribute[datetime], first: date | None, last: date | None
) -> list[ColumnElement[bool]]:
    zone = current_app.config["ZONE"]
    found = []
    if first is not None and first > date.min:  # in UTC that day begins before the calendar
        found.append(column >= datetime.combine(first, time.min, tzinfo=zone))
    if last is not None and last < date.max:
        found.append(column < datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone))
    return found
