"""Second factors: demanded of some roles, proven at sign-in, proven afresh before what matters."""

import pytest
import time_machine
from click.testing import CliRunner

from anfang.app import create_app
from anfang.cli import cli
from anfang.kit.principal import Role
from anfang.permission_map import FRESH
from factories.setup import created
from support.server import ORIGIN, PASSWORD, code_of, enrol_totp, settings_of, sign_in

NOON = "2026-11-22T04:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json


def with_password_only(app, account):
    """The same account in a new browser, its second factor not proven."""
    return sign_in(app, account.username)


def test_an_approver_without_a_factor_can_only_set_one_up(app, office, clock):
    administrator = office(Role.ADMINISTRATOR)
    body = {"username": "fresh", "password": PASSWORD, "display_name": "新", "roles": ["approver"]}
    created(administrator.post("/users", body))
    approver = sign_in(app, "fresh")
    shown = created(approver.get("/session"))
    assert (shown["standing"], shown["permissions"]) == (
        "set_up",
        ["factor.manage", "session.enter"],
    )
    refused(approver.get("/notices"), 403, "factor-needed")
    codes = enrol_totp(approver)
    assert len(set(codes)) == 10
    assert created(approver.get("/session"))["standing"] == "full"
    created(approver.get("/notices"))


def test_a_password_alone_opens_nothing_of_an_account_with_a_factor(app, office, clock):
    account = office(Role.CUSTODIAN)
    half = with_password_only(app, account)
    assert created(half.get("/session"))["standing"] == "prove"
    for path in ("/custody", "/account/factors", "/account/sessions"):
        refused(half.get(path), 403, "factor-needed")
    refused(half.post("/account/totp"), 403, "factor-needed")
    clock.shift(30)
    proved = half.post("/session/proof", {"code": code_of(account.secret)})
    assert created(proved)["standing"] == "full"
    created(half.get("/custody"))


def test_a_half_open_session_soon_ends_and_a_whole_one_does_not(app, office, clock):
    account = office(Role.CUSTODIAN)
    half = with_password_only(app, account)
    clock.shift(16 * 60)
    assert half.get("/session").status_code == 401
    assert account.get("/session").status_code == 200


def test_a_code_serves_once_in_any_browser(app, office, clock):
    account = office(Role.CUSTODIAN)
    clock.shift(30)
    code = code_of(account.secret)
    one, other = (with_password_only(app, account) for _ in range(2))
    created(one.post("/session/proof", {"code": code}))
    refused(other.post("/session/proof", {"code": code}), 403, "factor-wrong")
    clock.shift(-30)
    earlier = code_of(account.secret)
    clock.shift(30)
    refused(other.post("/session/proof", {"code": earlier}), 403, "factor-wrong")


def test_guessing_codes_ends_after_five_and_a_correct_one_does_not_help(app, office, clock):
    account = office(Role.CUSTODIAN)
    half = with_password_only(app, account)
    clock.shift(30)
    right = code_of(account.secret)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        refused(half.post("/session/proof", {"code": wrong}), 403, "factor-wrong")
    answer = half.post("/session/proof", {"code": right})
    refused(answer, 429, "too-many-attempts")
    assert int(answer.headers["Retry-After"]) == 900
    clock.shift(16 * 60)
    later = with_password_only(app, account)
    created(later.post("/session/proof", {"code": code_of(account.secret)}))


def test_a_recovery_code_serves_once_however_it_is_written(app, office, clock):
    lead = office(Role.LEAD)
    code = enrol_totp(lead)[0]
    written = code.upper().replace("-", " ")
    created(with_password_only(app, lead).post("/session/proof", {"recovery_code": written}))
    again = with_password_only(app, lead).post("/session/proof", {"recovery_code": code})
    refused(again, 403, "factor-wrong")
    other = office(Role.LEAD)
    foreign = enrol_totp(other)[0]
    stranger = with_password_only(app, lead).post("/session/proof", {"recovery_code": foreign})
    refused(stranger, 403, "factor-wrong")


def test_no_secret_and_no_recovery_code_stands_readable_in_the_database(settings, office):
    lead = office(Role.LEAD)
    codes = enrol_totp(lead)
    stored = b"".join(path.read_bytes() for path in settings.data.glob("anfang.sqlite3*"))
    assert lead.username.encode() in stored, "what is looked for could be found"
    for secret in (lead.secret, *codes, *(one.replace("-", "") for one in codes)):
        assert secret.encode() not in stored


def test_what_matters_asks_for_a_proof_of_the_last_quarter_of_an_hour(office, clock):
    one = office(Role.CUSTODIAN)
    clock.shift(14 * 60)
    body = {"custodians": [{"username": "a", "password": "b", "passphrase": "c"}] * 2}
    assert one.call_once("POST", "/custody", json=body).json["code"] != "factor-stale"
    clock.shift(2 * 60)
    refused(one.call_once("POST", "/custody", json=body), 403, "factor-stale")
    created(one.get("/custody"))
    created(one.post("/session/proof", {"code": code_of(one.secret)}))
    assert one.call_once("POST", "/custody", json=body).json["code"] != "factor-stale"


