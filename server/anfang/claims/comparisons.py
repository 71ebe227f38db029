"""Reads of claims beside visits: every unit and item of a request, compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from anfang.claims import queries
from anfang.claims.comparing import Comparison, compare
from anfang.claims.models import ClaimRequest, ClaimSheet
from anfang.claims.sightings import Seen, of_request
from anfang.kit.db import db


@dataclass(frozen=True)
class Row:
    """A unit's line: its sheet, and a comparison for each item in the request's order."""

    sheet: ClaimSheet
    cells: Sequence[tuple[str, Comparison]]


def rows_of(asked: ClaimRequest) -> list[Row]:
    """Compare every unit of a request, by the thresholds of the rulebook in force."""
    sheets = db.session.scalars(queries.sheets_listed(request=asked.id)).all()
    return _rows(asked, sheets)


def cell_of(sheet: ClaimSheet, item: str) -> tuple[Comparison, Seen]:
    """Compare one item of one unit; also returns the visits that judged it.

    Raises:
        KeyError: the request does not ask for the item.
    """
    asked = sheet.request
    if item not in asked.item_ids:
        raise KeyError(item)
    seen = of_request(asked, [sheet.unit]).get((sheet.unit_id, item), Seen())
    limits = queries.rules_of(asked.campaign_id).thresholds
    return compare(queries.claims_of(sheet).get(item), seen.good, seen.judged, limits), seen


def _rows(asked: ClaimRequest, sheets: Sequence[ClaimSheet]) -> list[Row]:
    seen = of_request(asked, [one.unit for one in sheets])
    limits = queries.rules_of(asked.campaign_id).thresholds
    return [
        Row(
            one,
            [
                (item, compare(claims.get(item), *_counts(seen.get((one.unit_id, item))), limits))
                for item in asked.item_ids
            ],
        )
        for one in sheets
        for claims in [queries.claims_of(one)]
    ]


def _counts(seen: Seen | None) -> tuple[int, int]:
    return (0, 0) if seen is None else (seen.good, seen.judged)
