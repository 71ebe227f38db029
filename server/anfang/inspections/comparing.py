"""Reads of what a record is compared with: the office's set-up, tickets and clock, as flags."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from flask import current_app

from anfang.assignments import queries as assignments
from anfang.assignments.models import Assignment
from anfang.campaigns import queries as campaigns
from anfang.campaigns import service as campaign_rules
from anfang.campaigns.models import Campaign
from anfang.checklists import queries as checklists
from anfang.checklists import service as checklist_rules
from anfang.checklists.models import ChecklistVersion
from anfang.identity import queries as identity
from anfang.inspections import queries
from anfang.inspections.flags import clock, content, habits, place, ride, setup
from anfang.inspections.flags.flag import Flag
from anfang.inspections.record_format import SignedRecord
from anfang.kit import jose
from anfang.kit.clock import parse_rfc3339
from anfang.kit.errors import NotFound
from anfang.registry import queries as registry
from anfang.registry.models import Capture, Site, Unit

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Named:
    """What a record refers to, as far as the office knows it."""

    campaign: Campaign | None
    checklist: ChecklistVersion | None
    unit: Unit | None
    site: Site | None
    assignment: Assignment | None


def named_by(signed: SignedRecord) -> Named:
    """Return what a record refers to."""
    return Named(
        campaign=_find(campaigns.campaign_of_visit, signed.reference("campaign")),
        checklist=_find(checklists.checklist_version, signed.reference("checklist")),
        unit=_find(registry.unit, signed.reference("unit")),
        site=_find(registry.site, signed.reference("site")),
        assignment=_find(assignments.assignment, signed.reference("assignment")),
    )


def score_of(signed: SignedRecord, named: Named) -> dict[str, Any] | None:
    """Return the score of a visit that was made, as JSON; None without one or its checklist."""
    if named.checklist is None or signed.outcome != "done":
        return None
    score = asdict(checklist_rules.score(named.checklist, signed.entries("answers")))
    return {name: list(v) if isinstance(v, tuple) else v for name, v in score.items()}


def compare(
    signed: SignedRecord,
    named: Named,
    score: dict[str, Any] | None,
    *,
    inspector_id: UUID,
    received_at: datetime,
    revoked_at: datetime | None,
) -> Iterator[Flag]:
    """Compare a well-formed record with all that the office knows; only differences are flags."""
    day = day_of(signed)
    bracket = clock.Bracket(
        ticket=_ticket_time(signed.part("origin").get("ticket")),
        received_at=received_at,
        zone=current_app.config["ZONE"],
    )
    yield from _compare_setup(signed, named, inspector_id, day)
    yield from setup.compare_app(signed.part("origin").get("app"), current_app.config["OLDEST_APP"])
    yield from content.compare_visit(signed.content["visit"])
    if signed.outcome == "done":
        yield from content.compare_answers(signed.entries("answers"), _judged(signed, named, score))
        yield from habits.compare_pace(signed.content["clock"], signed.entries("answers"))
        yield from place.compare_place(signed.content["place"], queries.area_of(named.site))
        yield from place.compare_fix(signed.content["place"], signed.content["clock"])
        yield from ride.compare_ride(
            signed.content["ride"],
            signed.entries("media_details"),
            fares_fen=_fares(signed, named.campaign),
        )
    yield from content.compare_media(
        signed.media,
        signed.entries("media_details"),
        signed.entries("remarks"),
        capture_forbidden=named.site is not None and named.site.capture == Capture.FORBIDDEN,
    )
    yield from clock.compare_clock(signed.content["clock"], bracket)
    yield from clock.compare_revocation(signed.content["clock"], bracket, revoked_at)
    yield from clock.compare_day(day, signed.content["clock"], bracket)
    if others := queries.records_signed_by(signed.jkt, other_than=signed.id):
        yield Flag("record-key-shared", {"records": others})


def day_of(signed: SignedRecord) -> date | None:
    """Return the local date of the visit, None where the phone did not say."""
    text = signed.content["day"]
    return None if text is None else date.fromisoformat(text)


def _compare_setup(
    signed: SignedRecord, named: Named, inspector_id: UUID, day: date | None
) -> Iterator[Flag]:
    places = {name: signed.reference(name) for name in setup.REFERENCES}
    yield from setup.compare_references(
        [
            name
            for name, reference in places.items()
            if reference is not None and getattr(named, name) is None
        ]
    )
    if named.campaign is not None:
        yield from setup.compare_campaign(
            _known_campaign(named.campaign),
            named.checklist.id if named.checklist is not None else None,
            day,
        )
    if named.unit is not None and named.site is not None:
        line = [UUID(part) for part in named.site.unit.path.split("/") if part]
        yield from setup.compare_unit(named.unit.id, line)
    if named.assignment is not None:
        known = _known_assignment(named.assignment, inspector_id)
        yield from setup.compare_assignment(known, places, day)


def _known_campaign(campaign: Campaign) -> setup.KnownCampaign:
    return setup.KnownCampaign(
        state=campaign.state,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        checklists=frozenset(entry.checklist_version_id for entry in campaign.checklists),
    )


def _known_assignment(assignment: Assignment, inspector_id: UUID) -> setup.KnownAssignment:
    return setup.KnownAssignment(
        own=assignment.inspector_id == inspector_id,
        state=assignment.state,
        from_day=assignment.from_day,
        to_day=assignment.to_day,
        places={
            "campaign": assignment.campaign_id,
            "checklist": assignment.checklist_version_id,
            "unit": assignment.unit_id,
            "site": assignment.site_id,
        },
    )


def _judged(
    signed: SignedRecord, named: Named, score: dict[str, Any] | None
) -> content.Judged | None:
    if named.checklist is None or score is None:
        return None
    pictured = [d["item"] for d in signed.entries("media_details") if d.get("item") is not None]
    due = checklist_rules.photos_due(named.checklist, signed.entries("answers"), pictured)
    return content.Judged(score["missing"], score["out_of_range"], due)


def _fares(signed: SignedRecord, campaign: Campaign | None) -> list[int]:
    """Return what the campaign's tariffs make of a ride, whenever in the visit it began."""
    distance = signed.part("ride").get("distance_m")
    times = [signed.part("clock").get(name) for name in ("started_at", "ended_at")]
    if campaign is None or distance is None or None in times:
        return []
    zone = current_app.config["ZONE"]
    moments = [parse_rfc3339(one).astimezone(zone) for one in times if one is not None]
    return campaign_rules.fares_fen(
        campaign,
        signed.part("subject").get("kind"),
        ride.lengths_m(distance),
        [one.hour * 60 + one.minute for one in moments],
    )


def _ticket_time(ticket: str | None) -> datetime | clock.NoTicket:
    if ticket is None:
        return clock.NoTicket.MISSING
    keys = {jwk["kid"]: jose.key_from_jwk(jwk) for jwk in identity.public_office_jwks()}
    try:
        claims = jose.verify_by_kid(ticket, typ="ticket+jwt", keys=keys).payload
        return parse_rfc3339(claims["server_time"])
    except (jose.JoseError, KeyError, TypeError, ValueError):
        return clock.NoTicket.FOREIGN


def _find(read: Callable[[UUID], _Found], reference: UUID | None) -> _Found | None:
    if reference is None:
        return None
    try:
        return read(reference)
    except NotFound:
        return None
