"""Verbs of longer terms (延长办理期限): the unit asks once, a leader decides and says why.

信访工作条例（2022）第三十四条: whoever heads the office approves it, 30 days at most, the reason is
told to whoever complained. How long it is, the rulebook says (`complaints.extension`).
"""

from flask import current_app

from anfang.complaints import queries, trail
from anfang.complaints.errors import (
    ExtensionAsked,
    ExtensionLate,
    ExtensionNotAsked,
    TextShowsPerson,
    WrongState,
)
from anfang.complaints.models import Complaint
from anfang.complaints.redacting import shows_person
from anfang.complaints.words import Entry, Extension, State, Step
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db


def ask(complaint: Complaint, reason: str) -> None:
    """Ask, as the unit that has a complaint, for a longer term to answer it.

    Args:
        complaint: locked (`queries.complaint_for_update`), as in every verb here.

    Raises:
        WrongState: it is not with the unit, or the unit has not taken it.
        ExtensionAsked: it was asked for before.
        ExtensionLate: the term has run out.
    """
    trail.require_state(complaint, State.TRANSFERRED)
    if complaint.due_step != Step.UNIT_REPLY.value:
        raise WrongState
    if complaint.extension:
        raise ExtensionAsked
    if complaint.due_at is None or complaint.due_at <= now():
        raise ExtensionLate
    complaint.extension = Extension.ASKED.value
    trail.told(complaint, Entry.EXTENSION_ASKED, reason)
    jobs.emit("complaint.extension_asked")


def grant(complaint: Complaint, text: str) -> None:
    """Give a unit the longer term; the term of the whole is longer by as much.

    Args:
        text: why it takes longer; the complainant and the unit read it.

    Raises:
        ExtensionNotAsked: nobody asks for one.
        TextShowsPerson: the text shows a number by which the complainant is found.
    """
    _require_asked(complaint, text)
    rules, zone = queries.rules_of(complaint.campaign_id), current_app.config["ZONE"]
    if complaint.due_at is not None:
        complaint.due_at = rules.extension.end(complaint.due_at, zone)
    complaint.finish_due_at = rules.extension.end(complaint.finish_due_at, zone)
    complaint.near_told_at = complaint.overdue_told_at = None
    _decided(complaint, Extension.GRANTED, Entry.EXTENDED, text)


def refuse(complaint: Complaint, text: str) -> None:
    """Leave a unit's term as it is.

    Args:
        text: why; the unit reads it.

    Raises:
        ExtensionNotAsked, TextShowsPerson: as `grant`.
    """
    _require_asked(complaint, text)
    _decided(complaint, Extension.REFUSED, Entry.EXTENSION_REFUSED, text)


def _require_asked(complaint: Complaint, text: str) -> None:
    if complaint.extension != Extension.ASKED.value:
        raise ExtensionNotAsked
    if shows_person(text):
        raise TextShowsPerson


def _decided(complaint: Complaint, decision: Extension, kind: Entry, text: str) -> None:
    complaint.extension = decision.value
    trail.told(complaint, kind, text)
    db.session.flush()
    jobs.emit("complaint.extension_decided", unit=str(complaint.unit_id))
