"""Wire forms of notifications."""

from typing import Final

from marshmallow import Schema, fields, validate

from anfang.kit.channel_addresses import ChannelKind
from anfang.kit.i18n import LOCALES
from anfang.notifications.kinds import Mode

_HOUR: Final = validate.Range(0, 23)


class ChannelSchema(Schema):
    """A channel: its kind and its last four characters, how it does; never its address."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([one.value for one in ChannelKind]))
    hint = fields.String(required=True)
    added_at = fields.AwareDateTime(required=True)
    waiting = fields.Integer(
        required=True, metadata={"description": "how many pieces of news were not told yet"}
    )
    next_at = fields.AwareDateTime(required=True, allow_none=True)
    failures = fields.Integer(required=True, metadata={"description": "tries in a row that failed"})
    last_success_at = fields.AwareDateTime(required=True, allow_none=True)
    last_failure_at = fields.AwareDateTime(required=True, allow_none=True)
    last_failure = fields.String(required=True, allow_none=True)


class OverseenChannelSchema(ChannelSchema):
    """A channel and whose it is."""

    user_id = fields.UUID(required=True)
    username = fields.String(required=True)


class NewChannelSchema(Schema):
    """A channel to add; `user_id` names another account, which only an administrator may."""

    user_id = fields.UUID(load_default=None, allow_none=True)
    kind = fields.Enum(ChannelKind, by_value=True, required=True)
    address = fields.String(required=True, load_only=True, validate=validate.Length(1, 500))
    secret = fields.String(
        load_default=None, load_only=True, allow_none=True, validate=validate.Length(1, 128)
    )


class WishesSchema(Schema):
    """When an account wants to be told; hours of the office's time zone."""

    mode = fields.String(required=True, validate=validate.OneOf([one.value for one in Mode]))
    digest_hour = fields.Integer(required=True, strict=True, validate=_HOUR)
    quiet_from = fields.Integer(required=True, strict=True, validate=_HOUR)
    quiet_until = fields.Integer(required=True, strict=True, validate=_HOUR)
    quiet_days_off = fields.Boolean(required=True)
    locale = fields.String(required=True, validate=validate.OneOf(LOCALES))


class NotificationSettingsSchema(Schema):
    """An account's channels and wishes, and the kinds of channels that it may add."""

    kinds = fields.List(fields.String(), required=True)
    channels = fields.List(fields.Nested(ChannelSchema), required=True)
    wishes = fields.Nested(WishesSchema, required=True)


class TriedSchema(Schema):
    """How a test message went: `failure` is null where it was taken, else a stable code."""

    failure = fields.String(required=True, allow_none=True)
