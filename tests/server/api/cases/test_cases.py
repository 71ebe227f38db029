"""Cases: from confirmed findings to the office's reply, and what a unit may read of them."""

import hashlib
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from anfang.cases.models import Case, CaseFinding, CaseStatement
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from anfang.log.models import LogEntry
from factories import cases, setup


@pytest.fixture
def campaign(clock, office):
    return setup.running_campaign(office)


@pytest.fixture
def desk(office, campaign):
    return setup.liaison(office, campaign.unit)


def statement(kind="defence", text="情况属实，已调整排班。"):
    return {"kind": kind, "text": text}


def counts():
    with transaction(write=False):
        return [
            db.session.scalar(select(func.count()).select_from(table))
            for table in (Case, CaseFinding, CaseStatement, LogEntry)
        ]


def write(change):
    with transaction():
        change()
        db.session.flush()


def test_a_case_has_an_owner_and_deadlines_in_chinese_working_days(campaign):
    case = cases.opened_case(campaign)
    assert case["number"] == "2026-0001"
    assert case["unit"]["id"] == campaign.unit
    assert case["campaign"]["name"] == "作风整顿和专项整治"
    assert case["defence_until"] == "2026-11-23T10:00:00+00:00"
    assert case["due_at"] == "2026-11-30T10:00:00+00:00"
    assert (case["state"], case["defence_over"]) == ("open", False)
    assert case["deadline"]["colour"] == "none"
    assert [finding["text"] for finding in case["findings"]] == [cases.TEXT]
    assert case["timeline"][-1]["action"] == "case.opened"


def test_a_term_over_new_year_skips_the_holidays_and_says_that_it_may_move(clock, office, campaign):
    clock.move_to("2026-12-31T16:00:00+08:00")
    lead = office(Role.LEAD)
    case = cases.opened_case(campaign, lead=lead, working_days=1)
    assert case["number"] == "2026-0001"
    assert case["due_at"] == "2027-01-04T10:00:00+00:00"
    assert case["deadline"]["provisional"] is True
    clock.move_to("2027-01-01T00:00:00+08:00")
    case = cases.opened_case(campaign, lead=lead)
    assert (case["number"], case["opened_on"]) == ("2027-0001", "2027-01-01")


def test_numbers_run_without_gaps_also_past_refusals(campaign):
    taken = cases.confirmed_finding(campaign)
    numbers = [cases.opened_case(campaign, findings=[taken])["number"]]
    refused = campaign.lead.post("/cases", cases.case_body(campaign, [taken]))
    assert (refused.status_code, refused.json["code"]) == (409, "finding-in-case")
    assert "2026-0001" in refused.json["title"]
    numbers += [cases.opened_case(campaign)["number"] for _ in range(2)]
    assert numbers == ["2026-0001", "2026-0002", "2026-0003"]


def test_what_cannot_be_a_case_is_refused_and_changes_nothing(campaign):
    finding = cases.confirmed_finding(campaign)
    before = counts()
    for change, status, code in (
        ({"finding_ids": [str(uuid4())]}, 404, "not-found"),
        ({"finding_ids": []}, 422, "finding-missing"),
        ({"unit_id": campaign.tree.transport}, 422, "finding-of-other-unit"),
        ({"unit_id": str(uuid4())}, 404, "not-found"),
        ({"class": "step_by_step"}, 422, "public-explanation-missing"),
        ({"class": "some_day"}, 422, "invalid-input"),
        ({"title": "  "}, 422, "invalid-input"),
        ({"working_days": 0}, 422, "invalid-input"),
        ({"defence_working_days": 0}, 422, "invalid-input"),
    ):
        answer = campaign.lead.post("/cases", cases.case_body(campaign, [finding], **change))
        assert (answer.status_code, answer.json["code"]) == (status, code), answer.json
    assert counts() == before
    assert cases.opened_case(campaign)["number"] == "2026-0001"


