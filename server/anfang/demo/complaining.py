"""Complaints of the demonstration: brought, followed through the office and the units, merged."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final, TypeAlias
from uuid import UUID

from anfang.complaints import (
    answering,
    clustering,
    concluding,
    following,
    handling,
    queries,
    receipts,
    receiving,
)
from anfang.complaints.models import Complaint
from anfang.complaints.words import Channel, Kind, Satisfaction, Verdict
from anfang.demo.agenda import Days, Deed
from anfang.demo.content.voice import ComplaintEntry, ComplaintStep, ProposalEntry
from anfang.demo.desk import LEAD, Desk, liaison_of
from anfang.jobs import service as jobs
from anfang.kit.clock import replaying
from anfang.kit.db import db, transaction

_WHAT: Final = "complaints"


class Complaints:
    """The complaints of a campaign by the keys of its file; their codes live only here."""

    def __init__(self, desk: Desk, campaign_id: UUID, days: Days) -> None:
        self._desk, self._campaign_id, self._days = desk, campaign_id, days
        self._received: dict[str, receiving.Received] = {}

    def deeds(
        self, entries: tuple[ComplaintEntry, ...], proposals: tuple[ProposalEntry, ...]
    ) -> Iterator[Deed]:
        """Yield each complaint's receipt and its steps, and what is proposed about clusters."""
        for entry in entries:
            yield Deed(self._days.ago(entry.days_ago), _WHAT, partial(self._receive, entry))
            for step in entry.steps:
                at = self._days.ago(step.days_ago)
                yield Deed(at, _WHAT, partial(self._step, entry.key, step))
        for proposal in proposals:
            yield Deed(self._days.ago(proposal.days_ago), _WHAT, partial(self._propose, proposal))

    def _receive(self, entry: ComplaintEntry, at: datetime) -> None:
        brought = receiving.Brought(
            campaign_id=self._campaign_id,
            kind=Kind(entry.kind),
            channel=Channel(entry.channel),
            text=entry.text,
            topic=entry.topic,
            about=entry.about,
            informant=entry.informant,
        )
        by_itself = brought.channel is Channel.PAGE
        with replaying(at) if by_itself else self._desk.acting(LEAD, at):
            self._received[entry.key] = receiving.receive(brought, receipts.new_form())

    def _step(self, key: str, step: ComplaintStep, at: datetime) -> None:
        if step.do == "satisfied":
            with replaying(at):
                following.with_code(self._received[key].code, partial(_satisfied, step.text))
            return
        office = step.do in _AT_OFFICE
        with self._desk.acting(LEAD if office else liaison_of(step.unit), at), transaction():
            complaint = queries.complaint_for_update(self._id(key))
            (_AT_OFFICE if office else _AT_UNIT)[step.do](self, complaint, step)

    def transfer(self, complaint: Complaint, step: ComplaintStep) -> None:
        """Give a complaint to the step's unit."""
        handling.transfer(complaint, self._desk.unit(step.unit).id, step.text)

    def merge(self, complaint: Complaint, step: ComplaintStep) -> None:
        """Let the step's complaint take another over."""
        head = queries.complaint_for_update(self._id(step.into))
        handling.merge(head, [complaint], step.text)

    def _propose(self, entry: ProposalEntry, at: datetime) -> None:
        with replaying(at):
            jobs.run_pending()
        with self._desk.acting(LEAD, at), transaction():
            found = db.session.scalars(queries.clusters_listed(campaign=self._campaign_id))
            cluster = next(one for one in found if one.rule == entry.rule)
            locked = queries.cluster_for_update(cluster.id)
            clustering.propose(locked, entry.title, entry.text, self._desk.unit(entry.unit).id)

    def _id(self, key: str) -> UUID:
        return self._received[key].complaint_id


def _accept(_: Complaints, complaint: Complaint, step: ComplaintStep) -> None:
    handling.accept(complaint)
    if step.text:
        handling.write_for_unit(complaint, step.text)


def _satisfied(text: str, complaint: Complaint) -> None:
    following.judge_reply(complaint, Satisfaction.SATISFIED, text)


_Do: TypeAlias = Callable[[Complaints, Complaint, ComplaintStep], None]

_AT_OFFICE: Final[Mapping[str, _Do]] = {
    "accept": _accept,
    "transfer": Complaints.transfer,
    "merge": Complaints.merge,
    "chase": lambda _, complaint, step: handling.chase(complaint, step.text),
    "verify": lambda _, complaint, step: concluding.judge(complaint, Verdict.VERIFIED, step.text),
    "reply": lambda _, complaint, step: concluding.reply(complaint, step.text),
}
_AT_UNIT: Final[Mapping[str, _Do]] = {
    "take": lambda _, complaint, _step: answering.take(complaint),
    "answer": lambda _, complaint, step: answering.answer(complaint, step.text),
}
