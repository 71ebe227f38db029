"""Who complains is sealed on arrival; nobody reads it but two custodians together, on record."""

import json
from datetime import timedelta

import pytest
import structlog
import time_machine
from sqlalchemy import inspect, text

from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import Role
from factories import complaints as desk
from factories import custody
from factories.complaints import Citizen, at_desk, done, written
from factories.custody import ceremony
from factories.setup import created, liaison, running_campaign
from support import leaks


@pytest.fixture
def campaign(office):
    return running_campaign(office)


SECRETS = {desk.NAME, desk.PHONE, desk.ADDRESS, desk.PHONE[:7], "1380000 1234"}
SAID = f"我叫{desk.NAME}，住{desk.ADDRESS}，电话 1380000 1234。三号窗口没有人。"


def everything_kept():
    """Every value of every table, as bytes."""
    kept = {
        table: "\n".join(str(row) for row in db.session.execute(text(f'SELECT * FROM "{table}"')))
        for table in inspect(db.engine).get_table_names()
    }
    db.session.rollback()
    return {table: rows.encode() for table, rows in kept.items()}


def test_no_answer_no_log_and_no_table_holds_who_complains(app, office, campaign, run_jobs):
    lead, unit = campaign.lead, liaison(office, campaign.unit)
    with structlog.testing.capture_logs() as logged:
        Citizen(app).complains(
            text=SAID, name=desk.NAME, phone=desk.PHONE, address=desk.ADDRESS,
            about=f"{desk.NAME}去的窗口",
        )  # fmt: skip
        desk.taken_down(lead, campaign, text=SAID, informant=desk.INFORMANT)
        for one in created(lead.get("/complaints"))["items"]:
            done(lead, one["id"], "accept")
            created(written(lead, one["id"]))
            done(lead, one["id"], "transfer", unit_id=campaign.unit)
            created(at_desk(unit, one["id"], "take"))
            created(at_desk(unit, one["id"], "answer", text="已核查。"))
        run_jobs()
        answers = {}
        for who in (lead, unit, office(Role.AUDITOR), office(Role.CUSTODIAN)):
            for path in ("/complaints", "/desk-complaints", "/audit", "/informant-releases"):
                answers[f"{who.username} {path}"] = who.get(path).data
        for one in created(lead.get("/complaints"))["items"]:
            answers[one["id"]] = lead.get(f"/complaints/{one['id']}").data
            answers[f"desk {one['id']}"] = unit.get(f"/desk-complaints/{one['id']}").data
    answers["log"] = json.dumps(logged, default=str, ensure_ascii=False).encode()
    search = leaks.Search(SECRETS)
    assert search.leaks({"planted": SAID.encode()})
    assert search.leaks(answers) == set()
    files = {
        str(path): path.read_bytes()
        for path in app.config["KEYS"].parent.rglob("*.sqlite3*")
        if path.is_file()
    }
    assert files
    assert search.leaks({**everything_kept(), **files}) == set()


def test_two_custodians_read_it_once_and_each_reading_is_on_record(office, campaign):
    one, other = ceremony(office)
    taken = desk.taken_down(campaign.lead, campaign, text=SAID, informant=desk.INFORMANT)
    body = {"number": taken["number"], "reason": "需要当面回访"}
    assert campaign.lead.post("/informant-releases", body).status_code == 403
    assert one.desk.post("/informant-releases", {**body, "reason": " "}).status_code == 422
    asked = created(one.desk.post("/informant-releases", body))
    path = f"/informant-releases/{asked['id']}/open"
    opening = {
        "reason": "同意回访",
        "passphrase": other.passphrase,
        "asker_passphrase": one.passphrase,
    }
    own = one.desk.post(path, {**opening, "passphrase": one.passphrase})
    assert own.json["code"] == "informant-own-release"
    wrong = other.desk.post(path, {**opening, "asker_passphrase": "不是这一句口令也够长了吧"})
    assert wrong.json["code"] == "passphrase-wrong"
    shown = created(other.desk.post(path, opening))
    assert {name: shown[name] for name in desk.INFORMANT} == desk.INFORMANT
    assert shown["text"] == SAID
    assert other.desk.post(path, opening).json["code"] == "informant-release-over"
    auditor = office(Role.AUDITOR)
    listed = created(auditor.get("/informant-releases"))["items"]
    assert [(each["reason"], each["open_reason"], each["state"]) for each in listed] == [
        ("需要当面回访", "同意回访", "opened"),
    ]  # fmt: skip
    assert desk.NAME not in str(listed)
    trail = created(auditor.get("/audit?limit=200"))["items"]
    actions = [each["action"] for each in trail if each["object_id"] == taken["id"]]
    assert {"informant.asked", "informant.read"} <= set(actions)


def test_requests_run_out_and_anonymous_complaints_hold_nobody(office, campaign):
    one, other = ceremony(office)
    anonymous = desk.taken_down(campaign.lead, campaign)
    body = {"number": anonymous["number"], "reason": "回访"}
    assert one.desk.post("/informant-releases", body).json["code"] == "complaint-anonymous"
    assert (
        one.desk.post("/informant-releases", {**body, "number": "20260101-000000"}).status_code
        == 404
    )
    stranger = custody.custodian(office, "a third passphrase that is long")
    assert stranger.desk.post("/informant-releases", body).json["code"] == "custodians-needed"
    named = desk.taken_down(campaign.lead, campaign, informant=desk.INFORMANT)
    asked = created(one.desk.post("/informant-releases", {**body, "number": named["number"]}))
    with time_machine.travel(now() + timedelta(days=4), tick=False):
        late = other.desk.signed_in_again().post(
            f"/informant-releases/{asked['id']}/open",
            {"reason": "x", "passphrase": other.passphrase, "asker_passphrase": one.passphrase},
        )
    assert late.json["code"] == "informant-release-over"
