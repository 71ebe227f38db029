"""Verbs of reports on results for everybody: freeze a campaign's, sign off, withdraw."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.documents import service as documents
from anfang.inspections.publication import require_publishable
from anfang.kit import jcs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.reports import outcomes, sectors, visits
from anfang.reports.errors import (
    NothingToReport,
    ReportNotPublished,
    ReportOwnDraft,
    ReportSigned,
)
from anfang.reports.models import ResultRelease
from anfang.reports.queries import Span

_DIGITS = 4


def draft(campaign_id: UUID, title: str, text: str) -> ResultRelease:
    """Freeze a campaign's results as they stand, for a second person to sign off.

    Raises:
        NotFound: there is no such campaign.
        NothingToReport: no visit counts.
        PrivateTracesFound: title or text names a private person's plate, phone or number.
    """
    campaign = campaigns.campaign(campaign_id)
    documents.require_no_private_traces({"title": title, "text": text})
    span = Span(campaign.id)
    if not visits.record_ids(span):
        raise NothingToReport
    figures = frozen(span)
    release = ResultRelease(
        campaign_id=campaign.id,
        title=title,
        text=text,
        figures=figures,
        sha256=sha256_hex(jcs.canonical(figures)),
        drafted_by=person().id,
        drafted_at=now(),
    )
    db.session.add(release)
    db.session.flush()
    log.audit("results.drafted", "result_release", release.id, sha256=release.sha256)
    return release


def sign_off(release: ResultRelease) -> None:
    """Publish drafted results as a second person.

    Raises:
        ReportSigned: they were signed off.
        ReportOwnDraft: the caller drafted them.
        PublicationTooEarly: a visit in them could still be picked out.
    """
    if release.signed_by is not None:
        raise ReportSigned
    if release.drafted_by == person().id:
        raise ReportOwnDraft
    require_publishable(visits.record_ids(Span(release.campaign_id)))
    release.signed_by, release.published_at = person().id, now()
    db.session.flush()
    log.audit("results.published", "result_release", release.id, sha256=release.sha256)


def withdraw(release: ResultRelease, reason: str) -> None:
    """Mark published results as withdrawn; the page says so and why.

    Raises:
        ReportNotPublished: they do not stand published.
    """
    if release.published_at is None or release.withdrawn_at is not None:
        raise ReportNotPublished
    release.withdrawn_at, release.withdrawal_reason = now(), reason
    db.session.flush()
    log.audit("results.withdrawn", "result_release", release.id)


def frozen(span: Span) -> dict[str, Any]:
    """Return the figures that everybody may read, as JSON: sectors and outcomes, no unit's own."""
    compared = sectors.benchmark(span, "category")
    found = outcomes.outcomes(span)
    figures: dict[str, Any] = _plain(
        {"sectors": [asdict(one) for one in compared.sectors], **asdict(found)}
    )
    return figures


def _plain(value: Any) -> Any:
    """Write fractions as texts: canonical JSON knows whole numbers only."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return f"{value:.{_DIGITS}f}" if isinstance(value, float) else value
