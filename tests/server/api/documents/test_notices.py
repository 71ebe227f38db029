"""Notices: after the defence, by four eyes, numbered without gaps, never deleted."""

import hashlib
import threading
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from anfang.documents import publishing
from anfang.documents.models import Notice, NoticeCase, NoticeSerial
from anfang.kit import typesetting
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from anfang.log.models import LogEntry
from factories import cases, setup
from factories.documents import LETTERHEAD, PASSED, notice_body

REASON = {"reason": "第二段数字有误"}


def counts():
    """What a refusal must leave as it was."""
    with transaction(write=False):
        return (
            db.session.scalars(select(Notice.id).order_by(Notice.id)).all(),
            db.session.execute(
                select(Notice.id, Notice.state, Notice.number, Notice.revision).order_by(Notice.id)
            ).all(),
            db.session.scalar(select(func.sum(NoticeSerial.last))),
            db.session.scalar(select(func.count()).select_from(LogEntry)),
        )


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json
    return answer


def text_of(notice):
    return "\n".join(one["heading"] + one["text"] for one in notice["content"]["body"])


def test_a_draft_states_the_facts_of_its_cases(desk):
    finding = cases.confirmed_finding(desk.campaign, picture="redacted")
    case = desk.case(findings=[finding])
    notice = desk.draft(case)
    assert (notice["state"], notice["kind"], notice["number"]) == ("draft", "exposure", None)
    assert notice["title"] == "关于窗口服务作风暗访情况的通报"
    assert [one["number"] for one in notice["cases"]] == ["2026-0001"]
    text = text_of(notice)
    for fact in (
        "2026年11月9日", "甲市行政服务中心服务大厅一层窗口", cases.TEXT, "1个单位作了陈述申辩",
        "2026年11月30日前", LETTERHEAD["office"],
    ):  # fmt: skip
        assert fact in text
    for secret in (cases.ALIAS, cases.REVIEWER, "原话", "分管副主任"):
        assert secret not in text
    (picture,) = notice["pictures"]
    assert picture["sha256"] == finding.picture
    assert picture["caption"] == f"{cases.TEXT}（2026年11月9日）"


def test_no_notice_before_the_defence_was_heard_or_its_time_ran_out(clock, desk, office):
    heard = desk.case()
    waiting = cases.opened_case(desk.campaign)
    before = counts()
    body = notice_body(heard, waiting)
    answer = refused(desk.lead.post("/notices", body), 409, "defence-window-open")
    assert waiting["number"] in answer.json["title"]
    assert heard["number"] not in answer.json["title"]
    clock.move_to("2026-11-23T09:59:59Z")
    lead = office(Role.LEAD)
    refused(lead.post("/notices", body), 409, "defence-window-open")
    assert counts() == before
    clock.move_to("2026-11-23T10:00:01Z")
    notice = setup.created(lead.post("/notices", body))
    assert "1个单位在规定期限内未提出陈述申辩" in text_of(notice)


def test_a_longer_time_to_be_heard_holds_a_draft_that_was_begun(clock, desk, office):
    case = cases.opened_case(desk.campaign)
    clock.move_to("2026-11-24T03:00:00Z")
    lead = office(Role.LEAD)
    notice = setup.created(lead.post("/notices", notice_body(case)))
    setup.created(lead.change(f"/cases/{case['id']}", {"defence_working_days": 9}))
    before = counts()
    refused(lead.post(f"/notices/{notice['id']}/submit"), 409, "defence-window-open")
    assert counts() == before


def test_cases_and_letterhead_must_fit(desk):
    case = desk.case()
    before = counts()
    body = notice_body(case)
    refused(desk.lead.post("/notices", {**body, "case_ids": [str(uuid4())]}), 404, "not-found")
    refused(desk.lead.post("/notices", {**body, "case_ids": []}), 422, "invalid-input")
    without = {**body, "letterhead": {"office": "某办公室"}}
    refused(desk.lead.post("/notices", without), 422, "letterhead-missing")
    assert counts() == before
    desk.draft(case)
    again = setup.created(desk.lead.post("/notices", {**body, "letterhead": None}))
    assert again["content"]["signatory"] == LETTERHEAD["office"]
    assert again["content"]["contact"] == LETTERHEAD["contact"]


