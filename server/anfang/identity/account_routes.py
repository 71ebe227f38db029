"""Addresses of one's own account: its password, second factors, recovery codes, sessions."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, request

from anfang.identity import factor_queries as factors
from anfang.identity import own_account, passkeys, proving, recovery, totp
from anfang.identity.factor_schemas import (
    FactorsSchema,
    NewPasskeySchema,
    OwnSessionsSchema,
    PasswordChangeSchema,
    RecoveryCodesSchema,
    TotpCodeSchema,
    TotpOfferSchema,
)
from anfang.identity.models import User
from anfang.identity.qr_codes import qr_svg
from anfang.identity.relying_party import relying_party
from anfang.identity.routes import present_session
from anfang.identity.schemas import PasskeyOptionsSchema
from anfang.identity.standing import is_demanded
from anfang.kit.db import transaction
from anfang.kit.http import Room

room = Room("account", __name__, url_prefix="/account", description="One's own account")


@room.post("/password", permission="session.read", own_transactions=True)
@room.arguments(PasswordChangeSchema)
@room.response(204)
def change_password(body: dict[str, str]) -> Response:
    """Change one's own password; one's other sessions end."""
    with transaction(write=False):
        present = present_session()
        username, kept = present.user.username, present.id
    own_account.change_password(
        username, own_account.NewPassword(**body), request.remote_addr or "unknown", kept
    )
    return Response(status=204)


@room.get("/factors", permission="factor.manage")
@room.response(200, FactorsSchema)
def show_factors() -> dict[str, Any]:
    """Return one's own second factors, and what one's roles demand."""
    return _factors(present_session().user)


@room.post("/totp", permission="factor.manage")
@room.response(201, TotpOfferSchema)
def add_totp() -> dict[str, str]:
    """Make a secret for one-time codes; it counts once a code of it was entered."""
    secret, uri = totp.offer(present_session().user)
    return {"secret": secret, "uri": uri, "qr": qr_svg(uri)}


@room.post("/totp/confirm", permission="factor.manage")
@room.arguments(TotpCodeSchema)
@room.response(200, RecoveryCodesSchema)
def confirm_totp(body: dict[str, str]) -> dict[str, Any]:
    """Let the offered one-time codes count; the first factor comes with recovery codes."""
    return {"recovery_codes": proving.confirm_totp(present_session(), body["code"])}


@room.delete("/totp", permission="factor.manage")
@room.response(204)
def remove_totp() -> Response:
    """Give one's one-time codes up."""
    own_account.remove_totp(present_session().user)
    return Response(status=204)


@room.post("/passkeys/challenge", permission="factor.manage")
@room.response(200, PasskeyOptionsSchema)
def offer_passkey() -> dict[str, Any]:
    """Return what the browser's `navigator.credentials.create` is given; it serves once."""
    return {"options": passkeys.registration_options(present_session())}


@room.post("/passkeys", permission="factor.manage")
@room.arguments(NewPasskeySchema)
@room.response(201, RecoveryCodesSchema)
def add_passkey(body: dict[str, Any]) -> dict[str, Any]:
    """Keep a new passkey; the first factor comes with recovery codes."""
    return {"recovery_codes": proving.register_passkey(present_session(), **body)}


@room.delete("/passkeys/<uuid:passkey_id>", permission="factor.manage")
@room.response(204)
def remove_passkey(passkey_id: UUID) -> Response:
    """Give a passkey up."""
    own_account.remove_passkey(present_session().user, passkey_id)
    return Response(status=204)


@room.post("/recovery-codes", permission="session.read")
@room.response(201, RecoveryCodesSchema)
def renew_recovery_codes() -> dict[str, Any]:
    """Make new recovery codes in place of the earlier ones."""
    return {"recovery_codes": recovery.renew(present_session().user_id)}


@room.get("/sessions", permission="session.read")
@room.response(200, OwnSessionsSchema)
def list_sessions() -> dict[str, Any]:
    """List where one is signed in."""
    present = present_session()
    shown = ("id", "agent", "created_at", "expires_at")
    return {
        "items": [
            {name: getattr(one, name) for name in shown} | {"present": one is present}
            for one in factors.sessions_of(present.user_id)
        ]
    }


@room.delete("/sessions/<uuid:session_id>", permission="session.read")
@room.response(204)
def end_session(session_id: UUID) -> Response:
    """Sign out elsewhere."""
    own_account.end_session(present_session().user_id, session_id)
    return Response(status=204)


@room.delete("/sessions", permission="session.read")
@room.response(204)
def end_other_sessions() -> Response:
    """Sign out everywhere else."""
    present = present_session()
    own_account.end_other_sessions(present.user_id, present.id)
    return Response(status=204)


def _factors(user: User) -> dict[str, Any]:
    codes = factors.totp_of(user.id)
    asking = relying_party(current_app.config["ORIGIN"])
    return {
        "demanded": is_demanded(user.roles, waived=user.factor_waived),
        "totp_since": codes and codes.confirmed_at,
        "passkeys": factors.passkeys_of(user.id),
        "recovery_codes_left": factors.recovery_codes_left(user.id),
        "passkeys_at": asking and asking.id,
    }
