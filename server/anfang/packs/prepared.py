"""A record as one pack shows it: the profile's disclosures, its receipt, its files. Pure."""

from dataclasses import dataclass, replace
from typing import Any

from anfang.kit import jose, sdjwt
from anfang.packs import receipts
from anfang.packs.content import PackContent, RecordInPack, ReviewInPack, disclosed_names


@dataclass(frozen=True)
class PreparedRecord:
    """`text` and `receipt` are what stands in the pack; `shown` is `text`, read."""

    source: RecordInPack
    text: str
    receipt: str
    shown: sdjwt.SdJwt

    @property
    def id(self) -> str:
        """The record's id, from its signed part."""
        return str(self.shown.clear["id"])

    @property
    def disclosed(self) -> dict[str, Any]:
        """The members that this pack discloses."""
        return self.shown.disclosed

    @property
    def file(self) -> str:
        """Path of the SD-JWT in the pack."""
        return f"data/records/{self.id}.sdjwt"

    @property
    def receipt_file(self) -> str:
        """Path of the receipt in the pack."""
        return f"data/receipts/{self.id}.jwt"

    @property
    def certificate_file(self) -> str | None:
        """Path of the released certificate in the pack, if it was released."""
        return f"data/certificates/{self.id}.json" if self.source.certificate else None


def prepare(content: PackContent, signer: jose.PrivateKey) -> list[PreparedRecord]:
    """Reduce every record to what the profile shows, ordered by id.

    Raises `JoseError` if a record does not verify: what is unsound is not packed. `ValueError`
    if a record stands twice.
    """
    prepared = sorted(
        (_prepare(content, record, signer) for record in content.records),
        key=lambda record: record.id,
    )
    if len({record.id for record in prepared}) != len(prepared):
        raise ValueError("a record stands twice in the pack")
    return prepared


def _prepare(content: PackContent, record: RecordInPack, signer: jose.PrivateKey) -> PreparedRecord:
    whole = sdjwt.verify(record.sdjwt, complete=False)
    names = disclosed_names(content.profile, private=content.include_private)
    text = sdjwt.present(record.sdjwt, names)
    shown = sdjwt.verify(text, complete=False)
    if content.profile == "full":
        return PreparedRecord(record, text, record.receipt, shown)
    receipt = receipts.day_receipt(
        signer, shown.record_sha256, record.received_day, whole.clear["media"]
    )
    return PreparedRecord(_without_details(record), text, receipt, shown)


def _without_details(record: RecordInPack) -> RecordInPack:
    """What a minute only commits to is for the office; the minute itself may be shown."""
    return replace(
        record,
        review=record.review and _closed(record.review),
        redacted=tuple(replace(one, review=_closed(one.review)) for one in record.redacted),
    )


def _closed(review: ReviewInPack) -> ReviewInPack:
    return replace(review, details=None, salt=None)
