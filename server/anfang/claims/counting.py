"""Reads of claims that scoring takes: concealments, self-reports not filed."""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from anfang.claims.models import ClaimQuestion, ClaimRequest, ClaimSheet, Verdict
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.figures import Figure

CONCEALED: Final = "concealment"
NOT_FILED: Final = "not-filed"


def figures(campaign_id: UUID, since: date, until: date) -> list[Figure]:
    """Return a campaign's figures from `since` to `until`, both included; each counts once.

    `concealment`: a person's verdict, on its day. `not-filed`: a self-report that was not signed
    when its deadline passed, on that day. A mere difference is no figure: nobody has judged it.
    """
    zone = current_app.config["ZONE"]
    begins = datetime.combine(since, time.min, tzinfo=zone)
    ends = datetime.combine(until + timedelta(days=1), time.min, tzinfo=zone)
    return [*_concealed(campaign_id, begins, ends), *_not_filed(campaign_id, begins, ends)]


def _concealed(campaign_id: UUID, begins: datetime, ends: datetime) -> list[Figure]:
    found = db.session.scalars(
        select(ClaimQuestion)
        .join(ClaimQuestion.sheet)
        .join(ClaimSheet.request)
        .where(
            ClaimRequest.campaign_id == campaign_id,
            ClaimQuestion.verdict == Verdict.CONCEALMENT.value,
            ClaimQuestion.judged_at >= begins,
            ClaimQuestion.judged_at < ends,
        )
        .order_by(ClaimQuestion.judged_at, ClaimQuestion.id)
    )
    return [
        Figure(one.sheet.unit_id, "claim", "", CONCEALED, 1.0, 1, "claim_question", one.id)
        for one in found
    ]


def _not_filed(campaign_id: UUID, begins: datetime, ends: datetime) -> list[Figure]:
    found = db.session.scalars(
        select(ClaimSheet)
        .join(ClaimSheet.request)
        .where(
            ClaimRequest.campaign_id == campaign_id,
            ClaimSheet.signed_version.is_(None),
            ClaimRequest.due_at >= begins,
            ClaimRequest.due_at < min(ends, now()),
        )
        .order_by(ClaimRequest.due_at, ClaimSheet.id)
    )
    return [
        Figure(one.unit_id, "claim", "", NOT_FILED, 1.0, 1, "claim_sheet", one.id) for one in found
    ]