def test_publication_gives_number_pdf_log_entry_and_address(desk, app):
    notice = desk.published()
    assert (notice["state"], notice["number"]) == ("published", "甲整办通〔2026〕1号")
    assert notice["public_url"] == "http://127.0.0.1:8000/p/notices/2026/1"
    pdf = app.test_client().get("/p/notices/2026/1/document.pdf").get_data()
    assert pdf.startswith(b"%PDF-")
    assert hashlib.sha256(pdf).hexdigest() == notice["pdf_sha256"]
    with transaction(write=False):
        entry = db.session.scalars(select(LogEntry).filter_by(kind="notice")).one()
    assert (entry.subject, entry.sha256) == (notice["number"], notice["pdf_sha256"])


def test_nobody_approves_what_they_wrote(desk, office):
    both = office(Role.LEAD, Role.APPROVER)
    mine = setup.created(both.post("/notices", notice_body(desk.case())))
    path = f"/notices/{mine['id']}"
    setup.created(both.post(f"{path}/submit"))
    refused(both.post(f"{path}/approve"), 409, "own-draft")
    refused(both.post(f"{path}/legal-check", PASSED), 409, "own-draft")
    assert desk.lead.get(path).json["state"] == "in_approval"
    setup.created(desk.counsel.post(f"{path}/legal-check", PASSED))
    setup.created(desk.approver.post(f"{path}/approve"))

    edited = desk.draft()
    path = f"/notices/{edited['id']}"
    setup.created(both.change(path, {"title": "改过的标题"}))
    setup.created(desk.lead.post(f"{path}/submit"))
    refused(both.post(f"{path}/approve"), 409, "own-draft")


def test_nothing_is_approved_before_its_lawfulness_was_checked(desk):
    notice = desk.draft()
    path = f"/notices/{notice['id']}"
    refused(desk.counsel.post(f"{path}/legal-check", PASSED), 409, "notice-not-in-approval")
    setup.created(desk.lead.post(f"{path}/submit"))
    before = counts()
    refused(desk.approver.post(f"{path}/approve"), 409, "legal-check-missing")
    silent = {"passed": False, "remark": " "}
    refused(desk.counsel.post(f"{path}/legal-check", silent), 422, "invalid-input")
    assert counts() == before
    failed = {"passed": False, "remark": "第二段没有依据"}
    back = setup.created(desk.counsel.post(f"{path}/legal-check", failed))
    assert (back["state"], back["returned_reason"]) == ("draft", failed["remark"])
    checked = desk.checked(notice)
    assert checked["checked_by"] is not None
    assert (checked["check_remark"], checked["state"]) == (PASSED["remark"], "in_approval")
    # Whatever is given back is checked anew.
    setup.created(desk.approver.post(f"{path}/reject", REASON))
    setup.created(desk.lead.post(f"{path}/submit"))
    refused(desk.approver.post(f"{path}/approve"), 409, "legal-check-missing")


def test_verbs_come_in_their_order(desk):
    notice = desk.draft()
    path = f"/notices/{notice['id']}"
    lead, approver = desk.lead, desk.approver
    before = counts()
    refused(approver.post(f"{path}/approve"), 409, "notice-not-in-approval")
    refused(approver.post(f"{path}/reject", REASON), 409, "notice-not-in-approval")
    refused(lead.post(f"{path}/publish"), 409, "notice-not-approved")
    refused(lead.post(f"{path}/withdraw", REASON), 409, "notice-not-public")
    refused(lead.post(f"{path}/correct", {**REASON, "changes": [{"was": "甲", "now": "乙"}]}), 409,
            "notice-not-public")  # fmt: skip
    assert counts() == before

    setup.created(lead.post(f"{path}/submit"))
    before = counts()
    refused(lead.post(f"{path}/submit"), 409, "notice-not-draft")
    refused(lead.change(path, {"title": "改"}), 409, "notice-not-draft")
    refused(lead.post(f"{path}/publish"), 409, "notice-not-approved")
    refused(approver.post(f"{path}/reject", {"reason": " "}), 422, "invalid-input")
    assert counts() == before

    back = setup.created(approver.post(f"{path}/reject", REASON))
    assert (back["state"], back["returned_reason"]) == ("draft", REASON["reason"])
    setup.created(lead.change(path, {"title": "关于作风暗访情况的通报"}))
    published = desk.published(notice)
    assert (published["serial"], published["returned_reason"]) == (1, None)
    before = counts()
    for verb in ("submit", "publish"):
        assert lead.post(f"{path}/{verb}").status_code == 409
    refused(lead.change(path, {"title": "改"}), 409, "notice-not-draft")
    refused(approver.post(f"{path}/reject", REASON), 409, "notice-not-in-approval")
    assert counts() == before


