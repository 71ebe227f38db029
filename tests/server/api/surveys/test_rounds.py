"""Rounds through the API: set up, framed, frozen, drawn, opened, closed, approved, published."""

import io

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import text

from anfang import log_map
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from anfang.log import service as log
from factories import setup, surveys
from factories.setup import created
from support.clockwork import work_by_clock


@pytest.fixture
def campaign(office):
    return setup.running_campaign(office)


@pytest.fixture
def draft(campaign):
    return surveys.drafted(campaign)


def code_of(answer):
    return answer.status_code, answer.json["code"]


def faults(answer):
    return {(one["row"], one["code"]) for one in created(answer)["faults"]}


def seal():
    with transaction():
        log.seal()


def log_faults():
    with transaction(write=False):
        return [one.code for one in log_map.verify()]


def test_a_frame_is_shown_before_it_is_taken_and_taken_as_it_was_shown(draft):
    data = surveys.frame_csv({"服务对象": 6, "基层单位": 5})
    shown = created(surveys.send_frame(draft, data))
    assert (shown["raters"], shown["groups"]) == (11, {"served": 6, "grassroots": 5})
    assert not shown["done"]
    assert created(draft.lead.get(draft.path("/raters")))["items"] == []
    other = surveys.frame_csv({"服务对象": 7, "基层单位": 5})
    assert code_of(surveys.send_frame(draft, other, shown["digest"])) == (
        409,
        "survey-frame-changed",
    )
    assert created(surveys.send_frame(draft, data, shown["digest"]))["done"]
    listed = created(draft.lead.get(draft.path("/raters?group=served")))["items"]
    assert [one["number"] for one in listed] == [f"R-{n:04d}" for n in range(1, 7)]


def test_a_frame_names_every_faulty_line_and_holds_no_telling_number(draft):
    lines = [
        "编号,组别,联系方式",
        "A-1,服务对象,",
        "A-1,服务对象,",
        "13800138000,服务对象,",
        "王某,服务对象,",
        "A-2,无此组,",
        "A-3,服务对象,电话",
        "=1+1,服务对象,",
    ]
    answer = surveys.send_frame(draft, "\n".join(lines).encode())
    assert {
        (2, "number-twice"),
        (3, "number-twice"),
        (4, "number-telling"),
        (5, "number-faulty"),
        (6, "group-unknown"),
        (7, "contact-faulty"),
        (8, "cell-formula"),
    } <= faults(answer)
    refused = surveys.send_frame(draft, "\n".join(lines).encode(), answer.json["digest"])
    assert code_of(refused) == (422, "survey-frame-faulty")
    assert created(draft.lead.get(draft.path("/raters")))["items"] == []


def test_what_is_asked_of_whom_is_frozen_and_stands_in_the_log(draft):
    surveys.take_frame(draft, surveys.frame_csv({"服务对象": 6, "基层单位": 5}))
    frozen = created(draft.lead.post(draft.path("/freeze")))
    assert frozen["state"] == "frozen"
    assert frozen["drawn"]
    again = surveys.frame_csv({"服务对象": 9, "基层单位": 5})
    assert code_of(surveys.send_frame(draft, again)) == (409, "survey-frozen")
    body = {"form": surveys.form(draft.units[:1])}
    assert code_of(draft.lead.change(draft.path(), body)) == (409, "survey-frozen")
    seal()
    assert log_faults() == []
    with transaction():
        db.session.execute(text("UPDATE survey_raters SET stratum = 'x' WHERE number = 'R-0001'"))
    assert log_faults() == ["row-changed"]


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"questions": []}, "/questions"),
        ({"scale": surveys.SCALE[:2]}, "/scale"),
        ({"scale": surveys.SCALE[2:]}, "/scale"),
        ({"groups": surveys.GROUPS * 2}, "/groups"),
        ({"groups": surveys.GROUPS[:1]}, "/panels"),
        ({"panels": []}, "/panels"),
    ],
)
def test_a_form_that_cannot_be_asked_is_not_frozen(campaign, members, pointer):
    draft = surveys.drafted(campaign, **members)
    answer = draft.lead.post(draft.path("/freeze"))
    assert code_of(answer) == (422, "survey-form-faulty")
    assert pointer in [one["pointer"] for one in answer.json["errors"]]


def test_a_group_too_small_to_be_anonymous_is_not_asked(draft):
    surveys.take_frame(draft, surveys.frame_csv({"服务对象": 6, "基层单位": 4}))
    assert code_of(draft.lead.post(draft.path("/freeze"))) == (409, "survey-group-too-small")


def test_a_sample_is_drawn_once_after_the_commitment_stands_in_the_log(campaign):
    groups = [{**surveys.GROUPS[0], "quota": 10}, surveys.GROUPS[1]]
    one = surveys.drafted(campaign, groups=groups)
    surveys.take_frame(one, surveys.frame_csv({"服务对象": 40, "基层单位": 6}))
    created(one.lead.change(one.path(), {"closes_at": surveys.HOUR}))
    created(one.lead.post(one.path("/freeze")))
    assert code_of(one.lead.post(one.path("/open"))) == (409, "survey-sample-missing")
    lots = {"entropy": "3876.52", "witness": "派驻纪检监察组"}
    assert one.lead.post(one.path("/draw"), lots).status_code == 409
    seal()
    created(one.lead.post(one.path("/draw"), lots))
    assert code_of(one.lead.post(one.path("/draw"), lots)) == (409, "survey-sample-drawn")
    drawn = created(one.lead.get(one.path("/raters?drawn=true&limit=200")))["items"]
    by_group = [rater["group"] for rater in drawn]
    assert (by_group.count("served"), by_group.count("grassroots")) == (10, 6)
    strata = [rater["stratum"] for rater in drawn if rater["group"] == "served"]
    assert (strata.count("层0"), strata.count("层1")) == (5, 5)
    told = created(one.lead.get(one.path("/sample")))
    assert told["repeats"]
    assert told["sample"] == sorted(rater["number"] for rater in drawn)
    seal()
    assert log_faults() == []
    created(one.lead.post(one.path("/open")))


