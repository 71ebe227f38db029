"""Accounts and sessions through the API."""

from uuid import UUID

import time_machine

from anfang.kit.principal import Role
from factories import setup
from support.server import PASSWORD


def test_a_wrong_password_and_an_unknown_name_answer_alike(app, office):
    office(Role.LEAD)
    client = app.test_client()
    known = client.post("/api/v1/session", json={"username": "account-1", "password": "wrong"})
    unknown = client.post("/api/v1/session", json={"username": "nobody", "password": "wrong"})
    assert known.status_code == unknown.status_code == 401
    assert known.get_data() == unknown.get_data()


def test_guessing_is_throttled_and_time_heals(app, office):
    office(Role.LEAD)
    client = app.test_client()
    guess = {"username": "account-1", "password": "wrong"}
    answers = [client.post("/api/v1/session", json=guess).status_code for _ in range(9)]
    assert answers == [401] * 8 + [429]
    right = {"username": "account-1", "password": PASSWORD}
    assert client.post("/api/v1/session", json=right).status_code == 429
    with time_machine.travel("2030-01-01T00:00:00Z"):
        assert client.post("/api/v1/session", json=right).status_code == 200


def test_an_unsafe_call_needs_the_anti_forgery_header(office):
    lead = office(Role.LEAD)
    answer = lead.client.post("/api/v1/inspectors", json={"alias": "甲"})
    assert (answer.status_code, answer.json["code"]) == (403, "csrf-mismatch")
    assert lead.get("/inspectors").json["items"] == []


def test_changing_an_account_needs_its_newest_version(office):
    administrator = office(Role.ADMINISTRATOR)
    path = f"/users/{administrator.get('/session').json['id']}"
    etag = administrator.get(path).headers["ETag"]
    blind = administrator.patch(path, {"display_name": "改名"})
    assert (blind.status_code, blind.json["code"]) == (428, "http-428")
    changed = administrator.patch(path, {"display_name": "改名"}, headers={"If-Match": etag})
    assert changed.status_code == 200
    stale = administrator.patch(path, {"display_name": "再改"}, headers={"If-Match": etag})
    assert (stale.status_code, stale.json["code"]) == (412, "http-412")


def test_closing_an_account_ends_its_sessions(office):
    administrator, reviewer = office(Role.ADMINISTRATOR), office(Role.REVIEWER)
    path = f"/users/{reviewer.get('/session').json['id']}"
    assert administrator.change(path, {"active": False}).status_code == 200
    assert reviewer.get("/session").status_code == 401


def test_whoever_is_confined_to_a_unit_acts_for_it_alone(office):
    """The office's roles give such an account nothing, not even what its own unit is told."""
    tree = setup.unit_tree(office(Role.LEAD))
    confined = office(Role.LIAISON, Role.LEAD, Role.AUDITOR, unit=UUID(tree.transport))
    assert setup.created(confined.get("/session"))["roles"] == ["liaison"]
    for path in ("/review/queue", "/audit", "/measures/offer?case=x", "/referrals", "/users"):
        assert confined.get(path).status_code == 403, path
    assert confined.get("/cases").status_code == 200


def test_problems_speak_the_readers_language(app):
    client = app.test_client()
    english = client.get("/api/v1/users", headers={"Accept-Language": "en"})
    assert english.json["title"] == "Please sign in first."
    assert client.get("/api/v1/users").json["title"] == "请先登录。"
    assert english.mimetype == "application/problem+json"


def test_lists_are_paged_by_a_cursor(office):
    lead = office(Role.LEAD)
    for alias in ("甲", "乙", "丙"):
        lead.post("/inspectors", {"alias": alias})
    first = lead.get("/inspectors?limit=2").json
    second = lead.get(f"/inspectors?limit=2&cursor={first['next']}").json
    assert len(first["items"]) == 2
    assert second["next"] is None
    assert len({item["alias"] for item in first["items"] + second["items"]}) == 3
    assert lead.get("/inspectors?cursor=nonsense").json["code"] == "cursor-invalid"


def test_wrong_values_are_named_in_the_readers_language(office):
    lead = office(Role.LEAD)
    for language, text in (("zh-CN", "应为 1 至 80 个（字）。"), ("en", "1 to 80")):
        answer = lead.post("/inspectors", {"alias": ""}, headers={"Accept-Language": language})
        assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")
        assert [error["pointer"] for error in answer.json["errors"]] == ["/json/alias"]
        assert text in answer.json["errors"][0]["detail"]
    missing = lead.post("/inspectors", {})
    assert missing.json["errors"] == [{"pointer": "/json/alias", "detail": "必填。"}]
