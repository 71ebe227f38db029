"""An office to test against: application, accounts, phones; through the API only."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextvars import Context
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher, profiles
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from anfang.app import create_app
from anfang.identity import passwords
from anfang.identity import service as identity
from anfang.identity.standing import DEMANDING
from anfang.installation import prepare
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.config import Settings, load_settings
from anfang.kit.db import disconnect, transaction
from anfang.kit.principal import Role
from support.phone import Phone

PASSWORD = "correct horse battery staple"
ORIGIN = "http://127.0.0.1:8000"


@dataclass
class Office:
    """A signed-in account's browser: JSON in, JSON out, anti-forgery header added.

    `username` signs in again; `secret` is that of the account's one-time codes, where it has any:
    asked for a fresh proof, it is given, and the call is made again, as the console does.
    """

    client: FlaskClient
    csrf_token: str
    username: str = ""
    secret: str | None = None

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        answer = self.call_once(method, path, **options)
        if self.secret is None or answer.status_code != 403:
            return answer
        if (answer.json or {}).get("code") != "factor-stale":
            return answer
        proved = self.call_once("POST", "/session/proof", json={"code": code_of(self.secret)})
        assert proved.status_code == 200, proved.json
        return self.call_once(method, path, **options)

    def call_once(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"X-CSRF-Token": self.csrf_token, **options.pop("headers", {})}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def signed_in_again(self) -> "Office":
        """Sign the same account in once more, in a browser of its own: sessions end with time."""
        return sign_in(self.client.application, self.username, self.secret)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("POST", path, json=json, **options)

    def patch(self, path: str, json: Any, **options: Any) -> TestResponse:
        return self.call("PATCH", path, json=json, **options)

    def put(self, path: str, json: Any, **options: Any) -> TestResponse:
        return self.call("PUT", path, json=json, **options)

    def change(self, path: str, json: Any, method: str = "PATCH") -> TestResponse:
        """Read the ETag and change with If-Match, as the console does."""
        etag = self.get(path).headers["ETag"]
        return self.call(method, path, json=json, headers={"If-Match": etag})


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Sign-ins by the hundred: argon2id stays, its cost (tested on its own) does not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", PasswordHasher.from_parameters(profiles.CHEAPEST))
        yield


class OutsideClient(FlaskClient):
    """A caller from outside: sees no context of the test, and leaves none behind."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        # Read whole in there: an answer that is streamed needs its own context to the end.
        return Context().run(super().open, *args, **{**options, "buffered": True})


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated database and keys; tests copy it."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(settings_of(folder))
    with app.app_context():
        prepare(app)
    close(app)
    return folder


@pytest.fixture(scope="session")
def one_application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application of all tests of a process: it keeps nothing between requests."""
    application = create_app(settings_of(tmp_path_factory.mktemp("office") / "data"))
    application.test_client_class = OutsideClient
    return application


@pytest.fixture
def settings(one_application: Flask, migrated_database: Path) -> Settings:
    """Settings of a data folder that is as new."""
    made = settings_of(one_application.config["KEYS"].parent)
    shutil.rmtree(made.data, ignore_errors=True)
    shutil.copytree(migrated_database, made.data)
    return made


@pytest.fixture
def app(one_application: Flask, settings: Settings) -> Iterator[Flask]:
    """The application on fresh data, with a context in which a test may look and prepare."""
    with one_application.app_context():
        yield one_application
    close(one_application)


@pytest.fixture
def office(app: Flask) -> Callable[..., Office]:
    """Return a function that opens an account with roles and signs it in."""
    return accounts_of(app)


@pytest.fixture
def phone(app: Flask) -> Callable[..., Phone]:
    """Return a function that enrols and signs in a phone for an alias."""

    def enrol(alias: str = "甲", **options: Any) -> Phone:
        return Phone.enrolled(app, alias, origin=ORIGIN, **options)

    return enrol


@pytest.fixture
def run_jobs(app: Flask) -> Callable[[], int]:
    """Deliver every event that waits, as the worker would."""
    return jobs.run_pending


def settings_of(folder: Path) -> Settings:
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("ANFANG_")}
    try:
        os.environ["ANFANG_DATA"] = str(folder)
        return replace(load_settings(), origin=ORIGIN, log_level="WARNING")
    finally:
        os.environ.pop("ANFANG_DATA")
        os.environ.update(kept)


def code_of(secret: str) -> str:
    """Return the one-time code of the present moment."""
    return pyotp.TOTP(secret).at(int(now().timestamp()))


def sign_in(app: Flask, username: str, secret: str | None = None) -> Office:
    """Sign an account in through the API, proving its second factor where it has one."""
    client = app.test_client()
    answer = client.post("/api/v1/session", json={"username": username, "password": PASSWORD})
    assert answer.status_code == 200, answer.json
    browser = Office(client, answer.json["csrf_token"], username, secret)
    if secret is not None:
        proved = browser.post("/session/proof", {"code": code_of(secret)})
        assert proved.status_code == 200, proved.json
    return browser


def enrol_totp(browser: Office) -> list[str]:
    """Set one-time codes up for an account; its recovery codes, where it is the first factor."""
    secret = browser.post("/account/totp").json["secret"]
    made = browser.post("/account/totp/confirm", {"code": code_of(secret)})
    assert made.status_code == 200, made.json
    browser.secret = secret
    codes: list[str] = made.json["recovery_codes"]
    return codes


def accounts_of(app: Flask) -> Callable[..., Office]:
    """Return a function that opens an account with roles and signs it in; in an app context."""
    made = 0

    def open_account(*roles: Role, unit: Any = None) -> Office:
        nonlocal made
        made += 1
        username = f"account-{made}"
        with transaction():
            identity.create_user(username, PASSWORD, f"账号{made}", list(roles), unit)
        browser = sign_in(app, username)
        if not DEMANDING.isdisjoint(roles):
            enrol_totp(browser)
        return browser

    return open_account


def close(app: Flask) -> None:
    """Let go of the database."""
    with app.app_context():
        disconnect()