def test_nothing_is_told_of_answers_before_the_round_is_closed(app, draft):
    one = surveys.opened(draft)
    surveys.answered(app, one, ["good"] * 6)
    assert code_of(one.lead.get(one.path("/results"))) == (409, "survey-still-open")
    assert code_of(one.lead.get(one.path("/results-sheet"))) == (409, "survey-still-open")
    (served, _) = created(one.lead.get(one.path("/progress")))["groups"]
    assert (served["sample"], served["issued"], served["used"]) == (12, 6, 6)
    assert code_of(one.lead.post(one.path("/close"), {"reason": " "})) == (
        409,
        "survey-closes-early",
    )
    told = surveys.closed(one)
    assert [unit["ballots"] for unit in told["units"]] == [6, 6]


def test_a_round_closes_at_its_hour_and_takes_no_ballot_after_it(app, office):
    with time_machine.travel("2026-11-23T01:00:00Z", tick=False) as clock:
        campaign = setup.running_campaign(office)
        one = surveys.opened(surveys.drafted(campaign), closes_at="2026-11-23T02:00:00Z")
        (late, *_) = surveys.codes(one)
        clock.move_to("2026-11-23T02:00:00Z")
        assert surveys.cast(app, late, surveys.ballot(one, "good")).status_code == 409
        assert app.test_client().get(f"/p/surveys/{late}").status_code == 409
        work_by_clock("surveys")
        assert created(one.lead.get(one.path()))["state"] == "closed"


def test_results_tell_means_shares_and_intervals_and_no_sample_as_none(app, campaign):
    one = surveys.opened(surveys.drafted(campaign))
    said = ["good"] * 5 + ["fair"] * 2 + ["bad"] * 2 + ["unknown"]
    for code, option in zip(surveys.codes(one, "served", 10), said, strict=True):
        surveys.cast(app, code, surveys.ballot(one, option, units=one.units[:1]))
    units = {unit["unit"]["id"]: unit for unit in surveys.closed(one)["units"]}
    told, empty = units[one.units[0]], units[one.units[1]]
    cell = told["questions"][0]["total"]
    assert (cell["count"], cell["rated"]) == (10, 9)
    assert cell["mean"] == pytest.approx((5 * 100 + 2 * 60) / 9)
    share = cell["dissatisfied"]
    assert (share["count"], share["of"]) == (2, 9)
    assert share["low"] < 2 / 9 < share["high"]
    assert (empty["ballots"], empty["deciding"]["mean"]) == (0, None)
    assert empty["deciding"]["standing"] == "none"
    assert empty["deciding"]["dissatisfied"] is None
    book = one.lead.get(one.path("/results-sheet"))
    sheet = load_workbook(io.BytesIO(book.get_data())).worksheets[0]
    said = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert ["无样本"] in [[row[4]] for row in said if row[0] == "甲市交通运输局"]


def test_small_groups_are_withheld_and_cannot_be_worked_out(app, campaign):
    one = surveys.opened(surveys.drafted(campaign), {"服务对象": 20, "基层单位": 20})
    surveys.answered(app, one, ["good"] * 12)
    surveys.answered(app, one, ["bad"] * 3, "grassroots")
    (unit, _) = surveys.closed(one)["units"]
    groups = unit["questions"][0]["groups"]
    assert {name: cell["standing"] for name, cell in groups.items()} == {
        "served": "withheld",
        "grassroots": "withheld",
    }
    assert groups["grassroots"]["mean"] is None
    assert groups["grassroots"]["options"] == {}
    assert unit["questions"][0]["total"]["standing"] == "told"


def test_results_are_approved_by_somebody_else_before_the_public_sees_them(app, office, campaign):
    one = surveys.opened(surveys.drafted(campaign))
    surveys.answered(app, one, ["good"] * 6)
    surveys.closed(one)
    public = app.test_client()
    assert public.get(f"/p/surveys/results/{one.id}").status_code == 404
    assert code_of(one.lead.post(one.path("/publish"))) == (409, "survey-not-closed")
    assert one.lead.post(one.path("/approve")).status_code == 403
    both = office(Role.LEAD, Role.APPROVER)
    own = surveys.drafted(setup.Campaign(**{**campaign.__dict__, "lead": both}), code="second")
    surveys.opened(own)
    surveys.closed(own)
    assert code_of(both.post(own.path("/approve"))) == (409, "survey-own-work")
    approver = office(Role.APPROVER)
    created(approver.post(one.path("/approve")))
    assert code_of(approver.post(one.path("/approve"))) == (409, "survey-not-closed")
    created(one.lead.post(one.path("/publish")))
    page = public.get(f"/p/surveys/results/{one.id}")
    assert page.status_code == 200
    assert "100.0" in page.get_data(as_text=True)
    assert one.id in public.get("/p/surveys/results/").get_data(as_text=True)


def test_a_changed_answer_shows_in_the_log(app, campaign):
    one = surveys.opened(surveys.drafted(campaign))
    surveys.answered(app, one, ["bad"] * 6)
    surveys.closed(one)
    seal()
    assert log_faults() == []
    with transaction():
        db.session.execute(text("""UPDATE survey_answers SET marks = '{"overall": "good"}'"""))
    assert log_faults() == ["row-changed"]
