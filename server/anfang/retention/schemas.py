"""Wire forms of retention."""

from marshmallow import Schema, fields, validate

from anfang.evidence.models import DeletedKind
from anfang.kit.validation import some_text
from anfang.retention.models import HoldOn

_REASON = some_text(2000)
_KIND = validate.OneOf([one.value for one in DeletedKind])


class NewHoldSchema(Schema):
    """A legal hold to set."""

    object_kind = fields.Enum(HoldOn, by_value=True, required=True)
    object_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=_REASON)


class LiftSchema(Schema):
    """Why a hold is lifted."""

    reason = fields.String(required=True, validate=_REASON)


class HoldSchema(Schema):
    """A legal hold; the last three are null while it stands."""

    id = fields.UUID(required=True)
    object_kind = fields.String(
        required=True, validate=validate.OneOf([one.value for one in HoldOn])
    )
    object_id = fields.UUID(required=True)
    reason = fields.String(required=True)
    set_by = fields.String(required=True, allow_none=True)
    set_at = fields.AwareDateTime(required=True)
    lift_reason = fields.String(required=True, allow_none=True)
    lifted_by = fields.String(required=True, allow_none=True)
    lifted_at = fields.AwareDateTime(required=True, allow_none=True)


class DueSchema(Schema):
    """A file whose time has run out."""

    kind = fields.String(required=True, validate=_KIND)
    sha256 = fields.String(required=True)
    bytes = fields.Integer(required=True)
    rule = fields.String(required=True)
    since = fields.AwareDateTime(required=True)


class KeepDaysSchema(Schema):
    """How many days each rule keeps."""

    unused = fields.Integer(required=True)
    record = fields.Integer(required=True)
    case = fields.Integer(required=True)
    notice = fields.Integer(required=True)
    pack = fields.Integer(required=True)
    informant = fields.Integer(required=True)
    complaint = fields.Integer(required=True)


class RetentionSchema(Schema):
    """The rules, and what they will delete next; `count` and `bytes` of all that is due."""

    days = fields.Nested(KeepDaysSchema, required=True)
    count = fields.Integer(required=True)
    bytes = fields.Integer(required=True)
    due = fields.List(fields.Nested(DueSchema), required=True)


class DeletionSchema(Schema):
    """A certified deletion; `removed_at` is null while the bytes are still to be removed."""

    kind = fields.String(required=True, validate=_KIND)
    sha256 = fields.String(required=True)
    rule = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    removed_at = fields.AwareDateTime(required=True, allow_none=True)
    certificate = fields.String(required=True)
    certificate_sha256 = fields.String(required=True)
