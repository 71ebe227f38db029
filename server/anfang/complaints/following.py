"""Verbs of the complainant, whom the receipt code alone makes out: add words, judge the reply."""

from collections.abc import Callable

from anfang.complaints import queries, receiving, trail
from anfang.complaints.errors import ReplyTwice
from anfang.complaints.models import Complaint
from anfang.complaints.redacting import hints_of
from anfang.complaints.words import Entry, Satisfaction, State
from anfang.jobs import service as jobs
from anfang.kit.db import db, transaction
from anfang.kit.errors import required


def with_code(typed: str, act: Callable[[Complaint], None] | None = None) -> Complaint:
    """Return the complaint of a code after acting on it. Opens its own transactions.

    A code that belongs to nothing costs the same work as one that does.

    Raises:
        NotFound: no complaint has this code.
    """
    code_hash = receiving.code_hash_of(typed)
    with transaction(write=act is not None):
        found = required(queries.by_hash(code_hash))
        if act is not None:
            act(queries.complaint_for_update(found.id))
        db.session.refresh(found)
        return found


def add_words(complaint: Complaint, text: str) -> None:
    """Add what the complainant has to say; the office reads it, the unit never.

    Args:
        complaint: locked (`queries.complaint_for_update`).
    """
    trail.told(complaint, Entry.WORDS, text)
    known = dict.fromkeys([*complaint.hints, *(one.value for one in hints_of(text))])
    complaint.hints = list(known)
    jobs.emit("complaint.words_added")


def judge_reply(complaint: Complaint, satisfaction: Satisfaction, text: str) -> None:
    """Say whether the reply is satisfactory, once for each reply.

    Args:
        complaint: locked; the complainant's own, whatever has taken it over.

    Raises:
        WrongState: there is no reply yet.
        ReplyTwice: it was said before.
    """
    trail.require_state(queries.head_of(complaint), State.REPLIED)
    if complaint.satisfaction is not None:
        raise ReplyTwice
    complaint.satisfaction = satisfaction.value
    satisfied = satisfaction is Satisfaction.SATISFIED
    trail.told(complaint, Entry.SATISFIED if satisfied else Entry.DISSATISFIED, text)
    if not satisfied:
        jobs.emit("complaint.dissatisfied")
