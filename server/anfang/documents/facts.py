"""Reads of documents for a draft: what the cases say, as facts and pictures of a notice."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from anfang.cases import queries as cases
from anfang.cases.models import Case
from anfang.documents import drafting, queries
from anfang.documents.content import chinese_date
from anfang.documents.texts import texts
from anfang.kit.clock import local_day
from anfang.kit.i18n import translate
from anfang.registry import queries as registry
from anfang.review.models import Finding, FindingState


def stated(chosen: Sequence[Case]) -> dict[str, Any]:
    """Return what an exposure notice states about cases, as `drafting.exposure_draft` takes it.

    Findings by day, visits of their campaign, how many units were heard. The cases belong to one
    campaign.
    """
    owners = {case.id: case for case in chosen}
    listed = [
        (owners[case_id], one)
        for case_id, one in cases.findings_of(owners)
        if one.state == FindingState.CONFIRMED.value
    ]
    units = registry.unit_names({one.unit_id for _, one in listed if one.unit_id is not None})
    found = registry.sites_of({one.site_id for _, one in listed if one.site_id is not None})
    sites = {site.id: site.name for site in found}
    say = texts("exposure")
    findings = [
        drafting.Finding(
            unit=_name(units, one.unit_id) or case.unit.name,
            problem=say("unmet", requirement=one.item_text),
            day=_day(one),
            fact=one.text,
            place=_name(sites, one.site_id),
        )
        for case, one in listed
    ]
    heard = len(cases.defended(owners))
    return {
        "findings": findings,
        "visits": _visits(chosen[0].campaign_id, findings),
        "hearing": drafting.Hearing(heard=heard, expired=len(owners) - heard),
    }


def _visits(campaign_id: UUID, findings: Sequence[drafting.Finding]) -> drafting.Visits:
    first, last, units, visits = queries.visits_of(campaign_id)
    days = [finding.day for finding in findings]
    return drafting.Visits(
        first_day=min(days + ([first] if first else [])),
        last_day=max(days + ([last] if last else [])),
        units=max(units, len({finding.unit for finding in findings})),
        visits=max(visits, 1),
    )


def suggested_pictures(notice_id: UUID) -> list[dict[str, Any]]:
    """Return the pictures that a draft starts with: all that may leave the office, captioned."""
    findings = queries.findings_of(notice_id)
    released = cases.releasable_pictures(findings)
    known = {finding.id: finding for finding in findings}
    return [
        {
            "finding_id": finding_id,
            "sha256": sha256,
            "caption": translate(
                "notice-picture-caption",
                "zh-CN",  # the notice itself is in Chinese whoever drafts it
                fact=known[finding_id].text,
                day=chinese_date(_day(known[finding_id])),
            ),
        }
        for finding_id, sha256 in released
    ]


def _name(names: Mapping[UUID, str], reference: UUID | None) -> str:
    return names.get(reference, "") if reference is not None else ""


def _day(finding: Finding) -> date:
    return finding.day or local_day(finding.at, current_app.config["ZONE"])
