"""Every route by every kind of caller, and what is somebody else's as if it were not there.

The permission map says who may; the sweep holds the application to it, route by route. A route that
names an id of a new kind fails until `OWNED` or `NOBODYS` says whose it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import pytest

from anfang.kit.http import PUBLIC
from anfang.kit.principal import Anyone, Device, Person, Principal, Role, Standing
from anfang.permission_map import PERMISSIONS
from support.filling import body_of
from support.house import ROOT

MISSING: Final = "00000000-0000-4000-8000-00000000dead"
WORDS: Final = {
    "code": "none", "stage": "none", "kind": "units", "name": "none", "sha256": "0" * 64,
    "record_sha256": "0" * 64, "number": "1", "path": "none", "year": "2026", "serial": "9999",
}  # fmt: skip
"""Parts of addresses that are no ids of objects."""

OWNED: Final = frozenset({
    "case_id", "task_id", "measure_id", "notice_id", "sheet_id", "complaint_id",
    "row_id", "unit_id", "session_id", "view_id", "record_id", "upload_id",
})  # fmt: skip
"""Ids of objects that somebody who may use the address is not to see: swept here."""

NOBODYS: Final[dict[str, str]] = {
    # the whole office's: whoever may use the address sees every one
    "assignment_id": "office", "breach_id": "tests/server/api/source_campaigns",
    "bulletin_id": "office",
    "campaign_id": "office", "card_id": "office", "checklist_id": "office", "cluster_id": "office",
    "consequence_id": "office", "device_id": "office", "draw_id": "office", "hold_id": "office",
    "inspector_id": "office", "mandate_id": "office", "pack_id": "office", "referral_id": "office",
    "request_id": "office",
    "reset_id": "office",
    "review_id": "office", "revisit_id": "office", "run_id": "tests/server/api/scoring",
    "site_id": "office", "topic_id": "office", "user_id": "office", "version_id": "office",
    "round_id": "office", "box_id": "tests/server/api/ballots",
    "disclosure_id": "office", "release_id": "office",
    # own tests say whose they are
    "alert_id": "tests/server/api/source_campaigns",
    "period_id": "tests/server/api/source_campaigns",
    "question_id": "tests/server/api/claims",
    "channel_id": "tests/server/api/notifications", "passkey_id": "tests/server/api/identity",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One method on one rule."""

    method: str
    rule: str
    endpoint: str
    permission: str
    names: frozenset[str]

    def path(self, **ids: str) -> str:
        """The address with these ids; what is not given does not exist."""
        known = {**WORDS, **ids}
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda one: known.get(one[1], MISSING), self.rule)


def addresses(app: Any) -> Iterator[Address]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Address(
                method, rule.rule, rule.endpoint, getattr(view, "permission", ""),
                frozenset(rule.arguments),
            )  # fmt: skip


def asked(caller: Any, address: Address, body: Any, **ids: str) -> tuple[int, str]:
    """Send a call; status and code of the answer."""
    options = {} if body is None else {"json": body}
    answer = caller.client.open(
        address.path(**ids), method=address.method, headers=headers_of(caller), **options
    )
    code = (answer.json or {}).get("code") if answer.is_json else None
    return answer.status_code, str(code or "")


@dataclass(frozen=True)
class Nobody:
    """A caller without credentials."""

    client: Any


def headers_of(caller: Any) -> dict[str, str]:
    said = {"Tus-Resumable": "1.0.0"}
    if hasattr(caller, "csrf_token"):
        said["X-CSRF-Token"] = caller.csrf_token
    if hasattr(caller, "access_token"):
        said["Authorization"] = f"Bearer {caller.access_token}"
    return said


def test_every_id_in_an_address_is_somebodys_or_said_to_be_nobodys(world):
    named = {name for one in addresses(world.app) for name in one.names}
    assert named - WORDS.keys() == OWNED | NOBODYS.keys()
    assert {name for owned in world.owned for name in owned.objects} == OWNED
    assert all(where == "office" or (ROOT / where).is_dir() for where in NOBODYS.values())


REFUSALS: Final = frozenset({"not-signed-in", "not-permitted", "factor-needed"})
_OPEN_TO_STRANGERS: Final = frozenset({"inspections.confirm_record"})
"""Another inspector confirms a record whose id the phones have exchanged (PROTOCOL §5)."""
_NOT_ASKED: Final = frozenset({"identity.close_session", "account.end_other_sessions"})
"""They would end the sessions of the sweep itself."""


@pytest.mark.parametrize("kind", ["nobody", "phone", "prove", "set_up", *Role])
def test_the_permission_map_alone_says_who_may_use_an_address(world, kind):
    caller, principal = _caller(world, kind)
    wrong = []
    for address in addresses(world.app):
        if address.permission == PUBLIC or address.endpoint in _NOT_ASKED:
            continue
        status, code = asked(caller, address, {} if address.method != "GET" else None)
        may = PERMISSIONS[address.permission](principal)
        if may is (code in REFUSALS):
            wrong.append((address.method, address.rule, may, status, code))
    assert not wrong


def _caller(world: Any, kind: str) -> tuple[Any, Principal]:
    if kind == "nobody":
        return Nobody(world.app.test_client()), Anyone()
    if kind == "phone":
        return world.phone, Device(UUID(int=0), UUID(int=0))
    if kind in world.short:
        role = Role.CUSTODIAN if kind == "prove" else Role.APPROVER
        return world.short[kind], _principal(role, Standing(kind))
    return world.people[Role(kind)], _principal(Role(kind))


def _principal(role: Role, standing: Standing = Standing.FULL) -> Person:
    return Person(UUID(int=0), "", "", frozenset({role}), standing=standing)


def test_what_is_somebody_elses_answers_as_if_it_were_not_there(world):
    """By every method, with a body that the address takes: status and code are those of no id."""
    wrong, reached = [], 0
    for owned, address, name in _of_owners(world):
        if address.endpoint in _NOT_ASKED | _OPEN_TO_STRANGERS:
            continue
        body = _body(world, address)
        for stranger in owned.strangers:
            there = asked(stranger, address, body, **{name: owned.objects[name]})
            nowhere = asked(stranger, address, body)
            if there != nowhere or (there[0] == 200 and address.method == "GET"):
                wrong.append((address.method, address.rule, there, nowhere))
            reached += there[0] == 404
    assert not wrong
    assert reached >= 40, "so many were really reached, past permissions and bodies"


def test_to_its_owner_it_is_there(world):
    """Else the sweep above would prove nothing. The last test: what owners ask for is done."""
    found = set()
    for owned, address, name in _of_owners(world):
        if name in found:
            continue
        body = _body(world, address)
        gone = asked(owned.owner, address, body)
        if asked(owned.owner, address, body, **{name: owned.objects[name]}) != gone:
            found.add(name)
    assert OWNED - found <= {"session_id"}, "whether a session was there is not told"


def _of_owners(world: Any) -> Iterator[tuple[Any, Address, str]]:
    for owned in world.owned:
        for address in addresses(world.app):
            for name in address.names & owned.objects.keys():
                yield owned, address, name


def _body(world: Any, address: Address) -> Any:
    if address.method in {"GET", "DELETE"}:
        return None
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address.rule)
    return body_of(world.app.extensions["anfang_api"].spec.to_dict(), path, address.method)
