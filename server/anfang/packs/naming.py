"""Reads of names for what a pack's records mention: a pack tells nothing of anything else."""

from typing import Any
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.checklists import queries as checklists
from anfang.checklists.models import ChecklistVersion
from anfang.inspections.models import RecordVersion
from anfang.packs.content import Labels
from anfang.registry import queries as registry


class Named:
    """Ids of campaigns, units, checklists and sites that records mention."""

    def __init__(self) -> None:
        self._ids: dict[str, set[UUID]] = {
            name: set() for name in ("campaign", "unit", "checklist", "site")
        }

    def mention(self, version: RecordVersion) -> None:
        """Add what one record is about."""
        for name, ids in self._ids.items():
            mentioned = (version.content if name == "site" else version.clear)[name]
            if mentioned is not None:
                ids.add(UUID(mentioned))

    def labels(self) -> Labels:
        """Look their names up."""
        ids = self._ids
        return Labels(
            campaigns=_texts(campaigns.campaign_names(ids["campaign"])),
            units=_texts(registry.unit_names(ids["unit"])),
            sites={str(site.id): site.name for site in registry.sites_of(ids["site"])},
            checklists=tuple(
                _checklist(one) for one in checklists.checklist_versions(ids["checklist"])
            ),
        )


def _texts(names: dict[UUID, str]) -> dict[str, str]:
    return {str(key): name for key, name in names.items()}


def _checklist(version: ChecklistVersion) -> dict[str, Any]:
    return {
        "id": str(version.id),
        "code": version.checklist.code,
        "version": version.version,
        "title": version.title,
        "items": version.items,
    }
