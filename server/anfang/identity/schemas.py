"""Wire forms of identity."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from anfang.kit.principal import Role, Standing

_NAME = validate.Length(1, 80)
PASSWORD = validate.Length(10, 200)
"""Of a password that is set; signing in takes any."""


class SignInSchema(Schema):
    """A sign-in."""

    username = fields.String(required=True, validate=_NAME)
    password = fields.String(required=True, load_only=True, validate=validate.Length(1, 200))


class SessionSchema(Schema):
    """Who is signed in, and the anti-forgery token for the `X-CSRF-Token` header.

    `standing` short of `full`: the session may only prove one of `methods`, or set one up.
    """

    id = fields.UUID(required=True)
    username = fields.String(required=True)
    display_name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    unit = fields.UUID(required=True, allow_none=True)
    permissions = fields.List(fields.String(), required=True)
    csrf_token = fields.String(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    methods = fields.List(
        fields.String(validate=validate.OneOf(["totp", "passkey", "recovery"])), required=True
    )


class FactorProofSchema(Schema):
    """A second factor: exactly one member."""

    code = fields.String(load_only=True, validate=validate.Regexp(r"[0-9]{6}\Z"))
    recovery_code = fields.String(load_only=True, validate=validate.Length(1, 60))
    passkey = fields.Dict(load_only=True)

    @validates_schema
    def one_way(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse none and several."""
        if len(data) != 1:
            raise ValidationError("input-invalid", "code")


class PasskeyOptionsSchema(Schema):
    """Options of the browser's credential API, as its `parse…OptionsFromJSON` reads them."""

    options = fields.Dict(required=True)


class UserSchema(Schema):
    """An account."""

    id = fields.UUID(required=True)
    username = fields.String(required=True)
    display_name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    active = fields.Boolean(required=True)
    factor_waived = fields.Boolean(required=True)


class ListedUserSchema(UserSchema):
    """An account in the list."""

    has_factor = fields.Boolean(required=True)


class NewUserSchema(Schema):
    """An account to open; liaisons name their unit."""

    username = fields.String(required=True, validate=_NAME)
    password = fields.String(required=True, load_only=True, validate=PASSWORD)
    display_name = fields.String(required=True, validate=_NAME)
    roles = fields.List(
        fields.Enum(Role, by_value=True), required=True, validate=validate.Length(1)
    )
    unit_id = fields.UUID(load_default=None, allow_none=True)


class UserChangeSchema(Schema):
    """What may change about an account; absent members stay."""

    display_name = fields.String(validate=_NAME)
    password = fields.String(load_only=True, validate=PASSWORD)
    roles = fields.List(fields.Enum(Role, by_value=True), validate=validate.Length(1))
    active = fields.Boolean()


class PersonSchema(Schema):
    """Who an inspector is; goes into the custodians' box and comes out of no other address."""

    name = fields.String(required=True, validate=_NAME)
    contact = fields.String(load_default="", validate=validate.Length(max=200))


class NewInspectorSchema(Schema):
    """An inspector, by alias; the person is sealed at once."""

    alias = fields.String(required=True, validate=_NAME)
    person = fields.Nested(PersonSchema, load_only=True)


class InspectorSchema(Schema):
    """A registered inspector."""

    alias = fields.String(required=True)
    id = fields.UUID(required=True)
    active = fields.Boolean(required=True)


class EnrolmentSchema(Schema):
    """An enrolment link, shown once; `qr` is an SVG image of `url`."""

    token = fields.String(required=True)
    url = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)
    qr = fields.String(required=True)


class EnrolledDeviceSchema(Schema):
    """A phone as the office sees it; `number` is compared with the phone's screen.

    `unsent`: items that it held when it was last there; null where it does not say.
    """

    id = fields.UUID(required=True)
    alias = fields.String(required=True, attribute="inspector.alias")
    number = fields.String(required=True)
    enrolled_at = fields.AwareDateTime(required=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    last_seen_on = fields.Date(required=True, allow_none=True)
    app_version = fields.String(required=True, allow_none=True)
    unsent = fields.Integer(required=True, allow_none=True)


class DeviceRequestSchema(Schema):
    """PROTOCOL §2.2: redeem an enrolment token."""

    token = fields.String(required=True, validate=validate.Length(1, 200))
    key = fields.Dict(required=True)
    proof = fields.String(required=True, validate=validate.Length(1, 4000))


class DeviceAnswerSchema(Schema):
    """PROTOCOL §2.2: what the phone keeps."""

    device = fields.UUID(required=True)
    alias = fields.String(required=True)
    office_keys = fields.List(fields.Dict(), required=True)
    log_key = fields.String(required=True)
    confirmed = fields.Boolean(required=True)


class ChallengeSchema(Schema):
    """PROTOCOL §2.3: a login nonce."""

    nonce = fields.String(required=True)
    expires_at = fields.String(required=True)


class LoginProofSchema(Schema):
    """PROTOCOL §2.3: the proof over the nonce."""

    proof = fields.String(required=True, validate=validate.Length(1, 4000))


class LoginSchema(Schema):
    """PROTOCOL §2.3–4: bearer token and time ticket; `scope` only for revoked devices."""

    access_token = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    ticket = fields.String(required=True)
    scope = fields.String()


class OfficeKeysSchema(Schema):
    """The office's public keys, and how later ones are introduced by earlier ones."""

    office_keys = fields.List(fields.Dict(), required=True)
    introductions = fields.List(fields.String(), required=True)
    log_key = fields.String(required=True)


_PASSPHRASE = validate.Length(1, 400)


class CustodianSchema(Schema):
    """A custodian's account by name."""

    username = fields.String(required=True)
    display_name = fields.String(required=True)


class CustodySchema(Schema):
    """Where custody stands; `custodians` are two from the ceremony on, none before it."""

    key = fields.String(required=True, allow_none=True)
    established_at = fields.AwareDateTime(required=True, allow_none=True)
    custodians = fields.List(fields.Nested(CustodianSchema), required=True)
    without_person = fields.Integer(required=True)
    shortest_passphrase = fields.Integer(required=True)


class PledgeSchema(Schema):
    """A custodian who takes half of the key."""

    username = fields.String(required=True, validate=_NAME)
    password = fields.String(required=True, load_only=True, validate=_PASSPHRASE)
    passphrase = fields.String(required=True, load_only=True, validate=_PASSPHRASE)


class PresentSchema(Schema):
    """A custodian who holds half of the key and is present."""

    username = fields.String(required=True, validate=_NAME)
    passphrase = fields.String(required=True, load_only=True, validate=_PASSPHRASE)


class CeremonySchema(Schema):
    """The custodians' ceremony."""

    custodians = fields.List(
        fields.Nested(PledgeSchema), required=True, validate=validate.Length(2, 2)
    )


class HandOverSchema(CeremonySchema):
    """The same key for the next two; one of them, or both, may be the present ones."""

    present = fields.List(
        fields.Nested(PresentSchema), required=True, validate=validate.Length(2, 2)
    )


class AliasSchema(Schema):
    """An alias as the custodians see it: is there anybody behind it?"""

    id = fields.UUID(required=True)
    alias = fields.String(required=True)
    sealed_at = fields.AwareDateTime(required=True, allow_none=True)