def test_an_approved_notice_can_still_be_given_back(desk):
    notice = desk.approved(desk.draft())
    back = setup.created(desk.approver.post(f"/notices/{notice['id']}/reject", REASON))
    assert (back["state"], back["approved_by"]) == ("draft", None)
    refused(desk.lead.post(f"/notices/{notice['id']}/publish"), 409, "notice-not-approved")


def test_a_text_with_private_traces_is_not_published(desk):
    notice = desk.draft()
    path = f"/notices/{notice['id']}"
    content = notice["content"]
    content["body"][0]["text"] += "车牌甘A12345，电话13800138000。"
    content["annexes"][0]["table"]["rows"][0][1] = "11010119900307123X"
    setup.created(desk.lead.change(path, {"content": content}))
    before = counts()
    answer = refused(desk.lead.post(f"{path}/submit"), 422, "private-traces-found")
    assert {one["pointer"]: one["detail"] for one in answer.json["errors"]} == {
        "/content/body/0/text": "mobile_phone plate",
        "/content/annexes/0/table/rows/0/1": "identity_number",
    }
    assert counts() == before


def test_a_draft_is_edited_as_it_is_now_or_not_at_all(desk):
    notice = desk.draft()
    path = f"/notices/{notice['id']}"
    content = notice["content"]
    content["body"] = [
        {"heading": "总体情况", "level": 1},
        {"text": "第一段。\n第二段。"},
    ]
    etag = desk.lead.get(path).headers["ETag"]
    changed = desk.lead.patch(path, {"content": content}, headers={"If-Match": etag})
    assert changed.status_code == 200
    stale = desk.lead.patch(path, {"title": "旧"}, headers={"If-Match": etag})
    assert stale.status_code == 412
    assert desk.lead.patch(path, {"title": "无"}).status_code == 428
    fresh = changed.headers["ETag"]
    assert desk.lead.patch(path, {"title": "新"}, headers={"If-Match": fresh}).status_code == 200
    before = counts()
    for body in (
        [],
        [{"heading": "没有层级"}],
        [{"text": "没有标题", "level": 2}],
        [{"text": "多余", "markup": "#raw"}],
    ):
        refused(desk.lead.change(path, {"content": {**content, "body": body}}), 422,
                "invalid-input")  # fmt: skip
    ragged = {"title": "表", "table": {"columns": [{"title": "甲"}], "rows": [["1", "2"]]}}
    refused(desk.lead.change(path, {"content": {**content, "annexes": [ragged]}}), 422,
            "invalid-input")  # fmt: skip
    assert counts() == before


def test_only_redacted_or_cleared_pictures_of_its_own_cases_are_shown(desk):
    shown = cases.confirmed_finding(desk.campaign, picture="redacted")
    hidden = cases.confirmed_finding(desk.campaign, picture="original")
    foreign = cases.confirmed_finding(desk.campaign, picture="cleared")
    notice = desk.draft(desk.case(findings=[shown, hidden]))
    path = f"/notices/{notice['id']}"
    assert [one["sha256"] for one in notice["available_pictures"]] == [shown.picture]
    assert [one["sha256"] for one in notice["pictures"]] == [shown.picture]
    url = notice["available_pictures"][0]["url"].removeprefix("/api/v1")
    assert desk.lead.get(url).get_data() == cases.png(shown.record)
    before = counts()
    for wrong in (hidden, foreign):
        picture = {"finding_id": wrong.id, "sha256": wrong.picture, "caption": "图"}
        refused(desk.lead.change(path, {"pictures": [picture]}), 409, "picture-not-released")
    twice = {"finding_id": shown.id, "sha256": shown.picture, "caption": "图"}
    refused(desk.lead.change(path, {"pictures": [twice, twice]}), 409, "picture-not-released")
    assert counts() == before
    assert setup.created(desk.lead.change(path, {"pictures": []}))["pictures"] == []


