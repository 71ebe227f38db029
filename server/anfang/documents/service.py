"""Verbs of documents: change, submit, check, approve, give back.

`composing.py` and `succeeding.py` draft, `publishing.py` issues.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete

from anfang.cases import queries as cases
from anfang.cases.models import Case
from anfang.documents import composition, queries
from anfang.documents.composition import Content
from anfang.documents.content import NoticeKind
from anfang.documents.errors import (
    DefenceWindowOpen,
    FindingsWithdrawn,
    LegalCheckMissing,
    NoticeNotDraft,
    NoticeNotInApproval,
    NoticeNotPublic,
    NoticeOnItsWay,
    OrganOfOtherSeries,
    OwnDraft,
    PictureNotReleased,
    PrivateTracesFound,
)
from anfang.documents.kinds import rule
from anfang.documents.models import Notice, NoticeAuthor, NoticePicture, NoticeState
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.review import service as review

_CORRECTABLE: Final = (NoticeState.PUBLISHED.value, NoticeState.CORRECTED.value)


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
        OrganOfOtherSeries: another series is numbered under the organ code.
        PictureNotReleased: a picture of another case, or one that is not redacted or cleared.
    """
    _require_state(notice, NoticeState.DRAFT)
    if title is not None:
        notice.title = title
    if content is not None:
        require_own_organ(notice.series, content["organ"])
        notice.content = content
    if pictures is not None:
        set_pictures(notice, pictures)
    add_author(notice)
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
    add_author(notice)
    db.session.flush()
    log.audit("notice.submitted", "notice", notice.id)
    jobs.emit("notice.submitted", by=str(person().id))


def check_lawfulness(notice: Notice, remark: str, *, passed: bool) -> None:
    """Record the legal check (合法性审核) of a submitted document; one that fails goes back.

    Args:
        notice: locked.
        remark: what the check found; the drafter reads it where it failed.

    Raises:
        NoticeNotInApproval: it was not submitted.
        OwnDraft: the caller wrote on it.
    """
    _require_submitted_by_another(notice)
    if passed:
        notice.checked_by, notice.checked_at = person().id, now()
        notice.check_remark = remark
    else:
        _give_back(notice, remark)
    db.session.flush()
    log.audit("notice.checked", "notice", notice.id, passed=str(passed).lower())


def approve(notice: Notice) -> None:
    """Approve a submitted document as a second person, after the legal check.

    Args:
        notice: locked.

    Raises:
        NoticeNotInApproval: it was not submitted.
        OwnDraft: the caller wrote on it.
        LegalCheckMissing: nobody has checked its lawfulness.
    """
    _require_submitted_by_another(notice)
    if notice.checked_by is None:
        raise LegalCheckMissing
    notice.state = NoticeState.APPROVED.value
    notice.approved_by, notice.approved_at = person().id, now()
    db.session.flush()
    log.audit("notice.approved", "notice", notice.id)


def reject(notice: Notice, reason: str) -> None:
    """Give a submitted or approved document back to its drafter; the legal check is void then.

    Args:
        notice: locked.

    Raises:
        NoticeNotInApproval: it is a draft, or issued.
    """
    if notice.state not in (NoticeState.IN_APPROVAL.value, NoticeState.APPROVED.value):
        raise NoticeNotInApproval
    _give_back(notice, reason)
    db.session.flush()
    log.audit("notice.rejected", "notice", notice.id)


def require_publishable(notice: Notice) -> None:
    """Check what must hold before a document leaves the office.

    Raises:
        DefenceWindowOpen, PictureNotReleased: about its cases.
        OrganOfOtherSeries: another series took the organ code meanwhile.
        FindingsWithdrawn: a finding it was drafted from no longer stands.
        PrivateTracesFound: `pointers` name the places.
        NoticeNotPublic: the notice that it corrects or withdraws no longer stands.
    """
    if rule(notice.series).heard:
        require_heard(queries.cases_of(notice.id))
    if queries.withdrawn_since(notice):
        raise FindingsWithdrawn
    require_own_organ(notice.series, notice.content["organ"])
    pictures = queries.pictures_of(notice.id)
    _require_released(notice, [(one.finding_id, one.original_sha256) for one in pictures])
    traces = composition.private_traces(
        notice.title, notice.content, [one.caption for one in pictures]
    )
    if traces:
        raise PrivateTracesFound(pointers=traces)
    if notice.original_id is not None:
        require_correctable(queries.notice(notice.original_id))


def require_no_private_traces(told: Mapping[str, str]) -> None:
    """Raise PrivateTracesFound where a text names a private person's plate, phone or number."""
    traces = composition.private_traces("", dict(told), [])
    if traces:
        raise PrivateTracesFound(pointers=traces)


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


def require_own_organ(series: str, organ: str) -> None:
    """Raise OrganOfOtherSeries if another series is numbered under an organ code."""
    if organ in queries.organs_of_other_series(series):
        raise OrganOfOtherSeries(organ=organ)


def require_correctable(notice: Notice) -> None:
    """Raise NoticeNotPublic unless the document is issued and was not withdrawn."""
    if notice.state not in _CORRECTABLE or notice.kind == NoticeKind.WITHDRAWAL.value:
        raise NoticeNotPublic


def set_pictures(notice: Notice, pictures: Sequence[Mapping[str, Any]]) -> None:
    """Set which pictures a draft shows; raises PictureNotReleased as `change_notice`."""
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


def add_author(notice: Notice) -> None:
    """Remember that the caller wrote on a document: such a person neither checks nor approves."""
    db.session.merge(NoticeAuthor(notice_id=notice.id, user_id=person().id))
    db.session.flush()


def _require_submitted_by_another(notice: Notice) -> None:
    if notice.state != NoticeState.IN_APPROVAL.value:
        raise NoticeNotInApproval
    who = person().id
    if who == notice.drafted_by or who in queries.authors_of(notice.id):
        raise OwnDraft


def _give_back(notice: Notice, reason: str) -> None:
    notice.state, notice.returned_reason = NoticeState.DRAFT.value, reason
    notice.checked_by, notice.checked_at, notice.check_remark = None, None, None
    notice.approved_by, notice.approved_at = None, None


def _require_state(notice: Notice, state: NoticeState) -> None:
    if notice.state != state.value:
        raise NoticeNotDraft
