"""Wire forms of the log."""

from typing import Final

from marshmallow import Schema, fields, validate

_MOST: Final = 2**53 - 1
"""Entries of a log, as in its checkpoints: what every JSON reader counts exactly."""


class ProofQuery(Schema):
    """Which entry, in a tree of which sealed size."""

    index = fields.Integer(required=True, validate=validate.Range(0, _MOST))
    size = fields.Integer(required=True, validate=validate.Range(1, _MOST))


class ConsistencyQuery(Schema):
    """Two sealed sizes."""

    from_ = fields.Integer(required=True, data_key="from", validate=validate.Range(1, _MOST))
    to = fields.Integer(required=True, validate=validate.Range(1, _MOST))


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
