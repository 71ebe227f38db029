"""Verbs of documents: draft, change, submit, approve, give back. `publishing.py` has the rest."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy import delete

from anfang.cases import queries as cases
from anfang.cases.models import Case
from anfang.documents import composition, drafting, facts, queries
from anfang.documents.composition import Content, Letterhead
from anfang.documents.content import NoticeKind
from anfang.documents.drafting import Draft
from anfang.documents.errors import (
    CasesOfOtherCampaign,
    DefenceWindowOpen,
    FindingsWithdrawn,
    LetterheadMissing,
    NoticeNotDraft,
    NoticeNotInApproval,
    NoticeNotPublic,
    NoticeOnItsWay,
    OwnDraft,
    PictureNotReleased,
    PrivateTracesFound,
)
from anfang.documents.models import (
    Notice,
    NoticeAuthor,
    NoticeCase,
    NoticePicture,
    NoticeState,
)
from anfang.kit import working_time
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.review import service as review

REPORT_WORKING_DAYS: Final = 10
"""Term for the units' reports where the drafter names no day."""

_CORRECTABLE: Final = (NoticeState.PUBLISHED.value, NoticeState.CORRECTED.value)


def draft_exposure(
    case_ids: Sequence[UUID],
    theme: str,
    coverage: str,
    view: str = "",
    report_by: date | None = None,
    letterhead: Mapping[str, Any] | None = None,
) -> Notice:
    """Draft an exposure notice (暗访通报) from the findings of cases.

    It starts with every picture of the cases that may leave the office.

    Args:
        theme, coverage, view: see `drafting.exposure_draft`.
        report_by: the day by which the units report.
        letterhead: members of `composition.Letterhead`; what is left out is as in the notice
            before.

    Raises:
        NotFound: there is no such case.
        CasesOfOtherCampaign: they belong to several campaigns.
        DefenceWindowOpen: a unit was not heard and may still speak.
        LetterheadMissing: no notice was drafted before and office or organ code is not given.
    """
    chosen = cases.cases_of(case_ids)
    if len({case.campaign_id for case in chosen}) != 1:
        raise CasesOfOtherCampaign
    require_heard(chosen)
    today = _today()
    draft = drafting.exposure_draft(
        office=(head := _letterhead(letterhead or {})).office,
        theme=theme,
        coverage=coverage,
        view=view,
        deadline=report_by or working_time.add_working_days(today, REPORT_WORKING_DAYS),
        **facts.stated(chosen),
    )
    content = composition.content_of(draft, head)
    notice = _keep_draft(NoticeKind.EXPOSURE, chosen[0].campaign_id, draft.title, content)
    db.session.add_all(NoticeCase(notice_id=notice.id, case_id=case.id) for case in chosen)
    db.session.flush()
    _set_pictures(notice, facts.suggested_pictures(notice.id))
    return notice


def draft_correction(original: Notice, changes: Sequence[Mapping[str, str]], reason: str) -> Notice:
    """Draft the correction of a published notice: `changes` are `[{"was","now"}]`.

    Raises:
        NoticeNotPublic: it is not published, or was withdrawn.
    """
    draft = drafting.correction_draft(
        office=original.content["signatory"],
        original=_original(original),
        changes=[drafting.Change(one["was"], one["now"]) for one in changes],
        reason=reason,
    )
    return _keep_successor(NoticeKind.CORRECTION, original, draft, reason)


def draft_withdrawal(original: Notice, reason: str) -> Notice:
    """Draft the withdrawal of a published notice, which stands until that is published.

    Raises:
        NoticeNotPublic: it is not published, or was withdrawn.
    """
    draft = drafting.withdrawal_draft(
        office=original.content["signatory"], original=_original(original), reason=reason
    )
    return _keep_successor(NoticeKind.WITHDRAWAL, original, draft, reason)


