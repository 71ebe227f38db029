"""Reads of complaints as their addresses tell them. Nothing here opens a box."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from anfang.complaints import queries
from anfang.complaints.models import Complaint, ComplaintCluster, ComplaintEntry, InformantRelease
from anfang.complaints.redacting import without_numbers
from anfang.complaints.words import OWN_WORDS, TO_UNIT, Entry, State, Step
from anfang.identity import queries as identity
from anfang.kit.clock import now
from anfang.registry import queries as registry

_EXCERPT: Final = 80
_LINE: Final = ("id", "number", "campaign_id", "kind", "channel", "topic", "named", "state",
                "received_at", "due_step", "due_at", "finish_due_at", "extension",
                "verdict", "satisfaction")  # fmt: skip
_WHOLE: Final = ("about", "happened", "text", "text_for_unit", "hints", "verdict_reason", "case_id",
          "informant_erased_at", "words_erased_at")  # fmt: skip
_DESK_LINE: Final = ("id", "number", "kind", "state", "due_step", "due_at")


def office_lines(complaints: Sequence[Complaint]) -> list[dict[str, Any]]:
    """Tell complaints as the office's list shows them."""
    merged = queries.merged_counts(one.id for one in complaints)
    topics = _Topics()
    return [_office_line(one, topics, merged) for one in complaints]


def office_view(complaint: Complaint) -> dict[str, Any]:
    """Tell a complaint whole, with what happened to it and what its complainants added since."""
    members = queries.members_of(complaint.id)
    everybody = {one.id: one.number for one in (complaint, *members)}
    entries = queries.entries_of(everybody)
    line = _office_line(complaint, _Topics(), {complaint.id: len(members)})
    head = queries.head_of(complaint)
    return {
        **line,
        **{name: getattr(complaint, name) for name in _WHOLE},
        "merged_into": None if head is complaint else {"id": head.id, "number": head.number},
        "members": [{"id": one.id, "number": one.number} for one in members],
        "entries": entry_views(
            [one for one in entries if one.complaint_id == complaint.id or one.kind in OWN_WORDS],
            everybody,
        ),
        "bounced_by": _bouncers(entries),
    }


def desk_lines(complaints: Sequence[Complaint]) -> list[dict[str, Any]]:
    """Tell complaints as a unit's list shows them."""
    topics = _Topics()
    return [_desk_line(one, topics) for one in complaints]


def desk_view(complaint: Complaint) -> dict[str, Any]:
    """Tell a unit what it may read: the office's version, and what it and the office said of it."""
    entries = [
        one
        for one in queries.entries_of([complaint.id])
        if one.kind in TO_UNIT and one.unit_id == complaint.unit_id
    ]
    unit_id = complaint.unit_id
    return {
        **_desk_line(complaint, _Topics()),
        "text": complaint.text_for_unit,
        "entries": entry_views(entries, {complaint.id: complaint.number}, with_people=False),
        "may_bounce": complaint.state == State.TRANSFERRED.value
        and not (unit_id and queries.bounced_by(complaint.id, unit_id)),
        "may_extend": complaint.state == State.TRANSFERRED.value
        and complaint.due_step == Step.UNIT_REPLY.value
        and not complaint.extension
        and complaint.due_at is not None
        and complaint.due_at > now(),
        "extension": complaint.extension,
    }


def entry_views(
    entries: Sequence[ComplaintEntry], numbers: Mapping[UUID, str], *, with_people: bool = True
) -> list[dict[str, Any]]:
    """Tell what happened, with the number of the complaint that it happened to."""
    people = identity.display_names([one.by_user for one in entries if one.by_user])
    units = registry.unit_names(one.unit_id for one in entries if one.unit_id)
    return [
        {
            "kind": one.kind,
            "text": one.text,
            "unit": units.get(one.unit_id) if one.unit_id else None,
            "by": people.get(one.by_user) if with_people and one.by_user else None,
            "at": one.at,
            "number": numbers[one.complaint_id],
        }
        for one in entries
    ]