def test_a_picture_whose_redaction_is_taken_back_holds_the_notice(desk):
    finding = cases.confirmed_finding(desk.campaign, picture="redacted")
    notice = desk.approved(desk.draft(desk.case(findings=[finding])))
    cases.take_picture_back(finding)
    before = counts()
    refused(desk.lead.post(f"/notices/{notice['id']}/publish"), 409, "picture-not-released")
    assert counts() == before


def test_a_preview_is_a_pdf_without_number(desk):
    notice = desk.draft()
    answer = desk.lead.get(f"/notices/{notice['id']}/preview")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.get_data().startswith(b"%PDF-")
    assert desk.lead.get(f"/notices/{notice['id']}").json == notice


def test_a_correction_is_a_notice_of_its_own_with_its_own_number(desk):
    original = desk.published()
    body = {**REASON, "changes": [{"was": "1个", "now": "2个"}]}
    draft = setup.created(desk.lead.post(f"/notices/{original['id']}/correct", body))
    assert (draft["kind"], draft["state"]) == ("correction", "draft")
    assert draft["original"]["number"] == original["number"]
    assert original["number"] in text_of(draft)
    assert desk.lead.get(f"/notices/{original['id']}").json["state"] == "published"
    published = desk.published(draft)
    assert published["number"] == "甲整办通〔2026〕2号"
    after = desk.lead.get(f"/notices/{original['id']}").json
    assert (after["state"], after["successors"][0]["number"]) == ("corrected", published["number"])
    assert (after["content"], after["pdf_sha256"]) == (original["content"], original["pdf_sha256"])


def test_a_withdrawal_is_published_too_and_ends_it(desk):
    original = desk.published()
    path = f"/notices/{original['id']}"
    both = [setup.created(desk.lead.post(f"{path}/withdraw", REASON)) for _ in range(2)]
    assert desk.published(both[0])["kind"] == "withdrawal"
    assert desk.lead.get(path).json["state"] == "withdrawn"
    before = counts()
    refused(desk.lead.post(f"{path}/withdraw", REASON), 409, "notice-not-public")
    refused(desk.lead.post(f"/notices/{both[1]['id']}/submit"), 409, "notice-not-public")
    withdrawal = f"/notices/{both[0]['id']}"
    refused(desk.lead.post(f"{withdrawal}/withdraw", REASON), 409, "notice-not-public")
    assert counts() == before


def test_numbers_have_no_gap_over_refusals_faults_and_years(clock, desk, office, monkeypatch):
    assert desk.published()["serial"] == 1
    ready = desk.approved(desk.draft())
    path = f"/notices/{ready['id']}/publish"

    def broken(*_args, **_options):
        raise typesetting.TypesettingError("no typeface for heiti")

    before = counts()
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "render", broken)
        refused(desk.lead.post(path), 422, "notice-not-typesettable")
    with monkeypatch.context() as patch:
        patch.setattr(publishing.log, "queue", lambda *_: 1 / 0)
        assert desk.lead.post(path).status_code == 500
    assert counts() == before
    assert setup.created(desk.lead.post(path))["serial"] == 2
    clock.move_to("2027-01-01T00:00:00+08:00")
    desk.lead, desk.approver = office(Role.LEAD), office(Role.APPROVER)
    desk.counsel = office(Role.REVIEWER)
    desk.liaison = setup.liaison(office, desk.campaign.unit)
    assert desk.published()["number"] == "甲整办通〔2027〕1号"


def test_who_publishes_meanwhile_takes_the_number_and_the_other_is_set_anew(desk, monkeypatch):
    first, second = (desk.approved(desk.draft()) for _ in range(2))
    render, met = publishing.render, []

    def overtaken(document, **options):
        if not met:
            met.append(document.number)
            other = threading.Thread(target=overtake, args=(second["id"],))
            other.start()
            other.join()
        return render(document, **options)

    def overtake(notice):
        met.append(desk.lead.post(f"/notices/{notice}/publish").json["number"])

    monkeypatch.setattr(publishing, "render", overtaken)
    published = setup.created(desk.lead.post(f"/notices/{first['id']}/publish"))
    assert met == ["甲整办通〔2026〕1号", "甲整办通〔2026〕1号"]
    assert published["number"] == "甲整办通〔2026〕2号"


