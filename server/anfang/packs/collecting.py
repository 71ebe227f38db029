"""Reads of what goes into a pack: from the rooms' tables to plain content (PROTOCOL §8).

Whole records and receipts are handed over; the builder applies the profile's allow-list. What is
returned needs no database any more: pictures are read from storage while the pack streams.
"""

from base64 import b64decode
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from flask import current_app

from anfang.documents import queries as documents
from anfang.documents.models import Notice
from anfang.evidence.queries import Picture
from anfang.identity import queries as identity
from anfang.identity.office_keys import signing_key
from anfang.kit import introductions, jose
from anfang.kit.clock import local_day
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.kit.i18n import translate
from anfang.kit.ids import sha256_hex
from anfang.log import queries as log
from anfang.packs import receipts
from anfang.packs.content import (
    CaseInPack,
    CaseStep,
    CertificateInPack,
    LogInPack,
    LogProofEntry,
    Many,
    MediaInPack,
    NoticeInPack,
    OfficeKey,
    Open,
    PackContent,
    Profile,
    ProofInPack,
    RecordInPack,
    RedactedPicture,
    ReviewInPack,
)
from anfang.packs.listed import Listed, Lists
from anfang.packs.naming import Named
from anfang.packs.selecting import (
    PublishedPicture,
    SelectedCase,
    SelectedRecord,
    Selection,
    certificate_sha256,
    entries_beside_records,
    entries_of_record,
    select,
)
from anfang.packs.selector import Selector
from anfang.review import queries as review
from anfang.review.models import Minuted
from anfang.storage import service as storage

_LOCALE: Final = "zh-CN"
_EXTENSIONS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
}


def collect(
    profile: Profile, selector: Selector, *, private: bool = False, room: Path | None = None
) -> tuple[PackContent, jose.PrivateKey]:
    """Return everything that one pack is made of, and the key that signs it today.

    Read in one transaction, so that all of it is of one moment; built outside. The same state
    gives the same content, also after the log has grown.

    Args:
        private: also show the records' `private` disclosures (full packs only).
        room: the folder where what is collected waits on disk; the system's own if none.

    Raises:
        NotFound: a record, case or notice does not exist.
        NotReviewed: a protected pack shows accepted records only.
        PublicationTooEarly: a visit in a protected pack could still be picked out.
        NotYetLogged: something that the pack shows has no place in the log yet.
        OfficeKeyMissing: the office cannot sign.
        OSError: no room for what is collected.
    """
    selection = select(profile, selector)
    kid, signer = signing_key()
    lists = Lists(room)
    records, keys, names = _records(selection, lists)
    content = PackContent(
        profile=profile,
        office=_office(),
        origin=current_app.config["ORIGIN"],
        office_keys=_office_keys({kid, *_receipt_keys(profile, records)}),
        log=_log(keys, lists),
        records=records,
        labels=names.labels(),
        cases=tuple(_case(one) for one in selection.cases),
        notices=tuple(_notice(one) for one in selection.notices),
        include_private=private,
    )
    return content, signer


# --- records -------------------------------------------------------------------------------


def _records(selection: Selection, lists: Lists) -> tuple[Many[RecordInPack], Many[log.Key], Named]:
    """Read the records once: what the pack shows of them, and the log entries that prove it."""
    records: Listed[RecordInPack] = lists.new()
    keys: Listed[log.Key] = lists.new()
    named = Named()
    for one in selection.records:
        records.add(str(one.record.id), _record(one))
        named.mention(one.version)
        for key in entries_of_record(one):
            keys.add(" ".join(key), key)
    for key in entries_beside_records(selection):
        keys.add(" ".join(key), key)
    return records, keys, named


def _record(selected: SelectedRecord) -> RecordInPack:
    version = selected.version
    return RecordInPack(
        sdjwt=version.sdjwt,
        receipt=version.receipt,
        received_day=_day(version.received_at),
        review=None if selected.decision is None else _review(selected.decision),
        media=tuple(_original(one) for one in selected.originals),
        redacted=tuple(_published(one) for one in selected.published),
        certificate=None if selected.released is None else _certificate(selected.released),
    )


def _certificate(released: Mapping[str, Any]) -> CertificateInPack:
    return CertificateInPack(
        certificate=released["certificate"],
        salt=bytes.fromhex(released["salt"]),
        device_key=released["device_key"],
        disclosure=released["disclosure"],
    )


def _review(decision: Minuted) -> ReviewInPack:
    return ReviewInPack(decision.document, decision.details, decision.details_salt)


