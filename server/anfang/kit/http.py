"""The HTTP face of a room: routes that name their permission, one transaction a request.

[Note: Deny by default] a view without a permission is refused, and a guard test finds it earlier.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, cast

from flask import Flask, Request, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from flask_smorest.exceptions import NotModified
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest
from werkzeug.routing import IntegerConverter, Map

from anfang.kit.db import reading, transaction
from anfang.kit.errors import FactorNeeded, FactorStale, NotPermitted, NotSignedIn, Problem
from anfang.kit.exact_json import misread
from anfang.kit.limits import Limits
from anfang.kit.principal import Anyone, Device, Person, Principal, Standing

View = TypeVar("View", bound=Callable[..., Any])
Authenticate = Callable[[], Principal]

PUBLIC: Final = "public"
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS: Final = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})


class _Reader(FlaskParser):
    """webargs, but for JSON bodies that it would take for something else."""

    def pre_load(
        self,
        location_data: Any,
        *,
        schema: Schema,
        req: Request,  # noqa: ARG002 -- webargs' own signature
        location: str,
    ) -> Any:
        """Refuse such a body before marshmallow reads it."""
        faults = misread(schema, location_data) if location == "json" else {}
        if faults:
            raise ValidationError(faults)
        return location_data


class Room(Blueprint):  # type: ignore[misc]  # flask-smorest has no types
    """A flask-smorest blueprint whose every route names its permission."""

    ARGUMENTS_PARSER = _Reader()

    def arguments(
        self, schema: type[Schema], *, location: str = "json", **options: Any
    ) -> Callable[[View], View]:
        """Read and check a part of the request; the view gets it as its first argument."""
        return cast(Callable[[View], View], super().arguments(schema, location=location, **options))

    def response(
        self, status: int, schema: type[Schema] | None = None, **options: Any
    ) -> Callable[[View], View]:
        """Write the view's result by a schema."""
        return cast(Callable[[View], View], super().response(status, schema, **options))

    def alt_response(
        self, status: int, schema: type[Schema] | None = None, **options: Any
    ) -> Callable[[View], View]:
        """Name another answer that the view writes itself."""
        return cast(Callable[[View], View], super().alt_response(status, schema=schema, **options))

    def etag(self, view: View) -> View:
        """Answer with an ETag, and ask for If-Match where the view changes something."""
        return cast(View, super().etag(view))

    def _check_not_modified(self, etag: str) -> None:
        """Answer 304 with the tag [RFC 9110 §15.4.5], compared weakly as §13.1.2 asks."""
        if request.method in self.METHODS_CHECKING_NOT_MODIFIED and (
            request.if_none_match.contains_weak(etag)
        ):
            unchanged = Response(status=304)
            unchanged.set_etag(etag)
            raise NotModified(response=unchanged)

    def get(self, rule: str, *, permission: str) -> Callable[[View], View]:
        """Serve GET on `rule`."""
        return self.verb("GET", rule, permission=permission)

    def post(
        self, rule: str, *, permission: str, own_transactions: bool = False
    ) -> Callable[[View], View]:
        """Serve POST on `rule`."""
        return self.verb("POST", rule, permission=permission, own_transactions=own_transactions)

    def put(self, rule: str, *, permission: str) -> Callable[[View], View]:
        """Serve PUT on `rule`."""
        return self.verb("PUT", rule, permission=permission)

    def patch(
        self, rule: str, *, permission: str, own_transactions: bool = False
    ) -> Callable[[View], View]:
        """Serve PATCH on `rule`."""
        return self.verb("PATCH", rule, permission=permission, own_transactions=own_transactions)

    def delete(self, rule: str, *, permission: str) -> Callable[[View], View]:
        """Serve DELETE on `rule`."""
        return self.verb("DELETE", rule, permission=permission)

    def verb(
        self, method: str, rule: str, *, permission: str, own_transactions: bool = False
    ) -> Callable[[View], View]:
        """Serve one method on `rule`.

        Args:
            own_transactions: the view opens its transactions itself, because it waits for the
                network between them.
        """

        def register(view: View) -> View:
            marked = cast(Any, view)
            marked.permission = permission
            marked.own_transactions = own_transactions
            self.route(rule, methods=[method])(view)
            return view

        return register


