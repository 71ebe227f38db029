"""What people are told, when, and that nothing of it is lost or says too much."""

from uuid import UUID

import pytest

from anfang.jobs import service as jobs
from anfang.kit.channel_addresses import Address, ChannelKind
from anfang.kit.channel_sending import send
from anfang.kit.config import NotifySettings
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from anfang.notifications import delivering
from factories import cases, setup
from factories.setup import created
from server.api.notifications.conftest import channels, hook

WISHES = {
    "mode": "at_once",
    "digest_hour": 8,
    "quiet_from": 22,
    "quiet_until": 7,
    "quiet_days_off": True,
    "locale": "zh-CN",
}
WHERE = "请登录查看：http://127.0.0.1:8000/console/"


def wish(who, **changes):
    return created(who.put("/notification-settings/wishes", {**WISHES, **changes}))


@pytest.fixture
def campaign(clock, operator, office):
    return setup.running_campaign(office)


@pytest.fixture
def desk(campaign, office, sink):
    """A liaison with a webhook."""
    made = setup.liaison(office, campaign.unit)
    hook(made, sink)
    return made


def test_a_liaison_is_told_of_new_and_returned_cases_by_kind_and_count(campaign, desk, sink, work):
    for _ in range(2):
        cases.opened_case(campaign)
    work()
    assert sink.messages == [
        {"title": "待办提醒", "message": f"新交办问题 2 件\n{WHERE}", "type": "info"}
    ]
    case = cases.defended_case(campaign, desk)
    path = f"/cases/{case['id']}"
    created(desk.post(f"{path}/statements", {"kind": "rectification", "text": "已安排顶岗。"}))
    created(campaign.lead.post(f"{path}/send-back", {"text": "没有附值班表。"}))
    work()
    assert sink.texts[1:] == [f"新交办问题 1 件\n退回整改 1 件\n{WHERE}"]
    work()
    assert len(sink.messages) == 2


def test_another_unit_and_a_closed_account_are_told_nothing(campaign, office, sink, work):
    other = setup.liaison(office, campaign.tree.road_transport)
    gone = setup.liaison(office, campaign.unit)
    hook(other, sink)
    hook(gone, sink)
    cases.opened_case(campaign)
    who = created(gone.get("/session"))["id"]
    answer = office(Role.ADMINISTRATOR).change(f"/users/{who}", {"active": False})
    assert answer.status_code == 200
    work()
    assert sink.messages == []


def test_a_message_says_nothing_that_anybody_may_not_read(campaign, desk, sink, work, office):
    lead = campaign.lead
    hook(lead, sink, "/lead")
    body = {"name": "绝密单位", "code": "LEAK-1", "category": "party_mass"}
    unit = created(lead.post("/units", body))["id"]
    hook(setup.liaison(office, unit), sink)
    finding = cases.confirmed_finding(campaign, text="绝密地点绝密姓名")
    case = cases.opened_case(
        campaign, findings=[finding], title="绝密标题", summary="绝密摘要", raised_by="绝密来信人"
    )
    created(lead.post(f"/cases/{case['id']}/transfer", {"unit_id": unit, "reason": "绝密理由"}))
    work()
    assert len(sink.messages) == 2
    said = str(sink.messages)
    for leak in ("绝密", "LEAK", case["number"], case["id"], unit, cases.ALIAS, "窗口", "甲市"):
        assert leak not in said


def test_night_and_days_off_hold_back_and_lose_nothing(campaign, office, sink, work, clock):
    clock.move_to("2026-11-27T21:59:00+08:00")  # a Friday
    lead, desk = office(Role.LEAD), setup.liaison(office, campaign.unit)
    hook(desk, sink)
    for moment in ("2026-11-27T22:00:00+08:00", "2026-11-28T07:30:00+08:00"):
        clock.move_to(moment)
        cases.opened_case(campaign, lead=lead)
        work()
    (channel,) = channels(desk)
    assert (channel["waiting"], channel["next_at"]) == (2, "2026-11-29T23:00:00+00:00")
    clock.move_to("2026-11-30T06:59:00+08:00")
    work()
    assert sink.messages == []
    clock.move_to("2026-11-30T07:00:00+08:00")
    work()
    assert sink.texts == [f"新交办问题 2 件\n{WHERE}"]


