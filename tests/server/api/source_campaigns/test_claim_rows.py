"""Self-reports and reports of the source documents: each mechanism played by its rulebook."""

import io
import zipfile

import pytest
import time_machine

from anfang.kit.principal import Role
from factories import cases, claims, inspections, review, rulebooks, setup
from factories.documents import Desk
from factories.setup import created

ASKED = "2026-11-09T02:00:00Z"
AFTER = "2026-12-07T03:00:00Z"
METER = "meter"


@pytest.fixture
def clock():
    with time_machine.travel(ASKED, tick=False) as traveller:
        yield traveller


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json


def rides(office, phone, campaign, good, bad):
    """Take taxis without telling their bureau; in `bad` of the rides the meter stayed off."""
    reviewer, inspector = office(Role.REVIEWER), phone()
    for met in [True] * good + [False] * bad:
        filed = inspections.file(
            inspector,
            campaign,
            checklist=campaign.taxi,
            unit=campaign.tree.road_transport,
            site=campaign.sites.taxi_fleet,
            answers=[{"item": METER, "value": "yes" if met else "no"}],
        )
        review.take(reviewer, filed.id)
        findings = [] if met else [{"item": METER, "text": "上车后未打表"}]
        created(reviewer.post(f"/review/records/{filed.id}/accept", {"findings": findings}))
    return reviewer


def test_row_7_what_spot_checks_see_is_held_against_what_was_reported(clock, office, phone):
    """The bureau reports meters on; rides say otherwise; it is heard before a person judges."""
    s0 = rulebooks.loaded(office, "s0-liangzheng")
    lead, bureau = s0.lead, s0.tree.transport
    request = claims.ask(
        lead, s0, call="basic-demands", checklist_version_id=None, unit_ids=[bureau]
    )
    desk = setup.liaison(office, bureau)
    sheet = claims.sheet_of(desk, request)
    assert METER in [one["id"] for one in sheet["request"]["items"]]
    claims.claim_all(desk, sheet, meter={"good": 300, "checked": 300, "remark": "抽查300车次"})
    claims.later(clock, claims.DURING, lead)
    reviewer = rides(office, phone, s0, good=1, bad=6)
    assert claims.cell(lead, request, METER)["flag"] == "too_few"
    rides(office, phone, s0, good=0, bad=3)
    found = claims.cell(lead, request, METER)
    assert (found["flag"], found["seen"]["count"], found["seen"]["of"]) == ("concealment", 1, 10)
    assert found["difference"]["high"] < 0
    assert created(lead.get("/cases"))["items"] == []

    claims.later(clock, AFTER, lead, desk, reviewer)
    refused(claims.try_file(desk, sheet["id"], []), 409, "claim-locked")
    assert desk.get(f"/claim-requests/{request}/comparison").status_code == 403
    asked = created(claims.put(reviewer, sheet["id"], METER))
    refused(claims.judge(lead, asked["id"], "concealment"), 409, "claim-hearing-open")
    created(desk.post(f"/claim-questions/{asked['id']}/answer", {"text": "抽查车辆事先得知"}))
    assert reviewer.post(f"/claim-questions/{asked['id']}/verdict", {}).status_code == 403
    judged = created(claims.judge(lead, asked["id"], "concealment"))
    case = created(lead.get(f"/cases/{judged['case_id']}"))
    assert (case["unit"]["id"], len(case["findings"])) == (bureau, 9)


def test_row_14_public_windows_are_compared_with_other_sectors(clock, office, phone):
    """The same window checklist in two sectors, shares with intervals; few visits say so."""
    s0 = rulebooks.loaded(office, "s0-liangzheng")
    lead = s0.lead
    telecom = {"name": "甲市电信服务窗口（对照）", "code": "jia-dx", "category": "vertical"}
    unit = created(lead.post("/units", telecom))["id"]
    site = {"unit_id": unit, "name": "电信营业窗口", "kind": "window", **setup.POSITION}
    site = created(lead.post("/sites", site))["id"]
    claims.later(clock, claims.DURING, lead)
    inspector = phone()
    claims.visits(office, inspector, s0, good=3, bad=6)
    claims.visits(office, inspector, s0, good=8, bad=0, unit=unit, site=site)
    compared = f"/reports/benchmark?campaign={s0.id}"
    found = created(lead.get(compared))
    row = next(one for one in found["items"] if one["item"] == review.FAILED_ITEM)
    public, others = row["cells"]
    assert (public["met"]["count"], public["met"]["of"]) == (3, 9)
    assert public["enough"]
    assert others["enough"]
    assert public["met"]["high"] < others["met"]["low"]
    assert created(lead.get(f"{compared}&to_day=2026-11-01"))["sectors"] == []
    assert setup.liaison(office, s0.unit).get(compared).status_code == 403


