"""One's own password: changed with the present one, and what that ends."""

import pytest
import time_machine

from anfang.kit.principal import Role
from factories.setup import created
from support.server import PASSWORD, code_of

NEW = "another horse, another battery"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22T04:00:00Z", tick=False) as traveller:
        yield traveller


def change(account, present=PASSWORD, new=NEW):
    return account.call_once("POST", "/account/password", json={"present": present, "new": new})


def signs_in(account, password):
    """Tell whether a new browser may sign the account in with a password."""
    body = {"username": account.username, "password": password}
    answer = account.client.application.test_client().post("/api/v1/session", json=body)
    return answer.status_code == 200


def test_a_new_password_takes_the_old_ones_place_and_ends_other_sessions(office):
    lead, auditor = office(Role.LEAD), office(Role.AUDITOR)
    elsewhere, colleague = lead.signed_in_again(), office(Role.LEAD)
    assert change(lead).status_code == 204
    assert (signs_in(lead, PASSWORD), signs_in(lead, NEW)) == (False, True)
    assert elsewhere.get("/session").status_code == 401
    created(lead.get("/session"))
    created(colleague.get("/session"))
    (entry,) = auditor.get("/audit?action=password.changed").json["items"]
    assert entry["object_id"] == created(lead.get("/session"))["id"]
    assert NEW not in auditor.get("/audit").get_data(as_text=True)


def test_a_wrong_present_password_changes_nothing_and_is_counted(office):
    lead = office(Role.LEAD)
    for _ in range(8):
        answer = change(lead, present="not the password")
        assert (answer.status_code, answer.json["code"]) == (403, "password-wrong")
    assert change(lead).json["code"] == "too-many-attempts"
    created(lead.get("/session"))


@pytest.mark.parametrize(
    ("new", "status", "code"),
    [("too short", 422, "invalid-input"), (PASSWORD, 409, "password-unchanged")],
)
def test_a_weak_or_unchanged_password_is_refused(office, new, status, code):
    lead = office(Role.LEAD)
    answer = change(lead, new=new)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert signs_in(lead, PASSWORD)


def test_who_has_a_second_factor_proves_it_afresh(office, clock):
    approver = office(Role.APPROVER)
    clock.shift(16 * 60)
    assert change(approver).json["code"] == "factor-stale"
    assert signs_in(approver, PASSWORD)
    created(approver.post("/session/proof", {"code": code_of(approver.secret)}))
    assert change(approver).status_code == 204
