"""Verbs of complaints' end: first who brought them, sealed, then the words [Note: Complaints end].

Their days run from the last thing that happened to a complaint, or to the one that has taken it
over. A case that it became, and a hold on that case or the campaign, keep both.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from anfang.cases.models import Case, CaseState
from anfang.complaints import queries as complaints
from anfang.complaints import service
from anfang.complaints.models import Complaint, ComplaintEntry
from anfang.evidence import deleting
from anfang.evidence.models import DeletedKind
from anfang.kit import jcs
from anfang.kit.clock import now
from anfang.kit.db import db, locked
from anfang.kit.ids import sha256_hex
from anfang.retention import queries
from anfang.retention.rules import Rule
from anfang.retention.sources import Due, Source

_ENDED_CASES: Final = (CaseState.CLOSED.value, CaseState.REFERRED.value, CaseState.MERGED.value)


@dataclass(frozen=True)
class _Part:
    """What of a complaint ends by a rule of its own; a certificate speaks of its `content`."""

    kind: DeletedKind
    rule: Rule
    stands: ColumnElement[bool]
    content: Callable[[Complaint], bytes]
    erase: Callable[[Complaint], None]


def _due(part: _Part) -> Iterator[Due]:
    days = timedelta(days=queries.keep_days()[part.rule])
    for complaint, ended in db.session.execute(_ended(part, now() - days)):
        if not _is_held(complaint):
            content = part.content(complaint)
            yield Due(
                part.kind.value,
                sha256_hex(content),
                len(content),
                part.rule.value,
                ended + days,
                complaint.id,
            )


def _certify(part: _Part, one: Due) -> bool:
    days = timedelta(days=queries.keep_days()[part.rule])
    ended = _ended(part, now() - days).where(Complaint.id == one.row_id)
    complaint = db.session.scalar(locked(ended))
    if complaint is None or _is_held(complaint):
        return False
    content = part.content(complaint)
    deleting.certify_file(part.kind, sha256_hex(content), len(content), part.rule.value, [])
    part.erase(complaint)
    return True


def _ended(part: _Part, before: datetime) -> Select[Complaint, datetime]:
    """Return the complaints that ended before a moment, and when, the oldest first."""
    member, head = aliased(Complaint), aliased(Complaint)
    file = func.coalesce(member.merged_into_id, member.id)
    last = (
        select(file.label("id"), func.max(ComplaintEntry.at).label("at"))
        .join(ComplaintEntry, ComplaintEntry.complaint_id == member.id)
        .group_by(file)
        .subquery()
    )
    return (
        select(Complaint, last.c.at)
        .join(last, last.c.id == func.coalesce(Complaint.merged_into_id, Complaint.id))
        .join(head, head.id == last.c.id)
        .outerjoin(Case, Case.id == head.case_id)
        .where(
            part.stands,
            complaints.has_ended(head),
            last.c.at <= before,
            head.case_id.is_(None) | Case.state.in_(_ENDED_CASES),
        )
        .order_by(last.c.at, Complaint.id)
    )


def _is_held(complaint: Complaint) -> bool:
    case_id = complaints.head_of(complaint).case_id
    return queries.is_held([complaint.campaign_id, *([case_id] if case_id else [])])


def _box(complaint: Complaint) -> bytes:
    return (complaint.informant_box or "").encode()


def _words(complaint: Complaint) -> bytes:
    """Return the words with what nobody guesses, so that their hash tells nothing of them."""
    said = ("number", "code_hash", "text", "text_for_unit", "about", "happened")
    entries = [one.text for one in complaints.entries_of([complaint.id])]
    return jcs.canonical({**{name: getattr(complaint, name) for name in said}, "entries": entries})


def _source(part: _Part) -> Source:
    return Source(
        part.kind.value,
        lambda: _due(part),
        lambda one: _certify(part, one),
        # Its rows are erased with the certificate; no file of it waits to be removed.
        lambda _: False,
    )


INFORMANTS: Final = _source(
    _Part(
        DeletedKind.INFORMANT,
        Rule.INFORMANT,
        Complaint.informant_box.is_not(None),
        _box,
        service.erase_informant,
    )
)
WORDS: Final = _source(
    _Part(
        DeletedKind.COMPLAINT,
        Rule.COMPLAINT,
        Complaint.words_erased_at.is_(None),
        _words,
        service.erase_words,
    )
)