def test_findings_of_one_case_share_a_campaign_and_still_stand(campaign):
    withdrawn = cases.confirmed_finding(campaign, state="withdrawn")
    other = cases.confirmed_finding(campaign, campaign_id=uuid4())
    good = cases.confirmed_finding(campaign)
    for findings, code in (
        ([withdrawn], "finding-withdrawn"),
        ([good, other], "finding-of-other-campaign"),
    ):
        answer = campaign.lead.post("/cases", cases.case_body(campaign, findings))
        assert answer.json["code"] == code
    assert counts()[0] == 0


def test_a_bureau_may_own_the_case_of_an_office_beneath_it(office, campaign):
    finding = cases.confirmed_finding(campaign, unit=campaign.tree.road_transport)
    case = cases.opened_case(campaign, findings=[finding], unit_id=campaign.tree.transport)
    assert case["unit"]["id"] == campaign.tree.transport
    assert case["findings"][0]["unit"]["name"] == "甲市道路运输服务中心"
    bureau = setup.liaison(office, campaign.tree.transport)
    firm = setup.liaison(office, campaign.tree.road_transport)
    assert bureau.get(f"/cases/{case['id']}").status_code == 200
    assert firm.get(f"/cases/{case['id']}").status_code == 404


def test_no_confirmed_finding_is_lost_until_a_case_takes_care_of_it(office, campaign):
    finding = cases.confirmed_finding(campaign)
    waiting = campaign.lead.get("/findings-without-case").json["items"]
    assert [(one["id"], one["unit"]["id"]) for one in waiting] == [(finding.id, campaign.unit)]
    cases.opened_case(campaign, findings=[finding])
    assert campaign.lead.get("/findings-without-case").json["items"] == []
    assert office(Role.AUDITOR).get("/findings-without-case").status_code == 403


def test_the_unit_is_heard_rectifies_and_gets_its_reply(clock, campaign, desk):
    case = cases.opened_case(campaign)
    path = f"/cases/{case['id']}"
    clock.shift(60)
    answered = setup.created(desk.post(f"{path}/statements", statement()))
    assert (answered["state"], answered["defence_stated"]) == ("answered", True)
    assert campaign.lead.get(path).json["defence_over"] is True

    clock.shift(60)
    rectified = setup.created(desk.post(f"{path}/statements", statement("rectification", "已改。")))
    assert (rectified["state"], rectified["deadline"]) == ("rectified", None)
    clock.shift(60)
    again = setup.created(desk.post(f"{path}/statements", statement("defence", "补充说明。")))
    assert again["state"] == "rectified"

    clock.shift(60)
    closed = setup.created(campaign.lead.post(f"{path}/close", {"reply": "经复核，同意办结。"}))
    assert (closed["state"], closed["closed_at"] is not None) == ("closed", True)
    assert [entry["action"] for entry in closed["timeline"]] == [
        "visit.made",
        "record.received",
        "review.accepted",
        "case.opened",
        "case.defence_stated",
        "case.rectification_stated",
        "case.defence_stated",
        "case.closed",
    ]
    assert closed["timeline"][-1]["text"] == "经复核，同意办结。"
    assert desk.get(path).json["statements"][-1]["kind"] == "reply"


def test_every_statement_goes_to_the_log_by_its_hash(campaign, desk):
    case = cases.opened_case(campaign)
    path = f"/cases/{case['id']}"
    setup.created(desk.post(f"{path}/statements", statement()))
    setup.created(campaign.lead.post(f"{path}/close", {"reply": "同意。"}))
    with transaction(write=False):
        logged = db.session.scalars(
            select(LogEntry.sha256).filter_by(kind="reply", subject=case["number"])
        ).all()
    told = [statement()["text"], "同意。"]
    assert set(logged) == {hashlib.sha256(text.encode()).hexdigest() for text in told}


