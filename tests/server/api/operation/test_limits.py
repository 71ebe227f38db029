"""Rate limits: by phone, account and address, counted together by all processes."""

import threading
from dataclasses import replace

import pytest

from anfang.app import create_app
from anfang.identity import service as identity
from anfang.kit.config import ConfigurationError, load_settings
from anfang.kit.db import transaction
from anfang.kit.limits import Limits, read_rate
from anfang.kit.principal import Role
from support.phone import Phone
from support.redis import redis_url  # noqa: F401 -- fixture
from support.server import ORIGIN, PASSWORD, close

TEN = read_rate("10/minute")


@pytest.fixture
def strict(settings):
    """An application that lets ten calls a minute of each kind through."""
    application = create_app(replace(settings, rates=dict.fromkeys(settings.rates, TEN)))
    with application.app_context():
        yield application
    close(application)


def codes(answers):
    return [(answer.status_code, (answer.json or {}).get("code")) for answer in answers]


def test_a_phone_that_calls_too_often_is_told_how_long_to_wait(strict):
    device = Phone.enrolled(strict, "甲", origin=ORIGIN)
    other = Phone.enrolled(strict, "乙", origin=ORIGIN)
    answers = [device.bundle() for _ in range(12)]
    assert codes(answers)[:10] == [(200, None)] * 10
    assert codes(answers)[10:] == [(429, "too-many-requests")] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert other.bundle().status_code == 200


def test_an_account_is_counted_by_itself(strict):
    clients = []
    with transaction():
        for name in ("a", "b"):
            identity.create_user(name, PASSWORD, name, [Role.LEAD])
    for name in ("a", "b"):
        client = strict.test_client()
        client.post("/api/v1/session", json={"username": name, "password": PASSWORD})
        clients.append(client)
    answers = [clients[0].get("/api/v1/session") for _ in range(11)]
    assert codes(answers)[9:] == [(200, None), (429, "too-many-requests")]
    assert clients[1].get("/api/v1/session").status_code == 200


def test_strangers_are_counted_by_address_also_with_made_up_tokens(strict):
    client = strict.test_client()

    def call(address, **headers):
        return client.get(
            "/api/v1/field/bundle", headers=headers, environ_base={"REMOTE_ADDR": address}
        )

    answers = [call("192.0.2.1", Authorization=f"Bearer {number}") for number in range(6)]
    answers += [call("192.0.2.1") for _ in range(6)]
    assert [code for code, _ in codes(answers)] == [401] * 10 + [429] * 2
    assert call("192.0.2.2").status_code == 401
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200


def test_an_address_is_the_callers_own_behind_as_many_proxies_as_were_named(settings):
    def statuses(proxies):
        application = create_app(
            replace(settings, proxies=proxies, rates={"address": read_rate("3/minute")})
        )
        client = application.test_client()
        found = [
            client.get("/api/v1/session", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code
            for n in range(5)
        ]
        (settings.data / "limits.sqlite3").unlink(missing_ok=True)
        return found

    assert statuses(0) == [401] * 3 + [429] * 2, "a caller cannot choose its address"
    assert statuses(1) == [401] * 5


@pytest.mark.parametrize("shared", ["file", "redis"])
def test_processes_count_together(tmp_path, shared, request):
    url = request.getfixturevalue("redis_url") if shared == "redis" else None
    made = [
        Limits({"device": read_rate("50/minute")}, redis_url=url, file=tmp_path / "counts")
        for _ in range(2)
    ]
    let_through = []

    def call(limits):
        let_through.extend(limits.wait_of("device", "x") for _ in range(40))

    threads = [threading.Thread(target=call, args=(limits,)) for limits in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_through) == 80
    assert let_through.count(None) == 50


def test_counters_that_fail_hold_up_no_evidence(tmp_path):
    limits = Limits({"device": TEN}, redis_url=None, file=tmp_path / "counts")
    (tmp_path / "counts").write_bytes(b"this is no database" * 100)
    assert limits.wait_of("device", "x") is None
    assert [limits.wait_of("device", "x") for _ in range(11)][-1] is not None, "made anew"
    away = Limits({"device": TEN}, redis_url="redis://127.0.0.1:1/0", file=tmp_path / "x")
    assert away.wait_of("device", "x") is None


def test_a_rate_that_cannot_be_read_stops_the_start(monkeypatch):
    monkeypatch.setenv("ANFANG_RATE_DEVICE", "often")
    with pytest.raises(ConfigurationError, match="ANFANG_RATE_DEVICE"):
        load_settings()
    monkeypatch.setenv("ANFANG_RATE_DEVICE", "off")
    assert load_settings().rates["device"] is None
