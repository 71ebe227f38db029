"""A record as a phone signed it: envelope, members, disclosures (PROTOCOL §4). Pure.

What is well-formed and rightly signed is taken; all else about it is compared later and flagged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from anfang.inspections.errors import (
    CertificateInvalid,
    DisclosuresIncomplete,
    RecordMalformed,
    RecordTooLarge,
    TooManyMedia,
)
from anfang.inspections.record_members import (
    DISCLOSURES,
    ClearSchema,
    DisclosedSchema,
    faults_of,
)
from anfang.kit import jose, sdjwt

MAX_BYTES: Final = 1 << 20
MAX_MEDIA: Final = 60
_MOST_POINTERS: Final = 20
_DISCLOSURE_REASONS: Final = frozenset(
    {"disclosure-name", "disclosure-foreign", "disclosure-missing"}
)


@dataclass(frozen=True)
class SignedRecord:
    """A well-formed record whose signature holds.

    Attributes:
        text: the SD-JWT as it came, with all disclosures.
        sha256: hex hash of its JWS: the version's name.
        jkt: thumbprint of the record key.
        clear: members in clear, without `_sd` and `_sd_alg`.
        content: the thirteen disclosed members.
    """

    text: str
    sha256: str
    jkt: str
    clear: Mapping[str, Any]
    content: Mapping[str, Any]

    @property
    def id(self) -> UUID:
        """The record's id, the same in every version."""
        return UUID(self.clear["id"])

    @property
    def media(self) -> list[str]:
        """Hashes of the originals, ascending."""
        return list(self.clear["media"])

    @property
    def outcome(self) -> str | None:
        """`done`, `not_possible`, `withdrawn`, or None where the phone did not say."""
        return (self.content["visit"] or {}).get("outcome")

    def part(self, name: str) -> Mapping[str, Any]:
        """Return a disclosed object, empty where there is nothing."""
        return self.content[name] or {}

    def entries(self, name: str) -> list[Any]:
        """Return a disclosed list, empty where there is nothing."""
        return self.content[name] or []

    def reference(self, name: str) -> UUID | None:
        """Return what the record names: `campaign`, `checklist`, `unit`, `site` or `assignment`."""
        if name == "assignment":
            text = self.part("origin").get("assignment")
        else:
            text = self.content["site"] if name == "site" else self.clear[name]
        return UUID(text) if text is not None else None


def read(text: str) -> SignedRecord:
    """Take a submitted record apart and check all that can be checked without the office's data.

    Raises:
        RecordTooLarge: more than 1 MiB.
        RecordMalformed: not an SD-JWT of this kind, or a member has no such form.
        CertificateInvalid: the signature is not by the key in the header.
        DisclosuresIncomplete: not exactly the thirteen disclosures, each once, all of this record.
        TooManyMedia: more than 60 media.
    """
    if len(text) > MAX_BYTES:
        raise RecordTooLarge(largest=MAX_BYTES)
    signed = _verified(text)
    _require_members(signed.clear)
    _require_disclosures(signed.disclosed)
    return SignedRecord(
        text=text,
        sha256=signed.record_sha256,
        jkt=jose.key_thumbprint(signed.key),
        clear=signed.clear,
        content=signed.disclosed,
    )


def _verified(text: str) -> sdjwt.SdJwt:
    try:
        return sdjwt.verify(text, complete=True)
    except jose.JoseError as error:
        pointers = {"/record": error.reason}
        if error.reason == "signature":
            raise CertificateInvalid(pointers=pointers) from error
        if error.reason in _DISCLOSURE_REASONS:
            raise DisclosuresIncomplete(pointers=pointers) from error
        raise RecordMalformed(pointers=pointers) from error


def _require_members(clear: Mapping[str, Any]) -> None:
    media = clear.get("media")
    if isinstance(media, list) and len(media) > MAX_MEDIA:
        raise TooManyMedia(largest=MAX_MEDIA)
    _refuse(faults_of(ClearSchema, clear))


def _require_disclosures(disclosed: Mapping[str, Any]) -> None:
    missing, foreign = set(DISCLOSURES) - set(disclosed), set(disclosed) - set(DISCLOSURES)
    if missing or foreign:
        pointers = dict.fromkeys((f"/{name}" for name in sorted(missing)), "missing")
        pointers |= dict.fromkeys((f"/{name[:80]}" for name in sorted(foreign)), "unknown")
        raise DisclosuresIncomplete(pointers=dict(list(pointers.items())[:_MOST_POINTERS]))
    _refuse(faults_of(DisclosedSchema, disclosed))


def _refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise RecordMalformed(pointers=dict(list(faults.items())[:_MOST_POINTERS]))