def test_no_case_closes_without_a_reply_and_a_closed_one_stays_closed(campaign, desk):
    case = cases.opened_case(campaign)
    path = f"/cases/{case['id']}"
    for reply in ({}, {"reply": ""}, {"reply": " \n "}):
        answer = campaign.lead.post(f"{path}/close", reply)
        assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")
    assert campaign.lead.get(path).json["state"] == "open"

    setup.created(campaign.lead.post(f"{path}/close", {"reply": "同意。"}))
    before = counts()
    for answer in (
        campaign.lead.post(f"{path}/close", {"reply": "再次。"}),
        desk.post(f"{path}/statements", statement()),
        campaign.lead.change(path, {"title": "改名"}),
    ):
        assert (answer.status_code, answer.json["code"]) == (409, "case-closed")
    assert counts() == before


def test_a_late_defence_is_heard_and_marked(clock, office, campaign):
    case = cases.opened_case(campaign)
    clock.move_to("2026-11-24T00:00:00Z")
    assert office(Role.LEAD).get(f"/cases/{case['id']}").json["defence_over"] is True
    desk = setup.liaison(office, campaign.unit)
    answer = setup.created(desk.post(f"/cases/{case['id']}/statements", statement()))
    assert answer["statements"][0]["late"] is True


def test_the_time_to_be_heard_grows_but_never_shrinks(campaign):
    case = cases.opened_case(campaign)
    path = f"/cases/{case['id']}"
    answer = campaign.lead.change(path, {"defence_working_days": 4})
    assert (answer.status_code, answer.json["code"]) == (409, "defence-window-shortened")
    assert campaign.lead.get(path).json["defence_until"] == case["defence_until"]
    changed = setup.created(
        campaign.lead.change(path, {"defence_working_days": 7, "working_days": 8})
    )
    assert changed["defence_until"] == "2026-11-25T10:00:00+00:00"
    assert changed["due_at"] == "2026-11-26T10:00:00+00:00"


def test_nobody_moves_a_deadline_back_alone(campaign):
    case = cases.opened_case(campaign)
    for change in ({"working_days": 11}, {"due_on": "2026-12-01"}):
        answer = campaign.lead.change(f"/cases/{case['id']}", change)
        assert (answer.status_code, answer.json["code"]) == (409, "extension-needs-approval")
    assert campaign.lead.get(f"/cases/{case['id']}").json["due_at"] == case["due_at"]


def test_a_change_needs_the_case_as_it_is_now(campaign, desk):
    case = cases.opened_case(campaign)
    path = f"/cases/{case['id']}"
    etag = campaign.lead.get(path).headers["ETag"]
    assert campaign.lead.patch(path, {"title": "无"}).status_code == 428
    setup.created(desk.post(f"{path}/statements", statement()))
    stale = campaign.lead.patch(path, {"title": "旧"}, headers={"If-Match": etag})
    assert stale.status_code == 412
    first = campaign.lead.patch(
        path, {"title": "新"}, headers={"If-Match": campaign.lead.get(path).headers["ETag"]}
    )
    second = campaign.lead.patch(
        path, {"responsible": "主任"}, headers={"If-Match": first.headers["ETag"]}
    )
    assert (second.status_code, second.json["title"]) == (200, "新")


def test_a_deadline_shows_its_colour(clock, office, campaign):
    """Opened on a Monday for ten working days: the last day is 30 November, until 18:00."""
    path = f"/cases/{cases.opened_case(campaign)['id']}"
    etags = set()
    for at, colour, code, left in (
        ("2026-11-25T03:00:00Z", "none", "deadline-far", 3),
        ("2026-11-26T03:00:00Z", "blue", "deadline-near", 2),
        ("2026-11-28T03:00:00Z", "blue", "deadline-near", 1),
        ("2026-11-30T09:59:00Z", "yellow", "deadline-last-day", 0),
        ("2026-11-30T10:01:00Z", "red", "deadline-overdue", 0),
        ("2026-12-02T03:00:00Z", "red", "deadline-overdue", -2),
    ):
        clock.move_to(at)
        lead = office(Role.AUDITOR)
        answer = lead.get(path)
        etags.add(answer.headers["ETag"])
        found = answer.json["deadline"]
        assert (found["colour"], found["code"], found["working_days_left"]) == (colour, code, left)
        overdue = lead.get("/cases?overdue=true").json["items"]
        assert len(overdue) == (colour == "red")
    assert len(etags) == 1


