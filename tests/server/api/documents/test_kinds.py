"""Orders, letters, bulletins and replies: their own numbers, their own readers."""

import io
import zipfile

import pytest
from docx import Document

from anfang.kit.principal import Role
from factories import cases, setup
from factories.documents import ASKED, LETTERHEAD, letterhead
from server.api.documents.test_notices import REASON, refused, text_of

NUMBERS = {
    "rectification": "甲整办改〔2026〕1号",
    "supervision": "甲整办督〔2026〕1号",
    "bulletin": "作风整顿简报2026年第1期",
    "reply": "甲整办复〔2026〕1号",
}


def test_an_order_names_facts_demands_term_and_right_of_reply_to_its_unit_alone(desk):
    case = cases.opened_case(desk.campaign)
    order = desk.composed("rectification", case)
    text = text_of(order)
    for part in (cases.TEXT, case["number"], "1.立即落实AB岗制度。", "不因陈述申辩加重处理"):
        assert part in text
    assert order["content"]["addressees"] == [order["unit"]["name"]] == [case["unit"]["name"]]
    assert (order["audience"], order["layout"]) == ("unit", "official")
    assert cases.ALIAS not in text


def test_each_kind_counts_for_itself_and_only_notices_reach_the_public(desk, app):
    assert desk.published()["number"] == "甲整办通〔2026〕1号"
    issued = {kind: desk.published(desk.composed(kind)) for kind in NUMBERS}
    assert {kind: one["number"] for kind, one in issued.items()} == NUMBERS
    assert {one["public_url"] for one in issued.values()} == {None}
    public = app.test_client()
    listed = public.get("/p/").get_data(as_text=True)
    assert "甲整办通〔2026〕1号" in listed
    for number in NUMBERS.values():
        assert number not in listed
        assert public.get("/p/verify", query_string={"number": number}).status_code == 404
    assert public.get("/p/notices/2026/2").status_code == 404
    again = desk.published(desk.composed("rectification"))
    assert again["number"] == "甲整办改〔2026〕2号"


def test_two_series_never_share_an_organ_code(desk):
    desk.published()
    case = desk.case()
    taken = {**letterhead("rectification"), "organ": LETTERHEAD["organ"]}
    body = {"kind": "rectification", "case_ids": [case["id"]], **ASKED["rectification"]}
    answer = desk.lead.post("/notices", {**body, "letterhead": taken})
    refused(answer, 409, "organ-of-other-series")
    order = desk.composed("rectification", case)
    content = {**order["content"], "organ": LETTERHEAD["organ"]}
    answer = desk.lead.change(f"/notices/{order['id']}", {"content": content})
    refused(answer, 409, "organ-of-other-series")


@pytest.mark.parametrize("kind", ["exposure", "bulletin"])
def test_reports_wait_for_the_defence(desk, kind):
    waiting = cases.opened_case(desk.campaign)
    asked = ASKED.get(kind) or {"theme": "窗口", "coverage": "窗口"}
    body = {"kind": kind, "case_ids": [waiting["id"]], "letterhead": letterhead(kind), **asked}
    refused(desk.lead.post("/notices", body), 409, "defence-window-open")


def test_a_kind_asks_for_its_own_members(desk):
    case = desk.case()
    for kind, members in (
        ("rectification", {"subject", "basis", "demands"}),
        ("supervision", {"subject", "matter"}),
        ("reply", {"subject", "outcome"}),
    ):
        body = {"kind": kind, "case_ids": [case["id"]], "letterhead": letterhead(kind)}
        answer = refused(desk.lead.post("/notices", body), 422, "invalid-input")
        assert members == {one["pointer"].removeprefix("/json/") for one in answer.json["errors"]}


def test_a_document_to_one_unit_is_about_that_unit(desk):
    here = desk.case()
    finding = cases.confirmed_finding(desk.campaign, unit=desk.campaign.tree.transport)
    there = cases.opened_case(
        desk.campaign, findings=[finding], unit_id=desk.campaign.tree.transport
    )
    body = {
        "kind": "rectification",
        "case_ids": [here["id"], there["id"]],
        **ASKED["rectification"],
    }
    refused(desk.lead.post("/notices", body), 422, "cases-of-other-unit")


