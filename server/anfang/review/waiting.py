"""Reads of the queue: records as lines, with names in place of ids."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.checklists import queries as checklists
from anfang.identity import queries as identity
from anfang.inspections import queries as inspections
from anfang.inspections.models import Record
from anfang.registry import queries as registry
from anfang.review import queries
from anfang.review.models import ReviewClaim


def queue_of(records: Sequence[Record], *, aliases: bool) -> list[dict[str, Any]]:
    """Return records as lines of the queue, with names in place of ids.

    Args:
        aliases: whether the reader may know who made the visits.
    """
    claims = queries.live_claims(record.id for record in records)
    names = _Names.of(records, claims.values(), aliases=aliases)
    current = {record.id: record.decided_sha256 or record.newest_sha256 for record in records}
    flags = inspections.flag_counts(current.values())
    return [
        {
            "id": record.id,
            "state": record.state,
            "alias": names.aliases.get(record.inspector_id),
            "campaign": named(record.campaign_id, names.campaigns),
            "unit": named(record.unit_id, names.units),
            "site": named(record.site_id, names.sites),
            "checklist": named(record.checklist_version_id, names.checklists),
            "day": record.day,
            "outcome": record.outcome,
            "points": record.points,
            "flags": flags.get(current[record.id], 0),
            "quarantined": record.quarantined,
            "received_at": record.received_at,
            "claim": claim_members(claims.get(record.id), names.people),
        }
        for record in records
    ]


def claim_view(claim: ReviewClaim) -> dict[str, Any]:
    """Return a claim as the record's view shows it."""
    return claim_members(claim, identity.display_names([claim.reviewer_id])) or {}


def claim_members(claim: ReviewClaim | None, people: Mapping[UUID, str]) -> dict[str, Any] | None:
    """Return a claim with its reviewer's display name."""
    if claim is None:
        return None
    return {
        "by": people.get(claim.reviewer_id),
        "reviewer_id": claim.reviewer_id,
        "record_sha256": claim.record_sha256,
        "until": claim.until,
    }


def aliases_of(records: Sequence[Record], *, known: bool) -> dict[UUID, str]:
    """Return who made these visits, by alias; nobody where the reader need not know."""
    return identity.aliases(list({one.inspector_id for one in records})) if known else {}


def named(reference: UUID | None, names: Mapping[UUID, str]) -> dict[str, Any] | None:
    """Return an id with its name, which is None for what the office does not know."""
    return None if reference is None else {"id": reference, "name": names.get(reference)}


class _Names:
    """Names for the ids in a page of records."""

    def __init__(self, **found: Mapping[UUID, str]) -> None:
        self.campaigns, self.units = found["campaigns"], found["units"]
        self.sites, self.checklists = found["sites"], found["checklists"]
        self.aliases, self.people = found["aliases"], found["people"]

    @classmethod
    def of(
        cls, records: Sequence[Record], claims: Iterable[ReviewClaim], *, aliases: bool
    ) -> "_Names":
        return cls(
            campaigns=campaigns.campaign_names({r.campaign_id for r in records}),
            units=registry.unit_names({r.unit_id for r in records if r.unit_id is not None}),
            sites=registry.site_names({r.site_id for r in records if r.site_id is not None}),
            checklists=checklists.version_titles({r.checklist_version_id for r in records}),
            aliases=aliases_of(records, known=aliases),
            people=identity.display_names([claim.reviewer_id for claim in claims]),
        )
