"""Self-reports: filed, signed, locked; compared with visits; people judge a difference."""

import io
from datetime import date
from uuid import UUID

import openpyxl
import pytest
import time_machine

from anfang.claims import queries
from anfang.kit.principal import Role
from factories import claims, inspections, review, setup
from factories.setup import created

MONDAY = "2026-11-09T02:00:00Z"
AFTER = "2026-12-07T03:00:00Z"
ITEM = review.FAILED_ITEM


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, office):
    return setup.running_campaign(office)


@pytest.fixture
def desk(office, campaign):
    return setup.liaison(office, campaign.unit)


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json
    return {one["pointer"]: one["detail"] for one in answer.json.get("errors", [])}


def seen_bad(office, phone, campaign, desk, clock, good=2, bad=10):
    """Claimed 100 per cent, seen otherwise; the deadline has passed."""
    request = claims.ask(campaign.lead, campaign)
    sheet = claims.sheet_of(desk, request)
    claims.claim_all(desk, sheet)
    claims.later(clock, claims.DURING, campaign.lead)
    reviewer = claims.visits(office, phone(), campaign, good, bad)
    claims.later(clock, AFTER, campaign.lead, desk, reviewer)
    return request, sheet["id"], reviewer


def test_every_version_is_kept_and_the_signed_one_counts_until_a_newer_is_signed(campaign, desk):
    request = claims.ask(campaign.lead, campaign, items=[ITEM])
    sheet = claims.sheet_of(desk, request)
    assert (sheet["state"], sheet["version"]) == ("open", 0)
    claims.claim_all(desk, sheet, 90)
    answer = [{"item": ITEM, "good": 19, "checked": 20, "remark": "自查20次"}]
    changed = created(claims.try_file(desk, sheet["id"], answer))
    assert (changed["state"], changed["version"], changed["signed_version"]) == ("changed", 2, 1)
    assert claims.cell(campaign.lead, request, ITEM)["claim"]["percent"] == 90
    created(desk.post(f"/claim-sheets/{sheet['id']}/sign", {"signatory": claims.HEAD}))
    assert claims.cell(campaign.lead, request, ITEM)["claim"] == {
        "percent": 95.0,
        "good": 19,
        "checked": 20,
    }
    first, second = claims.sheet_of(desk, request)["versions"]
    assert first["answers"] == [{"item": ITEM, "percent": 90}]
    assert (second["signatory"], second["answers"]) == (claims.HEAD, answer)


def test_nothing_at_all_is_a_claim_too(campaign, desk):
    sheet = claims.sheet_of(desk, claims.ask(campaign.lead, campaign, items=[ITEM]))
    claims.claim_all(desk, sheet, 0)
    [version] = claims.sheet_of(desk, sheet["request"]["id"])["versions"]
    assert version["answers"] == [{"item": ITEM, "percent": 0}]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({}, "claim-answer-empty"),
        ({"percent": 90, "not_applicable": True}, "claim-answer-twofold"),
        ({"percent": 90, "good": 9, "checked": 10}, "claim-answer-twofold"),
        ({"good": 9}, "claim-answer-twofold"),
        ({"good": 11, "checked": 10}, "claim-more-good-than-checked"),
    ],
)
def test_what_says_nothing_or_two_things_is_refused(campaign, desk, answer, code):
    sheet = claims.sheet_of(desk, claims.ask(campaign.lead, campaign))
    refusal = claims.try_file(desk, sheet["id"], [{"item": ITEM, **answer}])
    assert refused(refusal, 422, "claim-answers-faulty") == {"/answers/0": code}


def test_items_stand_once_and_were_asked_for(campaign, desk):
    sheet = claims.sheet_of(desk, claims.ask(campaign.lead, campaign, items=[ITEM]))
    said = [{"item": one, "percent": 1} for one in (ITEM, "attitude", ITEM)]
    assert refused(claims.try_file(desk, sheet["id"], said), 422, "claim-answers-faulty") == {
        "/answers/0/item": "claim-item-twice",
        "/answers/1/item": "claim-item-unknown",
        "/answers/2/item": "claim-item-twice",
    }