def change_notice(
    notice: Notice,
    *,
    title: str | None = None,
    content: Content | None = None,
    pictures: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Change what is given of a draft; whoever changes it becomes one of its authors.

    Args:
        notice: locked (`queries.notice_for_update`).
        content: the whole form of `composition.py`.
        pictures: `[{"finding_id","sha256","caption"}]` in their order.

    Raises:
        NoticeNotDraft: it was submitted.
        PictureNotReleased: a picture of another case, or one that is not redacted or cleared.
    """
    _require_state(notice, NoticeState.DRAFT)
    if title is not None:
        notice.title = title
    if content is not None:
        notice.content = content
    if pictures is not None:
        _set_pictures(notice, pictures)
    _add_author(notice)
    db.session.flush()
    log.audit("notice.changed", "notice", notice.id)


def submit(notice: Notice) -> None:
    """Hand a draft to the approvers.

    Args:
        notice: locked.

    Raises:
        NoticeNotDraft: it was submitted before.
        PrivateTracesFound, DefenceWindowOpen, PictureNotReleased: it cannot be published so.
    """
    _require_state(notice, NoticeState.DRAFT)
    require_publishable(notice)
    notice.state, notice.returned_reason = NoticeState.IN_APPROVAL.value, None
    _add_author(notice)
    db.session.flush()
    log.audit("notice.submitted", "notice", notice.id)


def approve(notice: Notice) -> None:
    """Approve a submitted notice as a second person.

    Args:
        notice: locked.

    Raises:
        NoticeNotInApproval: it was not submitted.
        OwnDraft: the caller wrote on it.
    """
    if notice.state != NoticeState.IN_APPROVAL.value:
        raise NoticeNotInApproval
    who = person().id
    if who == notice.drafted_by or who in queries.authors_of(notice.id):
        raise OwnDraft
    notice.state = NoticeState.APPROVED.value
    notice.approved_by, notice.approved_at = who, now()
    db.session.flush()
    log.audit("notice.approved", "notice", notice.id)


def reject(notice: Notice, reason: str) -> None:
    """Give a submitted or approved notice back to its drafter.

    Args:
        notice: locked.

    Raises:
        NoticeNotInApproval: it is a draft, or published.
    """
    if notice.state not in (NoticeState.IN_APPROVAL.value, NoticeState.APPROVED.value):
        raise NoticeNotInApproval
    notice.state, notice.returned_reason = NoticeState.DRAFT.value, reason
    notice.approved_by, notice.approved_at = None, None
    db.session.flush()
    log.audit("notice.rejected", "notice", notice.id)


def require_publishable(notice: Notice) -> None:
    """Check what must hold before anything reaches the public.

    Raises:
        DefenceWindowOpen, PictureNotReleased: about its cases.
        FindingsWithdrawn: a finding it was drafted from no longer stands.
        PrivateTracesFound: `pointers` name the places.
        NoticeNotPublic: the notice that it corrects or withdraws no longer stands.
    """
    require_heard(queries.cases_of(notice.id))
    if queries.withdrawn_since(notice):
        raise FindingsWithdrawn
    pictures = queries.pictures_of(notice.id)
    _require_released(notice, [(one.finding_id, one.original_sha256) for one in pictures])
    traces = composition.private_traces(
        notice.title, notice.content, [one.caption for one in pictures]
    )
    if traces:
        raise PrivateTracesFound(pointers=traces)
    if notice.original_id is not None:
        require_correctable(queries.notice(notice.original_id))


def reopen_record(record_id: UUID, reason: str) -> None:
    """Take a decision about a record back, as long as no notice about it is on its way out.

    Raises:
        NotFound, NothingToReopen: as `review.service.reopen`.
        NoticeOnItsWay: a notice about it waits for approval, was approved or is public.
    """
    review.visible_record(record_id)
    drafts = {NoticeState.DRAFT.value}
    if any(one.state not in drafts for one in queries.notices_about(record_id)):
        raise NoticeOnItsWay
    review.reopen(record_id, reason)


def require_heard(chosen: Sequence[Case]) -> None:
    """Raise DefenceWindowOpen with the numbers of the cases whose defence is not over."""
    waiting = cases.defences_open(chosen)
    if waiting:
        raise DefenceWindowOpen(numbers="、".join(waiting))


def require_correctable(notice: Notice) -> None:
    """Raise NoticeNotPublic unless the notice is published and was not withdrawn."""
    if notice.state not in _CORRECTABLE or notice.kind == NoticeKind.WITHDRAWAL.value:
        raise NoticeNotPublic


def _keep_draft(
    kind: NoticeKind, campaign_id: UUID, title: str, content: Content, **members: Any
) -> Notice:
    notice = Notice(
        kind=kind.value,
        campaign_id=campaign_id,
        title=title,
        content=content,
        drafted_by=person().id,
        drafted_at=now(),
        **members,
    )
    db.session.add(notice)
    db.session.flush()
    _add_author(notice)
    log.audit("notice.drafted", "notice", notice.id, kind=notice.kind)
    return notice


def _keep_successor(kind: NoticeKind, original: Notice, draft: Draft, reason: str) -> Notice:
    require_correctable(original)
    content = composition.content_of(draft, composition.letterhead_of(original.content))
    members = {"original_id": original.id, "reason": reason}
    return _keep_draft(kind, original.campaign_id, draft.title, content, **members)


def _original(notice: Notice) -> drafting.OriginalNotice:
    require_correctable(notice)
    if notice.number is None or notice.published_at is None:
        raise NoticeNotPublic
    issued_on = local_day(notice.published_at, current_app.config["ZONE"])
    return drafting.OriginalNotice(notice.title, notice.number, issued_on)


def _letterhead(given: Mapping[str, Any]) -> Letterhead:
    before = queries.newest_notice()
    known = vars(composition.letterhead_of(before.content)) if before is not None else {}
    members = {**known, **{name: value for name, value in given.items() if value is not None}}
    if not members.get("organ") or not members.get("office"):
        raise LetterheadMissing
    return Letterhead(**members)


def _set_pictures(notice: Notice, pictures: Sequence[Mapping[str, Any]]) -> None:
    wanted = [(one["finding_id"], one["sha256"]) for one in pictures]
    if len(set(wanted)) < len(wanted):
        raise PictureNotReleased
    hashes = _require_released(notice, wanted)
    db.session.execute(delete(NoticePicture).filter_by(notice_id=notice.id))
    db.session.add_all(
        NoticePicture(
            notice_id=notice.id,
            position=place,
            finding_id=one["finding_id"],
            original_sha256=one["sha256"],
            png_sha256=hashes[place],
            caption=one["caption"],
        )
        for place, one in enumerate(pictures)
    )
    db.session.flush()


def _require_released(notice: Notice, wanted: Sequence[tuple[UUID, str]]) -> list[str]:
    """Return the hashes of the PNGs that may be published now, in the order asked."""
    released = cases.releasable_pictures(queries.findings_of(notice.id)) if wanted else {}
    if any(key not in released for key in wanted):
        raise PictureNotReleased
    return [released[key].png_sha256 for key in wanted]


def _add_author(notice: Notice) -> None:
    db.session.merge(NoticeAuthor(notice_id=notice.id, user_id=person().id))
    db.session.flush()


def _require_state(notice: Notice, state: NoticeState) -> None:
    if notice.state != state.value:
        raise NoticeNotDraft


def _today() -> date:
    return local_day(now(), current_app.config["ZONE"])
