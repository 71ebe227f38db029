"""The release: two custodians, two reasons, one look, one entry in the log."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from anfang import log_map
from anfang.inspections import disclosing, queries
from anfang.kit import sealing
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from anfang.log import service as log
from anfang.log.models import LogEntry
from factories import inspections, setup
from factories.custody import CONTACT, NAME, asked, ceremony, opening, sealed_person
from support.phone import embedded_key, payload_of, signed_by, thumbprint


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch):
    monkeypatch.setattr(sealing, "COST", sealing.Cost(passes=1, memory_kib=64, lanes=1))


@pytest.fixture
def filed(office, phone):
    campaign = setup.running_campaign(office)
    device = phone("代号甲")
    return device, inspections.file(device, campaign), campaign


@pytest.fixture
def custodians(office, filed):
    one, other = ceremony(office)
    sealed_person(one, setup.inspector(filed[2].lead, "代号甲"))
    return one, other


def test_two_custodians_together_learn_who_filed_a_record_once(filed, custodians):
    one, other = custodians
    request = asked(one, record_id=filed[1].id)
    assert opening(request, one, other).json["code"] == "own-request"
    shown = opening(request, other, one)
    assert shown.json["alias"] == "代号甲"
    assert shown.json["person"] == {"name": NAME, "contact": CONTACT}
    assert shown.json["released"] == []
    assert shown.headers["Cache-Control"] == "no-store"
    again = opening(request, other, one)
    assert (again.status_code, again.json["code"]) == (409, "disclosure-over")
    listed = other.desk.get("/disclosures").json["items"]
    assert [entry["state"] for entry in listed] == ["opened"]
    assert NAME not in str(listed)
    assert "代号甲" not in str(listed)


def test_a_release_stands_in_the_log_and_in_the_trail(filed, custodians, office):
    one, other = custodians
    request = asked(one, record_id=filed[1].id)
    assert opening(request, other, one, passphrase="not the right one").status_code == 403
    with transaction(write=False):
        assert log.db.session.query(LogEntry).filter_by(kind="disclosure").all() == []
    shown = opening(request, other, one).json
    with transaction():
        entry = log.db.session.query(LogEntry).filter_by(kind="disclosure").one()
        assert (entry.subject, entry.sha256) == (filed[1].id, shown["sha256"])
        log.seal()
    with transaction(write=False):
        assert list(log_map.verify()) == []
    trail = office(Role.AUDITOR).get(f"/audit?object_id={request['id']}").json["items"]
    assert {entry["action"] for entry in trail} == {"disclosure.asked", "disclosure.opened"}
    assert NAME not in str(trail)


def test_a_changed_release_is_found_by_log_verify(filed, custodians):
    one, other = custodians
    opening(asked(one, record_id=filed[1].id), other, one)
    with transaction():
        log.seal()
        row = log.db.session.scalar(queries.disclosures_listed())
        row.document = {**row.document, "record": None}
    with transaction(write=False):
        assert [fault.code for fault in log_map.verify()] == ["row-changed"]


def test_a_request_expires(filed, custodians, monkeypatch):
    monkeypatch.setattr(disclosing, "LIFETIME", timedelta(hours=2))
    one, other = custodians
    request = asked(one, record_id=filed[1].id)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2, seconds=1)):
        assert opening(request, other, one).json["code"] == "disclosure-over"
        assert one.desk.get("/disclosures").json["items"][0]["state"] == "expired"


def test_released_certificates_open_the_receipts_commitment(filed, custodians):
    _, record, _ = filed
    one, other = custodians
    shown = opening(asked(one, record_id=record.id, with_certificates=True), other, one).json
    (released,) = shown["released"]
    assert released["certificate"] == record.body["certificate"]
    salted = bytes.fromhex(released["salt"]) + released["certificate"].encode()
    commitment = payload_of(record.receipt)["certificate_commitment"]
    assert hashlib.sha256(salted).hexdigest() == commitment
    with transaction(write=False):
        kept = queries.released_certificates(log.db.session.scalar(
            queries.disclosures_listed()).record_id)  # fmt: skip
    assert kept == {record.record_sha256: {**released, "disclosure": shown["sha256"]}}


def test_witnesses_are_shown_with_their_certificates_where_that_was_asked_for(
    filed, custodians, phone
):
    _, record, campaign = filed
    one, other = custodians
    present = phone("代号乙")
    sealed_person(one, setup.inspector(campaign.lead, "代号乙"), "保密姓名乙")
    assert present.witness(record.id, record.record_sha256).status_code == 201
    assert opening(asked(one, record_id=record.id), other, one).json["witnesses"] == []

    asking = asked(one, record_id=record.id, with_witnesses=True)
    shown = opening(asking, other, one).json
    (witness,) = shown["witnesses"]
    assert (witness["alias"], witness["person"]["name"]) == ("代号乙", "保密姓名乙")
    certified = signed_by(witness["certificate"], witness["device_key"], "record-key+jwt")
    fresh_key = embedded_key(witness["statement"])
    assert (certified["record"], certified["jkt"]) == (record.id, thumbprint(fresh_key))
    assert signed_by(witness["statement"], fresh_key, "witness+jwt") == {
        "record": record.id, "record_sha256": record.record_sha256,
    }  # fmt: skip
    with transaction():
        entries = log.db.session.query(LogEntry).filter_by(kind="disclosure", subject=record.id)
        assert shown["sha256"] in {entry.sha256 for entry in entries}
    assert "保密姓名乙" not in str(one.desk.get("/disclosures").json)


@pytest.mark.parametrize(
    "role", [Role.LEAD, Role.REVIEWER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_nobody_else_may_ask_or_open(role, office, filed, custodians):
    one, other = custodians
    request = asked(one, record_id=filed[1].id)
    desk = office(role)
    body = {"record_id": filed[1].id, "reason": "想知道"}
    assert desk.post("/disclosures", body).status_code == 403
    both = {"reason": "x", "passphrase": other.passphrase, "asker_passphrase": one.passphrase}
    assert desk.post(f"/disclosures/{request['id']}/open", both).status_code == 403


def test_a_custodian_without_a_share_opens_nothing_with_both_passphrases(office, filed, custodians):
    one, other = custodians
    request = asked(one, record_id=filed[1].id)
    third = office(Role.CUSTODIAN)
    both = {"reason": "x", "passphrase": other.passphrase, "asker_passphrase": one.passphrase}
    answer = third.post(f"/disclosures/{request['id']}/open", both)
    assert answer.json["code"] == "custodians-needed"


def test_nothing_is_asked_about_both_or_nothing(filed, custodians):
    one, _ = custodians
    assert one.desk.post("/disclosures", {"reason": "x"}).status_code == 422
    unknown = one.desk.post(
        "/disclosures", {"reason": "x", "record_id": "00000000-0000-4000-8000-000000000000"}
    )
    assert unknown.status_code == 404
