"""Generated calls of every operation in the OpenAPI document: no fault, every answer documented.

ANFANG_FUZZ_CASES says how many calls of each operation are made up (2), beside those that try
each limit of the document in turn. `make fuzz` makes 20,000 in all and more.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass, replace
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import SchemathesisConfig

from anfang.app import create_app
from anfang.installation import prepare
from anfang.kit.principal import Role
from factories import setup
from support.house import ROOT
from support.phone import Phone
from support.server import ORIGIN, accounts_of, close, settings_of

pytestmark = pytest.mark.slow

CASES = int(os.environ.get("ANFANG_FUZZ_CASES", "2"))

_PHONES = re.compile(r"/api/v1/(records|uploads|field)\b")
"""What phones call; all else is called by an account that may do everything."""


@dataclass(frozen=True)
class Caller:
    """What says who calls."""

    headers: dict[str, str]
    cookies: dict[str, str]


@dataclass(frozen=True)
class House:
    """An installation, an account that may do everything, a phone."""

    app: Callable[..., Any]
    office: Caller
    phone: Caller


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    """A running campaign, an account with every role, a phone; what calls leave behind stays."""
    made = replace(settings_of(tmp_path_factory.mktemp("fuzz")), rates={})
    app = create_app(made)
    with app.app_context():
        prepare(app)
        open_account = accounts_of(app)
        setup.running_campaign(open_account)
        account = open_account(*Role)
        phone = Phone.enrolled(app, "甲", origin=ORIGIN)
        session = account.client.get_cookie("anfang_session")
    yield House(
        _from_outside(app),
        Caller({"X-CSRF-Token": account.csrf_token}, {session.key: session.value}),
        Caller({"Authorization": f"Bearer {phone.access_token}"}, {}),
    )
    close(app)


def _from_outside(app: Flask) -> Callable[..., Any]:
    return lambda environ, start: Context().run(app, environ, start)


# A schema cannot say every rule (an end before its beginning, a reason of blanks): 422 tells it.
# If-Match that is missing is 428, the version of tus 412; whose object it is comes before both.
_REFUSED = [400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 428, 429]
_CHECKS = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", *_REFUSED]},
    "negative_data_rejection": {"expected-statuses": _REFUSED},
    "missing_required_header": {"expected-statuses": _REFUSED},
}

document = schemathesis.openapi.from_path(
    ROOT / "server" / "openapi.json", config=SchemathesisConfig.from_dict({"checks": _CHECKS})
).exclude(method="DELETE", path="/api/v1/session")  # it would end the caller's own session


@document.parametrize()
@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_documented_and_none_is_a_fault(case: Case, house: House):
    caller = house.phone if _PHONES.match(case.path) else house.office
    case.call_and_validate(
        app=house.app, headers=dict(caller.headers), cookies=dict(caller.cookies)
    )
