"""Ballots as the public casts them: one token one ballot, nobody is joined to an answer."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from anfang.kit.db import db
from factories import setup, surveys
from factories.setup import created


@pytest.fixture
def one(office):
    return surveys.opened(surveys.drafted(setup.running_campaign(office)))


def code_of(answer):
    return answer.status_code, answer.json["code"]


def progress(one, group="served"):
    groups = created(one.lead.get(one.path("/progress")))["groups"]
    return next(found for found in groups if found["group"] == group)


def dump(app):
    """Everything that the database holds, as text, in the order in which it lies there."""
    db.session.remove()
    with sqlite3.connect(db.engine.url.database) as connection:
        return "\n".join(connection.iterdump())


def test_a_scanned_code_opens_its_ballot_without_script_in_both_languages(app, one):
    (code, *_) = surveys.codes(one)
    page = app.test_client().get(f"/p/surveys/{code}")
    html = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "<script" not in html
    assert "甲市行政服务中心" in html
    assert "总体" in html
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    english = app.test_client().get(f"/p/surveys/{code}?lang=en").get_data(as_text=True)
    assert "As a whole" in english
    assert "Satisfied" in english


def test_a_typed_code_is_understood_however_it_is_typed(app, one):
    (code, *_) = surveys.codes(one)
    typed = " " + code.lower().replace("0", "o").replace("1", "l")[:13] + " - " + code.lower()[13:]
    page = app.test_client().post("/p/surveys/", data={"code": typed})
    assert page.status_code == 200
    assert surveys.cast(app, typed, surveys.ballot(one, "good")).status_code == 303


def test_one_code_one_ballot_also_after_going_back(app, one):
    (code, *_) = surveys.codes(one)
    sent = surveys.cast(app, code, surveys.ballot(one, "good"))
    assert (sent.status_code, sent.location) == (303, "/p/surveys/thanks")
    again = surveys.cast(app, code, surveys.ballot(one, "bad"))
    assert again.status_code == 409
    assert "已经用过" in again.get_data(as_text=True)
    assert app.test_client().get(f"/p/surveys/{code}").status_code == 409
    assert progress(one)["used"] == 1


def test_of_ballots_sent_at_once_with_one_code_one_counts(app, one):
    code, *others = surveys.codes(one)
    for other in others[:5]:
        surveys.cast(app, other, surveys.ballot(one, "good"))
    with ThreadPoolExecutor(8) as pool:
        sent = list(
            pool.map(lambda _: surveys.cast(app, code, surveys.ballot(one, "bad")), range(8))
        )
    assert sorted(answer.status_code for answer in sent) == [303] + [409] * 7
    (unit, _) = surveys.closed(one)["units"]
    assert unit["ballots"] == 6
    assert unit["questions"][0]["total"]["options"]["bad"] == 1


def test_unknown_codes_and_empty_or_foreign_marks_are_refused(app, office, one):
    assert surveys.cast(app, "NOSUCHCODE", surveys.ballot(one, "good")).status_code == 404
    (code, *_) = surveys.codes(one)
    assert surveys.cast(app, code, {}).status_code == 422
    assert surveys.cast(app, code, surveys.ballot(one, "splendid")).status_code == 422
    foreign = {f"{one.id}.overall": "good"}
    assert surveys.cast(app, code, foreign).status_code == 422
    kept = surveys.cast(app, code, {**surveys.ballot(one, "good"), **foreign})
    assert kept.status_code == 422
    assert kept.get_data(as_text=True).count(" checked") == 2
    assert surveys.cast(app, code, surveys.ballot(one, "good")).status_code == 303


def test_another_code_makes_the_one_before_void_but_whoever_answered_gets_none(app, one):
    code, used, *_ = surveys.codes(one)
    again = created(one.lead.post(one.path("/raters/R-0001/token")))
    assert surveys.cast(app, code, surveys.ballot(one, "good")).status_code == 404
    assert surveys.cast(app, again["code"], surveys.ballot(one, "good")).status_code == 303
    assert again["url"].endswith("/p/surveys/" + again["code"].replace("-", ""))
    surveys.cast(app, used, surveys.ballot(one, "good"))
    refused = one.lead.post(one.path("/raters/R-0002/token"))
    assert code_of(refused) == (409, "survey-answered")
    counted = progress(one)
    assert (counted["issued"], counted["used"], counted["void"]) == (12, 2, 1)


def test_everybody_gets_one_token_and_nobody_is_left_over(app, one):
    assert len(surveys.codes(one, limit=5)) == 5
    assert len(surveys.codes(one)) == 7
    answer = one.lead.post(one.path("/links"), {"group": "served"})
    assert code_of(answer) == (409, "survey-raters-used-up")


def test_slips_are_a_pdf_that_is_kept_nowhere(app, one):
    answer = one.lead.post(one.path("/slips"), {"group": "served", "limit": 9})
    assert answer.status_code == 200
    assert answer.get_data().startswith(b"%PDF")
    assert progress(one)["issued"] == 9


def test_no_code_stands_in_the_database_nor_in_the_log_lines(app, one, capfd):
    (code, *_) = surveys.codes(one)
    app.test_client().get(f"/p/surveys/{code}")
    surveys.cast(app, code, surveys.ballot(one, "good"))
    app.test_client().get(f"/p/surveys/{code}")
    said = capfd.readouterr()
    assert code not in dump(app)
    assert code not in said.out + said.err


def test_with_the_whole_database_nobody_joins_an_answer_to_a_rater(app, one):
    """No member of an answer, nor its place among the others, leads to a token, rater or moment."""
    codes = surveys.codes(one)
    said = ["good"] * 6 + ["bad"] * 6
    for code, option in zip(codes, said, strict=True):
        surveys.cast(app, code, surveys.ballot(one, option))
    held = dump(app)
    rows = re.findall(r"INSERT INTO \"?survey_answers\"? VALUES\((.*)\);", held)
    assert len(rows) == 24
    tokens = re.findall(r"INSERT INTO \"?survey_tokens\"? VALUES\((.*)\);", held)
    hashes = {row.split(",")[0].strip("'") for row in tokens}
    raters = re.findall(r"INSERT INTO \"?survey_raters\"? VALUES\('([0-9a-f]+)'", held)
    for row in rows:
        members = re.findall(r"'([^']*)'", row)
        assert not hashes & set(members)
        assert not set(raters) & set(members)
        assert not re.search(r"\d{4}-\d\d-\d\d", row)
    # The order in which answers lie is that of their random ids, not that in which they came.
    ids = [row.split(",")[0] for row in rows]
    assert ids == sorted(ids)
    assert "served" in rows[0]
    options = ["bad" if '"bad"' in row else "good" for row in rows]
    assert options not in (["good"] * 12 + ["bad"] * 12, ["bad"] * 12 + ["good"] * 12)
    # The trail and the outbox say nothing of ballots.
    assert "ballot" not in " ".join(re.findall(r"INSERT INTO \"?audit_entries\"?.*", held))


def test_who_held_which_token_and_how_to_reach_them_is_forgotten_at_closing(app, office):
    one = surveys.drafted(setup.running_campaign(office))
    surveys.take_frame(one, surveys.frame_csv({"服务对象": 6, "基层单位": 5}, contact=True))
    key = app.config["KEYS"] / f"survey-{one.id}.pem"
    assert key.exists()
    assert "rater1@example.org" not in dump(app)
    created(one.lead.change(one.path(), {"closes_at": surveys.HOUR}))
    created(one.lead.post(one.path("/freeze")))
    created(one.lead.post(one.path("/open")))
    surveys.codes(one)
    surveys.closed(one)
    assert not key.exists()
    held = dump(app)
    tokens = re.findall(r"INSERT INTO \"?survey_tokens\"? VALUES\((.*)\);", held)
    assert tokens
    assert all(row.split(",")[2] == "NULL" for row in tokens)
    with sqlite3.connect(db.engine.url.database) as connection:
        left = connection.execute("SELECT count(*) FROM survey_raters WHERE contact IS NOT NULL")
        assert left.fetchone() == (0,)


def test_messages_carry_a_link_and_one_that_is_not_taken_leaves_no_token(
    app, office, run_jobs, monkeypatch
):
    taken = []

    def send(address, _settings, _title, said):
        taken.append((address.value, said))
        return None if len(taken) > 1 else "unreachable"

    monkeypatch.setattr("anfang.surveys.messages.send", send)
    one = surveys.drafted(setup.running_campaign(office))
    surveys.take_frame(one, surveys.frame_csv({"服务对象": 6, "基层单位": 5}, contact=True))
    created(one.lead.change(one.path(), {"closes_at": surveys.HOUR}))
    created(one.lead.post(one.path("/freeze")))
    created(one.lead.post(one.path("/open")))
    assert created(one.lead.post(one.path("/messages"), {"group": "served"}))["queued"] == 6
    run_jobs()
    assert {value for value, _ in taken} == {f"rater{n}@example.org" for n in range(1, 7)}
    raters = created(one.lead.get(one.path("/raters?group=served")))["items"]
    assert sorted(rater["failure"] or "" for rater in raters) == [""] * 5 + ["unreachable"]
    codes = [said.rpartition("/")[2] for _, said in taken]
    assert surveys.cast(app, codes[0], surveys.ballot(one, "good")).status_code == 404
    assert surveys.cast(app, codes[1], surveys.ballot(one, "good")).status_code == 303
    assert created(one.lead.post(one.path("/messages"), {"group": "served"}))["queued"] == 1
