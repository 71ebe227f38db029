"""Wire forms of inspections (PROTOCOL §3–4)."""

from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from anfang.kit.validation import some_text

_LONGEST_TOKEN: Final = 8192


def _token() -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, _LONGEST_TOKEN))


class SubmissionSchema(Schema):
    """A record with the two office-only documents; its own form is checked by its signature."""

    record = fields.String(required=True, validate=validate.Length(1))
    certificate = _token()
    link = _token()


class ReceivedSchema(Schema):
    """The office's receipt, and which photos it still wants."""

    receipt = fields.String(required=True)
    missing = fields.List(fields.String(), required=True)


class RecordStateSchema(ReceivedSchema):
    """Where a record stands; the receipt is its newest version's."""

    state = fields.String(required=True)


class ConfirmationSchema(Schema):
    """A second inspector's statement about a record."""

    statement = _token()
    certificate = _token()
    link = _token()


class ConfirmedSchema(Schema):
    """The confirmation was kept."""

    record = fields.UUID(required=True)


class BundleHeadersSchema(Schema):
    """What a phone says of itself; another client may say nothing."""

    app_version = fields.String(
        data_key="Anfang-App",
        load_default=None,
        validate=validate.Regexp(r"\A[0-9A-Za-z.+-]{1,40}\Z"),
        metadata={"description": "Version of the field app."},
    )
    unsent = fields.Integer(
        data_key="Anfang-Outbox",
        load_default=None,
        validate=validate.Range(0, 100_000),
        metadata={"description": "Items on the phone that the office has not got whole."},
    )


class BundleNameSchema(Schema):
    """An id with its name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class BundleCampaignSchema(BundleNameSchema):
    """A campaign; `rides` is null where phones may not measure rides."""

    rides = fields.Dict(required=True, allow_none=True)


class BundleAppSchema(Schema):
    """The oldest version of the app that may begin a visit; an older one may still deliver."""

    oldest = fields.String(required=True)


class BundleRemarkSchema(Schema):
    """What a reviewer wants answered; without item about the whole record."""

    item = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)


class ReturnedSchema(Schema):
    """A returned version."""

    record = fields.UUID(required=True)
    record_sha256 = fields.String(required=True)
    remarks = fields.List(fields.Nested(BundleRemarkSchema), required=True)


class VisitSchema(Schema):
    """A visit to make, or a returned record to answer."""

    id = fields.UUID(required=True)
    campaign = fields.UUID(required=True)
    checklist = fields.UUID(required=True)
    site = fields.UUID(required=True, allow_none=True)
    unit = fields.UUID(required=True, allow_none=True)
    from_ = fields.Date(required=True, allow_none=True, data_key="from", attribute="from")
    to = fields.Date(required=True, allow_none=True)
    returned = fields.Nested(ReturnedSchema, required=True, allow_none=True)


class ToWitnessSchema(Schema):
    """Another inspector's record that the caller may confirm."""

    record = fields.UUID(required=True)
    record_sha256 = fields.String(required=True)
    summary = fields.String(required=True)


class BundleChecklistSchema(Schema):
    """A published checklist version; items in PROTOCOL §3's form."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    items = fields.List(fields.Dict(), required=True)


class BundleSiteSchema(BundleNameSchema):
    """A site; what moves has no position."""

    unit = fields.UUID(required=True)
    lat_e7 = fields.Integer()
    lon_e7 = fields.Integer()
    radius_m = fields.Integer()
    capture = fields.String(required=True, validate=validate.OneOf(["allowed", "forbidden"]))


class BundleSchema(Schema):
    """What the phone needs for a day."""

    app = fields.Nested(BundleAppSchema, required=True)
    campaigns = fields.List(fields.Nested(BundleCampaignSchema), required=True)
    assignments = fields.List(fields.Nested(VisitSchema), required=True)
    to_witness = fields.List(fields.Nested(ToWitnessSchema), required=True)
    checklists = fields.List(fields.Nested(BundleChecklistSchema), required=True)
    sites = fields.List(fields.Nested(BundleSiteSchema), required=True)
    units = fields.List(fields.Nested(BundleNameSchema), required=True)


_REASON = some_text(2000)


class DisclosureRequestSchema(Schema):
    """A request for a release: about a record, or about an alias alone."""

    record_id = fields.UUID()
    inspector_id = fields.UUID()
    with_certificates = fields.Boolean(load_default=False)
    with_witnesses = fields.Boolean(load_default=False)
    reason = fields.String(required=True, validate=_REASON)

    @validates_schema
    def require_one(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a request about both or about nothing."""
        if ("record_id" in data) == ("inspector_id" in data):
            raise ValidationError("a record or an inspector", "record_id")


class DisclosureSchema(Schema):
    """A release: who asked, who opened, why; `sha256` is the hash that the log holds."""

    id = fields.UUID(required=True)
    record_id = fields.UUID(required=True, allow_none=True)
    inspector_id = fields.UUID(required=True)
    with_certificates = fields.Boolean(required=True)
    with_witnesses = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["waiting", "opened", "expired"]))
    reason = fields.String(required=True)
    asked_by = fields.String(required=True, allow_none=True)
    asked_by_id = fields.UUID(required=True)
    asked_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    open_reason = fields.String(required=True, allow_none=True)
    opened_by = fields.String(required=True, allow_none=True)
    opened_at = fields.AwareDateTime(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)


class OpeningSchema(Schema):
    """Both custodians' passphrases, and the second reason."""

    reason = fields.String(required=True, validate=_REASON)
    passphrase = fields.String(required=True, load_only=True, validate=validate.Length(1, 400))
    asker_passphrase = fields.String(
        required=True, load_only=True, validate=validate.Length(1, 400)
    )


class DisclosedPersonSchema(Schema):
    """Who an inspector is."""

    name = fields.String(required=True)
    contact = fields.String(required=True)


class ReleasedCertificateSchema(Schema):
    """A record-key certificate with the salt that opens the receipt's commitment."""

    record_sha256 = fields.String(required=True)
    certificate = fields.String(required=True)
    salt = fields.String(required=True)
    device_key = fields.Dict(required=True)


class DisclosedWitnessSchema(Schema):
    """Who confirmed a version, the statement, and the certificate of the key that signed it."""

    record_sha256 = fields.String(required=True)
    alias = fields.String(required=True)
    person = fields.Nested(DisclosedPersonSchema, required=True, allow_none=True)
    statement = fields.String(required=True)
    certificate = fields.String(required=True)
    device_key = fields.Dict(required=True)


class OpenedSchema(DisclosureSchema):
    """What the custodians see once."""

    alias = fields.String(required=True)
    person = fields.Nested(DisclosedPersonSchema, required=True, allow_none=True)
    released = fields.List(fields.Nested(ReleasedCertificateSchema), required=True)
    witnesses = fields.List(fields.Nested(DisclosedWitnessSchema), required=True)