def test_cases_are_found_by_state_unit_campaign_and_words_and_are_paged(clock, campaign, desk):
    first = cases.opened_case(campaign, title="窗口空岗", working_days=3)
    second = cases.opened_case(campaign, title="推诿扯皮")
    setup.created(desk.post(f"/cases/{second['id']}/statements", statement()))
    lead = campaign.lead

    def found(query):
        return [one["number"] for one in setup.created(lead.get(f"/cases?{query}"))["items"]]

    assert found("") == [first["number"], second["number"]]
    assert found("state=answered") == [second["number"]]
    assert found(f"unit={campaign.tree.city}") == [first["number"], second["number"]]
    assert found(f"unit={campaign.tree.transport}") == []
    assert found(f"campaign={campaign.id}&q=空岗") == [first["number"]]
    assert found("q=2026-0002") == [second["number"]]
    cursor = lead.get("/cases?limit=1").json["next"]
    (last,) = lead.get("/cases", query_string={"cursor": cursor}).json["items"]
    assert last["id"] == second["id"]


def test_a_unit_reads_its_own_case_by_an_allow_list(campaign, desk):
    finding = cases.confirmed_finding(campaign, picture="redacted")
    hidden = cases.confirmed_finding(campaign, picture="original", text="另一问题")
    case = cases.opened_case(campaign, findings=[finding, hidden])
    answer = desk.get(f"/cases/{case['id']}")
    assert set(answer.json) == {
        "id", "number", "title", "unit", "class", "state", "opened_on", "due_at", "defence_until",
        "defence_stated", "closed_at", "deadline", "summary", "public_explanation", "findings",
        "statements", "horizon", "responsibility", "subtasks", "requests", "revisit_asked",
    }  # fmt: skip
    found = {one["text"]: one for one in answer.json["findings"]}
    for one in found.values():
        assert set(one) == {"item_text", "text", "veto", "day", "site", "pictures"}
        assert one["day"] == "2026-11-09"
    assert [len(found[text]["pictures"]) for text in (cases.TEXT, "另一问题")] == [1, 0]
    text = answer.get_data(as_text=True)
    for secret in (
        cases.ALIAS, cases.REVIEWER, "原话", "分管副主任", finding.record, hidden.picture,
        "2970000", "lat_e7",
    ):  # fmt: skip
        assert secret not in text
    (line,) = desk.get("/cases").json["items"]
    assert set(line) <= set(answer.json)


def test_a_unit_sees_redacted_pictures_of_its_case_only(office, campaign, desk):
    shown = cases.confirmed_finding(campaign, picture="redacted")
    cleared = cases.confirmed_finding(campaign, picture="cleared")
    hidden = cases.confirmed_finding(campaign, picture="original")
    case = cases.opened_case(campaign, findings=[shown, cleared, hidden])
    foreign = cases.confirmed_finding(campaign, picture="redacted")
    path = f"/cases/{case['id']}/pictures"
    for who in (desk, campaign.lead):
        for finding in (shown, cleared):
            answer = who.get(f"{path}/{finding.picture}/redacted")
            assert (answer.status_code, answer.mimetype) == (200, "image/png")
            assert answer.get_data() == cases.png(finding.record)
        for finding in (hidden, foreign):
            assert who.get(f"{path}/{finding.picture}/redacted").status_code == 404
    other = setup.liaison(office, campaign.tree.transport)
    assert other.get(f"{path}/{shown.picture}/redacted").status_code == 404


