"""Reads of a rulebook in force, as its pages show it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from anfang.campaigns import queries
from anfang.campaigns.models import RulebookVersion
from anfang.campaigns.rulebook_explaining import Explained
from anfang.registry.models import Unit


def whole(version: RulebookVersion, explained: Sequence[Explained]) -> dict[str, Any]:
    """Return a version with its text and what it says in plain words."""
    return {**_members(version), "explained": explained}


def parts(campaign_id: UUID) -> list[dict[str, Any]]:
    """Return the parts of the rulebook in force with their units; none where there is none."""
    units: dict[str, list[Unit]] = defaultdict(list)
    for one in queries.actors(campaign_id):
        units[one.actor].append(one.unit)
    return [
        {
            "code": entry["code"],
            "title": entry["title"],
            "kind": entry["kind"],
            "duty": entry.get("duty", ""),
            "count": entry.get("count"),
            "units": sorted(units[entry["code"]], key=lambda unit: unit.name),
        }
        for entry in queries.rulebook_section(campaign_id, "actors") or ()
    ]


def _members(version: RulebookVersion) -> dict[str, Any]:
    names = ("id", "version", "code", "title", "sha256", "reason", "at", "text", "content")
    return {name: getattr(version, name) for name in names}
