"""Claims and decisions: one judge at a time, nothing decided twice, nothing decided unseen."""

from datetime import timedelta
from uuid import UUID

import pytest

from anfang.kit import jcs, minutes
from anfang.kit.db import transaction
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Role
from anfang.log import queries as log
from anfang.review import queries
from factories import inspections, review, setup
from factories.review import FAILED_ITEM
from support.phone import sha256

ACCEPT, RETURN, REJECT = (
    ("accept", {}),
    ("return", {"remarks": [{"item": None, "text": "请重拍"}]}),
    ("reject", {"reason": "不是本行动的点位"}),
)


def decide(desk, record, verb, body):
    return desk.post(f"/review/records/{record}/{verb}", body)


def shown(desk, record):
    return desk.get(f"/review/records/{record}").json


# --- taking a decision back --------------------------------------------------------------


@pytest.mark.parametrize("decision", [ACCEPT, RETURN, REJECT])
def test_a_decision_is_taken_back_with_a_reason_and_another_one_taken(
    reviewer, record, clock, decision
):
    review.take(reviewer, record.id)
    setup.created(decide(reviewer, record.id, *decision))
    path = f"/review/records/{record.id}/reopen"
    assert reviewer.post(path, {"reason": " "}).status_code == 422
    clock.shift(60)
    assert reviewer.post(path, {"reason": "看错了照片"}).status_code == 204
    view = shown(reviewer, record.id)
    assert view["state"] == "complete"
    assert [one["kind"] for one in view["decisions"]][-1] == "reopened"
    assert view["decisions"][-1]["reason"] == "看错了照片"
    assert {one["state"] for one in view["findings"]} <= {"withdrawn"}
    again = reviewer.post(path, {"reason": "再来"})
    assert (again.status_code, again.json["code"]) == (409, "nothing-to-reopen")
    clock.shift(60)
    review.take(reviewer, record.id)
    setup.created(decide(reviewer, record.id, *ACCEPT))
    states = [one["state"] for one in shown(reviewer, record.id)["findings"]]
    assert states.count("confirmed") > 0


# --- claims ------------------------------------------------------------------------------


def test_a_claimed_record_is_closed_to_the_other_reviewer_who_learns_by_whom(
    office, reviewer, record
):
    review.take(reviewer, record.id)
    other = office(Role.REVIEWER)
    name = reviewer.get("/session").json["display_name"]
    for verb, body in (("claim", None), ACCEPT, RETURN, REJECT):
        answer = decide(other, record.id, verb, body)
        assert (answer.status_code, answer.json["code"]) == (409, "claimed-by-other")
        assert name in answer.json["title"]
    assert shown(other, record.id)["claim"]["by"] == name
    assert shown(other, record.id)["state"] == "complete"


def test_a_claim_runs_out_after_fifteen_minutes_without_activity(office, reviewer, record, clock):
    review.take(reviewer, record.id)
    clock.shift(timedelta(minutes=14))
    review.take(reviewer, record.id)
    clock.shift(timedelta(minutes=14))
    other = office(Role.REVIEWER)
    assert other.post(f"/review/records/{record.id}/claim").status_code == 409
    clock.shift(timedelta(minutes=2))
    assert other.post(f"/review/records/{record.id}/claim").status_code == 200
    late = decide(reviewer, record.id, *ACCEPT)
    assert late.json["code"] == "claimed-by-other"


def test_redacting_counts_as_activity(office, reviewer, record, clock):
    review.take(reviewer, record.id)
    clock.shift(timedelta(minutes=14))
    path = f"/review/records/{record.id}/pictures/{record.pictures[0]}/clear"
    assert reviewer.post(path, {"reason": "无个人信息"}).status_code == 200
    clock.shift(timedelta(minutes=14))
    assert decide(reviewer, record.id, *ACCEPT).status_code == 200


def test_a_released_record_is_free(office, reviewer, record):
    review.take(reviewer, record.id)
    other = office(Role.REVIEWER)
    assert other.post(f"/review/records/{record.id}/release").status_code == 204
    assert shown(other, record.id)["claim"] is not None
    assert reviewer.post(f"/review/records/{record.id}/release").status_code == 204
    assert shown(other, record.id)["claim"] is None
    review.take(other, record.id)


