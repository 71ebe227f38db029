"""The ledger: filtered, sorted, grouped and counted on the server; verbs for many cases at once."""

from collections import Counter
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest

from anfang.kit.principal import Role
from factories import cases, setup

RECTIFIED = {"kind": "rectification", "text": "已整改到位。"}


@pytest.fixture
def campaign(clock, office):
    return setup.running_campaign(office)


def numbers(who, query=""):
    return [one["number"] for one in setup.created(who.get(f"/cases?limit=200&{query}"))["items"]]


def groups(who, query):
    found = setup.created(who.get(f"/case-groups?{query}"))
    return {one["key"]: (one["count"], one["overdue"]) for one in found["groups"]}


def leaf(day):
    """A subtask that somebody answers for."""
    return {"level": "unit", "title": f"补岗{day}", "due_on": f"2026-11-{day}",
            "result": "有人在岗", "watched_by": "督查组", "accountability": "通报"}  # fmt: skip


def of_unit(campaign, unit, **members):
    finding = cases.confirmed_finding(campaign, unit=unit)
    return cases.opened_case(campaign, findings=[finding], unit_id=unit, **members)


def mixed(campaign, desk):
    """Five cases of three units: open, open and soon due, of a superior, reported, closed."""
    tree = campaign.tree
    far = cases.opened_case(campaign, working_days=40, title="窗口长期问题")
    near = of_unit(campaign, tree.transport, working_days=2, **{"class": "at_once"})
    below = of_unit(campaign, tree.road_transport, working_days=6, source="superior")
    reported, closed = cases.opened_case(campaign), cases.opened_case(campaign)
    setup.created(desk.post(f"/cases/{reported['id']}/statements", RECTIFIED))
    setup.created(campaign.lead.post(f"/cases/{closed['id']}/close", {"reply": "办结。"}))
    return [one["number"] for one in (far, near, below, reported, closed)]


def test_every_filter_narrows_list_count_and_groups_alike(campaign, office, clock):
    desk = setup.liaison(office, campaign.unit)
    far, near, below, reported, closed = mixed(campaign, desk)
    tree, lead = campaign.tree, campaign.lead
    for query, expected in {
        "state=open": {far, near, below},
        "state=rectified&state=closed": {reported, closed},
        f"unit={tree.transport}": {near, below},
        f"unit={tree.road_transport}": {below},
        f"theme={campaign.theme}": {far, near, below, reported, closed},
        f"campaign={uuid4()}": set(),
        "class=at_once": {near},
        "source=superior": {below},
        "colour=blue": {near},
        "colour=none&colour=stopped": {far, below, reported, closed},
        "q=长期": {far},
        f"q={below}": {below},
        "due_to=2026-11-18": {near},
        "due_from=2026-11-19&due_to=2026-11-24": {below},
        "opened_from=2026-11-17": set(),
        "opened_to=2026-11-16": {far, near, below, reported, closed},
        "overdue=true": set(),
        f"unit={tree.transport}&source=superior&colour=none": {below},
    }.items():
        assert set(numbers(lead, query)) == expected, query
        assert sum(n for n, _ in groups(lead, f"{query}&by=unit").values()) == len(expected), query
    clock.shift(timedelta(days=3))
    lead = office(Role.LEAD)
    assert set(numbers(lead, "overdue=true")) == {near} == set(numbers(lead, "colour=red"))
    assert groups(lead, "by=class") == {"by_date": (4, 0), "at_once": (1, 1)}


def test_subtasks_run_through_all_pages_without_the_stems_that_have_no_day(campaign):
    path = f"/cases/{cases.opened_case(campaign)['id']}/subtasks"
    for days in ((20, 18), (24, 23)):
        tree = {"level": "unit", "title": "排班", "children": [
            {**leaf(day), "level": "post", "holder": "值班员"} for day in days]}  # fmt: skip
        setup.created(campaign.lead.post(path, {"subtasks": [tree, leaf(19)]}))
    found, cursor = [], ""
    while cursor is not None:
        page = setup.created(campaign.lead.get(f"/case-tasks?limit=1{cursor}"))
        found += [one["title"] for one in page["items"]]
        cursor = page["next"] and f"&cursor={quote(page['next'])}"
    assert found == [f"补岗{day}" for day in (18, 19, 19, 20, 23, 24)]


