"""Drafts about an issued document: its correction (更正) and its withdrawal (撤回). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anfang.documents.content import NoticeKind, chinese_date
from anfang.documents.drafting import Draft, listed, sentence, template_or_shipped
from anfang.documents.templates import Template, filled


@dataclass(frozen=True, slots=True)
class OriginalNotice:
    """The issued document that a correction or withdrawal is about."""

    title: str
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Change:
    """One passage of an issued document: as it was, as it should be."""

    was: str
    now: str


def correction_draft(
    *,
    office: str,
    original: OriginalNotice,
    changes: Sequence[Change],
    reason: str,
    template: Template | None = None,
) -> Draft:
    """Draft the correction of a document, passage by passage.

    Raises:
        ValueError: there is nothing to correct.
    """
    if not changes:
        raise ValueError("a correction needs at least one change")
    template = template_or_shipped(NoticeKind.CORRECTION, template)
    passages = [template.say("change", was=one.was, now=one.now) for one in changes]
    facts = _facts(office, original, reason)
    return Draft.of(filled(template, facts, {"changes": listed(passages)}))


def withdrawal_draft(
    *, office: str, original: OriginalNotice, reason: str, template: Template | None = None
) -> Draft:
    """Draft the withdrawal of a document; the document itself stays on record."""
    template = template_or_shipped(NoticeKind.WITHDRAWAL, template)
    return Draft.of(filled(template, _facts(office, original, reason)))


def _facts(office: str, original: OriginalNotice, reason: str) -> dict[str, str]:
    return {
        "office": office,
        "original_title": original.title,
        "original_number": original.number,
        "original_date": chinese_date(original.issued_on),
        "reason": sentence(reason),
    }