@pytest.mark.parametrize(("verb", "body"), [ACCEPT, RETURN, REJECT])
def test_nothing_is_decided_without_a_claim(reviewer, record, verb, body):
    answer = decide(reviewer, record.id, verb, body)
    assert (answer.status_code, answer.json["code"]) == (409, "claim-needed")
    assert shown(reviewer, record.id)["decisions"] == []


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR, Role.APPROVER, Role.ADMINISTRATOR])
def test_only_reviewers_judge(office, record, role):
    desk = office(role)
    for verb, body in (("claim", None), ACCEPT, RETURN, REJECT):
        assert decide(desk, record.id, verb, body).status_code == 403


# --- accepting ---------------------------------------------------------------------------


def test_accepting_confirms_what_failed_with_its_pictures_and_logs_the_decision(reviewer, record):
    review.take(reviewer, record.id)
    view = decide(reviewer, record.id, "accept", {"note": "清楚"}).json
    assert (view["state"], view["claim"]) == ("accepted", None)
    (finding,) = view["findings"]
    assert finding["item"] == FAILED_ITEM
    assert finding["item_text"] == "工作时间窗口有人在岗"
    assert finding["text"] == "未做到：工作时间窗口有人在岗"
    assert (finding["answer"], finding["remark"]) == ("no", "2号窗口无人")
    assert finding["pictures"] == sorted(record.pictures)
    assert (finding["points"], finding["veto"], finding["state"]) == (10, False, "confirmed")
    assert finding["unit_id"] == record.campaign.unit
    with transaction(write=False):
        (decision,) = queries.decisions_of(UUID(record.id))
        assert decision.sha256 == sha256_hex(jcs.canonical(decision.document))
        (entry,) = log.entries_of([("review", record.id, decision.sha256)])
    assert entry.position is None
    assert decision.document["record_sha256"] == record.record_sha256
    assert [one["item"] for one in decision.details["findings"]] == [FAILED_ITEM]
    # What may leave the office tells the day alone, and commits to the rest.
    told = {"v", "record", "record_sha256", "decision", "day", "details_c"}
    assert set(decision.document) == told
    assert minutes.opens(decision.document, decision.details, decision.details_salt)
    name = reviewer.get("/session").json["display_name"]
    assert view["decisions"][0]["by"] == name
    for secret in (name, "清楚"):
        assert secret not in f"{decision.document}{decision.details}"


def test_the_reviewer_words_the_findings(reviewer, record):
    review.take(reviewer, record.id)
    body = {
        "findings": [
            {"item": FAILED_ITEM, "text": "11月22日上午2号窗口无人值守"},
            {"item": "told_once"},
        ]
    }
    view = decide(reviewer, record.id, "accept", body).json
    assert [(one["item"], one["text"]) for one in view["findings"]] == [
        (FAILED_ITEM, "11月22日上午2号窗口无人值守"),
        ("told_once", "未做到：一次性书面告知所需材料"),
    ]
    listed = reviewer.get(f"/review/findings?campaign={record.campaign.id}").json["items"]
    assert [one["id"] for one in listed] == [one["id"] for one in view["findings"]]
    elsewhere = reviewer.get(f"/review/findings?unit={record.campaign.tree.transport}").json
    assert elsewhere["items"] == []


def test_accepting_with_no_findings_confirms_none(reviewer, record):
    review.take(reviewer, record.id)
    view = decide(reviewer, record.id, "accept", {"findings": []}).json
    assert (view["state"], view["findings"]) == ("accepted", [])


@pytest.mark.parametrize(
    ("items", "code"),
    [((FAILED_ITEM, "meter_on"), "finding-item-unknown"), (("deputy",) * 2, "finding-item-twice")],
)
def test_a_finding_is_of_one_item_of_that_checklist(reviewer, record, items, code):
    review.take(reviewer, record.id)
    body = {"findings": [{"item": item} for item in items]}
    answer = decide(reviewer, record.id, "accept", body)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert [fault["pointer"] for fault in answer.json["errors"]] == ["/findings/1/item"]
    view = shown(reviewer, record.id)
    assert (view["state"], view["findings"], view["decisions"]) == ("complete", [], [])


