"""Findings that a reviewer confirmed, and cases opened from them.

Findings are written as the review room leaves them, record and decision beneath included, without
a phone's signatures: what leads to them is tested where it happens. Cases go through the API.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from PIL import Image, ImageDraw

from anfang.evidence.models import DecodedState, Media
from anfang.identity import queries as identity
from anfang.identity import service as accounts
from anfang.inspections.models import Record, RecordState, RecordVersion
from anfang.kit.clock import now
from anfang.kit.db import db, transaction
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Role
from anfang.review.models import Decision, DecisionKind, Finding, PictureDecision
from anfang.review.queries import redacted_key
from anfang.storage import service as storage
from factories import setup
from support.server import PASSWORD, Office

DAY = date(2026, 11, 9)
TEXT = "2号窗口工作时间无人值守，未设去向牌"
ALIAS = "秘密代号"
REVIEWER = "审核账号"


@dataclass(frozen=True)
class Confirmed:
    """A confirmed finding; `picture` is the hash of its picture's original."""

    id: str
    record: str
    picture: str | None


def confirmed_finding(
    campaign: setup.Campaign,
    *,
    unit: str | None = None,
    text: str = TEXT,
    picture: str | None = None,
    **members: Any,
) -> Confirmed:
    """Confirm a finding at the campaign's window.

    Args:
        picture: give it a picture: `redacted`, `cleared`, or `original` (not fit to leave).
    """
    unit_id = UUID(unit or campaign.unit)
    with transaction():
        record, version = _record(campaign, unit_id)
        decision = _decision(version)
        original = _picture(record, picture) if picture else None
        finding = Finding(
            record_id=record.id,
            record_sha256=version.record_sha256,
            decision_id=decision.id,
            campaign_id=UUID(campaign.id),
            unit_id=unit_id,
            site_id=UUID(campaign.sites.window),
            checklist_version_id=UUID(campaign.window),
            item="at-post",
            item_text="工作人员在岗在位",
            text=text,
            answer="no",
            remark="暗访员原话，只供办公室",
            points=10,
            veto=False,
            position=0,
            day=DAY,
            pictures=[original] if original else [],
            confirmed_by=decision.reviewer_id,
        )
        for name, value in members.items():
            setattr(finding, name, value)
        db.session.add(finding)
        db.session.flush()
        return Confirmed(str(finding.id), str(record.id), original)


def case_body(campaign: setup.Campaign, findings: Sequence[Confirmed], **changes: Any) -> Any:
    """Return the body of POST /cases for a case of the findings' unit."""
    body = {
        "finding_ids": [finding.id for finding in findings],
        "unit_id": campaign.unit,
        "title": "服务窗口无故空岗",
        "class": "by_date",
        "responsible": "分管副主任",
    }
    return {**body, **changes}


def opened_case(campaign: setup.Campaign, *, lead: Office | None = None, **changes: Any) -> Any:
    """Open a case from one fresh finding (or `findings`); returns its body."""
    findings = changes.pop("findings", None) or [confirmed_finding(campaign)]
    body = case_body(campaign, findings, **changes)
    return setup.created((lead or campaign.lead).post("/cases", body))


def defended_case(campaign: setup.Campaign, desk: Office, **changes: Any) -> Any:
    """Open a case in which the unit has stated its defence already; returns its body."""
    case = opened_case(campaign, **changes)
    statement = {"kind": "defence", "text": "当日该岗位人员外出开会，未及时安排顶岗。"}
    setup.created(desk.post(f"/cases/{case['id']}/statements", statement))
    return case


def png(seed: str = "") -> bytes:
    """Return a small picture with a black rectangle, as a redaction leaves it."""
    image = Image.new("RGB", (640, 480), (200, 210, 220))
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 250, 580, 300), (140, 110, 80))
    draw.rectangle((256, 96, 384, 224), (0, 0, 0))
    shade = int(sha256_hex(seed.encode())[:2], 16)
    draw.rectangle((0, 440, 639, 479), (shade, 120, 90))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _record(campaign: setup.Campaign, unit_id: UUID) -> tuple[Record, RecordVersion]:
    inspector = identity.inspector_by_alias(ALIAS) or accounts.create_inspector(ALIAS)
    device = _device(inspector.id)
    digest = sha256_hex(uuid4().bytes)
    record = Record(
        id=uuid4(),
        inspector_id=inspector.id,
        campaign_id=UUID(campaign.id),
        unit_id=unit_id,
        checklist_version_id=UUID(campaign.window),
        site_id=UUID(campaign.sites.window),
        assignment_id=None,
        day=DAY,
        outcome="done",
        state=RecordState.ACCEPTED.value,
        newest_sha256=digest,
        points=90,
        quarantined=False,
        received_at=now(),
    )
    version = RecordVersion(
        record_sha256=digest,
        record_id=record.id,
        number=1,
        sdjwt="",
        clear={"media": []},
        content={},
        jkt="",
        certificate_box="",
        certificate_commitment="",
        link_sha256=digest,
        device_id=device,
        quarantined=False,
        score=None,
        received_at=now(),
        log_by=now(),
        receipt="",
        completed_at=now(),
    )
    db.session.add(record)
    db.session.flush()
    db.session.add(version)
    db.session.flush()
    return record, version


def _device(inspector_id: UUID) -> UUID:
    known = db.session.scalar(
        db.select(identity.EnrolledDevice).filter_by(inspector_id=inspector_id)
    )
    if known is None:
        known = identity.EnrolledDevice(
            inspector_id=inspector_id, jwk={}, thumbprint=sha256_hex(inspector_id.bytes)
        )
        db.session.add(known)
        db.session.flush()
    return known.id


def _decision(version: RecordVersion) -> Decision:
    reviewer = identity.user_by_username("reviewer") or accounts.create_user(
        "reviewer", PASSWORD, REVIEWER, [Role.REVIEWER]
    )
    decision = Decision(
        record_id=version.record_id,
        record_sha256=version.record_sha256,
        kind=DecisionKind.ACCEPTED.value,
        reason=None,
        note=None,
        document={},
        details={},
        details_salt="",
        sha256=version.record_sha256,
        reviewer_id=reviewer.id,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def _picture(record: Record, fit: str) -> str:
    original = sha256_hex(f"original {record.id}".encode())
    db.session.add(Media(sha256=original, bytes=1, decoded_state=DecodedState.DECODED))
    db.session.flush()
    if fit == "original":
        return original
    data = png(str(record.id))
    decision = PictureDecision(
        record_id=record.id,
        original_sha256=original,
        kind={"redacted": "redaction", "cleared": "clearance"}[fit],
        rectangles=[],
        reason=None,
        png_sha256=sha256_hex(data),
        png_bytes=len(data),
        proof_key=None,
        document={},
        details={},
        details_salt="",
        sha256=sha256_hex(data),
        reviewer_id=identity.user_by_username("reviewer").id,
        superseded_at=None,
    )
    db.session.add(decision)
    db.session.flush()
    storage.put_bytes(redacted_key(decision), data)
    return original


def take_picture_back(finding: Confirmed) -> None:
    """Undo a redaction, as the review room does before another one."""
    with transaction():
        for decision in db.session.scalars(
            db.select(PictureDecision).filter_by(original_sha256=finding.picture)
        ):
            decision.superseded_at = now()