def test_a_foreign_case_does_not_exist_for_a_unit(office, campaign):
    case = cases.opened_case(campaign)
    path = f"/cases/{case['id']}"
    before = counts()
    for other in (
        setup.liaison(office, campaign.tree.transport),
        office(Role.LIAISON),
        office(Role.LEAD, Role.LIAISON, unit=uuid4()),
    ):
        assert other.get("/cases").json["items"] == []
        for answer in (
            other.get(path),
            other.post(f"{path}/statements", statement()),
            other.get(f"{path}/pictures/{'0' * 64}/redacted"),
        ):
            assert (answer.status_code, answer.json["code"]) == (404, "not-found")
    assert counts() == before


def test_whoever_is_confined_to_a_unit_gets_the_desk_answer_whatever_else_they_are(
    office, campaign
):
    case = cases.opened_case(campaign)
    both = office(Role.LEAD, Role.LIAISON, unit=UUID(case["unit"]["id"]))
    assert "responsible" not in both.get(f"/cases/{case['id']}").json
    assert "responsible" in campaign.lead.get(f"/cases/{case['id']}").json


def test_who_may_do_what(office, phone, app, campaign, desk):
    case = cases.opened_case(campaign)
    path = f"/cases/{case['id']}"
    finding = cases.confirmed_finding(campaign)
    reviewer, approver, auditor = (
        office(role) for role in (Role.REVIEWER, Role.APPROVER, Role.AUDITOR)
    )
    before = counts()
    refused = [
        *(
            who.post("/cases", cases.case_body(campaign, [finding]))
            for who in (approver, auditor, desk)
        ),
        *(
            who.post(f"{path}/close", {"reply": "同意"})
            for who in (reviewer, approver, auditor, desk)
        ),
        *(
            who.post(f"{path}/statements", statement())
            for who in (reviewer, approver, auditor, campaign.lead)
        ),
        *(who.patch(path, {"title": "改"}) for who in (reviewer, auditor, desk)),
        office(Role.ADMINISTRATOR).get("/cases"),
        office(Role.CUSTODIAN).get(path),
        phone().call("GET", path),
    ]
    assert {(one.status_code, one.json["code"]) for one in refused} == {(403, "not-permitted")}
    assert app.test_client().get(f"/api/v1{path}").status_code == 401
    assert counts() == before
    for who in (reviewer, approver, auditor):
        assert who.get(path).json["responsible"] == "分管副主任"
    opened = reviewer.post("/cases", cases.case_body(campaign, [finding]))
    assert opened.status_code == 201


def test_no_case_no_finding_of_it_and_no_statement_is_ever_deleted(app, campaign, desk):
    case = cases.opened_case(campaign)
    setup.created(desk.post(f"/cases/{case['id']}/statements", statement()))
    rules = [rule for rule in app.url_map.iter_rules() if "/cases" in rule.rule]
    assert not [rule for rule in rules if "DELETE" in rule.methods]
    for table in (Case, CaseFinding, CaseStatement):
        with pytest.raises(RuntimeError):
            write(lambda table=table: db.session.delete(db.session.scalars(select(table)).first()))
    with pytest.raises(RuntimeError):
        write(lambda: setattr(db.session.scalars(select(CaseStatement)).first(), "text", "改写"))
    assert counts()[:3] == [1, 1, 1]


def test_a_finding_is_in_one_case_even_below_the_service(campaign):
    finding = cases.confirmed_finding(campaign)
    cases.opened_case(campaign, findings=[finding])
    other = cases.opened_case(campaign)
    row = CaseFinding(case_id=UUID(other["id"]), finding_id=UUID(finding.id))
    with pytest.raises(IntegrityError):
        write(lambda: db.session.add(row))


def test_the_database_itself_keeps_owner_deadline_and_answer(campaign):
    cases.opened_case(campaign)
    for change in (
        "unit_id = NULL",
        "owner_id = NULL",
        "due_at = NULL",
        "defence_until = NULL",
        "due_at = opened_at",
        "state = 'closed'",
        "state = 'closed', closed_at = due_at",
        "state = 'gone'",
        "class = 'step_by_step'",
        "reply_sha256 = 'x'",
    ):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(sql(f"UPDATE cases SET {change}"))
