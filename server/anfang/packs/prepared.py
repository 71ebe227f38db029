"""A record as one pack shows it: the profile's disclosures, its receipt, its files. Pure."""

from dataclasses import dataclass, replace

from anfang.kit import jose, sdjwt
from anfang.packs import receipts
from anfang.packs.content import Many, PackContent, RecordInPack, ReviewInPack, disclosed_names
from anfang.packs.scratch import Scratch


@dataclass(frozen=True, slots=True)
class Names:
    """Ids of what a record is about, for the pack's labels; None where it does not say."""

    campaign: str | None
    unit: str | None
    checklist: str | None
    site: str | None


@dataclass(frozen=True, slots=True)
class PreparedRecord:
    """A verified record: what a list of thousands needs; its content is read when asked for.

    `disclosures` are the members that the profile shows.
    """

    source: RecordInPack
    id: str
    record_sha256: str
    receipt: str
    disclosures: frozenset[str]
    names: Names

    @property
    def text(self) -> str:
        """The SD-JWT as it stands in the pack."""
        return sdjwt.present(self.source.sdjwt, self.disclosures)

    def shown(self) -> sdjwt.SdJwt:
        """Read what the pack shows; worth keeping while it is used, since it is verified anew."""
        return sdjwt.verify(self.text, complete=False)

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


def prepare(
    content: PackContent, signer: jose.PrivateKey, scratch: Scratch
) -> Many[PreparedRecord]:
    """Reduce every record to what the profile shows, ordered by id; they wait on disk.

    Raises `JoseError` if a record does not verify: what is unsound is not packed. `ValueError`
    if a record stands twice.
    """
    prepared = scratch.list()
    for record in content.records:
        one = _prepare(content, record, signer)
        if not prepared.add(one.id, one):
            raise ValueError("a record stands twice in the pack")
    return prepared


def _prepare(content: PackContent, record: RecordInPack, signer: jose.PrivateKey) -> PreparedRecord:
    whole = sdjwt.verify(record.sdjwt, complete=False)
    protected, receipt = content.profile == "protected", record.receipt
    if protected:
        receipt = receipts.day_receipt(
            signer, whole.record_sha256, record.received_day, whole.clear["media"]
        )
    return PreparedRecord(
        source=_without_details(record) if protected else record,
        id=str(whole.clear["id"]),
        record_sha256=whole.record_sha256,
        receipt=receipt,
        disclosures=disclosed_names(content.profile, private=content.include_private),
        names=Names(
            campaign=whole.clear.get("campaign"),
            unit=whole.clear.get("unit"),
            checklist=whole.clear.get("checklist"),
            site=whole.disclosed.get("site"),
        ),
    )


def _without_details(record: RecordInPack) -> RecordInPack:
    """What a minute only commits to is for the office; the minute itself may be shown."""
    return replace(
        record,
        review=record.review and _closed(record.review),
        redacted=tuple(replace(one, review=_closed(one.review)) for one in record.redacted),
    )


def _closed(review: ReviewInPack) -> ReviewInPack:
    return replace(review, details=None, salt=None)