def test_a_notice_changed_while_it_is_set_is_not_published_as_it_was(desk, monkeypatch):
    ready = desk.approved(desk.draft())
    render = publishing.render

    def rejected(document, **options):
        setup.created(desk.approver.post(f"/notices/{ready['id']}/reject", REASON))
        return render(document, **options)

    monkeypatch.setattr(publishing, "render", rejected)
    refused(desk.lead.post(f"/notices/{ready['id']}/publish"), 409, "notice-not-approved")
    assert counts()[2] is None


def test_who_may_do_what(desk, office, phone, app):
    notice = desk.draft()
    path = f"/notices/{notice['id']}"
    body = notice_body(desk.case())
    reviewer, auditor = office(Role.REVIEWER), office(Role.AUDITOR)
    setup.created(desk.lead.post(f"{path}/submit"))
    before = counts()
    answers = [
        *(who.post("/notices", body) for who in (reviewer, auditor, desk.approver, desk.liaison)),
        *(who.post(f"{path}/approve") for who in (reviewer, auditor, desk.lead, desk.liaison)),
        *(who.post(f"{path}/legal-check", PASSED) for who in (auditor, desk.liaison)),
        *(who.post(f"{path}/reject", REASON) for who in (reviewer, desk.lead, desk.liaison)),
        *(who.post(f"{path}/publish") for who in (reviewer, auditor, desk.approver, desk.liaison)),
        *(who.post(f"{path}/withdraw", REASON) for who in (reviewer, desk.approver)),
        *(who.patch(path, {"title": "改"}) for who in (reviewer, desk.approver, desk.liaison)),
        desk.liaison.get("/notices"),
        desk.liaison.get(f"{path}/preview"),
        phone().call("GET", path),
        phone("乙").call("POST", f"{path}/approve"),
    ]
    assert {(one.status_code, one.json["code"]) for one in answers} == {(403, "not-permitted")}
    assert app.test_client().get(f"/api/v1{path}").status_code == 401
    assert counts() == before
    for who in (reviewer, auditor, desk.approver):
        assert who.get(path).status_code == 200
    confined = office(Role.LEAD, unit=UUID(desk.campaign.unit))
    refused(confined.get("/notices"), 403, "not-permitted")
    refused(confined.post(f"{path}/submit"), 403, "not-permitted")


def test_notices_are_listed_by_state_and_words(desk):
    published, draft = desk.published(), desk.draft()
    lead = desk.lead

    def found(query):
        return {one["id"] for one in setup.created(lead.get(f"/notices?{query}"))["items"]}

    assert found("") == {published["id"], draft["id"]}
    assert found("state=published") == {published["id"]}
    assert found("q=〔2026〕1号") == {published["id"]}
    assert found("kind=withdrawal") == set()
    assert found(f"campaign={uuid4()}") == set()


def test_no_notice_is_ever_deleted_or_rewritten(desk, app):
    desk.published()
    rules = [rule for rule in app.url_map.iter_rules() if "/notices" in rule.rule]
    assert not [rule for rule in rules if "DELETE" in rule.methods]

    def write(change):
        with transaction():
            change()
            db.session.flush()

    def published(table=Notice):
        return db.session.scalars(select(table)).one()

    before = counts()
    for table in (Notice, NoticeCase):
        with pytest.raises(RuntimeError):
            write(lambda table=table: db.session.delete(published(table)))
    for member, value in (("title", "改写"), ("content", {}), ("number", "甲整办通〔2026〕9号")):
        with pytest.raises(RuntimeError):
            write(lambda name=member, new=value: setattr(published(), name, new))
    assert counts() == before


def test_a_decision_is_taken_back_until_a_notice_about_it_is_on_its_way(clock, office):
    campaign = setup.running_campaign(office)
    finding = cases.confirmed_finding(campaign)
    desk = setup.liaison(office, campaign.unit)
    case = cases.defended_case(campaign, desk, findings=[finding])
    notice = setup.created(campaign.lead.post("/notices", notice_body(case)))
    reviewer = office(Role.REVIEWER)
    listed = setup.created(campaign.lead.get(f"/notices?case={case['id']}"))["items"]
    assert [one["id"] for one in listed] == [notice["id"]]
    assert setup.created(campaign.lead.get(f"/notices?case={notice['id']}"))["items"] == []
    setup.created(campaign.lead.post(f"/notices/{notice['id']}/submit"))
    path = f"/review/records/{finding.record}/reopen"
    refused = reviewer.post(path, {"reason": "看错了"})
    assert (refused.status_code, refused.json["code"]) == (409, "notice-on-its-way")
