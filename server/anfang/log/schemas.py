"""Wire forms of the log."""

from marshmallow import Schema, fields, validate

from anfang.kit.pages import PageQuery


class ProofQuery(Schema):
    """Which entry, in a tree of which sealed size."""

    index = fields.Integer(required=True, validate=validate.Range(min=0))
    size = fields.Integer(required=True, validate=validate.Range(min=1))


class ConsistencyQuery(Schema):
    """Two sealed sizes."""

    from_ = fields.Integer(required=True, data_key="from", validate=validate.Range(min=1))
    to = fields.Integer(required=True, validate=validate.Range(min=1))


class ProofSchema(Schema):
    """An inclusion proof: RFC 6962 nodes, hex, leaf to root."""

    index = fields.Integer(required=True)
    size = fields.Integer(required=True)
    leaf_hash = fields.String(required=True)
    proof = fields.List(fields.String(), required=True)


class ConsistencySchema(Schema):
    """A consistency proof between two sealed sizes."""

    from_ = fields.Integer(required=True, data_key="from")
    to = fields.Integer(required=True)
    proof = fields.List(fields.String(), required=True)


class AuditQuery(PageQuery):
    """Which entries: of one object, of one actor, of one action."""

    object_kind = fields.String(load_default=None)
    object_id = fields.String(load_default=None)
    actor = fields.UUID(load_default=None)
    action = fields.String(load_default=None)


class AuditEntrySchema(Schema):
    """One entry of the trail; `facts` hold no identities and no contents."""

    id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True)
    actor_kind = fields.String(
        required=True, validate=validate.OneOf(["person", "device", "system"])
    )
    actor_id = fields.UUID(required=True, allow_none=True)
    action = fields.String(required=True)
    object_kind = fields.String(required=True)
    object_id = fields.String(required=True)
    facts = fields.Dict(required=True)
