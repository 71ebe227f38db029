"""What a row's cells say: checked against their columns, read from words, written as words. Pure.

A value is kept as JSON: text, number, `YYYY-MM-DD`, true or false, or the id of a unit or site.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from anfang.registers.rules import NO, YES, Column, ColumnType, Condition, Need, Register

LONGEST_TEXT: Final = 2000
LARGEST: Final = 10**12

Faults = dict[str, str]
"""Column → code of what is wrong."""


class ValueRefused(ValueError):  # noqa: N818 -- a refusal of the trade, not a fault of the program
    """A value is none of its column's; the argument is the code."""


def checked(register: Register, values: Mapping[str, Any]) -> tuple[dict[str, Any], Faults]:
    """Return a row's values as they are kept, and what is wrong with them, by column.

    Unknown columns are faults; empty ones are left out. Whether units and sites exist is asked
    elsewhere.
    """
    faults: Faults = {name: "column-unknown" for name in values if register.column(name) is None}
    kept: dict[str, Any] = {}
    for column in register.columns:
        value = values.get(column.code)
        if value is None or value == "":
            if column.required:
                faults[column.code] = "value-missing"
            continue
        try:
            kept[column.code] = _CHECKS[column.type](column, value)
        except ValueRefused as refusal:
            faults[column.code] = str(refusal.args[0])
    for name in _alike(register, kept):
        faults.setdefault(name, "values-alike")
    return kept, faults


def unmet(needs: tuple[Need, ...], values: Mapping[str, Any]) -> Faults:
    """Return which needs of a transition a row does not meet, by column."""
    found: Faults = {}
    for need in needs:
        if need.when is not None and not holds(need.when, values):
            continue
        said = words_of(values.get(need.column))
        if need.among is None and said in {"", NO}:
            found[need.column] = "value-missing"
        elif need.among is not None and said not in need.among:
            found[need.column] = "value-not-enough"
    return found


def holds(condition: Condition, values: Mapping[str, Any]) -> bool:
    """Tell whether a row says what a condition asks for."""
    return words_of(values.get(condition.column)) in condition.among


def words_of(value: Any) -> str:
    """Return a value as a rulebook's conditions write it."""
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)


def key_of(register: Register, unit_id: UUID, values: Mapping[str, Any]) -> str | None:
    """Return what names a row within its register; None where the register declares no key."""
    if not register.unique:
        return None
    members = {**values, "unit": str(unit_id)}
    return json.dumps([members.get(name) for name in register.unique], ensure_ascii=False)


def read_word(column: Column, text: str) -> Any:
    """Read a cell's text as the column's value; units and sites stay text.

    Raises:
        ValueRefused: it is none.
    """
    if column.type is ColumnType.YES_NO:
        if text not in {YES, NO}:
            raise ValueRefused("value-unknown")
        return text == YES
    if column.type in {ColumnType.NUMBER, ColumnType.DAYS}:
        try:
            number = float(text)
        except ValueError as error:
            raise ValueRefused("value-not-number") from error
        return int(number) if number.is_integer() else number
    return text


def _alike(register: Register, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the columns of `distinct` that repeat what one before them says."""
    seen: set[str] = set()
    for name in register.distinct:
        said = words_of(values.get(name))
        if said and said in seen:
            yield name
        seen.add(said)


def _text(_column: Column, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueRefused("value-not-text")
    if len(value) > LONGEST_TEXT:
        raise ValueRefused("value-too-long")
    return value.strip()


def _number(column: Column, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise ValueRefused("value-not-number")
    if column.type is ColumnType.DAYS and (value < 0 or value != int(value)):
        raise ValueRefused("value-not-days")
    low, high = column.at_least, column.at_most
    if (low is not None and value < low) or (high is not None and value > high):
        raise ValueRefused("value-out-of-range")
    return value


def _date(_column: Column, value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as error:
        raise ValueRefused("value-not-day") from error


def _choice(column: Column, value: Any) -> str:
    if value in column.refused:
        raise ValueRefused("value-refused")
    if value not in column.choices:
        raise ValueRefused("value-unknown")
    return str(value)


def _yes_no(_column: Column, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueRefused("value-unknown")
    return value


def _reference(_column: Column, value: Any) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError as error:
        raise ValueRefused("value-unknown") from error


_CHECKS: Final[Mapping[ColumnType, Callable[[Column, Any], Any]]] = {
    ColumnType.TEXT: _text,
    ColumnType.POST: _text,
    ColumnType.PERSON: _text,
    ColumnType.NUMBER: _number,
    ColumnType.DAYS: _number,
    ColumnType.DATE: _date,
    ColumnType.CHOICE: _choice,
    ColumnType.YES_NO: _yes_no,
    ColumnType.UNIT: _reference,
    ColumnType.SITE: _reference,
}
