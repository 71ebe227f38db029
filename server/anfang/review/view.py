"""Reads of one record as its reviewer needs it: everything in one answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.checklists.models import ChecklistVersion
from anfang.evidence import queries as evidence
from anfang.evidence.errors import MediaNotDeclared
from anfang.evidence.queries import Picture
from anfang.identity import queries as identity
from anfang.inspections import queries as inspections
from anfang.inspections.models import Record, RecordVersion
from anfang.kit.errors import NotFound
from anfang.registry import queries as registry
from anfang.registry.models import Site
from anfang.review import queries
from anfang.review.models import Decision, PictureDecision, ReviewClaim
from anfang.review.proposals import checklist_of, items_of_media, site_of, suggested_findings
from anfang.review.waiting import aliases_of, claim_members, named

_DISCLOSED: Final = ("remarks", "place", "clock", "ride", "subject", "note")


def record_view(
    record: Record, version: RecordVersion, *, aliases: bool, private: bool
) -> dict[str, Any]:
    """Return all that a reviewer needs of one version of a record, in one answer.

    Flags are in the reader's language; the distance is geodesic, in metres.

    Args:
        aliases: whether the reader may know who made the visit.
        private: show the `private` disclosure; the caller has it audited.
    """
    content = inspections.content_of(version, private=private)
    checklist = checklist_of(UUID(version.clear["checklist"]))
    site = site_of(_uuid(content["site"]))
    decisions = queries.decisions_of(record.id)
    claim = queries.live_claim(record.id)
    people = _people(decisions, claim, queries.picture_decisions_of([record.id]).values())
    visit = content["visit"] or {}
    is_current = version is inspections.current_version(record)
    view = {
        "id": record.id,
        "record_sha256": version.record_sha256,
        "number": version.number,
        "newest": version.record_sha256 == record.newest_sha256,
        "state": record.state,
        "quarantined": record.quarantined if is_current else version.quarantined,
        "alias": aliases_of([record], known=aliases).get(record.inspector_id),
        **_setting(version, content),
        "site": site and {**_site(site), "unit_id": site.unit_id},
        "day": content["day"],
        "outcome": visit.get("outcome"),
        "reason": visit.get("reason"),
        "checklist": _checklist(version, checklist),
        "answers": content["answers"] or [],
        **{name: content[name] for name in _DISCLOSED},
        "remarks": content["remarks"] or [],
        "distance_m": inspections.site_distance_m(version, site),
        "score": version.score,
        "suggested_findings": suggested_findings(version, checklist),
        "flags": inspections.explained_flags(version.record_sha256),
        "media": _media(record, version, people),
        "received_at": version.received_at,
        "complete": version.completed_at is not None,
        "versions": [_version(one) for one in inspections.versions(record.id)],
        "decisions": [_decision(one, people) for one in decisions],
        "findings": queries.findings_of_record(record.id),
        "witnesses": _witnesses(record, known=aliases),
        "has_private": version.content["private"] is not None,
        "claim": claim_members(claim, people),
    }
    return view | ({"private": content["private"]} if private else {})


def picture_of(record: Record, sha256: str) -> Picture:
    """Return a picture that a record declares and the office holds for it.

    Pictures of earlier versions too; raises NotFound for all others, though storage may know them.
    """
    try:
        (picture,) = evidence.pictures(record.id, record.inspector_id, [sha256])
    except MediaNotDeclared as error:
        raise NotFound from error
    if picture.held_at is None:
        raise NotFound
    return picture


def _setting(version: RecordVersion, content: Mapping[str, Any]) -> dict[str, Any]:
    campaign_id, unit_id = UUID(version.clear["campaign"]), _uuid(version.clear["unit"])
    return {
        "campaign": named(campaign_id, campaigns.campaign_names([campaign_id])),
        "unit": named(unit_id, registry.unit_names([unit_id] if unit_id else [])),
        "assignment_id": _uuid((content["origin"] or {}).get("assignment")),
    }


def _site(site: Site) -> dict[str, Any]:
    members = ("id", "name", "kind", "lat_e7", "lon_e7", "radius_m", "capture")
    return {name: getattr(site, name) for name in members}


def _checklist(version: RecordVersion, checklist: ChecklistVersion | None) -> dict[str, Any]:
    if checklist is None:
        return {"id": UUID(version.clear["checklist"]), "title": None, "items": []}
    return {
        "id": checklist.id,
        "code": checklist.checklist.code,
        "version": checklist.version,
        "title": checklist.title,
        "items": checklist.items,
    }


def _media(
    record: Record, version: RecordVersion, people: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    details = {one["sha256"]: one for one in version.content["media_details"] or []}
    items = items_of_media(version)
    decisions = queries.picture_decisions_of([record.id])
    return [
        _medium(
            record,
            picture,
            details.get(picture.sha256, {}),
            items.get(picture.sha256, []),
            decisions.get((record.id, picture.sha256)),
            people,
        )
        for picture in inspections.pictures_of(record, version)
    ]


def _medium(
    record: Record,
    picture: Picture,
    detail: Mapping[str, Any],
    items: Sequence[str],
    decision: PictureDecision | None,
    people: Mapping[UUID, str],
) -> dict[str, Any]:
    stored = asdict(picture)
    return {
        **{name: detail.get(name) for name in ("captured_at", "source", "lat_e7", "lon_e7")},
        **{name: stored[name] for name in ("sha256", "state", "failure", "width", "height")},
        "record_id": record.id,
        "item": items[0] if items else None,
        "items": items,
        "mime": picture.found_mime or picture.declared_mime,
        "kind_mismatch": picture.kind_mismatch,
        "bytes": picture.bytes if picture.bytes is not None else detail.get("bytes"),
        "held": picture.held_at is not None,
        "decoded": picture.state == "decoded" and picture.deletion is None,
        "kept": picture.held_at is not None and picture.deletion is None,
        "deletion": picture.deletion,
        "picture_decision": decision and picture_decision_members(decision, people),
    }


def _version(version: RecordVersion) -> dict[str, Any]:
    return {
        "record_sha256": version.record_sha256,
        "number": version.number,
        "received_at": version.received_at,
        "complete": version.completed_at is not None,
    }


def _decision(decision: Decision, people: Mapping[UUID, str]) -> dict[str, Any]:
    members = ("id", "record_sha256", "kind", "reason", "remarks", "note", "at")
    return {
        **{name: getattr(decision, name) for name in members},
        "by": people.get(decision.reviewer_id),
    }


def picture_decision_members(
    decision: PictureDecision, people: Mapping[UUID, str]
) -> dict[str, Any]:
    """Return a picture decision with who took it, and whether its proof can be given."""
    members = ("id", "record_id", "original_sha256", "kind", "rectangles", "reason", "png_sha256")
    return {
        **{name: getattr(decision, name) for name in members},
        "provable": decision.proof_key is not None,
        "by": people.get(decision.reviewer_id),
        "at": decision.at,
    }


def picture_decision_view(decision: PictureDecision) -> dict[str, Any]:
    """Return a picture decision as the record's view shows it."""
    return picture_decision_members(decision, identity.display_names([decision.reviewer_id]))


def _witnesses(record: Record, *, known: bool) -> list[dict[str, Any]]:
    witnesses = inspections.witnesses_of(record.id)
    names = identity.aliases([one.inspector_id for one in witnesses]) if known else {}
    return [
        {"record_sha256": one.record_sha256, "alias": names.get(one.inspector_id), "at": one.at}
        for one in witnesses
    ]


def _people(
    decisions: Sequence[Decision],
    claim: ReviewClaim | None,
    pictures: Iterable[PictureDecision],
) -> dict[UUID, str]:
    ids = {one.reviewer_id for one in decisions} | {one.reviewer_id for one in pictures}
    return identity.display_names([*ids, *([claim.reviewer_id] if claim else [])])


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
