"""Addresses of identity."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, make_response, request
from sqlalchemy import Select, select

from anfang.identity import custody, devices, factor_queries, passkeys, proving, queries, service
from anfang.identity.models import EnrolledDevice, Inspector, User, UserSession
from anfang.identity.qr_codes import qr_svg
from anfang.identity.schemas import (
    ChallengeSchema,
    DeviceAnswerSchema,
    DeviceRequestSchema,
    EnrolledDeviceSchema,
    EnrolmentSchema,
    FactorProofSchema,
    InspectorSchema,
    ListedUserSchema,
    LoginProofSchema,
    LoginSchema,
    NewInspectorSchema,
    NewUserSchema,
    OfficeKeysSchema,
    PasskeyOptionsSchema,
    SessionSchema,
    SignInSchema,
    UserChangeSchema,
    UserSchema,
)
from anfang.kit.clock import rfc3339
from anfang.kit.db import transaction
from anfang.kit.errors import NotSignedIn
from anfang.kit.http import PUBLIC, Room, permissions_of
from anfang.kit.pages import Page, PageQuery, page, page_of
from anfang.kit.principal import Anyone, Person, Principal
from anfang.kit.waiting import waits
from anfang.log.queries import log_verifier

room = Room("identity", __name__, description="Accounts, sessions, inspectors, phones")
well_known = Room("well-known", __name__, url_prefix="/.well-known", description="Public keys")

SESSION_COOKIE = "anfang_session"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def authenticate() -> Principal:
    """Find out who calls: a bearer token is a phone, the session cookie a person.

    Raises:
        TokenInvalid, DeviceRevoked: a phone whose token does not hold.
        CsrfMismatch: an unsafe call of a browser session without its anti-forgery header.
    """
    if request.path.startswith("/p/"):
        # Public pages know no accounts: what is filed there has no author, whoever is signed in.
        return Anyone()
    authorization = request.authorization
    if authorization is not None and authorization.type == "bearer":
        return devices.device_of_token(authorization.token or "")
    cookie = request.cookies.get(SESSION_COOKIE)
    if cookie is None:
        return Anyone()
    return (
        service.person_of_session(
            cookie,
            request.headers.get("X-CSRF-Token"),
            unsafe=request.method not in _SAFE_METHODS and not _opens_session(),
        )
        or Anyone()
    )


@room.post("/session", permission=PUBLIC, own_transactions=True)
@room.arguments(SignInSchema)
@room.response(200, SessionSchema)
def open_session(body: dict[str, str]) -> Response:
    """Sign in; the session travels in an HttpOnly cookie."""
    signed_in = service.sign_in(
        body["username"],
        body["password"],
        request.remote_addr or "unknown",
        request.headers.get("User-Agent", ""),
    )
    with transaction(write=False):
        members = _session(signed_in.person, signed_in.csrf_token)
    answer = make_response(members)
    answer.set_cookie(
        SESSION_COOKIE,
        signed_in.token,
        max_age=int(proving.SESSION_LIFETIME.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=current_app.config["SECURE_COOKIES"],
    )
    return answer


@room.get("/session", permission="session.enter")
@room.response(200, SessionSchema)
def show_session() -> dict[str, Any]:
    """Return who is signed in, and whether a second factor is still to be proven or set up."""
    return session_members(present_session())


@room.post("/session/passkey", permission="session.enter")
@room.response(200, PasskeyOptionsSchema)
def challenge_passkey() -> dict[str, Any]:
    """Return what the browser's `navigator.credentials.get` is given; it serves once."""
    return {"options": passkeys.authentication_options(present_session())}


@room.post("/session/proof", permission="session.enter")
@room.arguments(FactorProofSchema)
@room.response(200, SessionSchema)
def prove_factor(body: dict[str, Any]) -> dict[str, Any]:
    """Prove a second factor: at sign-in, and again where a verb answers `factor-stale`."""
    session = present_session()
    proving.prove(session, proving.Proof(**body))
    return session_members(session)


@room.delete("/session", permission="session.enter")
@room.response(204)
def close_session() -> Response:
    """Sign out."""
    service.sign_out(request.cookies[SESSION_COOKIE])
    answer = Response(status=204)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@room.get("/users", permission="user.manage")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(ListedUserSchema))
def list_users(query: dict[str, Any]) -> Page:
    """List accounts by name, each with whether it has a second factor."""
    found = page(queries.users_listed(), **query)
    having = factor_queries.with_factor([one.id for one in found.items])
    items = [{**UserSchema().dump(one), "has_factor": one.id in having} for one in found.items]
    return Page(items, found.next)


@room.post("/users", permission="user.manage")
@room.arguments(NewUserSchema)
@room.response(201, UserSchema)
def create_user(body: dict[str, Any]) -> User:
    """Open an account."""
    return service.create_user(**body)


@room.get("/users/<uuid:user_id>", permission="user.manage")
@room.etag
@room.response(200, UserSchema)
def show_user(user_id: UUID) -> User:
    """Return one account."""
    return queries.user(user_id)


@room.patch("/users/<uuid:user_id>", permission="user.manage")
@room.etag
@room.arguments(UserChangeSchema)
@room.response(200, UserSchema)
def change_user(body: dict[str, Any], user_id: UUID) -> User:
    """Change an account."""
    user = queries.user(user_id)
    room.check_etag(user, UserSchema)
    service.change_user(user, **body)
    return user


