"""Verbs of documents: draft the correction or the withdrawal of an issued document."""

from collections.abc import Mapping, Sequence

from flask import current_app

from anfang.documents import composing, composition, drafting_successors, service, template_queries
from anfang.documents.content import NoticeKind
from anfang.documents.drafting import Draft
from anfang.documents.drafting_successors import Change, OriginalNotice
from anfang.documents.errors import NoticeNotPublic
from anfang.documents.models import Notice
from anfang.documents.template_models import TemplateVersion
from anfang.documents.templates import template_of
from anfang.kit.clock import local_day


def draft_correction(original: Notice, changes: Sequence[Mapping[str, str]], reason: str) -> Notice:
    """Draft the correction of an issued document: `changes` are `[{"was","now"}]`.

    Raises:
        NoticeNotPublic: it was not issued, or was withdrawn.
    """
    version = template_queries.current_version(NoticeKind.CORRECTION.value)
    draft = drafting_successors.correction_draft(
        office=original.content["signatory"],
        original=_original(original),
        changes=[Change(one["was"], one["now"]) for one in changes],
        reason=reason,
        template=template_of(version.content),
    )
    return _keep(version, original, draft, reason)


def draft_withdrawal(original: Notice, reason: str) -> Notice:
    """Draft the withdrawal of an issued document, which stands until that is issued.

    Raises:
        NoticeNotPublic: it was not issued, or was withdrawn.
    """
    version = template_queries.current_version(NoticeKind.WITHDRAWAL.value)
    draft = drafting_successors.withdrawal_draft(
        office=original.content["signatory"],
        original=_original(original),
        reason=reason,
        template=template_of(version.content),
    )
    return _keep(version, original, draft, reason)


def _keep(version: TemplateVersion, original: Notice, draft: Draft, reason: str) -> Notice:
    """Keep it in the series of its original, for the same readers."""
    letterhead = composition.letterhead_of(original.content)
    return composing.keep(
        version,
        original.campaign_id,
        draft.title,
        composition.content_of(draft, letterhead, original.series),
        series=original.series,
        audience=original.audience,
        unit_id=original.unit_id,
        original_id=original.id,
        reason=reason,
    )


def _original(notice: Notice) -> OriginalNotice:
    service.require_correctable(notice)
    if notice.number is None or notice.published_at is None:
        raise NoticeNotPublic
    issued_on = local_day(notice.published_at, current_app.config["ZONE"])
    return OriginalNotice(notice.title, notice.number, issued_on)