def _original(picture: Picture) -> MediaInPack:
    extension = _EXTENSIONS.get(picture.found_mime or "", "bin")
    if picture.held_at is None or picture.bytes is None:
        return MediaInPack(picture.sha256, 0, extension, None, "not-received")
    if picture.deletion is not None:
        return MediaInPack(
            picture.sha256, 0, extension, None, "deleted", certificate_sha256(picture.deletion)
        )
    opened = _stored(storage.media_key(picture.sha256))
    return MediaInPack(picture.sha256, picture.bytes, extension, opened)


def _published(picture: PublishedPicture) -> RedactedPicture:
    decision = picture.decision
    return RedactedPicture(
        original_sha256=decision.original_sha256,
        png_sha256=decision.png_sha256,
        png_size=decision.png_bytes,
        open=_stored(review.redacted_key(decision)),
        proof=None if decision.proof_key is None else _proof(decision.proof_key),
        review=_review(decision),
    )


def _proof(key: str) -> ProofInPack:
    text = storage.get_bytes(key)
    return ProofInPack(len(text), sha256_hex(text), _stored(key))


def _stored(key: str) -> Open:
    return partial(storage.stream, key)


# --- cases and notices ---------------------------------------------------------------------


def _case(selected: SelectedCase) -> CaseInPack:
    case = selected.case
    return CaseInPack(
        id=str(case.id),
        number=case.number,
        title=case.title,
        unit=case.unit.name,
        state=case.state,
        state_label=translate(f"pack-case-{case.state}", _LOCALE),
        due=_day(case.due_at),
        records=selected.records,
        steps=tuple(CaseStep(_day(one.at), one.kind, one.text) for one in selected.statements),
    )


def _notice(notice: Notice) -> NoticeInPack:
    if notice.number is None or notice.pdf_sha256 is None or notice.published_at is None:
        raise NotFound  # the tables' checks keep this from happening to a public notice
    return NoticeInPack(
        number=notice.number,
        title=notice.title.replace("\n", ""),
        day=_day(notice.published_at),
        state=notice.state,
        sha256=notice.pdf_sha256,
        size=sum(len(piece) for piece in documents.pdf(notice)),
        open=_stored(documents.file_key(notice.pdf_sha256)),
    )


def _office() -> str:
    """Return the office's name: as configured, else as its newest public notice signs.

    Before the first notice, a plain one.
    """
    configured: str | None = current_app.config["OFFICE"]
    if configured is not None:
        return configured
    newest = db.session.scalar(documents.public_notices_listed().limit(1))
    signatory = None if newest is None else newest.content.get("signatory")
    return signatory or translate("pack-office", _LOCALE)


# --- keys, log ----------------------------------------------------------------------


def _receipt_keys(profile: Profile, records: Iterable[RecordInPack]) -> set[str]:
    """Day receipts are signed anew by the key of today; whole receipts stay as they were signed."""
    if profile == "protected":
        return set()
    parsed = (jose.parse(record.receipt, typ=receipts.RECEIPT_TYP) for record in records)
    return {str(one.header["kid"]) for one in parsed}


def _office_keys(used: set[str]) -> tuple[OfficeKey, ...]:
    """Return the keys that the pack uses and those that vouch for them, the oldest first."""
    known = {key.kid: key for key in identity.office_keys()}
    needed, waiting = set(), set(used)
    while waiting:
        kid = waiting.pop()
        needed.add(kid)
        introduction = known[kid].introduction
        if introduction is not None:
            introducer = str(jose.parse(introduction, typ=introductions.TYP).header["kid"])
            waiting |= {introducer} - needed
    return tuple(
        OfficeKey(jose.public_pem(jose.key_from_jwk(key.jwk)), key.introduction)
        for kid, key in known.items()
        if kid in needed
    )


def _log(keys: Many[log.Key], lists: Lists) -> LogInPack:
    checkpoint, proven = log.prove(keys)
    entries: Listed[LogProofEntry] = lists.new()
    for one in proven:
        entries.add(f"{one.index:016x}", _opened(one))
    stamped = log.stamps_of(checkpoint.size)
    return LogInPack(
        verifier=str(log.log_verifier()),
        checkpoint=checkpoint.note,
        entries=entries,
        stamps=tuple(b64decode(one.stamp) for one in stamped),
        authority_pem=b"\n".join(one.certificates.encode() for one in stamped) or None,
    )


def _opened(entry: log.ProvenEntry) -> LogProofEntry:
    return LogProofEntry(
        kind=entry.kind,
        subject=entry.subject,
        sha256=entry.sha256,
        salt=entry.salt,
        index=entry.index,
        proof=entry.proof,
    )


def _day(moment: datetime) -> str:
    return local_day(moment, current_app.config["ZONE"]).isoformat()
