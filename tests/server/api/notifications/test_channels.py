"""Channels: set by their owner or an administrator, sealed, held to what the operator allows."""

import logging
from pathlib import Path

import pytest

from anfang.kit.db import db
from anfang.kit.principal import Role
from anfang.log.models import AuditEntry
from factories.setup import created
from server.api.notifications.conftest import channels, hook

TOKEN = "0123456789abcdef0123456789ab7890"


def refused(answer):
    return answer.status_code, answer.json["code"]


def test_only_the_kind_and_the_last_four_characters_come_back(operator, office, sink, settings):
    lead = office(Role.LEAD)
    made = hook(lead, sink)
    assert (made["kind"], made["hint"]) == ("webhook", "wxyz")
    told = lead.get("/notification-settings").get_data(as_text=True)
    trail = str([one.facts for one in db.session.query(AuditEntry)])
    db.session.rollback()
    kept = b"".join(one.read_bytes() for one in Path(settings.data).glob("anfang.sqlite3*"))
    for secret in ("very-secret", sink.url()):
        assert secret not in told
        assert secret not in trail
        assert secret.encode() not in kept


def test_nothing_of_an_address_comes_into_a_log(operator, office, sink, caplog, capsys):
    lead = office(Role.LEAD)
    sink.status = 500
    made = hook(lead, sink)
    robot = {"kind": "dingtalk", "address": TOKEN, "secret": "SEC0123456789abcdef"}
    created(lead.post("/notification-channels", robot))
    with caplog.at_level(logging.DEBUG, logger="apprise"):
        tried = created(lead.post(f"/notification-channels/{made['id']}/test"))
    assert tried == {"failure": "http-500"}
    written = caplog.text + "".join(capsys.readouterr())
    for secret in ("very-secret", TOKEN, "SEC0123456789abcdef"):
        assert secret not in written


def test_an_account_sees_and_removes_its_own_alone(operator, office, sink):
    lead, other = office(Role.LEAD), office(Role.REVIEWER)
    mine = hook(lead, sink)["id"]
    assert channels(other) == []
    assert refused(other.call("DELETE", f"/notification-channels/{mine}")) == (404, "not-found")
    assert refused(other.post(f"/notification-channels/{mine}/test")) == (404, "not-found")
    assert refused(other.get("/notification-channels")) == (403, "not-permitted")
    assert lead.call("DELETE", f"/notification-channels/{mine}").status_code == 204
    assert channels(lead) == []


def test_an_administrator_sets_everybodys_and_sees_how_they_do(operator, office, sink):
    lead, administrator = office(Role.LEAD), office(Role.ADMINISTRATOR)
    who = created(lead.get("/session"))["id"]
    given = {"user_id": who, "kind": "webhook", "address": sink.url()}
    assert refused(office(Role.REVIEWER).post("/notification-channels", given)) == (
        403,
        "not-permitted",
    )
    made = created(administrator.post("/notification-channels", given))
    assert [one["id"] for one in channels(lead)] == [made["id"]]
    sink.status = 503
    created(lead.post(f"/notification-channels/{made['id']}/test"))
    (seen,) = created(administrator.get("/notification-channels"))["items"]
    assert (seen["user_id"], seen["last_failure"]) == (who, "http-503")
    assert seen["last_success_at"] is None
    assert administrator.call("DELETE", f"/notification-channels/{made['id']}").status_code == 204


def test_an_account_has_five_channels_at_most(operator, office, sink):
    lead = office(Role.LEAD)
    for _ in range(5):
        hook(lead, sink)
    body = {"kind": "webhook", "address": sink.url()}
    assert refused(lead.post("/notification-channels", body)) == (409, "too-many-channels")


def test_what_the_operator_does_not_allow_cannot_be_set(operator, office, sink):
    lead = office(Role.LEAD)
    mail = {"kind": "mail", "address": "liaison@example.cn"}
    assert "mail" not in created(lead.get("/notification-settings"))["kinds"]
    assert refused(lead.post("/notification-channels", mail)) == (409, "channel-kind-off")
    operator.allow(kinds=frozenset({"wecom"}))
    body = {"kind": "webhook", "address": sink.url()}
    assert refused(lead.post("/notification-channels", body)) == (409, "channel-kind-off")
    operator.allow(private_hosts=frozenset())
    assert refused(lead.post("/notification-channels", body)) == (422, "channel-host-refused")
    robot = {"kind": "wecom", "address": "https://evil.example/?key=" + TOKEN}
    assert refused(lead.post("/notification-channels", robot)) == (422, "channel-address-faulty")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
def test_a_webhook_never_reaches_into_a_network_that_was_not_named(operator, office, sink, host):
    """Though any host is allowed: the address of the connection is judged, not the name."""
    operator.allow(hosts=frozenset({"*"}), private_hosts=frozenset())
    lead = office(Role.LEAD)
    body = {"kind": "webhook", "address": f"http://{host}:{sink.port}/inside"}
    made = created(lead.post("/notification-channels", body))
    tried = created(lead.post(f"/notification-channels/{made['id']}/test"))
    assert tried == {"failure": "address-refused"}
    assert sink.paths == []


def test_redirects_are_not_followed(operator, office, sink):
    lead = office(Role.LEAD)
    sink.status, sink.location = 307, sink.url("/elsewhere")
    made = hook(lead, sink, "/first")
    tried = created(lead.post(f"/notification-channels/{made['id']}/test"))
    assert tried == {"failure": "http-307"}
    assert sink.paths == ["/first"]


def test_a_host_that_is_no_longer_allowed_gets_nothing(operator, office, sink):
    lead = office(Role.LEAD)
    made = hook(lead, sink)
    operator.allow(private_hosts=frozenset())
    tried = created(lead.post(f"/notification-channels/{made['id']}/test"))
    assert tried == {"failure": "host-refused"}
    assert sink.paths == []


def test_tests_keep_a_pause(operator, office, sink):
    lead = office(Role.LEAD)
    made = hook(lead, sink)
    created(lead.post(f"/notification-channels/{made['id']}/test"))
    answer = lead.post(f"/notification-channels/{made['id']}/test")
    assert refused(answer) == (429, "too-many-attempts")
    assert len(sink.messages) == 1
