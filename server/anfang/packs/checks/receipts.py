"""Receipts: the office's word that it had this record and these pictures; released certificates."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

from anfang.kit import jose
from anfang.packs.checks.reading import Reading, ReadRecord, Refused, read_document, read_text
from anfang.packs.receipts import DAY_RECEIPT_TYP, RECEIPT_TYP
from anfang.packs.verdict import Finding

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_MEMBERS: Final = frozenset({"record_sha256", "day", "media"})
_CERTIFICATE_TYP: Final = "record-key+jwt"
_RELEASED_MEMBERS: Final = frozenset({"certificate", "salt", "device_key", "disclosure"})


def check_receipts(reading: Reading) -> Iterator[Finding]:
    """Verify each record's receipt by an office key of the pack, and that it is its own."""
    for _, record in reading.records.in_turn():
        path = record.line["receipt"]
        typ = DAY_RECEIPT_TYP if reading.profile == "protected" else RECEIPT_TYP
        try:
            text = read_text(reading, path, "pack-receipt-invalid")
            jws = jose.verify_by_kid(text, typ=typ, keys=reading.keys)
        except Refused as refused:
            yield refused.finding
            continue
        except jose.JoseError as error:
            yield Finding(path, "pack-receipt-invalid", error.reason)
            continue
        receipt = jws.payload
        reading.receipts.put(record.line["record"], str(jws.header["kid"]))
        for member in _mismatches(reading.profile, record, receipt):
            yield Finding(path, "pack-receipt-mismatch", member)
        yield from _check_certificate(reading, record, receipt)


def _mismatches(profile: str, record: ReadRecord, receipt: dict[str, Any]) -> Iterator[str]:
    if receipt.get("record_sha256") != record.record_sha256:
        yield "record_sha256"
    media = receipt.get("media")
    if profile == "protected":
        if media != sorted(record.media):
            yield "media"
        if not isinstance(day := receipt.get("day"), str) or not _DAY.fullmatch(day):
            yield "day"
        if set(receipt) != _DAY_MEMBERS:
            yield "members"
        return
    if receipt.get("record") != record.line["record"]:
        yield "record"
    if not isinstance(media, list) or any(entry not in record.media for entry in media):
        yield "media"
    elif receipt.get("complete") is True and len(media) != len(record.media):
        yield "complete"


def _check_certificate(
    reading: Reading, record: ReadRecord, receipt: dict[str, Any]
) -> Iterator[Finding]:
    path = record.line["certificate"]
    if path is None:
        return
    try:
        released = _released(read_document(reading, path, None))
        reading.releases.put(record.line["record"], released["disclosure"])
        _require_certificate(released, record, receipt)
    except Refused as refused:
        yield refused.finding
    except jose.JoseError as error:
        yield Finding(path, "pack-certificate-invalid", error.reason)


def _released(document: dict[str, Any]) -> dict[str, Any]:
    well_formed = (
        set(document) == _RELEASED_MEMBERS
        and isinstance(document["certificate"], str)
        and _is_hex(document["salt"], 32)
        and _is_hex(document["disclosure"], 64)
    )
    if not well_formed:
        raise jose.JoseError("json", "not a released certificate")
    return document


def _require_certificate(
    released: dict[str, Any], record: ReadRecord, receipt: dict[str, Any]
) -> None:
    text, salt = released["certificate"], bytes.fromhex(released["salt"])
    commitment = hashlib.sha256(salt + text.encode("utf-8", "replace")).hexdigest()
    if commitment != receipt.get("certificate_commitment"):
        raise jose.JoseError("commitment", "the receipt commits to another certificate")
    key = jose.key_from_jwk(released["device_key"])
    certificate = jose.verify(text, typ=_CERTIFICATE_TYP, key=key).payload
    if certificate.get("record") != record.line["record"]:
        raise jose.JoseError("record", "the certificate is for another record")
    if certificate.get("jkt") != record.jkt:
        raise jose.JoseError("jkt", "the certificate is for another key")


def _is_hex(value: object, digits: int) -> bool:
    return isinstance(value, str) and re.fullmatch(f"[0-9a-f]{{{digits}}}", value) is not None
