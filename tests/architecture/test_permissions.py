"""Every route says who may use it, on one page, and that page lists nothing else."""

from uuid import UUID

from anfang.app import ROOMS
from anfang.kit.http import PUBLIC
from anfang.kit.principal import Anyone, Person, Role
from anfang.permission_map import FRESH, PERMISSIONS
from support.house import PACKAGE, rooms


def _permissions(app) -> dict[str, str | None]:
    return {
        f"{','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'})) or 'OPTIONS'} {rule.rule}": getattr(
            app.view_functions[rule.endpoint], "permission", None
        )
        for rule in app.url_map.iter_rules()
    }


def test_every_route_names_a_permission(built_app):
    assert not [route for route, name in _permissions(built_app).items() if name is None]


def test_every_named_permission_is_on_the_page(built_app):
    named = set(_permissions(built_app).values()) - {PUBLIC, None}
    assert not named - PERMISSIONS.keys()


def test_every_permission_on_the_page_opens_a_route(built_app):
    assert not PERMISSIONS.keys() - set(_permissions(built_app).values())


def test_no_permission_lets_a_stranger_in():
    assert not [name for name, allows in PERMISSIONS.items() if allows(Anyone())]


def test_what_a_second_person_decides_and_what_is_published_asks_for_a_fresh_proof(built_app):
    """Neither hangs on a browser that was left open (decision 39)."""
    demanding = {
        rule.endpoint
        for rule in built_app.url_map.iter_rules()
        if rule.methods & {"POST", "PUT", "PATCH", "DELETE"}
        and (rule.rule.endswith("/publish") or _is_the_approvers(built_app, rule.endpoint))
    }
    assert demanding - FRESH == NOTHING_GOES_OUT


def _is_the_approvers(app, endpoint: str) -> bool:
    """Whether nobody but approvers, or leads in their place, may call it."""
    allows = PERMISSIONS.get(getattr(app.view_functions[endpoint], "permission", ""))
    if allows is None:
        return False
    roles = {role for role in Role if allows(Person(UUID(int=1), "x", "x", frozenset({role})))}
    return Role.APPROVER in roles <= {Role.APPROVER, Role.LEAD}


NOTHING_GOES_OUT = {
    "documents.reject_notice",  # sends a draft back
    "checklists.publish_version",  # for the office's own use
    "document-templates.publish_template",
}


def test_every_room_with_routes_is_served():
    with_routes = {room for room in rooms() if (PACKAGE / room / "routes.py").exists()}
    assert with_routes == {room.import_name.split(".")[1] for room in ROOMS}


def test_what_is_public_is_known(built_app):
    """A route that anyone may call is a decision: it is listed here."""
    public = {route for route, name in _permissions(built_app).items() if name == PUBLIC}
    unknown = {
        route
        for route in public
        if route != "GET /"
        and not route.startswith("OPTIONS ")  # what a server supports is no secret
        and not route.split()[1].startswith(KNOWN_PUBLIC)
    }
    assert not unknown


KNOWN_PUBLIC = (
    # what a browser needs before anybody has signed in
    "/field",
    "/console",
    "/assets/",
    "/icons/",
    "/sw.js",
    "/manifest.webmanifest",
    "/icon.svg",
    # operation
    "/healthz",
    "/readyz",
    "/metrics",  # for callers on the same machine; the view looks
    "/api/v1/openapi.json",
    # signing in, enrolling (PROTOCOL §2)
    "/api/v1/session",
    "/api/v1/devices",
    # what the public may check (PROTOCOL §1, §6)
    "/.well-known/",
    "/api/v1/log/",
    "/api/v1/packs/schemas/",
    # published notices
    "/p/",
    # the page that checks packs, for whoever was given one
    "/verify-pack.html",
)
