"""Verbs of passkeys [WebAuthn L3]: registering one, and having a challenge signed by it."""

from datetime import timedelta
from typing import Any, Final

from flask import current_app
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from anfang.identity import factor_queries as factors
from anfang.identity.errors import FactorWrong, PasskeyCloned, PasskeysUnavailable
from anfang.identity.factor_models import Passkey
from anfang.identity.models import User, UserSession
from anfang.identity.relying_party import RelyingParty, relying_party
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.ids import new_secret
from anfang.log import service as log

_CHALLENGE_SERVES: Final = timedelta(minutes=5)
# The password was asked for already: a passkey proves that something is at hand.
_VERIFICATION: Final = UserVerificationRequirement.PREFERRED


def party() -> RelyingParty:
    """Return who asks for passkeys here; raises PasskeysUnavailable where browsers know none."""
    found = relying_party(current_app.config["ORIGIN"])
    if found is None:
        raise PasskeysUnavailable
    return found


def registration_options(session: UserSession) -> dict[str, Any]:
    """Return what the browser's `credentials.create` is given."""
    user = session.user
    options = generate_registration_options(
        rp_id=party().id,
        rp_name=current_app.config["OFFICE"] or current_app.config["LOG_NAME"],
        user_id=user.id.bytes,
        user_name=user.username,
        user_display_name=user.display_name,
        challenge=_challenge(session),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=_VERIFICATION
        ),
        exclude_credentials=_descriptors(user),
    )
    return options_to_json_dict(options)


def register(session: UserSession, name: str, credential: dict[str, Any]) -> Passkey:
    """Keep a passkey that the browser has made for this session's challenge.

    Raises:
        FactorWrong: no challenge waits, or the answer does not fit it, this office or its origin.
    """
    challenge, asking = _take_challenge(session), party()
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=asking.id,
            expected_origin=list(asking.origins),
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise FactorWrong from error
    passkey = Passkey(
        user_id=session.user_id,
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        name=name,
    )
    db.session.add(passkey)
    db.session.flush()
    log.audit("factor.added", "user", session.user_id, kind="passkey", passkey=str(passkey.id))
    return passkey


def authentication_options(session: UserSession) -> dict[str, Any]:
    """Return what the browser's `credentials.get` is given."""
    options = generate_authentication_options(
        rp_id=party().id,
        challenge=_challenge(session),
        allow_credentials=_descriptors(session.user),
        user_verification=_VERIFICATION,
    )
    return options_to_json_dict(options)


def takes(session: UserSession, credential: dict[str, Any]) -> bool:
    """Tell whether one of the account's passkeys has signed this session's challenge.

    Raises:
        PasskeyCloned: its counter did not grow: the passkey is out of use from now on.
    """
    challenge, asking = _take_challenge(session), party()
    passkey = factors.passkey_by_credential(session.user_id, str(credential.get("id")))
    if passkey is None:
        return False
    try:
        signed = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=asking.id,
            expected_origin=list(asking.origins),
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=0,  # compared below: a clone is not just a wrong answer
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        return False
    _require_growing(passkey, signed.new_sign_count)
    passkey.sign_count, passkey.used_at = signed.new_sign_count, now()
    return True


def _require_growing(passkey: Passkey, count: int) -> None:
    """Raise PasskeyCloned where the counter stands or falls; one that never counts stays at 0."""
    grows = count > passkey.sign_count or (count == 0 and passkey.sign_count == 0)
    if grows and passkey.suspended_at is None:
        return
    if passkey.suspended_at is None:
        passkey.suspended_at = now()
        log.audit(
            "factor.clone_suspected", "user", passkey.user_id, passkey=str(passkey.id),
            counter=count, before=passkey.sign_count,
        )  # fmt: skip
    raise PasskeyCloned


def _challenge(session: UserSession) -> bytes:
    session.challenge, session.challenge_until = new_secret(), now() + _CHALLENGE_SERVES
    return session.challenge.encode()


def _take_challenge(session: UserSession) -> bytes:
    challenge, until = session.challenge, session.challenge_until
    session.challenge = session.challenge_until = None
    if challenge is None or until is None or until <= now():
        raise FactorWrong
    return challenge.encode()


def _descriptors(user: User) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id))
        for one in factors.passkeys_of(user.id)
        if one.suspended_at is None
    ]
