"""Problems of inspections (PROTOCOL §4). Each refusal stores nothing."""

from anfang.kit.errors import Problem


class RecordMalformed(Problem):
    """The record is not what PROTOCOL §4 describes; `pointers` name each place."""

    code = "record-malformed"
    status = 422


class DisclosuresIncomplete(Problem):
    """The disclosures are not exactly the thirteen, each once, all of this record."""

    code = "disclosures-incomplete"
    status = 422


class RecordTooLarge(Problem):
    """The record is larger than a record may be."""

    code = "record-too-large"
    status = 413


class TooManyMedia(Problem):
    """The record declares more media than a record may have."""

    code = "too-many-media"
    status = 422


class CertificateInvalid(Problem):
    """Record, certificate and chain link are not signed by and for one another and this phone.

    `pointers` name which of the three, and why.
    """

    code = "certificate-invalid"
    status = 403


class RecordExists(Problem):
    """The id has other content already, and this record does not say what it supersedes."""

    code = "record-exists"
    status = 409


class SupersedesNotNewest(Problem):
    """`supersedes` does not name the newest version of this record."""

    code = "supersedes-not-newest"
    status = 409


class StatementMalformed(Problem):
    """A witness statement is not what PROTOCOL §4 describes, or not of this record."""

    code = "statement-malformed"
    status = 422


class OwnRecord(Problem):
    """Nobody is the second inspector of their own visit."""

    code = "own-record"
    status = 409


class AlreadyDecided(Problem):
    """The record was accepted or rejected: that stands until it is reopened."""

    code = "already-decided"
    status = 409


class RecordWithdrawn(Problem):
    """The inspector took the record back: there is nothing to decide."""

    code = "record-withdrawn"
    status = 409


class RecordIncomplete(Problem):
    """Not every declared photo has arrived: the record cannot be accepted yet."""

    code = "record-incomplete"
    status = 409


class RecordQuarantined(Problem):
    """A revoked phone sent the record: it must be released from quarantine before it is judged."""

    code = "record-quarantined"
    status = 409


class VersionSuperseded(Problem):
    """A newer version came in while this one was judged."""

    code = "version-superseded"
    status = 409


class OwnRequest(Problem):
    """A release is opened by the other custodian than the one who asked."""

    code = "own-request"
    status = 409


class DisclosureOver(Problem):
    """A release is opened once, while its request lasts."""

    code = "disclosure-over"
    status = 409


class PublicationTooEarly(Problem):
    """A visit may not be published yet; `until` is the first day on which it may."""

    code = "publication-too-early"
    status = 409
