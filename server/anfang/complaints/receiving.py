"""Verbs of receiving: a complaint comes in through one of five channels and gets its code.

[Note: Informant protection] name, phone and address never touch a column or a log: they go into
the custodians' box in the call that brings them, and out of the text at the same time.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import Campaign, CampaignState
from anfang.complaints import queries, receipts, redacting
from anfang.complaints.errors import (
    CampaignNotRunning,
    ChannelClosed,
    InformantIncomplete,
    TopicUnknown,
)
from anfang.complaints.models import Complaint, ReceiptSalt
from anfang.complaints.words import Channel, Hint, Kind, State, Step
from anfang.identity import custody
from anfang.jobs import service as jobs
from anfang.kit.clock import local_day, now
from anfang.kit.db import db, transaction
from anfang.kit.ids import new_id
from anfang.kit.principal import caller_id
from anfang.log import service as log
from anfang.registry import queries as registry

SERIAL_DIGITS = 6


@dataclass(frozen=True)
class Brought:
    """What somebody brings.

    Attributes:
        informant: name, phone, address as far as given; nothing where it is anonymous.
        unit_id: the unit that it is about, where whoever takes it down knows.
    """

    campaign_id: UUID
    kind: Kind
    channel: Channel
    text: str
    topic: str = ""
    about: str = ""
    happened: str = ""
    informant: Mapping[str, str] = field(default_factory=dict)
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Received:
    """A complaint's number and its receipt code, which is told this once."""

    complaint_id: UUID
    number: str
    code: str


def receive(brought: Brought, form: str) -> Received:
    """Take a complaint; sending the same form again changes nothing and tells the same code.

    Opens its own transactions: hashing the code is slow on purpose.

    Args:
        form: a fresh random name of the form (`receipts.new_form`), the caller's secret.

    Raises:
        NotFound: no such campaign or unit.
        CampaignNotRunning, ChannelClosed: it is not taken, or not this way.
        TopicUnknown: no topic of the campaign.
        InformantIncomplete: a name without a way to reach it, or the other way round.
    """
    code = receipts.code_of(form)
    code_hash = receipts.hash_of(code, _salt())
    try:
        with transaction():
            complaint = queries.by_hash(code_hash) or _enter(brought, code_hash)
    except IntegrityError:
        # The same form came twice at one moment: the other call has kept it.
        with transaction(write=False):
            known = queries.by_hash(code_hash)
        if known is None:
            raise
        complaint = known
    return Received(complaint.id, complaint.number, code)


def code_hash_of(typed: str) -> str:
    """Return the hash of a code as somebody typed it; opens its own transaction."""
    return receipts.hash_of(typed, _salt())


def _salt() -> str:
    with transaction(write=False):
        present = queries.receipt_salt()
    if present is not None:
        return present
    try:
        with transaction():
            db.session.add(ReceiptSalt(id=1, salt=receipts.new_salt()))
    except IntegrityError:
        pass  # another call was the first; its salt is read below
    with transaction(write=False):
        return queries.receipt_salt() or ""


def _enter(brought: Brought, code_hash: str) -> Complaint:
    informant = {name: said.strip() for name, said in brought.informant.items() if said.strip()}
    _require_acceptable(brought, informant)
    complaint_id, received_at = new_id(), now()
    rules, zone = queries.rules_of(brought.campaign_id), current_app.config["ZONE"]
    version = campaigns.rulebook_version(brought.campaign_id)
    texts, hints = _cleaned(brought, informant)
    complaint = Complaint(
        id=complaint_id,
        number=_number(received_at),
        campaign_id=brought.campaign_id,
        rulebook_version_id=version.id if version else None,
        code_hash=code_hash,
        kind=brought.kind.value,
        channel=brought.channel.value,
        topic=brought.topic,
        **texts,
        hints=[one.value for one in hints],
        named=bool(informant),
        informant_box=_box(complaint_id, informant, brought) if informant else None,
        taken_by=caller_id(),
        unit_id=brought.unit_id,
        state=State.RECEIVED.value,
        received_at=received_at,
        due_from=received_at,
        due_step=Step.ACCEPT.value,
        due_at=rules.end(Step.ACCEPT, received_at, zone),
        finish_due_at=rules.end(Step.FINISH, received_at, zone),
    )
    db.session.add(complaint)
    db.session.flush()
    log.audit("complaint.received", "complaint", complaint.id, channel=complaint.channel)
    jobs.emit("complaint.received", campaign=str(complaint.campaign_id))
    return complaint


def _require_acceptable(brought: Brought, informant: Mapping[str, str]) -> None:
    campaign: Campaign = campaigns.campaign(brought.campaign_id)
    if campaign.state != CampaignState.RUNNING.value:
        raise CampaignNotRunning
    if brought.channel not in queries.rules_of(campaign.id).channels:
        raise ChannelClosed
    if brought.topic and brought.topic not in queries.topics_of(campaign.id):
        raise TopicUnknown
    if brought.unit_id is not None:
        registry.unit(brought.unit_id)
    if informant and ("name" not in informant or len(informant) == 1):
        raise InformantIncomplete


def _cleaned(brought: Brought, informant: Mapping[str, str]) -> tuple[dict[str, str], list[Hint]]:
    """Return the texts without what the informant gave, and what still may tell who it is."""
    said = {name: getattr(brought, name) for name in ("text", "about", "happened")}
    cleaned = {name: redacting.blotted(text, informant) for name, text in said.items()}
    texts = {name: text for name, (text, _) in cleaned.items()}
    named = [Hint.NAMED] if any(held for _, held in cleaned.values()) else []
    return texts, [*named, *redacting.hints_of(" ".join(texts.values()))]


def _box(complaint_id: UUID, informant: Mapping[str, str], brought: Brought) -> str:
    sealed = {**informant, "text": brought.text}
    return custody.seal_members(sealed, informant_context(complaint_id))


def informant_context(complaint_id: UUID) -> str:
    """Return what is bound into the box of who complains."""
    return f"informant {complaint_id}"


def _number(at: datetime) -> str:
    """Return a free number of the day; random, for a serial would tell how many there are."""
    day = local_day(at, current_app.config["ZONE"])
    while True:
        number = f"{day:%Y%m%d}-{secrets.randbelow(10**SERIAL_DIGITS):0{SERIAL_DIGITS}}"
        if db.session.scalar(select(Complaint.id).filter_by(number=number)) is None:
            return number