def test_a_record_whose_pictures_have_not_all_arrived_is_not_accepted(reviewer, phone, campaign):
    photos = [review.photo("late")]
    filed = inspections.file(
        phone(), campaign, media=photos, deliver=False, media_details=review.details(photos)
    )
    review.take(reviewer, filed.id)
    answer = decide(reviewer, filed.id, *ACCEPT)
    assert (answer.status_code, answer.json["code"]) == (409, "record-incomplete")


@pytest.mark.parametrize(("verb", "body"), [ACCEPT, RETURN, REJECT])
@pytest.mark.parametrize("first", [ACCEPT, RETURN, REJECT], ids=lambda verb: verb[0])
def test_a_decided_record_refuses_another_decision(reviewer, record, first, verb, body):
    review.take(reviewer, record.id)
    assert decide(reviewer, record.id, *first).status_code == 200
    for again in (("claim", None), (verb, body)):
        answer = decide(reviewer, record.id, *again)
        assert (answer.status_code, answer.json["code"]) == (409, "already-decided")
    assert len(shown(reviewer, record.id)["decisions"]) == 1


def test_a_withdrawn_record_is_not_judged(reviewer, phone, campaign):
    visit = {"outcome": "withdrawn", "reason": "点错了"}
    filed = inspections.file(phone(), campaign, visit=visit)
    answer = reviewer.post(f"/review/records/{filed.id}/claim")
    assert (answer.status_code, answer.json["code"]) == (409, "record-withdrawn")


# --- returning, rejecting, versions ------------------------------------------------------


def test_a_returned_record_comes_back_and_the_earlier_decision_stays_visible(
    reviewer, phone, campaign, run_jobs, clock
):
    pocket = phone("甲")
    first = review.delivered_record(pocket, campaign)
    view = review.returned_record(reviewer, first.id, "请补拍全景")
    assert view["state"] == "returned"
    assert pocket.state(first.id).json["state"] == "returned"
    assert reviewer.get("/review/queue").json["items"] == []

    clock.shift(timedelta(hours=1))
    wide = review.photo("wide")
    changes = {
        "media": sorted([*first.pictures, sha256(wide)]),
        "media_details": [
            *first.filed.disclosures["media_details"], *review.details([wide])
        ],
    }  # fmt: skip
    second = send_version(pocket, first.filed, changes, [wide])
    run_jobs()
    (line,) = reviewer.get("/review/queue").json["items"]
    assert line["id"] == first.id
    again = shown(reviewer, first.id)
    assert again["record_sha256"] == second.record_sha256
    assert [one["number"] for one in again["versions"]] == [1, 2]
    (decision,) = again["decisions"]
    assert (decision["kind"], decision["record_sha256"]) == ("returned", first.record_sha256)
    assert decision["remarks"] == [{"item": FAILED_ITEM, "text": "请补拍全景"}]

    review.take(reviewer, first.id)
    accepted = decide(reviewer, first.id, *ACCEPT).json
    assert [one["kind"] for one in accepted["decisions"]] == ["returned", "accepted"]
    assert len(accepted["findings"][0]["pictures"]) == 3
    older = reviewer.get(f"/review/records/{first.id}/versions/{first.record_sha256}").json
    assert (older["number"], older["newest"], len(older["media"])) == (1, False, 2)


def send_version(pocket, filed, changes, media):
    clear = {**filed.clear, "supersedes": filed.record_sha256, "media": changes["media"]}
    disclosures = {**filed.disclosures, "media_details": changes["media_details"]}
    return inspections.send(pocket, clear, disclosures, media)


