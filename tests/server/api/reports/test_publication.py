"""Results and press packs: frozen, by four eyes, withdrawn with a reason, nothing of a source."""

import io
import json
import zipfile

import pytest
import time_machine

from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Role
from anfang.retention import service as retention
from factories import cases, claims, inspections, packs, review, setup
from factories.documents import Desk
from factories.setup import created

MONDAY = "2026-11-16T03:00:00Z"


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json


@pytest.fixture
def clock():
    with time_machine.travel(inspections.NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, office):
    return setup.running_campaign(office)


def results_of(campaign, **changes):
    body = {"campaign_id": campaign.id, "title": "整治成果", "text": "窗口在岗率提高。", **changes}
    return campaign.lead.post("/results", body)


def public(app, path):
    return app.test_client().get(path)


def test_results_are_public_once_a_second_person_signed_and_stay_as_they_were(
    app, office, phone, clock, campaign
):
    refused(results_of(campaign), 409, "report-nothing-to-report")
    claims.visits(office, phone(), campaign, good=2, bad=1)
    refused(results_of(campaign, text="电话13812345678"), 422, "private-traces-found")
    draft = created(results_of(campaign))
    page = f"/p/results/{draft['id']}"
    assert public(app, page).status_code == 404
    sign = f"/results/{draft['id']}/sign"
    assert campaign.lead.post(sign).status_code == 403
    both = office(Role.LEAD, Role.APPROVER)
    own = created(both.post("/results", {"campaign_id": campaign.id, "title": "一", "text": "二"}))
    refused(both.post(f"/results/{own['id']}/sign"), 409, "report-own-draft")
    approver = office(Role.APPROVER)
    signed = created(approver.post(sign))
    assert (signed["page"], signed["sha256"]) == (page, draft["sha256"])
    refused(approver.post(sign), 409, "report-signed")
    claims.visits(office, phone("乙"), campaign, good=5, bad=0)
    shown = public(app, f"{page}?lang=en").get_data(as_text=True)
    assert "2/3" in shown
    assert "Government departments" in shown
    assert draft["title"] in public(app, "/p/results/").get_data(as_text=True)


def test_withdrawn_results_say_so_and_why(app, office, phone, clock, campaign):
    claims.visits(office, phone(), campaign, good=1, bad=0)
    draft, approver = created(results_of(campaign)), office(Role.APPROVER)
    path = f"/results/{draft['id']}"
    refused(
        approver.post(f"{path}/withdraw", {"reason": "统计口径有误"}), 409, "report-not-published"
    )
    created(approver.post(f"{path}/sign"))
    created(approver.post(f"{path}/withdraw", {"reason": "统计口径有误"}))
    shown = public(app, f"/p/results/{draft['id']}").get_data(as_text=True)
    assert "统计口径有误" in shown
    again = approver.post(f"{path}/withdraw", {"reason": "再来"})
    refused(again, 409, "report-not-published")


def test_visits_that_could_be_picked_out_keep_results_back(office, phone, clock):
    campaign = setup.running_campaign(office)
    created(campaign.lead.change(f"/campaigns/{campaign.id}", {"publication_delay_days": 7}))
    claims.visits(office, phone(), campaign, good=1, bad=0)
    draft = created(results_of(campaign))
    refused(
        office(Role.APPROVER).post(f"/results/{draft['id']}/sign"), 409, "publication-too-early"
    )


@pytest.fixture
def desk(office):
    with time_machine.travel(MONDAY, tick=False):
        yield Desk.opened(office)


def pack_of(desk, notice, **changes):
    body = {"notice_id": notice["id"], "headline": "窗口空岗被通报", "text": "某窗口空岗。"}
    return desk.lead.post("/press-packs", {**body, **changes})


