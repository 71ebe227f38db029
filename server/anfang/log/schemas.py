"""Wire forms of the log."""

from marshmallow import Schema, fields, validate


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
