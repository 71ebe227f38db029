"""Wire forms of packs."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from anfang.kit.pages import PageQuery
from anfang.packs.models import PackState

_PROFILE: Final = validate.OneOf(["full", "protected"])
_STATE: Final = validate.OneOf([state.value for state in PackState])
_MOST_RECORDS: Final = 5000
_SELECTORS: Final = ("records", "case", "notice")


class PackQuerySchema(PageQuery):
    """Which packs to list."""

    profile = fields.String(load_default=None, validate=_PROFILE)
    state = fields.String(load_default=None, validate=_STATE)


class PackSelectorSchema(Schema):
    """What a pack is made of: exactly one of records, a case, a notice."""

    records = fields.List(fields.UUID(), validate=validate.Length(1, _MOST_RECORDS))
    case = fields.UUID()
    notice = fields.String(validate=validate.Length(1, 80))


class NewPackSchema(PackSelectorSchema):
    """A pack to be built.

    `seal` appends what waits to the log first; `private` also shows what inspectors marked as
    private, in full packs only.
    """

    profile = fields.String(required=True, validate=_PROFILE)
    seal = fields.Boolean(load_default=False)
    private = fields.Boolean(load_default=False)

    @validates_schema
    def _one_selector(self, data: Mapping[str, Any], **_: object) -> None:
        if len(data.keys() & set(_SELECTORS)) != 1:
            raise ValidationError("exactly one of records, case, notice", "records")
        if data.get("private") and data.get("profile") != "full":
            raise ValidationError("only in full packs", "private")


class PackFailureSchema(Schema):
    """Why a pack could not be built."""

    code = fields.String(required=True)
    text = fields.String(required=True)


class PackProgressSchema(Schema):
    """Payload bytes written so far, and of how many."""

    done = fields.Integer(required=True)
    total = fields.Integer(required=True)


class PackSchema(Schema):
    """A pack; `file` is where its ZIP is, null until it is ready and once it has expired."""

    id = fields.UUID(required=True)
    profile = fields.String(required=True, validate=_PROFILE)
    selector = fields.Nested(PackSelectorSchema, required=True)
    private = fields.Boolean(required=True)
    state = fields.String(required=True, validate=_STATE)
    progress = fields.Nested(PackProgressSchema, required=True, allow_none=True)
    failure = fields.Nested(PackFailureSchema, required=True, allow_none=True)
    pack = fields.String(required=True, allow_none=True)
    records = fields.Integer(required=True)
    bytes = fields.Integer(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    file = fields.String(required=True, allow_none=True)
    requested_by = fields.String(required=True, allow_none=True)
    requested_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)
