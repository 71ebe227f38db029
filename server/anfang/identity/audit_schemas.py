"""Wire forms of the audit trail."""

from marshmallow import Schema, fields, validate

from anfang.kit.pages import PageQuery
from anfang.kit.principal import Role


class AuditQuery(PageQuery):
    """Which entries: of one object, person, role, action; both days are the office's, included."""

    object_kind = fields.String(load_default=None)
    object_id = fields.String(load_default=None)
    actor = fields.UUID(load_default=None)
    role = fields.Enum(Role, by_value=True, load_default=None)
    action = fields.String(load_default=None)
    from_day = fields.Date(load_default=None)
    to_day = fields.Date(load_default=None)


class AuditEntrySchema(Schema):
    """One entry of the trail; `facts` hold no identities and no contents.

    Of a person it says name and present roles, of an account as object the name; of a phone only
    that it was one: which phone filed which records is the custodians' to know.
    """

    id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True)
    actor_kind = fields.String(
        required=True, validate=validate.OneOf(["person", "device", "system"])
    )
    actor_id = fields.UUID(required=True, allow_none=True)
    actor_name = fields.String(required=True, allow_none=True)
    actor_roles = fields.List(fields.String(), required=True)
    action = fields.String(required=True)
    object_kind = fields.String(required=True)
    object_id = fields.String(required=True)
    object_name = fields.String(required=True, allow_none=True)
    facts = fields.Dict(required=True)
