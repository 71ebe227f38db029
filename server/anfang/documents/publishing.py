"""Verbs of documents that set a notice: preview, and publication under its number.

[Note: Numbers without gaps] Setting takes up to half a second and must not hold the write lock.
So the number is only *foreseen* when the notice is set, and *given* in the short transaction that
publishes it, with the row of its
series and year locked, and only if it is still the next one; else the notice is
set anew. A crash in between costs an unused file, never a number: no reservation can be lost
because none is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError

from anfang.cases import queries as cases
from anfang.documents import composition, queries, service
from anfang.documents.content import NoticeDocument, NoticeKind, Picture
from anfang.documents.errors import (
    NoticeNotApproved,
    NoticeNotTypesettable,
    NumberTaken,
    PictureNotReleased,
)
from anfang.documents.kinds import Audience, number
from anfang.documents.models import Notice, NoticePicture, NoticeSerial, NoticeState
from anfang.documents.typeset import render
from anfang.documents.word import render_word
from anfang.identity import queries as identity
from anfang.inspections.publication import require_publishable
from anfang.jobs import service as jobs
from anfang.kit.clock import local_day, now
from anfang.kit.db import db, lock_row, transaction
from anfang.kit.errors import required
from anfang.kit.ids import sha256_hex
from anfang.kit.typesetting import TypesettingError, default_font_folders
from anfang.log import service as log
from anfang.review import queries as review
from anfang.storage import service as storage

_ATTEMPTS: Final = 5
_BLANK: Final = "\u3000"
_SUCCESSION: Final = {
    NoticeKind.CORRECTION.value: NoticeState.CORRECTED,
    NoticeKind.WITHDRAWAL.value: NoticeState.WITHDRAWN,
}


@dataclass(frozen=True)
class _Proof:
    """A notice as it will be if nothing changes until it is published."""

    revision: int
    year: int
    serial: int
    at: datetime
    document: NoticeDocument


def preview(notice: Notice, changes: Mapping[str, Any] | None = None) -> bytes:
    """Set a document as it stands, with blank serial and without verification; returns the PDF.

    Args:
        changes: members of `service.change_notice` that were not kept yet.

    Raises:
        NoticeNotTypesettable: it cannot be set.
        PictureNotReleased: `changes` show what may not leave the office.
    """
    at = now()
    return set_document(_as_it_stands(notice, changes or {}, at), at)


def preview_word(notice: Notice) -> bytes:
    """Return a document that was not issued yet as a Word file, as `preview` sets it."""
    at = now()
    return render_word(_as_it_stands(notice, {}, at), timestamp=at)


def _as_it_stands(notice: Notice, changes: Mapping[str, Any], at: datetime) -> NoticeDocument:
    issued_on = local_day(at, current_app.config["ZONE"])
    content = changes.get("content") or notice.content
    pictures = changes.get("pictures")
    return composition.document_of(
        content,
        series=notice.series,
        title=changes.get("title") or notice.title,
        number=number(notice.series, content["organ"], issued_on.year, _BLANK),
        issued_on=issued_on,
        pictures=_pictures(notice) if pictures is None else _chosen(notice, pictures),
    )


def publish(notice_id: UUID) -> Notice:
    """Issue an approved document under the next number of its series and year.

    It reaches who its audience names: the public pages, a unit's desk, or the office's own hands.
    Opens its own transactions [Note: Numbers without gaps]. The PDF is durable before its hash is
    logged; a correction or withdrawal marks the notice that it is about.

    Raises:
        NotFound, NoticeNotApproved: there is no such notice to publish.
        DefenceWindowOpen, PictureNotReleased, PrivateTracesFound, NoticeNotPublic: see
            `service.require_publishable`; nothing was published.
        PublicationTooEarly: a visit could still be picked out; nothing was published.
        NoticeNotTypesettable, StorageFull: nothing was published.
        NumberTaken: others published all the time; nothing was published.
    """
    for _ in range(_ATTEMPTS):
        with transaction(write=False):
            proof = _foresee(notice_id)
        pdf, word = (
            set_document(proof.document, proof.at),
            render_word(proof.document, timestamp=proof.at),
        )
        for file in (pdf, word):
            storage.put_bytes(queries.file_key(sha256_hex(file)), file)
        with transaction():
            notice = _give_number(notice_id, proof, pdf, word)
        if notice is not None:
            return notice
    raise NumberTaken


def _foresee(notice_id: UUID) -> _Proof:
    notice = queries.notice(notice_id)
    _require_ready(notice)
    at = now()
    issued_on = local_day(at, current_app.config["ZONE"])
    serial = queries.next_serial(notice.series, issued_on.year)
    document = composition.document_of(
        notice.content,
        series=notice.series,
        title=notice.title,
        number=number(notice.series, notice.content["organ"], issued_on.year, serial),
        issued_on=issued_on,
        pictures=_pictures(notice),
        **_check_at(notice, issued_on.year, serial),
    )
    return _Proof(notice.revision, issued_on.year, serial, at, document)


def _check_at(notice: Notice, year: int, serial: int) -> dict[str, str]:
    """Say where anybody can check a public document; the others have no public page."""
    if notice.audience != Audience.PUBLIC.value:
        return {}
    return {
        "verification_url": current_app.config["ORIGIN"] + queries.public_path(year, serial),
        "key_thumbprint": identity.signing_kid() or "",
    }


def _give_number(notice_id: UUID, proof: _Proof, pdf: bytes, word: bytes) -> Notice | None:
    """Issue if nothing has changed since the document was set; None if it must be set anew."""
    notice = queries.notice_for_update(notice_id)
    row = _locked_serial(notice.series, proof.year)
    _require_ready(notice)
    if notice.revision != proof.revision or row.last + 1 != proof.serial:
        return None
    row.last = proof.serial
    notice.state = NoticeState.PUBLISHED.value
    notice.year, notice.serial = proof.year, proof.serial
    notice.number, notice.published_at = proof.document.number, proof.at
    notice.pdf_sha256, notice.docx_sha256 = sha256_hex(pdf), sha256_hex(word)
    notice.office_kid = proof.document.key_thumbprint or None
    _mark_original(notice)
    db.session.flush()
    log.queue("notice", notice.number, notice.pdf_sha256)
    log.audit("notice.published", "notice", notice.id, number=notice.number)
    jobs.emit("notice.published", unit=str(notice.unit_id) if notice.unit_id else None)
    return notice


def _mark_original(notice: Notice) -> None:
    if notice.original_id is None:
        return
    original = queries.notice_for_update(notice.original_id)
    service.require_correctable(original)
    original.state = _SUCCESSION[notice.kind].value
    log.audit(f"notice.{original.state}", "notice", original.id, by=notice.number)


def _require_ready(notice: Notice) -> None:
    if notice.state != NoticeState.APPROVED.value:
        raise NoticeNotApproved
    service.require_publishable(notice)
    require_publishable({one.record_id for one in queries.findings_of(notice.id)})


def _locked_serial(series: str, year: int) -> NoticeSerial:
    key = (series, year)
    row = lock_row(NoticeSerial, key)
    if row is not None:
        return row
    try:
        with db.session.begin_nested():
            db.session.add(NoticeSerial(series=series, year=year, last=0))
    except IntegrityError:
        pass  # another notice has just begun the year; the row is read and locked below
    return required(lock_row(NoticeSerial, key))


def _pictures(notice: Notice) -> list[Picture]:
    """Read the pictures as they were chosen; a draft's that are no longer released are left out."""
    released = cases.releasable_pictures(queries.findings_of(notice.id))
    return [
        Picture(review.redacted_png(released[_key(one)]), one.caption)
        for one in queries.pictures_of(notice.id)
        if _key(one) in released
    ]


def _chosen(notice: Notice, pictures: Sequence[Mapping[str, Any]]) -> list[Picture]:
    """Read pictures that are being chosen; raises PictureNotReleased as keeping them would."""
    released = cases.releasable_pictures(queries.findings_of(notice.id))
    keys = [(one["finding_id"], one["sha256"]) for one in pictures]
    if any(key not in released for key in keys):
        raise PictureNotReleased
    return [
        Picture(review.redacted_png(released[key]), one["caption"])
        for key, one in zip(keys, pictures, strict=True)
    ]


def _key(picture: NoticePicture) -> tuple[UUID, str]:
    return picture.finding_id, picture.original_sha256


def set_document(document: NoticeDocument, at: datetime) -> bytes:
    """Set a document in the office's fonts; raises NoticeNotTypesettable."""
    folders = default_font_folders(current_app.config["FONTS"])
    try:
        return render(document, timestamp=at, font_folders=folders)
    except TypesettingError as error:
        raise NoticeNotTypesettable(reason=str(error)) from error