def test_a_digest_gathers_a_day(campaign, desk, sink, work, clock):
    wish(desk, mode="digest", digest_hour=16)
    for hour in (11, 13, 15):
        clock.move_to(f"2026-11-23T{hour}:00:00+08:00")
        cases.opened_case(campaign)
        work()
    assert sink.messages == []
    clock.move_to("2026-11-23T16:00:00+08:00")
    work()
    assert sink.texts == [f"新交办问题 3 件\n{WHERE}"]


def test_new_wishes_hold_for_what_waits_already_and_speak_the_language(campaign, desk, sink, work):
    wish(desk, mode="digest", digest_hour=16)
    cases.opened_case(campaign)
    work()
    assert sink.messages == []
    wish(desk, locale="en")
    work()
    assert sink.texts == ["New cases: 1\nPlease sign in: http://127.0.0.1:8000/console/"]


def test_a_dead_channel_holds_up_no_other_and_delivers_all_when_it_is_back(
    campaign, desk, sink, work, clock, office
):
    dead = setup.liaison(office, campaign.unit)
    body = {"kind": "webhook", "address": "http://127.0.0.1:9/dead"}
    created(dead.post("/notification-channels", body))
    sink.status = 502
    cases.opened_case(campaign)
    work()
    (seen,) = channels(dead)
    assert (seen["last_failure"], seen["failures"], seen["waiting"]) == ("unreachable", 1, 1)
    assert channels(desk)[0]["last_failure"] == "http-502"
    work()
    assert channels(desk)[0]["failures"] == 1  # it is not asked again at once
    clock.move_to("2026-11-23T10:01:00+08:00")
    work()
    assert channels(desk)[0]["next_at"] == "2026-11-23T02:03:00+00:00"
    cases.opened_case(campaign)
    sink.status = 200
    clock.move_to("2026-11-23T10:03:00+08:00")
    work()
    assert sink.texts == [f"新交办问题 2 件\n{WHERE}"]
    (seen,) = channels(desk)
    assert (seen["failures"], seen["waiting"], seen["next_at"]) == (0, 0, None)
    assert seen["last_success_at"] == "2026-11-23T02:03:00+00:00"
    assert channels(dead)[0]["waiting"] == 2


def test_a_worker_killed_while_sending_sends_again(campaign, desk, sink, work, clock, monkeypatch):
    cases.opened_case(campaign)
    jobs.run_pending()
    (channel,) = channels(desk)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_settle", killed)
        with pytest.raises(KeyboardInterrupt):
            delivering.deliver(UUID(channel["id"]))
    assert len(sink.messages) == 1
    work()
    assert len(sink.messages) == 1  # it is leased for some minutes
    clock.move_to("2026-11-23T10:05:00+08:00")
    work()
    assert sink.texts[0] == sink.texts[1]


def test_what_comes_while_a_message_is_under_way_is_told_next(
    campaign, desk, sink, work, monkeypatch
):
    cases.opened_case(campaign)
    jobs.run_pending()

    def send_and_open(*given):
        cases.opened_case(campaign)
        jobs.run_pending()
        return send(*given)

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "send", send_and_open)
        delivering.deliver(UUID(channels(desk)[0]["id"]))
    work()
    assert sink.texts == [f"新交办问题 1 件\n{WHERE}"] * 2


def test_deadlines_near_and_passed_are_told_once_each(campaign, desk, sink, work, clock):
    hook(campaign.lead, sink, "/lead")
    cases.opened_case(campaign, working_days=5)  # until Monday 30th, 18:00
    work()
    clock.move_to("2026-11-25T10:00:00+08:00")
    work()
    assert len(sink.messages) == 1
    clock.move_to("2026-11-26T10:00:00+08:00")
    for _ in range(2):
        work()
        work()
    assert sink.texts[1:] == [f"即将到期 1 件\n{WHERE}"] * 2
    assert sorted(sink.paths[1:]) == ["/hook/very-secret-wxyz", "/lead"]
    clock.move_to("2026-11-30T18:05:00+08:00")
    for _ in range(2):
        work()
        work()
    assert sink.texts[3:] == [f"已经超期 1 件\n{WHERE}"] * 2