def test_the_phone_shows_the_remarks_at_their_items(reviewer, phone, campaign):
    assignment = setup.assignment(campaign, "甲")
    pocket = phone("甲")
    origin = {"assignment": assignment.id, "ticket": pocket.ticket, "app": "test"}
    record = review.delivered_record(pocket, campaign, origin=origin)
    review.returned_record(reviewer, record.id, "请补拍全景")
    (visit,) = pocket.bundle().json["assignments"]
    assert visit["returned"] == {
        "record": record.id,
        "record_sha256": record.record_sha256,
        "remarks": [{"item": FAILED_ITEM, "text": "请补拍全景"}],
    }


@pytest.mark.parametrize("remarks", [[], [{"item": None}], [{"item": FAILED_ITEM, "text": ""}]])
def test_returning_needs_remarks(reviewer, record, remarks):
    review.take(reviewer, record.id)
    answer = decide(reviewer, record.id, "return", {"remarks": remarks})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")


def test_a_remark_is_on_an_item_of_that_checklist(reviewer, record):
    review.take(reviewer, record.id)
    body = {"remarks": [{"item": "meter_on", "text": "?"}]}
    answer = decide(reviewer, record.id, "return", body)
    assert (answer.status_code, answer.json["code"]) == (422, "finding-item-unknown")
    assert shown(reviewer, record.id)["state"] == "complete"


def test_rejecting_gives_its_reason_and_keeps_the_record(reviewer, record):
    review.take(reviewer, record.id)
    assert decide(reviewer, record.id, "reject", {}).status_code == 422
    view = decide(reviewer, record.id, "reject", {"reason": "不是本行动的点位"}).json
    assert (view["state"], view["findings"]) == ("rejected", [])
    assert view["decisions"][0]["reason"] == "不是本行动的点位"


def test_nobody_decides_about_a_version_that_they_have_not_seen(reviewer, phone, campaign):
    pocket = phone("甲")
    first = review.delivered_record(pocket, campaign, photos=[])
    review.take(reviewer, first.id)
    second = inspections.revise(pocket, first.filed, note="改一处")
    answer = decide(reviewer, first.id, *ACCEPT)
    assert (answer.status_code, answer.json["code"]) == (409, "version-superseded")
    assert review.take(reviewer, first.id)["record_sha256"] == second.record_sha256
    assert decide(reviewer, first.id, *ACCEPT).status_code == 200


def test_a_claim_ends_when_a_newer_version_completes(reviewer, phone, campaign, run_jobs):
    pocket = phone("甲")
    first = review.delivered_record(pocket, campaign, photos=[])
    review.take(reviewer, first.id)
    inspections.revise(pocket, first.filed, note="改一处")
    run_jobs()
    assert shown(reviewer, first.id)["claim"] is None


def test_what_comes_after_a_decision_does_not_touch_it(reviewer, phone, campaign, run_jobs):
    pocket = phone("甲")
    first = review.delivered_record(pocket, campaign, photos=[])
    review.take(reviewer, first.id)
    decide(reviewer, first.id, *ACCEPT)
    inspections.revise(pocket, first.filed, note="事后修改")
    run_jobs()
    view = shown(reviewer, first.id)
    assert (view["state"], view["record_sha256"]) == ("accepted", first.record_sha256)
    assert (view["newest"], len(view["versions"])) == (False, 2)


# --- quarantine --------------------------------------------------------------------------


def test_a_revoked_phones_record_is_shown_as_such_and_accepted_only_once_admitted(
    office, reviewer, phone, campaign
):
    pocket = phone("甲")
    administrator = office(Role.ADMINISTRATOR)
    assert administrator.post(f"/devices/{pocket.device}/revoke").status_code == 200
    pocket.log_in()
    record = review.delivered_record(pocket, campaign, photos=[])
    (line,) = reviewer.get("/review/queue").json["items"]
    assert line["quarantined"] is True
    review.take(reviewer, record.id)
    answer = decide(reviewer, record.id, *ACCEPT)
    assert (answer.status_code, answer.json["code"]) == (409, "record-quarantined")
    view = decide(reviewer, record.id, "admit", None).json
    assert view["quarantined"] is False
    assert "device-revoked" in [flag["code"] for flag in view["flags"]]
    assert decide(reviewer, record.id, *ACCEPT).status_code == 200
