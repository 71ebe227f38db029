"""Reads of documents as the office reads them: a notice with names, cases, pictures, successors."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import current_app

from anfang.cases import queries as cases
from anfang.cases.models import Case
from anfang.documents import queries
from anfang.documents.kinds import Audience, rule
from anfang.documents.models import ISSUED_STATES, Notice, NoticeReceipt
from anfang.identity import queries as identity
from anfang.review.models import Finding, PictureDecision


def summaries(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """Return notices as lines of a list."""
    people = _people(notices)
    receipts = queries.receipts_of([notice.id for notice in notices])
    return [_summary(notice, people, receipts.get(notice.id)) for notice in notices]


def at_the_desk(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """Return issued documents as the unit sees that received them."""
    receipts = queries.receipts_of([notice.id for notice in notices])
    signers = identity.display_names([one.signed_by for one in receipts.values()])
    return [_delivered(notice, receipts.get(notice.id), signers) for notice in notices]


def notice_view(notice: Notice) -> dict[str, Any]:
    """Return all that the office knows of one notice."""
    findings = queries.findings_of(notice.id)
    released = cases.releasable_pictures(findings)
    original = queries.notice(notice.original_id) if notice.original_id else None
    chosen = queries.cases_of(notice.id)
    receipt = queries.receipts_of([notice.id]).get(notice.id)
    return {
        **_summary(notice, _people([notice]), receipt),
        "content": notice.content,
        "template": {"id": notice.template_id, "version": notice.template.version},
        "layout": rule(notice.series).layout.value,
        "checked_at": notice.checked_at,
        "check_remark": notice.check_remark,
        "received_by": _signer(receipt),
        "receipt_remark": receipt.remark if receipt else None,
        "reason": notice.reason,
        "returned_reason": notice.returned_reason,
        "cases": [_case(case) for case in chosen],
        "pictures": [
            {
                "finding_id": one.finding_id,
                "sha256": one.original_sha256,
                "caption": one.caption,
                "png_sha256": one.png_sha256,
                "released": (one.finding_id, one.original_sha256) in released,
            }
            for one in queries.pictures_of(notice.id)
        ],
        "available_pictures": _available(findings, released, chosen),
        "original": _reference(original) if original else None,
        "successors": [_reference(one) for one in queries.successors_of(notice.id)],
    }


def _summary(
    notice: Notice, people: dict[UUID, str], receipt: NoticeReceipt | None
) -> dict[str, Any]:
    approver = people.get(notice.approved_by) if notice.approved_by else None
    checker = people.get(notice.checked_by) if notice.checked_by else None
    members = ("id", "kind", "state", "audience", "title", "number", "year", "serial", "drafted_at")
    return {
        **{name: getattr(notice, name) for name in members},
        "campaign": {"id": notice.campaign_id, "name": notice.campaign.name},
        "unit": _unit(notice),
        "drafted_by": people.get(notice.drafted_by),
        "checked_by": checker,
        "approved_by": approver,
        "approved_at": notice.approved_at,
        "published_at": notice.published_at,
        "pdf_sha256": notice.pdf_sha256,
        "public_url": _public_url(notice),
        "received_at": receipt.signed_at if receipt else None,
    }


def _delivered(
    notice: Notice, receipt: NoticeReceipt | None, signers: dict[UUID, str]
) -> dict[str, Any]:
    members = ("id", "kind", "state", "title", "number", "published_at")
    successors = queries.successors_of(notice.id)
    return {
        **{name: getattr(notice, name) for name in members},
        "unit": _unit(notice),
        "cases": [{"id": case.id, "number": case.number} for case in queries.cases_of(notice.id)],
        "successors": [one.number for one in successors if one.state in ISSUED_STATES],
        "received_at": receipt.signed_at if receipt else None,
        "received_by": signers.get(receipt.signed_by) if receipt else None,
        "remark": receipt.remark if receipt else None,
        "document_url": f"/api/v1/desk/documents/{notice.id}/document.pdf",
    }


def _signer(receipt: NoticeReceipt | None) -> str | None:
    if receipt is None:
        return None
    return identity.display_names([receipt.signed_by]).get(receipt.signed_by)


def _unit(notice: Notice) -> dict[str, Any] | None:
    return None if notice.unit is None else {"id": notice.unit_id, "name": notice.unit.name}


def _public_url(notice: Notice) -> str | None:
    public = notice.audience == Audience.PUBLIC.value
    if not public or notice.year is None or notice.serial is None:
        return None
    return f"{current_app.config['ORIGIN']}{queries.public_path(notice.year, notice.serial)}"


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "unit": {"id": case.unit_id, "name": case.unit.name},
    }


def _available(
    findings: Iterable[Finding],
    released: dict[tuple[UUID, str], PictureDecision],
    chosen: Sequence[Case],
) -> list[dict[str, Any]]:
    held = cases.findings_of([case.id for case in chosen])
    holders = {finding.id: case_id for case_id, finding in held}
    known = {finding.id: finding for finding in findings}
    return [
        {
            "finding_id": finding_id,
            "sha256": sha256,
            "case_id": holders[finding_id],
            "text": known[finding_id].text,
            "day": known[finding_id].day,
            "decision": decision.kind,
            "png_sha256": decision.png_sha256,
            "url": f"/api/v1/cases/{holders[finding_id]}/pictures/{sha256}/redacted",
        }
        for (finding_id, sha256), decision in released.items()
    ]


def _reference(notice: Notice) -> dict[str, Any]:
    members = ("id", "kind", "state", "number", "title", "reason")
    return {name: getattr(notice, name) for name in members}


def _hands(notice: Notice) -> tuple[UUID | None, ...]:
    return notice.drafted_by, notice.checked_by, notice.approved_by


def _people(notices: Iterable[Notice]) -> dict[UUID, str]:
    ids = {one for notice in notices for one in _hands(notice) if one}
    return identity.display_names(list(ids))
