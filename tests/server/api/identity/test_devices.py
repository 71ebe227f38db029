"""Enrolment and login of phones: PROTOCOL §2, played by an independent client."""

import time_machine

from anfang.kit.principal import Role
from support.phone import Phone, new_key, payload_of


def enrolment(office, alias="甲"):
    inspector = office.post("/inspectors", {"alias": alias}).json
    return office.post(f"/inspectors/{inspector['id']}/enrolment").json


def fresh_phone(app):
    return Phone(app.test_client(), "http://127.0.0.1:8000", new_key())


def test_a_phone_enrols_is_confirmed_by_its_number_and_logs_in(app, office):
    lead = office(Role.LEAD)
    phone = fresh_phone(app)
    answer = phone.enrol(enrolment(lead)["token"])
    assert answer.status_code == 201
    assert answer.json["confirmed"] is False
    assert answer.json["alias"] == "甲"
    phone.device = answer.json["device"]

    refused = phone.log_in()
    assert (refused.status_code, refused.json["code"]) == (403, "device-unconfirmed")

    listed = lead.get("/devices").json["items"][0]
    assert len(listed["number"]) == 20
    lead.post(f"/devices/{phone.device}/confirm")
    assert phone.log_in().status_code == 200
    ticket = payload_of(phone.ticket)
    assert set(ticket) == {"server_time", "nonce"}


def test_a_spent_an_expired_and_an_unknown_token_answer_alike(app, office):
    lead = office(Role.LEAD)
    spent, expired = enrolment(lead, "甲")["token"], enrolment(lead, "乙")["token"]
    assert fresh_phone(app).enrol(spent).status_code == 201
    answers = [fresh_phone(app).enrol(spent), fresh_phone(app).enrol("unknown")]
    with time_machine.travel("2030-01-01T00:00:00Z"):
        answers.append(fresh_phone(app).enrol(expired))
    assert {answer.status_code for answer in answers} == {410}
    assert {answer.get_data() for answer in answers} == {answers[0].get_data()}
    assert answers[0].json["code"] == "enrolment-token-spent"


def test_a_proof_for_another_origin_or_token_spends_nothing(app, office):
    token = enrolment(office(Role.LEAD))["token"]
    phone = fresh_phone(app)
    for wrong in ({"aud": "https://elsewhere.example"}, {"token_sha256": "0" * 64}):
        answer = phone.enrol(token, **wrong)
        assert (answer.status_code, answer.json["code"]) == (422, "proof-invalid")
    assert phone.enrol(token).status_code == 201


def test_a_nonce_serves_once(phone):
    device = phone()
    proof = device.login_proof(device.challenge())
    path = f"/api/v1/devices/{device.device}/token"
    assert device.client.post(path, json={"proof": proof}).status_code == 200
    again = device.client.post(path, json={"proof": proof})
    assert (again.status_code, again.json["code"]) == (401, "login-proof-refused")


def test_a_revoked_phone_may_deliver_for_thirty_days_and_then_nothing(app, office, phone):
    device = phone()
    office(Role.LEAD).post(f"/devices/{device.device}/revoke")
    answer = device.log_in()
    assert answer.json["scope"] == "deliver"
    assert device.bundle().status_code == 403
    with time_machine.travel("2030-01-01T00:00:00Z"):
        late = device.log_in()
    assert (late.status_code, late.json["code"]) == (401, "device-revoked")


def test_unconfirmed_devices_and_strangers_cannot_reach_the_office(app, phone):
    device = phone()
    assert app.test_client().get("/api/v1/users").status_code == 401
    assert device.call("GET", "/users").status_code == 403