@room.get("/inspectors", permission="inspector.manage")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(InspectorSchema))
def list_inspectors(query: dict[str, Any]) -> Page:
    """List inspectors by alias."""
    return page(queries.inspectors_listed(), **query)


@room.post("/inspectors", permission="inspector.manage")
@room.arguments(NewInspectorSchema)
@room.response(201, InspectorSchema)
def create_inspector(body: dict[str, Any]) -> Inspector:
    """Register an inspector under an alias; who it is, if given, goes into the custodians' box."""
    inspector = service.create_inspector(body["alias"])
    if "person" in body:
        custody.keep_person(inspector, **body["person"])
    return inspector


@room.post("/inspectors/<uuid:inspector_id>/enrolment", permission="inspector.manage")
@room.response(201, EnrolmentSchema)
def issue_enrolment(inspector_id: UUID) -> dict[str, Any]:
    """Make an enrolment link, shown once; the phone must then be confirmed."""
    enrolment = devices.issue_enrolment(queries.inspector(inspector_id), preconfirmed=False)
    return {
        "token": enrolment.token,
        "url": enrolment.url,
        "expires_at": enrolment.expires_at,
        "qr": qr_svg(enrolment.url),
    }


@room.get("/devices", permission="inspector.manage")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(EnrolledDeviceSchema))
def list_devices(query: dict[str, Any]) -> Page:
    """List phones, newest first."""
    return page(queries.devices_listed(), **query)


@waits("phones", permission="inspector.manage")
def _phones_to_confirm(_caller: Principal) -> Select[Any]:
    waiting = EnrolledDevice.confirmed_at.is_(None) & EnrolledDevice.revoked_at.is_(None)
    return select(EnrolledDevice.id).where(waiting)


@room.post("/devices/<uuid:device_id>/confirm", permission="inspector.manage")
@room.response(200, EnrolledDeviceSchema)
def confirm_device(device_id: UUID) -> EnrolledDevice:
    """Confirm a phone whose number was compared."""
    device = queries.enrolled_device(device_id)
    devices.confirm(device)
    return device


@room.post("/devices/<uuid:device_id>/revoke", permission="inspector.manage")
@room.response(200, EnrolledDeviceSchema)
def revoke_device(device_id: UUID) -> EnrolledDevice:
    """Revoke a lost or returned phone."""
    device = queries.enrolled_device(device_id)
    devices.revoke(device)
    return device


@room.post("/devices", permission=PUBLIC)
@room.arguments(DeviceRequestSchema)
@room.response(201, DeviceAnswerSchema)
def enrol_device(body: dict[str, Any]) -> dict[str, Any]:
    """Redeem an enrolment token (PROTOCOL §2.2)."""
    device = devices.enrol(body["token"], body["key"], body["proof"])
    return {
        "device": device.id,
        "alias": queries.inspector(device.inspector_id).alias,
        "confirmed": device.confirmed_at is not None,
        **_public_keys(),
    }


@room.post("/devices/<uuid:device_id>/challenge", permission=PUBLIC)
@room.response(200, ChallengeSchema)
def challenge_device(device_id: UUID) -> dict[str, str]:
    """Return a login nonce (PROTOCOL §2.3)."""
    nonce, expires_at = devices.challenge(device_id)
    return {"nonce": nonce, "expires_at": rfc3339(expires_at)}


@room.post("/devices/<uuid:device_id>/token", permission=PUBLIC)
@room.arguments(LoginProofSchema)
@room.response(200, LoginSchema)
def log_device_in(body: dict[str, str], device_id: UUID) -> dict[str, Any]:
    """Exchange the proof for a bearer token and a time ticket (PROTOCOL §2.3–4)."""
    login = devices.log_in(device_id, body["proof"])
    members = {
        "access_token": login.access_token,
        "expires_in": login.expires_in,
        "ticket": login.ticket,
    }
    return members | ({"scope": login.scope} if login.scope else {})


@well_known.get("/anfang-keys.json", permission=PUBLIC)
@well_known.response(200, OfficeKeysSchema)
def show_keys() -> dict[str, Any]:
    """Return the public keys of office and log, and who introduced whom (PROTOCOL §1)."""
    return _public_keys() | {"introductions": queries.introductions()}


def _public_keys() -> dict[str, Any]:
    return {"office_keys": queries.public_office_jwks(), "log_key": str(log_verifier())}


def _opens_session() -> bool:
    return request.endpoint == "identity.open_session"


def present_session() -> UserSession:
    """Return the session of the calling person; raises NotSignedIn."""
    found = service.session_of(request.cookies.get(SESSION_COOKIE, ""))
    if found is None:
        raise NotSignedIn
    return found


def session_members(session: UserSession) -> dict[str, Any]:
    """Return what the console knows of a session."""
    return _members(service.person_in(session), session.csrf_token)


def _session(who: Person, csrf_token: str) -> dict[str, Any]:
    dumped: dict[str, Any] = SessionSchema().dump(_members(who, csrf_token))
    return dumped


def _members(who: Person, csrf_token: str) -> dict[str, Any]:
    return {
        "id": who.id,
        "username": who.username,
        "display_name": who.display_name,
        "roles": sorted(who.roles),
        "unit": who.unit,
        "permissions": permissions_of(who),
        "csrf_token": csrf_token,
        "standing": who.standing,
        "methods": factor_queries.methods_of(who.id),
    }
