"""Paper ballots: entered twice by two people, settled by a third, only then counted."""

import subprocess

import pytest

from anfang.kit.principal import Role
from factories import setup, surveys
from factories.setup import created


@pytest.fixture
def one(office):
    return surveys.opened(surveys.drafted(setup.running_campaign(office)))


@pytest.fixture
def numbers(one):
    body = {"group": "served", "count": 8}
    return created(one.lead.post(one.path("/paper-ballots"), body))["numbers"]


@pytest.fixture
def others(office):
    return office(Role.REVIEWER), office(Role.APPROVER)


def marks(one, overall, speed="good"):
    return {unit: {"overall": overall, "speed": speed} for unit in one.units}


def enter(who, one, number, said):
    return who.post(one.path("/paper-entries"), {"number": number, "marks": said})


def code_of(answer):
    return answer.status_code, answer.json["code"]


def test_two_people_who_agree_make_a_ballot_count(one, numbers, others):
    second, third = others
    assert created(enter(one.lead, one, 1, marks(one, "good")))["state"] == "once"
    assert code_of(enter(one.lead, one, 1, marks(one, "good"))) == (409, "survey-same-person")
    assert created(enter(second, one, 1, marks(one, "good")))["state"] == "agreed"
    assert code_of(enter(third, one, 1, marks(one, "bad"))) == (409, "survey-paper-entered")
    assert code_of(enter(second, one, 99, marks(one, "good"))) == (404, "survey-paper-unknown")


def test_a_third_person_settles_differences_and_nothing_else(one, numbers, others):
    second, third = others
    first_read = marks(one, "good")
    second_read = {**marks(one, "good"), one.units[1]: {"overall": "bad"}}
    enter(one.lead, one, 2, first_read)
    assert created(enter(second, one, 2, second_read))["state"] == "differs"
    for reader in (one.lead, second):
        answer = reader.get(one.path("/paper-ballots/2"))
        assert code_of(answer) == (409, "survey-same-person")
    shown = created(third.get(one.path("/paper-ballots/2")))["differences"]
    assert {(d["unit"], d["question"], d["first"], d["second"]) for d in shown} == {
        (one.units[1], "overall", "good", "bad"),
        (one.units[1], "speed", "good", ""),
    }
    place = {"unit": one.units[1], "question": "overall"}
    speed = {"unit": one.units[1], "question": "speed", "option": ""}
    invented = {"decided": [{**place, "option": "fair"}, speed]}
    path = one.path("/paper-ballots/2/settle")
    assert code_of(third.post(path, invented)) == (422, "survey-marks-faulty")
    assert code_of(third.post(path, {"decided": [speed]})) == (422, "survey-marks-faulty")
    decided = {"decided": [{**place, "option": "bad"}, speed]}
    assert code_of(one.lead.post(path, decided)) == (409, "survey-same-person")
    assert created(third.post(path, decided))["state"] == "settled"
    assert code_of(third.post(path, decided)) == (409, "survey-nothing-to-settle")


def test_only_what_agrees_counts_and_a_round_waits_for_the_rest(one, numbers, others):
    second, third = others
    for number in range(1, 6):
        enter(one.lead, one, number, marks(one, "bad"))
        enter(second, one, number, marks(one, "bad"))
    enter(one.lead, one, 6, marks(one, "good"))
    close = one.path("/close")
    assert code_of(one.lead.post(close, {"reason": "提前"})) == (409, "survey-paper-waiting")
    spoil = one.path("/paper-ballots/6/spoil")
    assert code_of(one.lead.post(spoil, {"reason": "字迹不清"})) == (409, "survey-same-person")
    assert third.post(spoil, {"reason": " "}).status_code == 422
    assert created(third.post(spoil, {"reason": "字迹不清"}))["state"] == "spoilt"
    (group, _) = created(one.lead.get(one.path("/progress")))["groups"]
    assert (group["paper"], group["paper_counted"], group["paper_spoilt"]) == (8, 5, 1)
    (unit, _) = surveys.closed(one)["units"]
    assert (unit["ballots"], unit["deciding"]["mean"]) == (5, 0)


def test_paper_takes_the_place_of_raters_so_nobody_is_asked_twice(app, one, numbers):
    assert len(surveys.codes(one)) == 4
    body = {"group": "served", "count": 1}
    assert code_of(one.lead.post(one.path("/paper-ballots"), body)) == (
        409,
        "survey-raters-used-up",
    )
    refused = one.lead.post(one.path("/raters/R-0012/token"))
    assert code_of(refused) == (409, "survey-raters-used-up")


def test_each_number_is_printed_on_a_sheet_with_what_its_group_is_asked(office, one, numbers):
    asked = one.path(f"/paper-sheets?group=served&first=1&last={numbers[-1]}&lang=")
    chinese, english = (
        printed(created_pdf(one.lead.get(asked + lang))) for lang in ("zh-CN", "en")
    )
    assert [f"编号 {number}" in chinese for number in (*numbers, 9)] == [True] * 8 + [False]
    for said in ("第一次满意度调查", "服务对象", "总体", "效率", "基本满意", "甲市行政服务中心"):
        assert chinese.count(said) >= len(numbers), said
    for said in ("People served", "As a whole", "Fairly", "Tick one box"):
        assert english.count(said) >= len(numbers), said
    enter(one.lead, one, 1, marks(one, "good"))
    left = printed(created_pdf(one.lead.get(asked + "zh-CN")))
    assert ("编号 1\n" in left, "编号 2\n" in left) == (False, True)
    other = one.path("/paper-sheets?group=grassroots&first=1&last=8")
    assert code_of(one.lead.get(other)) == (404, "survey-paper-unknown")
    assert one.lead.get(one.path("/paper-sheets?group=served&first=1&last=401")).status_code == 422
    assert office(Role.REVIEWER).get(asked + "en").status_code == 403


def created_pdf(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data()


def printed(pdf):
    tool = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(tool, input=pdf, capture_output=True, check=True).stdout.decode()
