"""What a citizen sees without account, script and cookie; what nobody finds out by trying."""

import re

import pytest
from sqlalchemy import inspect, text

from anfang.complaints import receipts
from anfang.kit.db import db
from anfang.kit.principal import Role
from factories import complaints as desk
from factories.complaints import Citizen, code_on
from factories.setup import created, running_campaign


@pytest.fixture
def campaign(office):
    return running_campaign(office)


@pytest.fixture
def citizen(app, campaign):
    return Citizen(app)


def count(lead):
    return len(created(lead.get("/complaints"))["items"])


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_pages_are_whole_in_both_languages_without_script_or_cookie(app, campaign, lang):
    citizen = Citizen(app, lang)
    pages = [citizen.get(""), citizen.get("/follow"), citizen.sends()]
    pages.append(citizen.follows(code_on(pages[-1])))
    for page in pages:
        assert page.status_code == 200
        assert f'<html lang="{lang}">' in page.text
        assert "<script" not in page.text
        assert "style=" not in page.text
        assert "Set-Cookie" not in page.headers
        assert page.headers["Cache-Control"] == "no-store"
        assert not re.search(
            r"(public|complaint)-[a-z]+(-[a-z]+)*", re.sub(r"<[^>]+>", "", page.text)
        )


def test_a_form_that_is_sent_twice_is_one_complaint_with_one_code(citizen, campaign):
    form = {**citizen.form(), "kind": "complaint", "text": desk.TEXT}
    first, second = (code_on(citizen.post("/receipt", **form)) for _ in range(2))
    assert first == second
    assert count(campaign.lead) == 1
    assert code_on(citizen.sends()) != first


def test_a_faulty_form_keeps_what_was_written_and_says_what_is_wrong(citizen, campaign):
    for faulty, says in [
        ({"text": "  "}, "请看下面的红字"),
        ({"kind": "praise"}, "请看下面的红字"),
        ({"website": "http://spam.example"}, "请看下面的红字"),
        ({"phone": desk.PHONE}, "实名反映请写姓名"),
        ({"form": "x"}, "这张表已经失效"),
        ({"topic": "weather"}, "没有列出这个问题类别"),
    ]:
        answer = citizen.sends(about="三号窗口", **faulty)
        assert answer.status_code in (409, 422), faulty
        assert says in answer.text, faulty
        assert "三号窗口" in answer.text
    assert count(campaign.lead) == 0


def test_where_no_campaign_runs_nothing_is_taken(app, office, campaign):
    lead = campaign.lead
    citizen = Citizen(app)
    form = citizen.form()
    created(lead.post(f"/campaigns/{campaign.id}/close"))
    assert "目前没有" in citizen.get("").text
    answer = citizen.post("/receipt", **form, kind="complaint", text=desk.TEXT)
    assert answer.status_code == 409
    assert count(lead) == 0


def test_who_is_signed_in_is_nobody_here(app, office, campaign):
    lead = campaign.lead
    form = Citizen(app).form()
    answer = lead.client.post(
        "/p/complaints/receipt", data={**form, "kind": "complaint", "text": desk.TEXT}
    )
    assert code_on(answer)
    auditor = office(Role.AUDITOR)
    trail = created(auditor.get("/audit?limit=200"))["items"]
    (kept,) = [one for one in trail if one["action"] == "complaint.received"]
    assert kept["actor_kind"] == "system"


def test_a_code_is_found_however_it_is_typed_and_no_other_is(citizen, campaign):
    code = citizen.complains()
    bare = code.replace(" ", "")
    for typed in (code, bare, f" {bare[:8]}-{bare[8:]} "):
        assert citizen.follows(typed).status_code == 200
    wrong = bare[:-1] + str((int(bare[-1]) + 1) % 10)
    for typed in (wrong, bare[:-1], bare + "0", "", "x" * 16, "' OR 1=1 --"):
        answer = citizen.follows(typed)
        assert answer.status_code == 404
        assert "没有这个查询码" in answer.text
    for path in ("/words", "/satisfaction"):
        answer = citizen.post(path, code=wrong, text="补充", satisfaction="satisfied")
        assert answer.status_code == 404
    assert citizen.post("/words", code=code, text=" ").status_code == 422


def test_an_unknown_code_costs_as_much_work_as_a_known_one(citizen, campaign, monkeypatch):
    code = citizen.complains()
    worked = []
    real = receipts.hash_secret_raw
    monkeypatch.setattr(
        receipts, "hash_secret_raw", lambda *given, **by: worked.append(by) or real(*given, **by)
    )
    citizen.follows(code)
    citizen.follows("0000 0000 0000 0000")
    citizen.follows("abc")
    assert len(worked) == 3
    assert worked[0] == worked[1] == worked[2]


def test_tries_and_floods_are_stopped_with_a_clear_sentence(citizen, campaign):
    code = citizen.complains()
    answers = [citizen.follows("0" * 16).status_code for _ in range(60)]
    assert set(answers) == {404}
    refused = citizen.follows(code)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "分钟再试" in refused.text
    for _ in range(19):
        citizen.complains()
    flooded = citizen.sends(text="第二十一件")
    assert flooded.status_code == 429
    assert "接访日" in flooded.text
    assert "第二十一件" in flooded.text


def test_of_a_code_only_a_slow_hash_is_kept(citizen, campaign):
    code = citizen.complains()
    bare = code.replace(" ", "")
    for table in inspect(db.engine).get_table_names():
        for row in db.session.execute(text(f'SELECT * FROM "{table}"')):
            assert bare not in str(row), table
            assert code not in str(row), table
    db.session.rollback()
    listed = created(campaign.lead.get("/complaints"))["items"][0]
    assert bare not in campaign.lead.get(f"/complaints/{listed['id']}").text


def test_what_is_written_is_shown_as_text(citizen, campaign):
    code = citizen.complains()
    page = citizen.post("/words", code=code, text="<script>alert(1)</script>").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