def rules_view(campaign_id: UUID) -> dict[str, Any]:
    """Tell what a campaign's rulebook says of complaints."""
    rules = queries.rules_of(campaign_id)
    return {
        "channels": [{"code": one, "title": title} for one, title in rules.channels.items()],
        "topics": [
            {"code": code, "title": title}
            for code, title in queries.topics_of(campaign_id).items()
        ],
        "terms": [
            {"step": step, **asdict(term)} for step, term in rules.terms.items()
        ],
        "extension": asdict(rules.extension),
    }  # fmt: skip


def cluster_views(clusters: Sequence[ComplaintCluster]) -> list[dict[str, Any]]:
    """Tell clusters with the complaints that they hold."""
    members = queries.cluster_members(one.id for one in clusters)
    named = [who for one in clusters for who in (one.proposed_by, one.decided_by) if who]
    people, topics = identity.display_names(named), _Topics()
    return [
        {
            **{name: getattr(one, name)
               for name in ("id", "campaign_id", "rule", "title", "state", "found_at", "action",
                            "proposal", "decision", "case_id")},
            "unit": one.unit and {"id": one.unit.id, "name": one.unit.name},
            "topic_title": topics.title(one.campaign_id, one.topic),
            "complaints": [
                {"id": each.id, "number": each.number} for each in members.get(one.id, ())
            ],
            "proposed_by": people.get(one.proposed_by) if one.proposed_by else None,
            "decided_by": people.get(one.decided_by) if one.decided_by else None,
        }
        for one in clusters
    ]  # fmt: skip


def release_view(release: InformantRelease, number: str) -> dict[str, Any]:
    """Tell who asked for a reading and who opened it."""
    people = identity.display_names([who for who in (release.asked_by, release.opened_by) if who])
    return {
        **{name: getattr(release, name)
           for name in ("id", "reason", "asked_at", "expires_at", "open_reason", "opened_at")},
        "number": number,
        "asked_by": people.get(release.asked_by),
        "asked_by_id": release.asked_by,
        "opened_by": people.get(release.opened_by) if release.opened_by else None,
        "state": _release_state(release),
    }  # fmt: skip


def _release_state(release: InformantRelease) -> str:
    if release.opened_at is not None:
        return "opened"
    return "expired" if release.expires_at <= now() else "waiting"


def _office_line(
    complaint: Complaint, topics: "_Topics", merged: Mapping[UUID, int]
) -> dict[str, Any]:
    unit = complaint.unit
    return {
        **{name: getattr(complaint, name) for name in _LINE},
        "topic_title": topics.title(complaint.campaign_id, complaint.topic),
        "excerpt": without_numbers(complaint.text)[:_EXCERPT],
        "unit": unit and {"id": unit.id, "name": unit.name},
        "deadline": queries.deadline(complaint),
        "merged": merged.get(complaint.id, 0),
    }


def _desk_line(complaint: Complaint, topics: "_Topics") -> dict[str, Any]:
    unit = complaint.unit
    return {
        **{name: getattr(complaint, name) for name in _DESK_LINE},
        "topic_title": topics.title(complaint.campaign_id, complaint.topic),
        "excerpt": complaint.text_for_unit[:_EXCERPT],
        "unit": unit and {"id": unit.id, "name": unit.name},
        "deadline": queries.deadline(complaint),
    }


def _bouncers(entries: Iterable[ComplaintEntry]) -> list[str]:
    bounced = [one.unit_id for one in entries if one.kind == Entry.BOUNCED.value and one.unit_id]
    return list(registry.unit_names(bounced).values()) if bounced else []


class _Topics:
    """Titles of topics, each campaign's rulebook read once."""

    def __init__(self) -> None:
        self._known: dict[UUID, dict[str, str]] = {}

    def title(self, campaign_id: UUID, topic: str) -> str:
        """Return a topic's title; its code where a newer rulebook dropped it."""
        if not topic:
            return ""
        if campaign_id not in self._known:
            self._known[campaign_id] = queries.topics_of(campaign_id)
        return self._known[campaign_id].get(topic, topic)
