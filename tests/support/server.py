"""An office to test against: application, accounts, phones; through the API only."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from anfang.app import create_app
from anfang.identity import service as identity
from anfang.installation import prepare
from anfang.jobs import service as jobs
from anfang.kit.config import Settings, load_settings
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from support.phone import Phone

PASSWORD = "correct horse battery staple"
ORIGIN = "http://127.0.0.1:8000"


@dataclass
class Office:
    """A signed-in account's browser: JSON in, JSON out, anti-forgery header added."""

    client: FlaskClient
    csrf_token: str

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"X-CSRF-Token": self.csrf_token, **options.pop("headers", {})}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

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


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated database and keys; tests copy it."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(_settings(folder))
    with app.app_context():
        prepare(app)
    _close(app)
    return folder


@pytest.fixture
def settings(tmp_path: Path, migrated_database: Path) -> Settings:
    folder = tmp_path / "data"
    shutil.copytree(migrated_database, folder)
    return _settings(folder)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    application = create_app(settings)
    with application.app_context():
        yield application
    _close(application)


@pytest.fixture
def office(app: Flask) -> Callable[..., Office]:
    """Return a function that opens an account with roles and signs it in."""
    made = 0

    def sign_in(*roles: Role, unit: Any = None) -> Office:
        nonlocal made
        made += 1
        username = f"account-{made}"
        with transaction():
            identity.create_user(username, PASSWORD, f"账号{made}", list(roles), unit)
        client = app.test_client()
        answer = client.post("/api/v1/session", json={"username": username, "password": PASSWORD})
        assert answer.status_code == 200, answer.json
        return Office(client, answer.json["csrf_token"])

    return sign_in


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


def _settings(folder: Path) -> Settings:
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("ANFANG_")}
    try:
        os.environ["ANFANG_DATA"] = str(folder)
        return replace(load_settings(), origin=ORIGIN, log_level="WARNING")
    finally:
        os.environ.pop("ANFANG_DATA")
        os.environ.update(kept)


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
