"""Passkeys through the API, by a security key in software."""

import pytest

from anfang.identity.relying_party import RelyingParty, relying_party
from anfang.kit.principal import Role
from factories.setup import created
from support.authenticator import SoftPasskey
from support.server import enrol_totp, sign_in

HERE = "http://localhost:8000"


def registered(browser, origin=HERE, name="钥匙"):
    key = SoftPasskey(origin)
    options = created(browser.post("/account/passkeys/challenge"))["options"]
    answer = browser.post("/account/passkeys", {"name": name, "credential": key.make(options)})
    return key, answer


def proof_by(browser, key):
    options = created(browser.post("/session/passkey"))["options"]
    return {"passkey": key.sign(options)}


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json


@pytest.fixture
def lead(office):
    return office(Role.LEAD)


def test_a_passkey_is_set_up_and_proves_the_next_session(app, lead):
    key, answer = registered(lead)
    assert len(created(answer)["recovery_codes"]) == 10
    next_browser = sign_in(app, lead.username)
    assert created(next_browser.get("/session"))["methods"] == ["passkey", "recovery"]
    assert (
        created(next_browser.post("/session/proof", proof_by(next_browser, key)))["standing"]
        == "full"
    )
    shown = created(next_browser.get("/account/factors"))
    assert [(one["name"], one["used_at"] is not None) for one in shown["passkeys"]] == [
        ("钥匙", True)
    ]


def test_an_answer_for_another_origin_or_challenge_is_refused(app, lead):
    _, phished = registered(lead, origin="http://localhost.evil.example:8000")
    refused(phished, 403, "factor-wrong")
    key, _ = registered(lead)
    browser = sign_in(app, lead.username)
    stolen = proof_by(browser, key)
    created(browser.post("/session/passkey"))
    refused(browser.post("/session/proof", stolen), 403, "factor-wrong")


def test_a_challenge_serves_once(app, lead):
    key, _ = registered(lead)
    browser = sign_in(app, lead.username)
    proof = proof_by(browser, key)
    created(browser.post("/session/proof", proof))
    refused(browser.post("/session/proof", proof), 403, "factor-wrong")


def test_a_foreign_key_proves_nothing(app, office, lead):
    registered(lead)
    other = office(Role.LEAD)
    foreign, _ = registered(other)
    browser = sign_in(app, lead.username)
    refused(browser.post("/session/proof", proof_by(browser, foreign)), 403, "factor-wrong")


def test_a_counter_that_does_not_grow_puts_the_passkey_out_of_use(app, office, lead):
    key, _ = registered(lead)
    twin = SoftPasskey(HERE, 0, key.credential_id, key.key)
    for _ in range(2):
        browser = sign_in(app, lead.username)
        created(browser.post("/session/proof", proof_by(browser, key)))
    thief = sign_in(app, lead.username)
    refused(thief.post("/session/proof", proof_by(thief, twin)), 403, "passkey-cloned")
    owner = sign_in(app, lead.username)
    refused(owner.post("/session/proof", proof_by(owner, key)), 403, "passkey-cloned")
    assert created(owner.get("/session"))["standing"] == "prove", "nor may a new one be set up"
    assert created(owner.get("/session"))["methods"] == ["recovery"]
    trail = office(Role.AUDITOR).get("/audit?action=factor.clone_suspected").json["items"]
    assert [one["facts"]["counter"] for one in trail] == [1]


def test_a_second_factor_beside_the_first_brings_no_new_recovery_codes(lead):
    enrol_totp(lead)
    _, answer = registered(lead)
    assert created(answer)["recovery_codes"] is None
    shown = created(lead.get("/account/factors"))
    assert (shown["recovery_codes_left"], len(shown["passkeys"])) == (10, 1)
    path = f"/account/passkeys/{shown['passkeys'][0]['id']}"
    assert lead.call("DELETE", path).status_code == 204
    assert lead.call("DELETE", path).status_code == 404


def test_passkeys_belong_to_a_name_with_https_or_to_this_machine():
    assert relying_party("https://office.example") == RelyingParty(
        "office.example", ("https://office.example",)
    )
    local = RelyingParty("localhost", ("http://localhost:8000",))
    assert relying_party("http://127.0.0.1:8000") == relying_party("http://[::1]:8000") == local
    assert relying_party("http://office.example") is None
    assert relying_party("https://10.1.2.3") is None