def test_it_is_signed_whole_once_and_not_after_the_deadline(clock, campaign, desk):
    request = claims.ask(campaign.lead, campaign, working_days=2)
    sheet = claims.sheet_of(desk, request)
    sign = f"/claim-sheets/{sheet['id']}/sign"
    created(claims.try_file(desk, sheet["id"], [{"item": ITEM, "percent": 100}]))
    missing = refused(desk.post(sign, {"signatory": claims.HEAD}), 409, "claim-incomplete")
    assert len(missing) == len(sheet["request"]["items"]) - 1
    claims.claim_all(desk, sheet)
    refused(desk.post(sign, {"signatory": claims.HEAD}), 409, "claim-signed")
    assert sheet["request"]["due_at"].startswith("2026-11-11T10:00")  # 18:00 in China
    claims.later(clock, "2026-11-11T10:00:01Z", desk)
    late = claims.try_file(desk, sheet["id"], [{"item": ITEM, "percent": 50}])
    refused(late, 409, "claim-locked")
    refused(desk.post(sign, {"signatory": claims.HEAD}), 409, "claim-locked")


def test_what_is_asked_for_must_be_clear(office, campaign):
    lead = campaign.lead
    refused(claims.try_ask(lead, campaign, to_day="2026-10-01"), 422, "claim-period-reversed")
    refused(claims.try_ask(lead, campaign, items=["nothing"]), 422, "claim-items-unknown")
    refused(claims.try_ask(lead, campaign, call="none"), 422, "claim-call-unknown")
    nothing = claims.try_ask(lead, campaign, checklist_version_id=None)
    refused(nothing, 422, "claim-checklist-missing")
    created(lead.post(f"/campaigns/{campaign.id}/close"))
    refused(claims.try_ask(lead, campaign), 409, "claim-campaign-not-running")


def test_a_workbook_is_shown_first_and_formulas_stay_outside(campaign, desk):
    sheet = claims.sheet_of(desk, claims.ask(campaign.lead, campaign, items=[ITEM, "attitude"]))
    path = f"/claim-sheets/{sheet['id']}/sheet"
    book = openpyxl.load_workbook(io.BytesIO(desk.get(path).data))
    rows = {row[0].value: row[0].row for row in book.active.iter_rows(min_row=2)}
    book.active.cell(rows[ITEM], 3, 97)
    book.active.cell(rows[ITEM], 7, "=1+1")
    assert [one["code"] for one in send(desk, path, book)["faults"]] == ["cell-formula"]
    book.active.cell(rows[ITEM], 7, "")
    book.active.cell(rows["attitude"], 4, 3)
    assert [one["code"] for one in send(desk, path, book)["faults"]] == ["claim-answer-twofold"]
    book.active.cell(rows["attitude"], 5, 4)
    plan = send(desk, path, book)
    assert (plan["faults"], plan["done"]) == ([], False)
    assert claims.sheet_of(desk, sheet["request"]["id"])["version"] == 0
    assert send(desk, f"{path}?digest={plan['digest']}", book)["done"]
    whole = claims.sheet_of(desk, sheet["request"]["id"])
    assert {one["item"]: one for one in whole["versions"][0]["answers"]} == {
        ITEM: {"item": ITEM, "percent": 97},
        "attitude": {"item": "attitude", "good": 3, "checked": 4},
    }
    again = send_raw(desk, f"{path}?digest={plan['digest']}", book)
    refused(again, 409, "claim-sheet-changed")


def send_raw(desk, path, book):
    file = io.BytesIO()
    book.save(file)
    body = {"file": (io.BytesIO(file.getvalue()), "自报.xlsx")}
    return desk.call("POST", path, data=body, content_type="multipart/form-data")


def send(desk, path, book):
    return created(send_raw(desk, path, book))


def test_a_remark_that_looks_like_a_formula_leaves_as_text(campaign, desk):
    sheet = claims.sheet_of(desk, claims.ask(campaign.lead, campaign, items=[ITEM]))
    evil = '=HYPERLINK("http://示例")'
    said = [{"item": ITEM, "percent": 97, "remark": evil}]
    created(claims.try_file(desk, sheet["id"], said))
    data = desk.get(f"/claim-sheets/{sheet['id']}/sheet").data
    cell = openpyxl.load_workbook(io.BytesIO(data)).active.cell(2, 7)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (evil, "s", True)