def test_the_press_gets_what_was_published_and_a_text_by_four_eyes(desk):
    finding = cases.confirmed_finding(desk.campaign, picture="redacted")
    draft = desk.draft(desk.case(findings=[finding]))
    refused(pack_of(desk, draft), 409, "press-notice-not-public")
    notice = desk.published(draft)
    refused(pack_of(desk, notice, text="车牌赣A12345"), 422, "private-traces-found")
    pack = created(pack_of(desk, notice))
    file = f"/press-packs/{pack['id']}/file"
    assert pack["file"] is None
    refused(desk.lead.get(file), 409, "press-not-approved")
    assert desk.lead.post(f"/press-packs/{pack['id']}/approve").status_code == 403
    approved = created(desk.approver.post(f"/press-packs/{pack['id']}/approve"))
    assert approved["file"].endswith(file)
    answer = desk.lead.get(file)
    assert answer.data == desk.lead.get(file).data
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sources = json.loads(members["sources.json"])
    assert sources["notice"]["number"] == notice["number"]
    assert sha256_hex(members["notice.pdf"]) == sources["notice"]["pdf_sha256"]
    assert len(sources["pictures"]) == 1
    for one in sources["pictures"]:
        assert sha256_hex(members[one["file"]]) == one["sha256"]
    assert "窗口空岗被通报" in members["press.txt"].decode()


@pytest.fixture
def exposed(office, phone):
    """A notice on a reviewed record, by a desk that may order packs of it, and the record."""
    with time_machine.travel(inspections.NOW, tick=False):
        record = review.accepted_record(office, phone("代号甲"), setup.running_campaign(office))
        case, desk = packs.case_of(record, office)
        yield desk.published(desk.draft(case)), desk, record, case


def test_a_protected_evidence_pack_goes_along_and_nothing_else(exposed):
    notice, desk, record, case = exposed
    full = packs.ordered(desk.lead, "full", notice=notice["number"], seal=True)
    other = packs.ordered(desk.lead, "protected", records=[record.id])
    for unfit in (full, other):
        refused(pack_of(desk, notice, evidence_id=unfit["id"]), 409, "press-evidence-unfit")
    fit = [
        packs.ordered(desk.lead, "protected", **of)
        for of in ({"notice": notice["number"]}, {"case": case["id"]})
    ]
    for evidence in fit:
        pack = created(pack_of(desk, notice, evidence_id=evidence["id"]))
        assert pack["evidence"]["sha256"] == evidence["sha256"]
        created(desk.approver.post(f"/press-packs/{pack['id']}/approve"))
        answer = desk.lead.get(f"/press-packs/{pack['id']}/file")
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            inside, sources = archive.read("evidence.zip"), archive.read("sources.json")
        assert sha256_hex(inside) == evidence["sha256"]
        assert json.loads(sources)["evidence"]["sha256"] == evidence["sha256"]
    with time_machine.travel("2027-01-22T03:00:00Z", tick=False):
        retention.delete_due()
        again = desk.lead.signed_in_again()
        refused(again.get(f"/press-packs/{pack['id']}/file"), 409, "press-evidence-unfit")


def test_who_drafted_a_pack_does_not_approve_it_and_a_withdrawn_notice_ends_it(desk, office):
    notice = desk.published()
    both = office(Role.LEAD, Role.APPROVER)
    body = {"notice_id": notice["id"], "headline": "一", "text": "二"}
    own = created(both.post("/press-packs", body))
    refused(both.post(f"/press-packs/{own['id']}/approve"), 409, "report-own-draft")
    created(desk.approver.post(f"/press-packs/{own['id']}/approve"))
    refused(desk.approver.post(f"/press-packs/{own['id']}/approve"), 409, "report-signed")
    withdrawal = created(
        desk.lead.post(f"/notices/{notice['id']}/withdraw", {"reason": "事实有误"})
    )
    desk.published(withdrawal)
    refused(desk.lead.get(f"/press-packs/{own['id']}/file"), 409, "press-notice-not-public")
    [listed] = created(desk.lead.get("/press-packs"))["items"]
    assert listed["file"] is None


def test_units_see_neither(office, campaign):
    liaison = setup.liaison(office, campaign.unit)
    for path in ("/results", "/press-packs"):
        assert liaison.get(path).status_code == 403
        assert liaison.post(path, {}).status_code == 403
