"""Wire forms of inspections (PROTOCOL §3–4)."""

from typing import Final

from marshmallow import Schema, fields, validate

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


class BundleNameSchema(Schema):
    """An id with its name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


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

    campaigns = fields.List(fields.Nested(BundleNameSchema), required=True)
    assignments = fields.List(fields.Nested(VisitSchema), required=True)
    to_witness = fields.List(fields.Nested(ToWitnessSchema), required=True)
    checklists = fields.List(fields.Nested(BundleChecklistSchema), required=True)
    sites = fields.List(fields.Nested(BundleSiteSchema), required=True)
    units = fields.List(fields.Nested(BundleNameSchema), required=True)
