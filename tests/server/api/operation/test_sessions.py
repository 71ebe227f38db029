"""Sessions and headers: fixation, forgery, guessing, framing."""

import re
import statistics
import time

import pytest

from anfang.identity import passwords
from anfang.identity import service as identity
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from support.server import PASSWORD

COOKIE = "anfang_session"


@pytest.fixture
def account(app):
    with transaction():
        identity.create_user("lead", PASSWORD, "负责人", [Role.LEAD])
    return app.test_client()


def sign_in(client, password=PASSWORD, username="lead"):
    body = {"username": username, "password": password}
    return client.post("/api/v1/session", json=body)


def test_a_session_that_somebody_planted_is_not_the_one_that_is_opened(account, app):
    account.set_cookie(COOKIE, "planted-by-an-attacker")
    answer = sign_in(account)
    assert answer.status_code == 200
    assert account.get_cookie(COOKIE).value != "planted-by-an-attacker"
    attacker = app.test_client()
    attacker.set_cookie(COOKIE, "planted-by-an-attacker")
    assert attacker.get("/api/v1/session").status_code == 401
    first = account.get_cookie(COOKIE).value
    sign_in(account)
    assert account.get_cookie(COOKIE).value != first
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_session_ends_where_it_was_closed(account, app):
    token = sign_in(account).json["csrf_token"]
    kept = account.get_cookie(COOKIE).value
    closed = account.delete("/api/v1/session", headers={"X-CSRF-Token": token})
    assert closed.status_code == 204
    thief = app.test_client()
    thief.set_cookie(COOKIE, kept)
    assert thief.get("/api/v1/session").status_code == 401


def test_no_change_without_the_sessions_own_token(account, app, office):
    sign_in(account)
    foreign = office(Role.LEAD).csrf_token
    for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": foreign}):
        answer = account.post("/api/v1/inspectors", json={"alias": "x"}, headers=headers)
        assert (answer.status_code, answer.json["code"]) == (403, "csrf-mismatch")


def test_guessing_is_slowed_down_and_says_how_long(account):
    refused = [sign_in(account, "wrong") for _ in range(9)]
    assert [one.status_code for one in refused] == [401] * 8 + [429]
    assert refused[-1].json["code"] == "too-many-attempts"
    assert int(refused[-1].headers["Retry-After"]) == 900
    assert sign_in(account).status_code == 429, "also with the right password"


def test_a_stranger_locks_nobody_out(account, app):
    """Guesses from one address count there; guesses from everywhere spare where one signed in."""
    assert sign_in(account).status_code == 200
    strangers = [client_at(app, f"203.0.113.{place}") for place in range(1, 15) for _ in range(8)]
    refused = [sign_in(stranger, "wrong").status_code for stranger in strangers]
    assert refused == [401] * 100 + [429] * 12
    assert sign_in(client_at(app, "198.51.100.7")).status_code == 429, "a place nobody knows"
    assert sign_in(account).status_code == 200, "the office it has always signed in from"


def client_at(app, address):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def test_an_unknown_name_takes_as_long_as_a_known_one(app, account, monkeypatch):
    monkeypatch.setattr(identity, "_FAILURES_HERE", 1000)
    monkeypatch.setattr(identity, "_FAILURES_PER_ADDRESS", 1000)
    asked = []
    whole = passwords.hasher.verify

    class Slow:
        def verify(self, encoded, password):
            asked.append(encoded)
            time.sleep(0.02)
            return whole(encoded, password)

        def __getattr__(self, name):
            return getattr(passwords_hasher, name)

    passwords_hasher = passwords.hasher
    monkeypatch.setattr(passwords, "hasher", Slow())

    def seconds(name):
        begun = time.perf_counter()
        answer = sign_in(account, "wrong", name)
        assert (answer.status_code, answer.json["code"]) == (401, "sign-in-failed")
        return time.perf_counter() - begun

    seconds("nobody")
    known = statistics.median(seconds("lead") for _ in range(7))
    unknown = statistics.median(seconds("nobody") for _ in range(7))
    assert len(asked) == 15
    assert 0.5 < known / unknown < 2


def test_every_answer_carries_the_headers(app, account):
    for path in ("/field", "/api/v1/session", "/p/", "/healthz", "/api/v1/nowhere"):
        headers = account.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert re.search(r"frame-ancestors '(self|none)'", policy)
        assert "object-src 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in headers or "werkzeug" not in headers["Server"].lower()
