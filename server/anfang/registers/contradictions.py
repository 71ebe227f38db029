"""Contradictions of a `registers` section that its schema cannot say. Pure.

Each is a `SectionFault`: the text `rulebook-fault-<code>` of the catalogues.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from anfang.campaigns.days import is_day
from anfang.campaigns.rulebook_registry import SectionFault
from anfang.registers.rules import UNIT

_Place = tuple[str | int, ...]
_NUMERIC = frozenset({"number", "days"})
_DATE = "date"


def faults(section: Any, _rulebook: Mapping[str, Any]) -> Iterator[SectionFault]:
    """Yield what contradicts itself: doubled codes, names of columns and states that are none."""
    codes: set[str] = set()
    for place, register in enumerate(section):
        if register["code"] in codes:
            yield SectionFault((place, "code"), "code-twice", {"name": register["code"]})
        codes.add(register["code"])
        yield from _register_faults(register, (place,))


def _register_faults(register: Mapping[str, Any], at: _Place) -> Iterator[SectionFault]:
    types = {one["code"]: one["type"] for one in register["columns"]}
    for name in ("columns", "states"):
        if len({one["code"] for one in register[name]}) < len(register[name]):
            yield SectionFault((*at, name), "code-twice", {"name": register["title"]})
    for place, column in _named_columns(register):
        if column not in types:
            yield SectionFault((*at, *place), "register-column-unknown", {"name": column})
    for place, column in _numeric_columns(register):
        if types.get(column) not in _NUMERIC:
            yield SectionFault((*at, *place), "register-column-not-number", {"name": column})
    for place, day in _days(register):
        if not is_day(day):
            yield SectionFault((*at, *place), "no-such-day", {"name": day})
    yield from _state_faults(register, types, at)


def _state_faults(
    register: Mapping[str, Any], types: Mapping[str, str], at: _Place
) -> Iterator[SectionFault]:
    for index, state in enumerate(register["states"]):
        column = state.get("due", {}).get("column")
        if column is not None and types.get(column) != _DATE:
            where = (*at, "states", index, "due")
            yield SectionFault(where, "register-column-not-date", {"name": column})
    states = {one["code"] for one in register["states"]}
    for place, way in enumerate(register.get("transitions", ())):
        for name in {*way["from"], way["to"]} - states:
            where = (*at, "transitions", place)
            yield SectionFault(where, "register-state-unknown", {"name": name})
    if register.get("completion") and not any(
        one.get("outcome") == "done" for one in register["states"]
    ):
        yield SectionFault((*at, "completion"), "register-nothing-done", {})


def _days(register: Mapping[str, Any]) -> Iterator[tuple[_Place, str]]:
    """Yield every fixed day, with its place."""
    for at, state in enumerate(register["states"]):
        if "day" in state.get("due", {}):
            yield ("states", at, "due", "day"), state["due"]["day"]
    if "by" in register.get("completion", {}):
        yield ("completion", "by"), register["completion"]["by"]


def _named_columns(register: Mapping[str, Any]) -> Iterator[tuple[_Place, str]]:
    """Yield every name of a column, with its place."""
    for name in ("unique", "distinct"):
        for at, column in enumerate(register.get(name, ())):
            if column != UNIT:
                yield (name, at), column
    for at, way in enumerate(register.get("transitions", ())):
        for deep, need in enumerate(way.get("needs", ())):
            yield ("transitions", at, "needs", deep), need["column"]
            if "when" in need:
                yield ("transitions", at, "needs", deep, "when"), need["when"]["column"]
    yield from _quota_columns(register)


def _quota_columns(register: Mapping[str, Any]) -> Iterator[tuple[_Place, str]]:
    for at, quota in enumerate(register.get("quotas", ())):
        if "column" in quota:
            yield ("quotas", at, "column"), quota["column"]
        elif quota["count"] != "rows":
            yield ("quotas", at), ""
        if "where" in quota:
            yield ("quotas", at, "where"), quota["where"]["column"]


def _numeric_columns(register: Mapping[str, Any]) -> Iterator[tuple[_Place, str]]:
    if "draw_weight" in register:
        yield ("draw_weight",), register["draw_weight"]
    for at, quota in enumerate(register.get("quotas", ())):
        if quota["count"] == "sum" and "column" in quota:
            yield ("quotas", at, "column"), quota["column"]
