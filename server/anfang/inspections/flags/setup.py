"""What the record names, against what the office has set up."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from anfang.inspections.flags.flag import Flag

REFERENCES = ("campaign", "checklist", "unit", "site", "assignment")


@dataclass(frozen=True)
class KnownCampaign:
    """A campaign as far as it is compared."""

    state: str
    starts_on: date
    ends_on: date
    checklists: frozenset[UUID]


@dataclass(frozen=True)
class KnownAssignment:
    """An assignment as far as it is compared; `own`: it is this inspector's."""

    own: bool
    state: str
    from_day: date
    to_day: date
    places: Mapping[str, UUID | None]


_OWN_APP = re.compile(r"anfang-field/(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


def compare_app(app: str | None, oldest: str) -> Iterator[Flag]:
    """Tell of a version of our own field app that may no longer begin visits."""
    found = _OWN_APP.fullmatch(app or "")
    if found and tuple(map(int, found.groups())) < tuple(map(int, oldest.split("."))):
        yield Flag("app-too-old", {"app": found[0], "oldest": oldest})


def compare_references(unknown: Sequence[str]) -> Iterator[Flag]:
    """Name what the record refers to and the office does not know; `unknown` are `REFERENCES`."""
    for name in unknown:
        yield Flag(f"unknown-{name}")


def compare_campaign(
    campaign: KnownCampaign, checklist_id: UUID | None, day: date | None
) -> Iterator[Flag]:
    """Compare a record with its campaign: open, in its days, on one of its checklists."""
    if campaign.state != "running":
        yield Flag("campaign-not-running", {"state": campaign.state})
    if day is not None and not campaign.starts_on <= day <= campaign.ends_on:
        yield Flag(
            "day-outside-campaign",
            {
                "day": str(day),
                "starts_on": str(campaign.starts_on),
                "ends_on": str(campaign.ends_on),
            },
        )
    if checklist_id is not None and checklist_id not in campaign.checklists:
        yield Flag("checklist-outside-campaign")


def compare_unit(unit_id: UUID | None, site_unit_line: Sequence[UUID]) -> Iterator[Flag]:
    """Compare the unit in clear with the unit that answers for the site, or one above that.

    Args:
        site_unit_line: the site's unit and all above it; empty where the site is unknown.
    """
    if unit_id is not None and site_unit_line and unit_id not in site_unit_line:
        yield Flag("site-of-other-unit")


def compare_assignment(
    assignment: KnownAssignment, places: Mapping[str, UUID | None], day: date | None
) -> Iterator[Flag]:
    """Compare a record with the assignment that it names.

    Args:
        places: what the record names, by `campaign`, `checklist`, `unit`, `site`; an assignment
            that leaves the choice of the site has None there.
    """
    if not assignment.own:
        yield Flag("assignment-of-another")
    if assignment.state == "cancelled":
        yield Flag("assignment-cancelled")
    for name, expected in assignment.places.items():
        if expected is not None and places.get(name) not in (None, expected):
            yield Flag(f"assignment-differs-{name}")
    if day is not None and not assignment.from_day <= day <= assignment.to_day:
        yield Flag(
            "day-outside-assignment",
            {
                "day": str(day),
                "from_day": str(assignment.from_day),
                "to_day": str(assignment.to_day),
            },
        )
