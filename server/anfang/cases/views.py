"""Reads of cases as their readers get them: the office whole, the unit desk by an allow-list.

What the desk may read is written out member by member: no alias, device, position, time of day,
reviewer, score or other unit can slip in by being added to a table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app

from anfang.campaigns import queries as campaigns
from anfang.cases import followup_views, queries, timeline
from anfang.cases.models import Case, CaseStatement
from anfang.identity import queries as identity
from anfang.kit.clock import local_day, now
from anfang.registry import queries as registry
from anfang.review.models import Finding, PictureDecision

_OFFICE_LINE = ("source", "key_item", "fast_track", "recurring", "effort", "gravity", "moved_at")
_OFFICE_WHOLE = (
    "responsible", "raised_by", "topic", "channel", "fields", "outcome", "outcome_text",
    "referred_to",
)  # fmt: skip
_Decisions = Mapping[tuple[UUID, str], PictureDecision]


@dataclass(frozen=True)
class _Desk:
    """What lines of cases mention: who was heard, names in place of ids; in which time zone."""

    heard: frozenset[UUID]
    units: Mapping[UUID, str]
    zone: ZoneInfo

    @classmethod
    def of(cls, cases: Sequence[Case], heard: frozenset[UUID]) -> "_Desk":
        return cls(
            heard=heard,
            units=registry.unit_names({case.unit_id for case in cases}),
            zone=current_app.config["ZONE"],
        )


@dataclass(frozen=True)
class _Told:
    """What lines of the office's list mention besides; at which moment."""

    desk: _Desk
    at: datetime
    campaigns: Mapping[UUID, str]
    themes: Mapping[UUID, str]
    owners: Mapping[UUID, str]

    @classmethod
    def of(cls, cases: Sequence[Case], heard: frozenset[UUID]) -> "_Told":
        return cls(
            desk=_Desk.of(cases, heard),
            at=now(),
            campaigns=campaigns.campaign_names({case.campaign_id for case in cases}),
            themes=queries.themes_of({one.theme_id for one in cases if one.theme_id is not None}),
            owners=identity.display_names(list({case.owner_id for case in cases})),
        )


def summaries(cases: Sequence[Case], heard: frozenset[UUID]) -> list[dict[str, Any]]:
    """Return cases as lines of the office's list; `heard` are those whose defence was stated."""
    told = _Told.of(cases, heard)
    return [_summary(case, told) for case in cases]


def desk_summaries(cases: Sequence[Case], heard: frozenset[UUID]) -> list[dict[str, Any]]:
    """Return cases as lines of a unit's list; `heard` as in `summaries`."""
    desk = _Desk.of(cases, heard)
    return [_desk_summary(case, desk) for case in cases]


def case_view(case: Case) -> dict[str, Any]:
    """Return all that the office knows of one case."""
    statements = queries.all_statements_of(case.id)
    findings = [finding for _, finding in queries.findings_of([case.id])]
    decisions = queries.releasable_pictures(findings)
    sites, units = _names(findings)
    return {
        **_summary(case, _Told.of([case], queries.defended([case.id]))),
        **_texts(case),
        **{name: getattr(case, name) for name in _OFFICE_WHOLE},
        **followup_views.office_view(case),
        "findings": [
            {**_finding(one, sites, units), "pictures": _pictures(case, one, decisions)}
            for one in findings
        ],
        "statements": _statements(case, statements),
        "timeline": timeline.timeline(case, findings, statements),
    }


def desk_view(case: Case) -> dict[str, Any]:
    """Return what the unit may read of its case."""
    findings = [finding for _, finding in queries.findings_of([case.id])]
    decisions = queries.releasable_pictures(findings)
    sites, _ = _names(findings)
    return {
        **_desk_summary(case, _Desk.of([case], queries.defended([case.id]))),
        **_texts(case),
        "findings": [_desk_finding(case, one, sites, decisions) for one in findings],
        "statements": [
            {
                "kind": one.kind,
                "text": one.text,
                "at": one.at,
                "late": timeline.is_late(case, one),
                "sha256": one.sha256,
            }
            for one in queries.desk_statements_of(case)
        ],
        **followup_views.desk_view(case),
    }