def test_few_visits_say_nothing_and_agreement_is_no_flag(office, phone, clock, campaign, desk):
    request = claims.ask(campaign.lead, campaign)
    claims.claim_all(desk, claims.sheet_of(desk, request), 95)
    claims.later(clock, claims.DURING, campaign.lead)
    claims.visits(office, phone(), campaign, good=6, bad=1)
    few = claims.cell(campaign.lead, request, ITEM)
    assert (few["flag"], few["difference"], few["seen"]["of"]) == ("too_few", None, 7)
    claims.visits(office, phone("乙"), campaign, good=5, bad=0)
    enough = claims.cell(campaign.lead, request, ITEM)
    assert (enough["flag"], enough["seen"]["count"], enough["seen"]["of"]) == ("agrees", 11, 12)
    assert enough["difference"]["low"] < 0 < enough["difference"]["high"]


def test_a_bureau_speaks_for_what_lies_beneath_it(office, phone, clock, campaign):
    lead, tree = campaign.lead, campaign.tree
    request = claims.ask(lead, campaign, unit_ids=[tree.city, tree.transport])
    claims.later(clock, claims.DURING, campaign.lead)
    claims.visits(office, phone(), campaign, good=1, bad=0)
    assert claims.cell(lead, request, ITEM, tree.city)["seen"]["of"] == 1
    assert claims.cell(lead, request, ITEM, tree.transport)["seen"] is None


def test_visits_not_accepted_not_judged_or_of_other_days_do_not_count(
    office, phone, clock, campaign
):
    claims.later(clock, claims.DURING, campaign.lead)
    request = claims.ask(campaign.lead, campaign)
    inspector = phone()
    inspections.file(inspector, campaign)
    answers = [{"item": ITEM, "value": "na"}]
    reviewer = office(Role.REVIEWER)
    for changes in ({"answers": answers}, {"day": "2026-10-31"}):
        filed = inspections.file(inspector, campaign, **changes)
        review.take(reviewer, filed.id)
        created(reviewer.post(f"/review/records/{filed.id}/accept", {"findings": []}))
    assert claims.cell(campaign.lead, request, ITEM)["seen"] is None


def test_no_flag_has_a_consequence_by_itself(office, phone, clock, campaign, desk, run_jobs):
    request, _, _ = seen_bad(office, phone, campaign, desk, clock)
    found = claims.cell(campaign.lead, request, ITEM)
    assert (found["flag"], found["may_ask"], found["question_id"]) == ("concealment", True, None)
    created(campaign.lead.get(f"/claim-requests/{request}/comparison"))
    run_jobs()
    assert created(campaign.lead.get("/claim-questions"))["items"] == []
    assert created(campaign.lead.get("/cases"))["items"] == []
    assert queries.figures(UUID(campaign.id), date(2026, 1, 1), date(2027, 1, 1)) == []


def test_the_unit_is_heard_and_a_second_person_judges(office, phone, clock, campaign, desk):
    request, sheet, reviewer = seen_bad(office, phone, campaign, desk, clock)
    asked = created(claims.put(reviewer, sheet, ITEM))
    lead = office(Role.LEAD)
    refused(claims.judge(lead, asked["id"], "concealment"), 409, "claim-hearing-open")
    refused(claims.put(lead, sheet, ITEM), 409, "claim-asked-before")
    path = f"/claim-questions/{asked['id']}/answer"
    told = created(desk.post(path, {"text": "当日系统停电"}))
    assert (told["asked_by"], told["figures"]["seen"]["of"]) == (None, 12)
    refused(desk.post(path, {"text": "再补充"}), 409, "claim-question-answered")
    both = office(Role.LEAD, Role.REVIEWER)
    judged = created(claims.judge(lead, asked["id"], "concealment"))
    case = created(lead.get(f"/cases/{judged['case_id']}"))
    assert (case["unit"]["id"], case["state"], len(case["findings"])) == (campaign.unit, "open", 10)
    refused(claims.judge(both, asked["id"], "explained"), 409, "claim-judged")
    assert claims.cell(lead, request, ITEM)["verdict"] == "concealment"


def test_who_asked_does_not_judge_and_silence_does_not_stop_it(
    office, phone, clock, campaign, desk
):
    _, sheet, _ = seen_bad(office, phone, campaign, desk, clock)
    lead = campaign.lead
    asked = created(claims.put(lead, sheet, ITEM))
    claims.later(clock, "2026-12-21T03:00:00Z", lead)
    refused(claims.judge(lead, asked["id"], "explained"), 409, "claim-own-question")
    judged = created(claims.judge(office(Role.APPROVER), asked["id"], "explained"))
    assert (judged["verdict"], judged["case_id"], judged["answer"]) == ("explained", None, None)


