"""Wire forms of one's own account: password, factors, sessions; and of resets by two people."""

from marshmallow import Schema, fields, validate

from anfang.identity.schemas import PASSWORD

_NAME = validate.Length(1, 80)
_CODE = validate.Regexp(r"[0-9]{6}\Z")


class PasskeySchema(Schema):
    """A passkey; `suspended_at`: its counter did not grow, so it may have been copied."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)
    used_at = fields.AwareDateTime(required=True, allow_none=True)
    suspended_at = fields.AwareDateTime(required=True, allow_none=True)


class FactorsSchema(Schema):
    """The second factors of one's own account.

    `demanded`: by its roles. `passkeys_at`: the host name at which passkeys work; null: nowhere.
    """

    demanded = fields.Boolean(required=True)
    totp_since = fields.AwareDateTime(required=True, allow_none=True)
    passkeys = fields.List(fields.Nested(PasskeySchema), required=True)
    recovery_codes_left = fields.Integer(required=True)
    passkeys_at = fields.String(required=True, allow_none=True)


class TotpOfferSchema(Schema):
    """A secret for an app of one-time codes, shown once; `qr` is an SVG image of `uri`."""

    secret = fields.String(required=True)
    uri = fields.String(required=True)
    qr = fields.String(required=True)


class TotpCodeSchema(Schema):
    """A code that the app has made of the offered secret."""

    code = fields.String(required=True, load_only=True, validate=_CODE)


class NewPasskeySchema(Schema):
    """What the browser's `navigator.credentials.create` gave, as JSON."""

    name = fields.String(required=True, validate=_NAME)
    credential = fields.Dict(required=True, load_only=True)


class RecoveryCodesSchema(Schema):
    """Recovery codes, shown once; null: the earlier ones stay."""

    recovery_codes = fields.List(fields.String(), required=True, allow_none=True)


class PasswordChangeSchema(Schema):
    """One's own present password, and a new one."""

    present = fields.String(required=True, load_only=True, validate=validate.Length(1, 200))
    new = fields.String(required=True, load_only=True, validate=PASSWORD)


class OwnSessionSchema(Schema):
    """One of one's own sessions; `agent` is how the browser calls itself."""

    id = fields.UUID(required=True)
    agent = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    present = fields.Boolean(required=True)


class OwnSessionsSchema(Schema):
    """One's own live sessions, newest first."""

    items = fields.List(fields.Nested(OwnSessionSchema), required=True)


class ResetRequestSchema(Schema):
    """Why somebody's factors are to be removed."""

    reason = fields.String(required=True, validate=validate.Length(1, 400))


class FactorResetSchema(Schema):
    """A reset that waits for its second person."""

    id = fields.UUID(required=True)
    username = fields.String(required=True)
    display_name = fields.String(required=True)
    reason = fields.String(required=True)
    asked_by = fields.String(required=True)
    asked_by_id = fields.UUID(required=True)
    asked_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