def test_row_59_the_press_conference_gets_a_typical_case(clock, office):
    """Only what was heard, checked, approved and published; a second person approves the text."""
    s3 = rulebooks.loaded(office, "s3-sange-jianshe")
    liaison = setup.liaison(office, s3.unit)
    desk = Desk(s3, s3.lead, office(Role.REVIEWER), office(Role.APPROVER), liaison)
    finding = cases.confirmed_finding(s3, picture="redacted")
    draft = desk.draft(desk.case(findings=[finding]))
    body = {"notice_id": draft["id"], "headline": "典型案例", "text": "窗口工作时间空岗。"}
    refused(s3.lead.post("/press-packs", body), 409, "press-notice-not-public")
    desk.published(draft)
    named = {**body, "text": "当事人电话13812345678"}
    refused(s3.lead.post("/press-packs", named), 422, "private-traces-found")
    pack = created(s3.lead.post("/press-packs", body))
    file = f"/press-packs/{pack['id']}/file"
    refused(s3.lead.get(file), 409, "press-not-approved")
    created(desk.approver.post(f"/press-packs/{pack['id']}/approve"))
    with zipfile.ZipFile(io.BytesIO(s3.lead.get(file).data)) as archive:
        names = archive.namelist()
        told = archive.read("press.txt").decode()
    assert {"notice.pdf", "notice.docx", "pictures/01.png", "sources.json"} <= set(names)
    assert told.startswith("典型案例")
    assert liaison.get(file).status_code == 403


def test_row_40_invited_supervisors_make_the_visits_they_were_handed_and_no_others(
    clock, office, phone
):
    """Delegates and veterans visit covertly by mandate: one campaign, its days, no free choice."""
    s2 = rulebooks.loaded(office, "s2-zuofeng-zhengdun")
    lead, guest, staff = s2.lead, phone("丁"), phone("甲")
    who = setup.inspector(lead, "丁")
    mandate = {
        "inspector_id": who,
        "campaign_id": s2.id,
        "capacity": "peoples_deputy",
        "from_day": "2026-11-09",
        "to_day": "2026-11-30",
    }
    given = created(lead.post("/supervisors", mandate))
    refused(lead.post("/supervisors", mandate), 409, "mandate-twice")
    assert office(Role.REVIEWER).get("/supervisors").status_code == 403
    assert setup.liaison(office, s2.unit).get("/supervisors").status_code == 403
    assert guest.bundle().json["sites"] == []
    assert guest.bundle().json["checklists"] == []
    assert staff.bundle().json["sites"] != []

    visit = {
        "campaign_id": s2.id,
        "checklist_version_id": s2.window,
        "site_id": s2.sites.window,
        "inspector_id": who,
        "from_day": "2026-11-10",
        "to_day": "2026-11-12",
    }
    late = lead.post("/assignments", {**visit, "to_day": "2026-12-05"})
    refused(late, 409, "outside-mandate")
    handed = created(lead.post("/assignments", visit))
    assert handed["mode"] == "covert"
    seen = guest.bundle().json
    assert [one["id"] for one in seen["assignments"]] == [handed["id"]]
    assert [one["id"] for one in seen["sites"]] == [s2.sites.window]
    created(lead.post(f"/supervisors/{given['id']}/end", {"reason": "任期届满"}))
    assert guest.bundle().json["assignments"] == []
    refused(lead.post("/assignments", visit), 409, "outside-mandate")
    again = lead.post(f"/supervisors/{given['id']}/end", {"reason": "再次"})
    refused(again, 409, "mandate-ended")