def test_nothing_is_asked_before_the_deadline_or_without_a_difference(
    office, phone, clock, campaign, desk
):
    request = claims.ask(campaign.lead, campaign, working_days=20)
    sheet = claims.sheet_of(desk, request)
    claims.claim_all(desk, sheet)
    claims.later(clock, claims.DURING, campaign.lead)
    reviewer = claims.visits(office, phone(), campaign, good=2, bad=10)
    refused(claims.put(reviewer, sheet["id"], ITEM), 409, "claim-not-locked")
    claims.later(clock, "2026-12-21T03:00:00Z", reviewer)
    refused(claims.put(reviewer, sheet["id"], "attitude"), 409, "claim-nothing-to-ask")
    refused(claims.put(reviewer, sheet["id"], "nothing"), 422, "claim-items-unknown")


def test_figures_are_verdicts_and_missed_deadlines(office, phone, clock, campaign, desk):
    _, sheet, reviewer = seen_bad(office, phone, campaign, desk, clock)
    asked = created(claims.put(reviewer, sheet, ITEM))
    created(desk.post(f"/claim-questions/{asked['id']}/answer", {"text": "说明"}))
    created(claims.judge(campaign.lead, asked["id"], "concealment"))
    claims.ask(campaign.lead, campaign, unit_ids=[campaign.tree.transport], working_days=1)
    day = date(2026, 12, 7)
    [found] = queries.figures(UUID(campaign.id), day, day)
    assert (found.item, found.value, str(found.object_id)) == ("concealment", 1.0, asked["id"])
    clock.move_to("2026-12-09T03:00:00Z")
    [missed] = queries.figures(UUID(campaign.id), date(2026, 12, 8), date(2026, 12, 8))
    assert (missed.item, str(missed.unit_id)) == ("not-filed", campaign.tree.transport)
    assert queries.figures(UUID(campaign.id), date(2026, 12, 9), date(2027, 1, 1)) == []


def test_the_reviewer_has_the_units_own_word_beside_the_answers(
    office, phone, clock, campaign, desk
):
    request = claims.ask(campaign.lead, campaign)
    claims.later(clock, claims.DURING, campaign.lead, desk)
    filed = inspections.file(phone(), campaign)
    reviewer = office(Role.REVIEWER)
    path = f"/claims-beside/{filed.id}"
    assert created(reviewer.get(path))["answers"] == []
    claims.claim_all(desk, claims.sheet_of(desk, request), 98)
    beside = created(reviewer.get(path))
    assert {"item": ITEM, "percent": 98} in beside["answers"]
    assert beside["unit"]["id"] == campaign.unit
    assert desk.get(path).status_code == 403


def test_a_unit_sees_its_own_self_report_and_no_comparison(office, phone, clock, campaign, desk):
    request, sheet, reviewer = seen_bad(office, phone, campaign, desk, clock)
    asked = created(claims.put(reviewer, sheet, ITEM))
    other = setup.liaison(office, campaign.tree.transport)
    assert created(other.get("/claim-sheets"))["items"] == []
    assert created(other.get("/claim-questions"))["items"] == []
    for path in (f"/claim-sheets/{sheet}", f"/claim-questions/{asked['id']}"):
        assert other.get(path).status_code == 404
        assert created(desk.get(path))["id"]
    assert claims_refused(other, sheet) == 404
    answer = f"/claim-questions/{asked['id']}/answer"
    assert other.post(answer, {"text": "不是我的"}).status_code == 404
    confined = office(Role.REVIEWER, Role.LEAD, unit=UUID(campaign.unit))
    for path in ("comparison", "comparison-sheet"):
        assert desk.get(f"/claim-requests/{request}/{path}").status_code == 403
        assert confined.get(f"/claim-requests/{request}/{path}").status_code == 403
        assert campaign.lead.get(f"/claim-requests/{request}/{path}").status_code == 200
    assert campaign.lead.post(answer, {"text": "代答"}).status_code == 403


def claims_refused(who, sheet):
    body = {"answers": []}
    headers = {"If-Match": '"0"'}
    return who.call("PUT", f"/claim-sheets/{sheet}", json=body, headers=headers).status_code
