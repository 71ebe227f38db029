"""Verbs of documents that set a notice: preview, and publication under its number.

[Note: Numbers without gaps] Setting takes up to half a second and must not hold the write lock.
So the number is only *foreseen* when the notice is set, and *given* in the short transaction that
publishes it, with the year's row locked, and only if it is still the next one; else the notice is
set anew. A crash in between costs an unused file, never a number: no reservation can be lost
because none is made.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
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
)
from anfang.documents.models import Notice, NoticePicture, NoticeSerial, NoticeState
from anfang.documents.numbering import format_number
from anfang.documents.typeset import TypesettingError, default_font_folders, render
from anfang.identity import queries as identity
from anfang.inspections.publication import require_publishable
from anfang.kit.clock import local_day, now
from anfang.kit.db import db, transaction
from anfang.kit.ids import sha256_hex
from anfang.log import service as log
from anfang.review import queries as review
from anfang.storage import service as storage

_ATTEMPTS: Final = 5
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


def preview(notice: Notice) -> bytes:
    """Set a notice as it stands, with blank serial and without verification; returns the PDF.

    Raises:
        NoticeNotTypesettable: it cannot be set.
    """
    at = now()
    year = local_day(at, current_app.config["ZONE"]).year
    document = composition.document_of(
        notice.content,
        kind=notice.kind,
        title=notice.title,
        number=f"{notice.content['organ']}〔{year}〕　号",
        issued_on=local_day(at, current_app.config["ZONE"]),
        pictures=_pictures(notice),
    )
    return _set(document, at)


def publish(notice_id: UUID) -> Notice:
    """Publish an approved notice under the next number of the year.

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
        pdf = _set(proof.document, proof.at)
        storage.put_bytes(queries.pdf_key(sha256_hex(pdf)), pdf)
        with transaction():
            notice = _give_number(notice_id, proof, pdf)
        if notice is not None:
            return notice
    raise NumberTaken


def _foresee(notice_id: UUID) -> _Proof:
    notice = queries.notice(notice_id)
    _require_ready(notice)
    at = now()
    issued_on = local_day(at, current_app.config["ZONE"])
    serial = queries.next_serial(issued_on.year)
    document = composition.document_of(
        notice.content,
        kind=notice.kind,
        title=notice.title,
        number=format_number(notice.content["organ"], issued_on.year, serial),
        issued_on=issued_on,
        pictures=_pictures(notice),
        verification_url=current_app.config["ORIGIN"] + queries.public_path(issued_on.year, serial),
        key_thumbprint=identity.signing_kid() or "",
    )
    return _Proof(notice.revision, issued_on.year, serial, at, document)


def _give_number(notice_id: UUID, proof: _Proof, pdf: bytes) -> Notice | None:
    """Publish if nothing has changed since the notice was set; None if it must be set anew."""
    row = _locked_serial(proof.year)
    notice = queries.notice_for_update(notice_id)
    _require_ready(notice)
    if notice.revision != proof.revision or row.last + 1 != proof.serial:
        return None
    row.last = proof.serial
    notice.state = NoticeState.PUBLISHED.value
    notice.year, notice.serial = proof.year, proof.serial
    notice.number, notice.published_at = proof.document.number, proof.at
    notice.pdf_sha256, notice.office_kid = sha256_hex(pdf), proof.document.key_thumbprint
    _mark_original(notice)
    db.session.flush()
    log.queue("notice", notice.number, notice.pdf_sha256)
    log.audit("notice.published", "notice", notice.id, number=notice.number)
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


def _locked_serial(year: int) -> NoticeSerial:
    row = db.session.get(NoticeSerial, year, with_for_update=True, populate_existing=True)
    if row is not None:
        return row
    try:
        with db.session.begin_nested():
            db.session.add(NoticeSerial(year=year, last=0))
    except IntegrityError:
        pass  # another notice has just begun the year; the row is read and locked below
    return db.session.get_one(NoticeSerial, year, with_for_update=True, populate_existing=True)


def _pictures(notice: Notice) -> list[Picture]:
    """Read the pictures as they were chosen; a draft's that are no longer released are left out."""
    released = cases.releasable_pictures(queries.findings_of(notice.id))
    return [
        Picture(review.redacted_png(released[_key(one)]), one.caption)
        for one in queries.pictures_of(notice.id)
        if _key(one) in released
    ]


def _key(picture: NoticePicture) -> tuple[UUID, str]:
    return picture.finding_id, picture.original_sha256


def _set(document: NoticeDocument, at: datetime) -> bytes:
    folders = default_font_folders(current_app.config["FONTS"])
    try:
        return render(document, timestamp=at, font_folders=folders)
    except TypesettingError as error:
        raise NoticeNotTypesettable(reason=str(error)) from error
