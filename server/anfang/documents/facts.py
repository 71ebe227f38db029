"""Reads of documents for a draft: what the cases say, as facts and pictures of a notice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from anfang.cases import queries as cases
from anfang.cases.models import Case
from anfang.documents import drafting, drafting_reports, queries
from anfang.documents.content import chinese_date
from anfang.documents.templates import Template
from anfang.kit.clock import local_day
from anfang.kit.i18n import translate
from anfang.registry import queries as registry
from anfang.review.models import Finding, FindingState


def stated(chosen: Sequence[Case], template: Template) -> dict[str, Any]:
    """Return what a report on visits states about cases, as `drafting_reports` takes it.

    Findings by day, classed by what was not done; visits of their campaign; how many units were
    heard. The cases belong to one campaign.
    """
    findings = [
        replace(one, problem=template.say("unmet", requirement=one.problem)) if found else one
        for _, found, one in _listed(chosen)
    ]
    heard = len(cases.defended([case.id for case in chosen]))
    return {
        "findings": findings,
        "visits": _visits(chosen[0].campaign_id, findings),
        "hearing": drafting.Hearing(heard=heard, expired=len(chosen) - heard),
    }


def told_to_unit(chosen: Sequence[Case]) -> list[drafting.Finding]:
    """Return the findings of cases as their own unit reads them: parts of it become places."""
    told = []
    for case, _, one in _listed(chosen):
        part = "" if one.unit == case.unit.name else one.unit
        told.append(replace(one, unit=case.unit.name, place=part + one.place))
    return told


def progress(chosen: Sequence[Case]) -> list[drafting_reports.Progress]:
    """Return how far cases are, as a bulletin tells it."""
    return [
        drafting_reports.Progress(
            unit=case.unit.name,
            title=case.title,
            state=case.state,
            deadline=local_day(case.due_at, current_app.config["ZONE"]),
        )
        for case in chosen
    ]


def _listed(chosen: Sequence[Case]) -> list[tuple[Case, bool, drafting.Finding]]:
    """Return the cases' findings that stand, by day; a case without any stands for itself.

    The flag tells a finding of a visit, whose `problem` is the requirement it fell short of.
    """
    owners = {case.id: case for case in chosen}
    found = [
        (owners[case_id], one)
        for case_id, one in cases.findings_of(owners)
        if one.state == FindingState.CONFIRMED.value
    ]
    units = registry.unit_names({one.unit_id for _, one in found if one.unit_id is not None})
    places = registry.sites_of({one.site_id for _, one in found if one.site_id is not None})
    sites = {site.id: site.name for site in places}
    with_findings = {case.id for case, _ in found}
    return [
        *(
            (
                case,
                True,
                drafting.Finding(
                    unit=_name(units, one.unit_id) or case.unit.name,
                    problem=one.item_text,
                    day=_day(one),
                    fact=one.text,
                    place=_name(sites, one.site_id),
                ),
            )
            for case, one in found
        ),
        *((case, False, _of_case(case)) for case in chosen if case.id not in with_findings),
    ]


def _of_case(case: Case) -> drafting.Finding:
    day = local_day(case.opened_at, current_app.config["ZONE"])
    return drafting.Finding(case.unit.name, case.title, day, case.summary or case.title)


def _name(names: Mapping[UUID, str], reference: UUID | None) -> str:
    return names.get(reference, "") if reference is not None else ""


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


def _day(finding: Finding) -> date:
    return finding.day or local_day(finding.at, current_app.config["ZONE"])
