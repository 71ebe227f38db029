"""What goes into a pack, as plain data: the service fills it, `build` writes it. Pure.

The builder takes *whole* documents and applies the profile's allow-list itself, so that a caller
cannot let through what a protected pack must not show.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol, TypeVar

Profile = Literal["full", "protected"]
Open = Callable[[], Iterable[bytes]]
"""Gives a file's bytes in pieces, anew at every call. It is pickled: what waits, waits on disk."""

Item = TypeVar("Item", covariant=True)


class Many(Protocol[Item]):
    """Items that may be too many for memory: they are counted, and gone through again and again."""

    def __len__(self) -> int:
        """Count them."""
        ...

    def __iter__(self) -> Iterator[Item]:
        """Give one after the other, from the first."""
        ...


DISCLOSURES: Final = (
    "day", "visit", "site", "subject", "private", "answers", "remarks", "place", "clock", "ride",
    "media_details", "origin", "note",
)  # fmt: skip
"""What every record discloses or withholds, each exactly once (PROTOCOL §4)."""

PROTECTED_DISCLOSURES: Final = ("day", "site", "subject", "visit", "answers")
"""All that a unit, the press or a citizen may read of a record (PROTOCOL §8)."""


def disclosed_names(profile: str, *, private: bool) -> frozenset[str]:
    """Names of exactly those members that a pack discloses of each record (PROTOCOL §8).

    Args:
        private: the `private` member was asked for (full profile).
    """
    if profile == "protected":
        return frozenset(PROTECTED_DISCLOSURES)
    return frozenset(DISCLOSURES) - (frozenset() if private else {"private"})


@dataclass(frozen=True)
class OfficeKey:
    """An office key that this pack needs; `introduction` as `kit.introductions` makes it.

    `introduction` is None for the first key of the office.
    """

    pem: bytes
    introduction: str | None = None


@dataclass(frozen=True, slots=True)
class MediaInPack:
    """An original picture of a record (full profile).

    `open` is None where the bytes are not there; `absent` then says why: `deleted` (by the
    retention rules), `not-received`. `deletion` is the hash of a deleted one's certificate.
    """

    sha256: str
    size: int
    extension: str
    open: Open | None
    absent: Literal["deleted", "not-received"] | None = None
    deletion: str | None = None


@dataclass(frozen=True)
class ProofInPack:
    """A redaction proof: the JSON document of PROTOCOL §7 in canonical form, read while streaming.

    Proofs grow with their pictures, so a pack of thousands must not hold them in memory.
    """

    size: int
    sha256: str
    open: Open


@dataclass(frozen=True)
class ReviewInPack:
    """A reviewer's decision: `minute` is what the log holds of it (`kit.minutes`).

    It tells what was decided and on which day, never by whom. `details` and their hex `salt`
    open what the minute commits to; they leave in full packs only.
    """

    minute: Mapping[str, Any]
    details: Mapping[str, Any] | None = None
    salt: str | None = None

    @property
    def decision(self) -> str:
        """About a record `accepted`, `returned`, `rejected`; a picture `redaction`, `clearance`."""
        return str(self.minute["decision"])

    @property
    def day(self) -> str:
        """The office's calendar day of the decision."""
        return str(self.minute["day"])

    @property
    def reason(self) -> str | None:
        """The reviewer's words, where they are opened."""
        return None if self.details is None else self.details.get("reason")


@dataclass(frozen=True)
class RedactedPicture:
    """A picture fit for everyone (protected profile): PNG, decision and, if provable, its proof.

    `proof` is None where a later decoder gave other pixels.
    """

    original_sha256: str
    png_sha256: str
    png_size: int
    open: Open
    proof: ProofInPack | None
    review: ReviewInPack

    @property
    def cleared(self) -> bool:
        """Whether a reviewer decided that nothing needs redaction."""
        return self.review.decision == "clearance"


@dataclass(frozen=True)
class CertificateInPack:
    """A released record-key certificate (full profile, after the custodians' release).

    `salt` opens the receipt's `certificate_commitment`; `device_key` is the device's public JWK;
    `disclosure` is what the log holds of the release: the hash of the custodians' entry.
    """

    certificate: str
    salt: bytes
    device_key: Mapping[str, str]
    disclosure: str


@dataclass(frozen=True)
class RecordInPack:
    """One record: its whole SD-JWT, its newest receipt, its pictures.

    `received_day` is the local date of `received_at`: all that a protected pack says of it.
    """

    sdjwt: str
    receipt: str
    received_day: str
    review: ReviewInPack | None = None
    media: tuple[MediaInPack, ...] = ()
    redacted: tuple[RedactedPicture, ...] = ()
    certificate: CertificateInPack | None = None


@dataclass(frozen=True)
class CaseStep:
    """One step of a case, fit to be read by the pack's reader: day, kind, text."""

    day: str
    kind: str
    text: str


@dataclass(frozen=True)
class CaseInPack:
    """A case: whom it concerns, where it stands, what was demanded and answered.

    `state` and each step's `kind` are codes of the cases room with a ready label beside them.
    """

    id: str
    number: str
    title: str
    unit: str
    state: str
    state_label: str
    due: str | None = None
    records: tuple[str, ...] = ()
    steps: tuple[CaseStep, ...] = ()


@dataclass(frozen=True)
class NoticeInPack:
    """A published notice and its PDF; `state` is `published`, `corrected` or `withdrawn`."""

    number: str
    title: str
    day: str
    state: str
    sha256: str
    size: int
    open: Open


@dataclass(frozen=True, slots=True)
class LogProofEntry:
    """One opened log entry with its audit path at the checkpoint's size (PROTOCOL §6)."""

    kind: str
    subject: str
    sha256: str
    salt: bytes
    index: int
    proof: tuple[bytes, ...]


@dataclass(frozen=True)
class Labels:
    """Names for the ids in records, taken from campaigns, registry and checklist versions.

    `checklists` are checklist versions in the form of `GET /field/bundle` (PROTOCOL §3).
    """

    campaigns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    checklists: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class LogInPack:
    """The log's verifier key (C2SP text), the signed checkpoint, its stamps, the opened entries.

    `entries` stand in the order of their index.
    `authority_pem`: certificates of the stamping authority up to its root; needed with stamps.
    """

    verifier: str
    checkpoint: str
    entries: Many[LogProofEntry]
    stamps: tuple[bytes, ...] = ()
    authority_pem: bytes | None = None


@dataclass(frozen=True)
class PackContent:
    """Everything that one pack is made of.

    `office` is the name that stands on the page, `origin` the server's public origin.
    `include_private`: also show `private` disclosures (full profile only, when asked for).
    """

    profile: Profile
    office: str
    origin: str
    office_keys: tuple[OfficeKey, ...]
    log: LogInPack
    records: Many[RecordInPack]
    labels: Labels = field(default_factory=Labels)
    cases: tuple[CaseInPack, ...] = ()
    notices: tuple[NoticeInPack, ...] = ()
    include_private: bool = False