class AnfangFlask(Flask):
    """Flask with this product's dispatch: who calls, may they, one transaction around it all."""

    authenticate: Authenticate
    permissions: Mapping[str, Callable[[Principal], bool]]
    fresh_endpoints: frozenset[str]
    limits: Limits

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer one request inside its transaction [Note: Unit of work]."""
        view = self.view_functions.get(request.endpoint or "")
        if getattr(view, "own_transactions", False):
            _require_readable_json()
            with reading():
                self._admit(view)
            return super().dispatch_request()
        _take_body_in()
        _require_readable_json()
        with transaction(write=request.method not in _SAFE_METHODS):
            self._admit(view)
            return super().dispatch_request()

    def _admit(self, view: Callable[..., Any] | None) -> None:
        if view is None or request.routing_exception is not None:
            return
        self._recognise(view)
        permission = getattr(view, "permission", None)
        if permission == PUBLIC:
            return
        allows = self.permissions.get(permission or "")
        if allows is None or not allows(g.principal):
            raise _refusal(g.principal)
        if request.endpoint in self.fresh_endpoints and not _is_fresh(g.principal):
            raise FactorStale

    def _recognise(self, view: Callable[..., Any]) -> None:
        """Find out who calls and count the call; who is nobody is counted by address."""
        g.principal = Anyone()
        try:
            g.principal = self.authenticate()
        finally:
            if not getattr(view, "uncounted", False):
                self._count(g.principal)

    def _count(self, caller: Principal) -> None:
        if isinstance(caller, Anyone):
            self.limits.require("address", request.remote_addr or "")
        elif isinstance(caller, Device):
            self.limits.require("device", str(caller.id))
        else:
            self.limits.require("account", str(caller.id))


def _refusal(caller: Principal) -> Problem:
    if isinstance(caller, Anyone):
        return NotSignedIn()
    if isinstance(caller, Person) and caller.standing is not Standing.FULL:
        return FactorNeeded()
    return NotPermitted()


def _is_fresh(caller: Principal) -> bool:
    return isinstance(caller, Person) and caller.fresh


def _take_body_in() -> None:
    """Read the body whole, however slowly it comes: a transaction must not wait for a line."""
    if request.mimetype in _FORMS:
        request.form  # noqa: B018 -- parsed when asked for; files go to temporary ones
    else:
        request.get_data()


def _require_readable_json() -> None:
    """Refuse JSON that no reader survives: too deep, endless numbers, halves of a character.

    Raises:
        BadRequest: the body cannot be read.
    """
    if not request.is_json or not request.get_data():
        return
    try:
        body = request.get_json()
        if b"\\ud" in request.get_data().lower():
            json.dumps(body, ensure_ascii=False).encode()
    except (RecursionError, UnicodeEncodeError) as error:
        raise BadRequest from error


def permissions_of(caller: Principal) -> list[str]:
    """Return the names of everything a caller may do, for a client that hides the rest."""
    app = cast(AnfangFlask, current_app)
    return sorted(name for name, allows in app.permissions.items() if allows(caller))


def public(view: View) -> View:
    """Mark a view outside the rooms' blueprints (static files, health) as open to anyone.

    Calls of it are not counted: a page is many files, and health is asked for all the time.
    """
    cast(Any, view).permission = PUBLIC
    cast(Any, view).uncounted = True
    return view


class _StorableInteger(IntegerConverter):
    """A whole number in a path: one that no column holds names nothing, so it is not found."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, **{"max": 2**31 - 1, **options})


def install_converters(app: Flask) -> None:
    """Set what paths may hold; before the routes are registered."""
    app.url_map.converters["int"] = _StorableInteger
