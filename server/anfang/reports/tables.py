"""Reads of reports for Excel: a table of the figures as columns and rows."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from anfang.kit.i18n import translate
from anfang.kit.sheets import SheetColumn
from anfang.reports import queries
from anfang.reports.queries import Span
from anfang.reports.weeks import by_week

_WIDTHS: Final[Mapping[str, Mapping[str, int]]] = {
    "weeks": {"begins": 12, "visits": 10, "findings": 10, "mean": 10},
    "units": {"unit": 32, "visits": 10, "findings": 10, "vetoes": 10, "mean": 10},
    "items": {
        "checklist": 24, "item": 48, "failed": 10, "of": 10, "share": 10, "low": 12, "high": 12,
    },
}  # fmt: skip


def columns(table: str) -> list[SheetColumn]:
    """Return the columns of a table of `TABLES`, headed in the reader's language."""
    widths = _WIDTHS[table]
    return [SheetColumn(name, translate(f"report-column-{name}"), widths[name]) for name in widths]


def rows(table: str, span: Span) -> Iterator[dict[str, Any]]:
    """Yield all rows of a table of `TABLES`."""
    return TABLES[table](span)


def _weeks(span: Span) -> Iterator[dict[str, Any]]:
    for one in by_week(queries.days(span)):
        yield {
            "begins": one.begins,
            "visits": one.visits,
            "findings": one.findings,
            "mean": one.mean,
        }


def _units(span: Span) -> Iterator[dict[str, Any]]:
    for one in queries.units(span, None):
        yield {
            "unit": one.name,
            "visits": one.visits,
            "findings": one.findings,
            "vetoes": one.vetoes,
            "mean": one.mean,
        }


def _items(span: Span) -> Iterator[dict[str, Any]]:
    for one in queries.items(span, None):
        yield {
            "checklist": one.checklist,
            "item": one.text,
            "failed": one.failed.count,
            "of": one.failed.of,
            "share": round(one.failed.share, 4),
            "low": round(one.failed.low, 4),
            "high": round(one.failed.high, 4),
        }


TABLES: Final[Mapping[str, Callable[[Span], Iterator[dict[str, Any]]]]] = {
    "weeks": _weeks,
    "units": _units,
    "items": _items,
}