def _desk_summary(case: Case, desk: _Desk) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "unit": _named(case.unit_id, desk.units),
        "case_class": case.case_class,
        "state": case.state,
        "opened_on": local_day(case.opened_at, desk.zone),
        "due_at": case.due_at,
        "defence_until": case.defence_until,
        "defence_stated": case.id in desk.heard,
        "horizon": case.horizon,
        "closed_at": case.closed_at,
        "deadline": queries.deadline(case),
    }


def _summary(case: Case, told: _Told) -> dict[str, Any]:
    return {
        **_desk_summary(case, told.desk),
        "campaign": _named(case.campaign_id, told.campaigns),
        "theme": _named(case.theme_id, told.themes),
        "owner": _named(case.owner_id, told.owners),
        **{name: getattr(case, name) for name in _OFFICE_LINE},
        "opened_at": case.opened_at,
        "reminded_at": case.reminded_at,
        "defence_over": case.id in told.desk.heard or told.at > case.defence_until,
    }


def _texts(case: Case) -> dict[str, Any]:
    return {"summary": case.summary, "public_explanation": case.public_explanation}


def _finding(
    finding: Finding, sites: Mapping[UUID, str], units: Mapping[UUID, str]
) -> dict[str, Any]:
    members = ("id", "record_id", "item", "item_text", "text", "answer", "remark", "points", "veto")
    return {
        **{name: getattr(finding, name) for name in members},
        "day": finding.day,
        "state": finding.state,
        "unit": _named(finding.unit_id, units),
        "site": None
        if finding.site_id is None
        else {"id": str(finding.site_id), "name": sites.get(finding.site_id)},
    }


def _desk_finding(
    case: Case, finding: Finding, sites: Mapping[UUID, str], decisions: _Decisions
) -> dict[str, Any]:
    return {
        "item_text": finding.item_text,
        "text": finding.text,
        "veto": finding.veto,
        "day": finding.day,
        "site": sites.get(finding.site_id) if finding.site_id is not None else None,
        "pictures": [
            {"sha256": one["sha256"], "url": one["url"]}
            for one in _pictures(case, finding, decisions)
            if one["url"] is not None
        ],
    }


def _pictures(case: Case, finding: Finding, decisions: _Decisions) -> list[dict[str, Any]]:
    """List a finding's pictures; only what was redacted or expressly cleared has an address."""
    listed = []
    for sha256 in finding.pictures:
        decision = decisions.get((finding.id, sha256))
        url = f"/api/v1/cases/{case.id}/pictures/{sha256}/redacted"
        listed.append(
            {
                "sha256": sha256,
                "decision": decision.kind if decision else None,
                "png_sha256": decision.png_sha256 if decision else None,
                "url": url if decision else None,
            }
        )
    return listed


def _statements(case: Case, statements: Iterable[CaseStatement]) -> list[dict[str, Any]]:
    listed = list(statements)
    people = identity.display_names(list({one.by_user for one in listed}))
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "text": one.text,
            "at": one.at,
            "late": timeline.is_late(case, one),
            "sha256": one.sha256,
            "by": people.get(one.by_user),
        }
        for one in listed
    ]


def _names(findings: Iterable[Finding]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    listed = list(findings)
    sites = registry.site_names({one.site_id for one in listed if one.site_id is not None})
    units = registry.unit_names({one.unit_id for one in listed if one.unit_id is not None})
    return sites, units


def _named(reference: UUID | None, names: Mapping[UUID, str]) -> dict[str, Any] | None:
    return None if reference is None else {"id": reference, "name": names.get(reference)}


def waiting_findings(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return findings that wait for a case, with the names of their units."""
    _, units = _names(findings)
    members = ("id", "record_id", "campaign_id", "item_text", "text", "points", "veto", "day")
    return [
        {**{name: getattr(one, name) for name in members}, "unit": _named(one.unit_id, units)}
        for one in findings
    ]