def test_a_unit_is_told_of_its_part_in_anothers_case_and_of_its_deadline(
    campaign, office, sink, work, clock
):
    other = campaign.tree.transport
    hook(setup.liaison(office, other), sink)
    case = cases.opened_case(campaign, working_days=5)  # until Monday 30th, 18:00
    path = f"/cases/{case['id']}/shares"
    for duty in ("车辆管理", "车辆管理", "车辆和司机管理"):  # said again, it is no news
        share = {"unit_id": other, "degree": "secondary", "duty": duty}
        created(campaign.lead.put(path, {"shares": [share]}))
        work()
    assert sink.texts == [f"配合他单位的事项 1 件\n{WHERE}"] * 2
    for moment in ("2026-11-26T10:00:00+08:00", "2026-11-30T18:05:00+08:00"):
        clock.move_to(moment)
        work()
        work()
    assert sink.texts[2:] == [f"配合事项{what} 1 件\n{WHERE}" for what in ("即将到期", "已经超期")]


def test_whom_a_leader_lets_support_a_case_hears_of_it(campaign, office, sink, work):
    approver, other = office(Role.APPROVER), campaign.tree.transport
    hook(setup.liaison(office, other), sink)
    case = cases.opened_case(campaign)
    asked = {"kind": "coordination", "reason": "要交通部门配合", "unit_ids": [other]}
    request = created(campaign.lead.post(f"/cases/{case['id']}/requests", asked))["requests"][0]
    work()
    assert sink.messages == []
    decided = {"granted": True, "note": "请配合"}
    created(approver.post(f"/case-requests/{request['id']}/decide", decided))
    work()
    assert sink.texts == [f"配合他单位的事项 1 件\n{WHERE}"]


def test_approvers_are_told_what_waits_for_them_and_nobody_of_what_is_their_own(
    campaign, desk, office, sink, work
):
    approver, both = office(Role.APPROVER), office(Role.APPROVER, Role.LEAD)
    hook(approver, sink, "/approver")
    hook(both, sink, "/both")
    case = cases.opened_case(campaign)
    work()
    sink.paths.clear()
    asked = {"kind": "extension", "reason": "设备在途", "working_days": 3}
    created(both.post(f"/cases/{case['id']}/requests", asked))
    work()
    assert sink.paths == ["/approver"]
    assert sink.texts[-1] == f"申请待审批 1 件\n{WHERE}"
    bounce = {"kind": "bounce", "reason": "不是本单位的事"}
    created(desk.post(f"/cases/{case['id']}/requests", bounce))
    work()
    assert sink.paths == ["/approver", "/both"]


@pytest.mark.parametrize(
    ("event", "payload", "role", "said"),
    [
        ("notice.submitted", {"by": None}, Role.APPROVER, "文书待审批 1 份"),
        ("measure.proposed", {"by": None}, Role.APPROVER, "措施待审批 1 件"),
        ("measure.review_asked", {"by": None}, Role.APPROVER, "措施待审批 1 件"),
        ("referral.proposed", {"by": None}, Role.APPROVER, "措施待审批 1 件"),
        ("breach.alleged", {"by": None}, Role.APPROVER, "违规认定待审批 1 件"),
    ],
)
def test_every_kind_of_approval_is_told(
    operator, clock, office, sink, work, event, payload, role, said
):
    who = office(role)
    hook(who, sink)
    with transaction():
        jobs.emit(event, **{**payload, "by": str(UUID(int=1))})
    work()
    assert sink.texts == [f"{said}\n{WHERE}"]


def test_mail_goes_through_the_operators_server(operator, clock, campaign, office, letters, work):
    operator.allow(mail=f"mailto://127.0.0.1:{letters.port}?from=office@example.cn")
    desk = setup.liaison(office, campaign.unit)
    body = {"kind": "mail", "address": "liaison@example.cn"}
    assert created(desk.post("/notification-channels", body))["hint"] == "e.cn"
    cases.opened_case(campaign)
    work()
    (letter,) = letters.letters
    assert (letter["To"], letter["From"]) == ("liaison@example.cn", "office@example.cn")
    assert letter["Subject"] == "待办提醒"
    assert letter.get_content().splitlines() == ["新交办问题 1 件", WHERE]


def test_a_mail_server_that_is_away_is_a_reason(operator, office):
    settings = NotifySettings(
        frozenset({"mail"}), "mailto://127.0.0.1:9?from=office@example.cn", frozenset(), frozenset()
    )
    address = Address(ChannelKind.MAIL, "liaison@example.cn")
    assert send(address, settings, "待办提醒", "1") == "unreachable"