def test_orders_run_through_all_pages_and_back(campaign, office):
    mixed(campaign, setup.liaison(office, campaign.unit))
    for sort in ("due", "opened", "unit", "class", "state"):
        whole, cursor = [], ""
        while True:
            page = setup.created(campaign.lead.get(f"/cases?limit=2&sort={sort}{cursor}"))
            whole += [one["number"] for one in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={quote(page['next'])}"
        assert len(whole) == len(set(whole)) == 5
        assert (
            whole
            == numbers(campaign.lead, f"sort=-{sort}")[::-1]
            == numbers(campaign.lead, f"sort={sort}")
        )


def test_the_database_colours_deadlines_as_the_calendar_does(campaign, office, clock):
    """Through weekends and the new year's holiday, at odd hours."""
    clock.move_to("2026-12-21T02:00:00Z")
    lead = office(Role.LEAD)
    for term in (1, 2, 3, 5, 8, 9, 10, 13):
        cases.opened_case(campaign, lead=lead, working_days=term)
    begin, seen = datetime.fromisoformat("2026-12-21T00:00:00+08:00"), set()
    for hours in (*range(9, 360, 31), 18, 24 * 4 + 18):
        clock.move_to(begin + timedelta(hours=hours))
        lead = office(Role.LEAD)
        listed = setup.created(lead.get("/cases?limit=200"))["items"]
        told = Counter(one["deadline"]["colour"] for one in listed)
        assert {key: n for key, (n, _) in groups(lead, "by=colour").items()} == told, hours
        seen |= told.keys()
    assert seen == {"red", "yellow", "blue", "none"}


def test_a_liaison_filters_counts_and_names_its_own_cases_alone(campaign, office):
    mixed(campaign, setup.liaison(office, campaign.unit))
    desk = setup.liaison(office, campaign.tree.road_transport)
    assert len(numbers(desk)) == 1
    assert groups(desk, f"by=unit&unit={campaign.tree.city}") == {
        campaign.tree.road_transport: (1, 0)
    }
    for by in ("state", "class", "colour"):
        assert sum(n for n, _ in groups(desk, f"by={by}").values()) == 1
    (line,) = setup.created(desk.get("/cases"))["items"]
    assert not {"owner", "theme", "source", "reminded_at", "campaign"} & line.keys()
    for path, body in (
        ("/cases/assign", {"case_ids": [line["id"]], "owner_id": str(uuid4())}),
        ("/cases/remind", {"case_ids": [line["id"]], "text": "催"}),
        (f"/cases/{line['id']}/send-back", {"text": "退"}),
    ):
        assert desk.post(path, body).status_code == 403
    assert desk.get("/case-owners").status_code == 403


@pytest.mark.parametrize("by", ["owner", "theme"])
def test_a_liaison_groups_by_nothing_that_its_own_list_hides(campaign, office, by):
    cases.opened_case(campaign)
    desk = setup.liaison(office, campaign.unit)
    answer = desk.get(f"/case-groups?by={by}")
    assert (answer.status_code, answer.json["code"]) == (403, "not-permitted")
    assert desk.get(f"/cases?{by}={uuid4()}").status_code == 403


def test_each_row_of_a_bulk_verb_is_done_whole_or_refused_with_its_reason(campaign, office):
    desk = setup.liaison(office, campaign.unit)
    far, near, _, reported, closed = (
        {one["number"]: one for one in setup.created(campaign.lead.get("/cases"))["items"]}[number]
        for number in mixed(campaign, desk)
    )
    ids = [far["id"], closed["id"], str(uuid4()), reported["id"], near["id"]]
    body = {"case_ids": [*ids, far["id"]], "text": "期限将至，请抓紧办理。"}
    rows = setup.created(campaign.lead.post("/cases/remind", body))["rows"]
    assert [one["case_id"] for one in rows] == ids
    codes = [None, "unit-not-waited-for", "not-found", "unit-not-waited-for", None]
    assert [one["code"] for one in rows] == codes
    assert [one["done"] for one in rows] == [code is None for code in codes]
    assert "不需要催办" in rows[1]["reason"]
    again = setup.created(campaign.lead.post("/cases/remind", body))["rows"]
    assert again[0]["code"] == "reminded-today"
    said = setup.created(desk.get(f"/cases/{far['id']}"))["statements"]
    assert [(one["kind"], one["text"]) for one in said] == [("reminder", body["text"])]
    assert setup.created(desk.get(f"/cases/{reported['id']}"))["state"] == "rectified"


def test_cases_are_assigned_to_whom_the_office_lets_follow_them_up(campaign, office):
    cases.opened_case(campaign)
    reviewer = office(Role.REVIEWER)
    owners = {
        one["id"]: one["name"] for one in setup.created(campaign.lead.get("/case-owners"))["items"]
    }
    me = setup.created(reviewer.get("/session"))["id"]
    auditor = setup.created(office(Role.AUDITOR).get("/session"))["id"]
    assert me in owners
    assert auditor not in owners
    ids = [one["id"] for one in setup.created(campaign.lead.get("/cases"))["items"]]
    for owner, code in ((auditor, "owner-unsuitable"), (str(uuid4()), "owner-unsuitable")):
        body = {"case_ids": ids, "owner_id": owner}
        (row,) = setup.created(campaign.lead.post("/cases/assign", body))["rows"]
        assert row["code"] == code
    assert numbers(campaign.lead, f"owner={me}") == []
    body = {"case_ids": ids, "owner_id": me}
    (row,) = setup.created(campaign.lead.post("/cases/assign", body))["rows"]
    assert row["done"]
    (line,) = setup.created(reviewer.get(f"/cases?owner={me}"))["items"]
    assert line["owner"] == {"id": me, "name": owners[me]}


def test_an_insufficient_rectification_goes_back_and_the_time_runs_again(campaign, office, clock):
    desk = setup.liaison(office, campaign.unit)
    case = cases.opened_case(campaign)
    path = f"/cases/{case['id']}"
    body = {"text": "缺少顶岗制度的书面材料。", "working_days": 3}
    early = campaign.lead.post(f"{path}/send-back", body)
    assert (early.status_code, early.json["code"]) == (409, "nothing-to-send-back")
    setup.created(desk.post(f"{path}/statements", RECTIFIED))
    clock.shift(60)
    back = setup.created(campaign.lead.post(f"{path}/send-back", body))
    assert (back["state"], back["due_at"]) == ("open", "2026-11-19T10:00:00+00:00")
    assert back["timeline"][-1]["text"] == body["text"]
    assert desk.get(path).json["statements"][-1]["kind"] == "insufficient"
    setup.created(desk.post(f"{path}/statements", RECTIFIED))
    assert desk.get(path).json["state"] == "rectified"


def test_saved_views_are_ones_own_or_shared_within_the_office(campaign, office):
    other, desk = office(Role.REVIEWER), setup.liaison(office, campaign.unit)
    settings = {"colour": ["red"], "due_to": "2026-11-20", "sort": "-due", "by": "unit"}
    view = {"name": "本周到期", "shared": False, "settings": settings}
    mine = setup.created(campaign.lead.post("/ledger-views", view))
    assert (mine["settings"], mine["own"]) == (settings, True)

    def seen(who):
        return [one["name"] for one in setup.created(who.get("/ledger-views"))["items"]]

    assert (seen(campaign.lead), seen(other), seen(desk)) == (["本周到期"], [], [])
    twice = campaign.lead.post("/ledger-views", view)
    assert (twice.status_code, twice.json["code"]) == (409, "view-name-taken")
    path = f"/ledger-views/{mine['id']}"
    setup.created(campaign.lead.put(path, {**view, "shared": True}))
    assert (seen(other), seen(desk)) == (["本周到期"], [])
    assert other.put(path, view).status_code == 404
    assert other.call("DELETE", path).status_code == 404
    shared = desk.post("/ledger-views", {**view, "shared": True})
    assert (shared.status_code, shared.json["code"]) == (403, "view-not-shareable")
    setup.created(desk.post("/ledger-views", view))
    assert campaign.lead.call("DELETE", path).status_code == 204
    assert (seen(campaign.lead), seen(desk)) == ([], ["本周到期"])


def test_the_way_of_a_case_begins_at_the_shutter_and_names_no_inspector(campaign):
    finding = cases.confirmed_finding(campaign, picture="redacted")
    case = cases.opened_case(campaign, findings=[finding])
    actions = [one["action"] for one in case["timeline"]]
    assert actions[0] == "visit.made"
    assert {"record.received", "review.accepted", "picture.redaction", "case.opened"} <= {*actions}
    assert [one["at"] for one in case["timeline"]] == sorted(one["at"] for one in case["timeline"])
    assert cases.ALIAS not in campaign.lead.get(f"/cases/{case['id']}").get_data(as_text=True)