def test_who_has_no_factor_is_not_asked_for_one(office, clock):
    lead = office(Role.LEAD)
    clock.shift(9 * 3600)
    assert lead.post("/notices/00000000-0000-4000-8000-000000000000/publish").status_code == 404


def test_an_optional_factor_once_set_up_is_asked_for(app, office, clock):
    lead = office(Role.LEAD)
    enrol_totp(lead)
    assert created(with_password_only(app, lead).get("/session"))["standing"] == "prove"
    assert lead.call_once("DELETE", "/account/totp").status_code == 204
    assert created(with_password_only(app, lead).get("/session"))["standing"] == "full"


def test_the_last_demanded_factor_stays(office):
    refused(office(Role.APPROVER).call("DELETE", "/account/totp"), 409, "factor-required")


def test_codes_are_not_set_up_over_present_ones(office):
    refused(office(Role.APPROVER).post("/account/totp"), 409, "factor-known")


def test_a_session_is_ended_elsewhere_and_only_ones_own(app, office):
    lead, other = office(Role.LEAD), office(Role.LEAD)
    away = lead.signed_in_again()
    listed = created(lead.get("/account/sessions"))["items"]
    assert [one["present"] for one in listed].count(True) == 1
    elsewhere = next(one["id"] for one in listed if not one["present"])
    other.call("DELETE", f"/account/sessions/{elsewhere}")
    created(away.get("/session"))
    assert lead.call("DELETE", f"/account/sessions/{elsewhere}").status_code == 204
    assert away.get("/session").status_code == 401
    third = lead.signed_in_again()
    assert lead.call("DELETE", "/account/sessions").status_code == 204
    assert third.get("/session").status_code == 401
    created(lead.get("/session"))


def test_two_people_together_reset_a_lost_factor(app, office):
    approver, administrator, lead = (
        office(role) for role in (Role.APPROVER, Role.ADMINISTRATOR, Role.LEAD)
    )
    who = approver.get("/session").json["id"]
    path = f"/users/{who}/factor-reset"
    reset = created(administrator.post(path, {"reason": "手机丢失"}))
    confirm = f"/factor-resets/{reset['id']}/confirm"
    refused(administrator.post(confirm), 403, "second-person-needed")
    assert approver.post(confirm).status_code == 403
    created(approver.get("/session"))
    created(lead.post(confirm))
    assert approver.get("/session").status_code == 401, "its sessions ended"
    assert created(sign_in(app, approver.username).get("/session"))["standing"] == "set_up"
    assert lead.post(confirm).status_code == 404, "once"
    trail = office(Role.AUDITOR).get(f"/audit?object_id={who}").json["items"]
    assert {one["action"] for one in trail} >= {"factor.reset_asked", "factor.reset"}


def test_nobody_resets_their_own_factors_and_a_reset_expires(office, clock):
    administrator, other = office(Role.ADMINISTRATOR), office(Role.ADMINISTRATOR)
    own = f"/users/{administrator.get('/session').json['id']}/factor-reset"
    refused(administrator.post(own, {"reason": "x"}), 403, "second-person-needed")
    reset = created(other.post(own, {"reason": "x"}))
    refused(
        administrator.post(f"/factor-resets/{reset['id']}/confirm"), 403, "second-person-needed"
    )
    clock.shift(25 * 3600)
    third = office(Role.ADMINISTRATOR)
    assert third.post(f"/factor-resets/{reset['id']}/confirm").status_code == 404


def test_at_the_server_factors_are_reset_by_command(app, office, settings):
    approver = office(Role.APPROVER)
    environment = {"ANFANG_DATA": str(settings.data), "ANFANG_ORIGIN": ORIGIN}
    words = ["factors", "reset", "--username", approver.username, "--reason", "手机丢失"]
    ran = CliRunner().invoke(cli, words, env=environment)
    assert ran.exit_code == 0, ran.output
    assert created(sign_in(app, approver.username).get("/session"))["standing"] == "set_up"
    (entry,) = office(Role.AUDITOR).get("/audit?action=factor.reset").json["items"]
    assert entry["facts"] == {"at_the_server": True, "reason": "手机丢失"}


def test_exactly_one_proof_is_taken(office):
    lead = office(Role.LEAD)
    refused(lead.post("/session/proof", {}), 422, "invalid-input")
    both = {"code": "123456", "recovery_code": "x"}
    refused(lead.post("/session/proof", both), 422, "invalid-input")


def test_what_asks_for_a_fresh_proof_is_served(tmp_path):
    assert not FRESH - create_app(settings_of(tmp_path)).view_functions.keys()
