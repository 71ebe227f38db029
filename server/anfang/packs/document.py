"""`data/pack.json`: the pack for a program; its schema is `pack.schema.json` beside this. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from anfang.kit import jcs, jose
from anfang.packs.content import (
    Many,
    MediaInPack,
    NoticeInPack,
    PackContent,
    RedactedPicture,
    ReviewInPack,
)
from anfang.packs.prepared import PreparedRecord

CHECKPOINT_FILE: Final = "data/log/checkpoint"
PROOFS_FILE: Final = "data/log/proofs.json"
LOG_KEY_FILE: Final = "keys/log.pub"
AUTHORITY_FILE: Final = "keys/tsa.pem"
_NOT_IN_A_NAME: Final = re.compile(r"[^\w〔〕-]+")
_EXTENSION: Final = re.compile(r"[a-z0-9]{1,5}")


def pack_document(content: PackContent, records: Many[PreparedRecord]) -> Iterator[bytes]:
    """Describe the pack: every file that stands for something, and what it stands for.

    Canonical JSON, in pieces.
    """
    members = {
        "$schema": schema_address(content.origin),
        "v": 1,
        "profile": content.profile,
        "private": content.include_private,
        "office": content.office,
        "origin": content.origin,
        "keys": [
            {"thumbprint": thumbprint_of(key.pem), "introduction": key.introduction}
            for key in content.office_keys
        ],
        "log": {
            "checkpoint": CHECKPOINT_FILE,
            "key": LOG_KEY_FILE,
            "proofs": PROOFS_FILE,
            "stamps": stamp_files(content),
        },
        **_labels(content, records),
        "cases": [
            {"id": case.id, "number": case.number, "file": case_file(case.id)}
            for case in content.cases
        ],
        "notices": [_notice(notice) for notice in content.notices],
    }
    return jcs.canonical_pieces(members, records=map(_record, records))


def schema_address(origin: str) -> str:
    """Where the office publishes the schema of `pack.json`."""
    return f"{origin}/api/v1/packs/schemas/pack.json"


def thumbprint_of(pem: bytes) -> str:
    """Thumbprint of an office key's PEM. Raises `JoseError`."""
    return jose.key_thumbprint(jose.load_public_pem(pem))


def stamp_files(content: PackContent) -> list[str]:
    """Paths of the time stamps, in their order."""
    return [f"data/log/{number:02d}.tsr" for number in range(1, len(content.log.stamps) + 1)]


def media_file(media: MediaInPack) -> str:
    """Path of an original. Raises `ValueError` for an extension that is not short and plain."""
    if not _EXTENSION.fullmatch(media.extension):
        raise ValueError("an extension is one to five letters or digits")
    return f"data/media/{media.sha256}.{media.extension}"


def picture_file(picture: RedactedPicture) -> str:
    """Path of a redacted or cleared picture."""
    return f"data/redacted/{picture.original_sha256}.png"


def proof_file(picture: RedactedPicture) -> str:
    """Path of a picture's redaction proof."""
    return f"data/redacted/{picture.original_sha256}.proof.json"


def case_file(case_id: str) -> str:
    """Path of a case."""
    return f"data/cases/{case_id}.json"


def notice_file(number: str) -> str:
    """Path of a notice's PDF: its number, with what a file name cannot hold replaced."""
    return f"data/notices/{_NOT_IN_A_NAME.sub('-', number)}.pdf"


def _record(record: PreparedRecord) -> dict[str, Any]:
    return {
        "record": record.id,
        "record_sha256": record.record_sha256,
        "file": record.file,
        "receipt": record.receipt_file,
        "certificate": record.certificate_file,
        "review": record.source.review and _review(record.source.review),
        "media": [_media(media) for media in record.source.media],
        "pictures": [
            {
                "original_sha256": picture.original_sha256,
                "file": picture_file(picture),
                "proof": None if picture.proof is None else proof_file(picture),
                "cleared": picture.cleared,
                "review": _review(picture.review),
            }
            for picture in record.source.redacted
        ],
    }


def _review(review: ReviewInPack) -> dict[str, Any]:
    return {
        "decision": review.decision,
        "day": review.day,
        "reason": review.reason,
        "minute": dict(review.minute),
        "details": review.details and dict(review.details),
        "salt": review.salt,
    }


def _media(media: MediaInPack) -> dict[str, Any]:
    return {
        "sha256": media.sha256,
        "file": None if media.open is None else media_file(media),
        "absent": media.absent,
        "deletion": media.deletion,
    }


def _notice(notice: NoticeInPack) -> dict[str, Any]:
    return {
        "number": notice.number,
        "title": notice.title,
        "day": notice.day,
        "state": notice.state,
        "file": notice_file(notice.number),
        "sha256": notice.sha256,
    }


def _labels(content: PackContent, records: Many[PreparedRecord]) -> dict[str, Any]:
    """Only names of what the records mention: a pack tells nothing of other sites."""
    labels, mentioned = content.labels, {record.names for record in records}
    versions = {names.checklist for names in mentioned}
    return {
        "campaigns": _named(labels.campaigns, {names.campaign for names in mentioned}),
        "units": _named(labels.units, {names.unit for names in mentioned}),
        "sites": _named(labels.sites, {names.site for names in mentioned}),
        "checklists": [
            dict(version) for version in labels.checklists if version.get("id") in versions
        ],
    }


def _named(names: Mapping[str, str], ids: set[Any]) -> list[dict[str, str]]:
    return [{"id": key, "name": names[key]} for key in sorted(names) if key in ids]