def test_a_unit_receives_what_was_issued_to_it_and_signs_once(desk, office):
    draft = desk.composed("rectification")
    assert setup.created(desk.liaison.get("/desk/documents"))["items"] == []
    path = f"/desk/documents/{draft['id']}"
    refused(desk.liaison.get(f"{path}/document.pdf"), 404, "not-found")
    order = desk.published(draft)
    (received,) = setup.created(desk.liaison.get("/desk/documents"))["items"]
    assert (received["number"], received["received_at"]) == (order["number"], None)
    assert not {"drafted_by", "approved_by", "checked_by", "content", "template"} & set(received)
    pdf = desk.liaison.get(f"{path}/document.pdf")
    assert pdf.get_data().startswith(b"%PDF-")
    stranger = setup.liaison(office, desk.campaign.tree.transport)
    for answer in (
        stranger.get(path),
        stranger.get(f"{path}/document.pdf"),
        stranger.post(f"{path}/receipt", {}),
    ):
        refused(answer, 404, "not-found")
    signed = setup.created(desk.liaison.post(f"{path}/receipt", {"remark": "收到"}))
    assert signed["received_by"]
    refused(desk.liaison.post(f"{path}/receipt", {}), 409, "already-received")
    seen = desk.lead.get(f"/notices/{order['id']}").json
    assert (seen["received_by"], seen["receipt_remark"]) == (signed["received_by"], "收到")


def test_what_goes_elsewhere_never_reaches_a_units_desk(desk):
    desk.published()
    desk.published(desk.composed("bulletin"))
    desk.published(desk.composed("reply", audience="raiser"))
    assert setup.created(desk.liaison.get("/desk/documents"))["items"] == []


def test_a_reply_goes_to_who_raised_the_matter_or_to_the_unit(desk):
    to_raiser = desk.composed("reply", audience="raiser")
    assert (to_raiser["audience"], to_raiser["unit"]) == ("raiser", None)
    assert to_raiser["content"]["addressees"] == ["来信人"]
    to_unit = desk.composed("reply")
    assert to_unit["content"]["addressees"] == [to_unit["unit"]["name"]]
    assert (to_unit["audience"], to_unit["layout"]) == ("unit", "letter")


def test_the_correction_of_an_order_keeps_its_series_and_its_reader(desk, app):
    order = desk.published(desk.composed("rectification"))
    body = {**REASON, "changes": [{"was": "甲", "now": "乙"}]}
    draft = setup.created(desk.lead.post(f"/notices/{order['id']}/correct", body))
    correction = desk.published(draft)
    assert correction["number"] == "甲整办改〔2026〕2号"
    assert correction["unit"] == order["unit"]
    listed = setup.created(desk.liaison.get("/desk/documents"))["items"]
    assert [(one["number"], one["state"]) for one in listed] == [
        (correction["number"], "published"),
        (order["number"], "corrected"),
    ]
    assert listed[1]["successors"] == [correction["number"]]
    assert app.test_client().get("/p/notices/2026/2").status_code == 404


def test_the_word_file_holds_what_the_document_says(desk):
    draft = desk.composed("rectification")
    before = word_text(desk.lead.get(f"/notices/{draft['id']}/document.docx"))
    assert "甲整办改〔2026〕　号" in before
    order = desk.published(draft)
    answer = desk.lead.get(f"/notices/{order['id']}/document.docx")
    text = word_text(answer)
    for part in (order["number"], order["title"], cases.TEXT, "送达回执", LETTERHEAD["office"]):
        assert part in text
    # The slip names the order that it acknowledges.
    assert f"（{order['number']}）" in text
    fonts = zipfile.ZipFile(io.BytesIO(answer.get_data())).read("word/document.xml").decode()
    for font in ("方正小标宋简体", "仿宋_GB2312", "黑体"):
        assert f'w:eastAsia="{font}"' in fonts


def test_a_preview_shows_what_is_not_kept_yet(desk):
    notice = desk.draft()
    path = f"/notices/{notice['id']}"
    preview = f"/notice-previews/{notice['id']}"
    answer = desk.lead.post(preview, {"title": "关于另一件事的通报"})
    assert answer.get_data().startswith(b"%PDF-")
    assert desk.lead.get(path).json == notice
    wrong = [{"finding_id": notice["cases"][0]["id"], "sha256": "0" * 64, "caption": "图"}]
    refused(desk.lead.post(preview, {"pictures": wrong}), 409, "picture-not-released")
    refused(desk.approver.post(preview, {}), 403, "not-permitted")


def test_the_office_reads_the_files_and_the_public_does_not(desk, app, office):
    order = desk.published(desk.composed("supervision"))
    path = f"/notices/{order['id']}"
    for file in ("document.pdf", "document.docx"):
        assert office(Role.AUDITOR).get(f"{path}/{file}").status_code == 200
        assert app.test_client().get(f"/api/v1{path}/{file}").status_code == 401
        refused(desk.liaison.get(f"{path}/{file}"), 403, "not-permitted")


def word_text(answer):
    assert answer.status_code == 200
    document = Document(io.BytesIO(answer.get_data()))
    parts = [one.text for one in document.element.body.iter() if one.text]
    return "".join(parts)
