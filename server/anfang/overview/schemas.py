"""Wire forms of the overview."""

from marshmallow import Schema, fields


class WaitingSchema(Schema):
    """How many matters of a kind wait for the caller; `more`: there are more than `count`."""

    key = fields.String(required=True)
    count = fields.Integer(required=True)
    more = fields.Boolean(required=True)


class WaitingListSchema(Schema):
    """Everything that waits for the caller; what is empty is left out."""

    items = fields.List(fields.Nested(WaitingSchema), required=True)
