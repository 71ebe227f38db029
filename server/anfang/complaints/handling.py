"""Verbs of the office: take a complaint or not, merge like ones, give it to a unit, chase."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from flask import current_app

from anfang.complaints import queries, trail
from anfang.complaints.errors import (
    ChasedToday,
    ComplaintsUnlike,
    TextForUnitMissing,
    TextShowsPerson,
    TopicUnknown,
)
from anfang.complaints.models import Complaint
from anfang.complaints.redacting import shows_person
from anfang.complaints.words import ENDED, Entry, Extension, Hint, State, Step
from anfang.jobs import service as jobs
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.log import service as log
from anfang.registry import queries as registry

_UNDER_WAY: Final = (State.ACCEPTED, State.TRANSFERRED, State.ANSWERED)


def accept(complaint: Complaint) -> None:
    """Take a complaint on (受理); whoever follows it reads so.

    Args:
        complaint: locked (`queries.complaint_for_update`), as in every verb here.

    Raises:
        WrongState: it was taken or declined before.
    """
    trail.require_state(complaint, State.RECEIVED)
    trail.pass_on(complaint, State.ACCEPTED, Step.TRANSFER)
    trail.told(complaint, Entry.ACCEPTED)


def decline(complaint: Complaint, reason: str) -> None:
    """Do not take a complaint (不予受理); the complainant reads why, and where else to go.

    Raises:
        WrongState: it was taken or declined before.
    """
    trail.require_state(complaint, State.RECEIVED)
    trail.end(complaint, State.DECLINED)
    trail.told(complaint, Entry.DECLINED, reason)


def write_for_unit(
    complaint: Complaint, text: str, *, topic: str | None = None, site_id: UUID | None = None
) -> None:
    """Write what the unit may read of a complaint, and sort it by topic and site.

    Raises:
        WrongState: it has ended, or the unit has read it.
        TextShowsPerson: a phone's or identity number, or the words as they came although they
            told who it is.
        TopicUnknown, NotFound: no such topic of the campaign, no such site.
    """
    trail.require_state(complaint, State.RECEIVED, State.ACCEPTED)
    _require_nobody_shown(complaint, text)
    if topic and topic not in queries.topics_of(complaint.campaign_id):
        raise TopicUnknown
    if site_id is not None:
        registry.site(site_id)
        complaint.site_id = site_id
    complaint.text_for_unit = text
    complaint.topic = complaint.topic if topic is None else topic
    db.session.flush()
    log.audit("complaint.written_for_unit", "complaint", complaint.id)


def transfer(complaint: Complaint, unit_id: UUID, note: str) -> None:
    """Give a complaint to a unit (转办), anew too where the first one sent it back.

    Args:
        note: what is asked of the unit, which reads it.

    Raises:
        WrongState: it was not taken, or has ended.
        TextForUnitMissing: nobody has written what the unit may read.
        TextShowsPerson: the note shows a number by which the complainant is found.
        NotFound: no such unit.
    """
    trail.require_state(complaint, *_UNDER_WAY)
    if not complaint.text_for_unit.strip():
        raise TextForUnitMissing
    if shows_person(note):
        raise TextShowsPerson
    complaint.unit = registry.unit(unit_id)
    complaint.unit_id = unit_id
    trail.pass_on(complaint, State.TRANSFERRED, Step.UNIT_ACCEPT)
    trail.told(complaint, Entry.TRANSFERRED, note)
    jobs.emit("complaint.transferred", unit=str(unit_id), campaign=str(complaint.campaign_id))


def chase(complaint: Complaint, text: str) -> None:
    """Chase the unit that has a complaint (催办).

    Raises:
        WrongState: no unit has it.
        ChasedToday: once a day is enough.
        TextShowsPerson: the text shows a number by which the complainant is found.
    """
    trail.require_state(complaint, State.TRANSFERRED)
    zone, at = current_app.config["ZONE"], now()
    chased = complaint.chased_at
    if chased is not None and local_day(chased, zone) == local_day(at, zone):
        raise ChasedToday
    if shows_person(text):
        raise TextShowsPerson
    complaint.chased_at = at
    trail.told(complaint, Entry.CHASED, text)
    jobs.emit("complaint.chased", unit=str(complaint.unit_id))


def merge(head: Complaint, others: Sequence[Complaint], reason: str) -> None:
    """Let one complaint take over others of the same matter; each complainant still gets its reply.

    Args:
        head, others: locked.

    Raises:
        ComplaintsUnlike: of another campaign, ended, or the same one; or another has its own case
            or is with a unit already.
    """
    mergeable = {State.RECEIVED.value, State.ACCEPTED.value}
    for other in others:
        alike = other.campaign_id == head.campaign_id and other.id != head.id
        if not alike or other.state not in mergeable or head.state in ENDED:
            raise ComplaintsUnlike
    for other in others:
        for one in queries.members_of(other.id):
            one.merged_into_id = head.id
        other.merged_into_id = head.id
        trail.end(other, State.MERGED)
        trail.told(other, Entry.MERGED, reason)
        trail.told(head, Entry.TOOK_OVER, other.number)
    db.session.flush()


def reopen(complaint: Complaint, reason: str) -> None:
    """Look at a complaint again that was answered or declined, within a new term.

    Raises:
        WrongState: it has not ended, or another has taken it over.
    """
    trail.require_state(complaint, State.REPLIED, State.DECLINED)
    rules, zone = queries.rules_of(complaint.campaign_id), current_app.config["ZONE"]
    complaint.finish_due_at = rules.end(Step.FINISH, now(), zone)
    trail.pass_on(complaint, State.ACCEPTED, Step.TRANSFER)
    complaint.replied_at = complaint.case_id = None
    complaint.extension = Extension.NONE.value
    for one in (complaint, *queries.members_of(complaint.id)):
        one.satisfaction = None
    trail.told(complaint, Entry.REOPENED, reason)


def _require_nobody_shown(complaint: Complaint, text: str) -> None:
    told_who = Hint.NAMED.value in complaint.hints
    as_it_came = text.strip() == complaint.text.strip()
    if shows_person(text) or (told_who and as_it_came):
        raise TextShowsPerson
