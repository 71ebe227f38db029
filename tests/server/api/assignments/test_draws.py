"""The double-random draw, from commitment to the public sheet (PROTOCOL §9)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from anfang import log_map
from anfang.assignments import draw_files
from anfang.assignments.draw_checks import NotADrawFileError, check
from anfang.cli.draw import draw as draw_command
from anfang.kit import jcs, notes
from anfang.kit.db import db, transaction
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Role
from anfang.log import service as log
from anfang.log.queries import log_verifier
from factories import setup

SOURCE = "上海证券交易所 2026-11-23 收盘时上证综合指数，保留两位小数"
ENTROPY = "3876.52"
TODAY = datetime.now(UTC).date()


def day(distance):
    return (TODAY + timedelta(days=distance)).isoformat()


DAYS = {"from_day": day(2), "to_day": day(6)}


@pytest.fixture
def campaign(office):
    running = setup.running_campaign(office)
    lead, tree = running.lead, running.tree
    for number in range(1, 7):
        body = {"unit_id": tree.service_centre, "name": f"窗口{number}", "kind": "window"}
        setup.created(lead.post("/sites", body))
    body = {"unit_id": tree.road_transport, "name": "城东出租汽车", "kind": "taxi"}
    setup.created(lead.post("/sites", body))
    for alias in "甲乙丙丁":
        setup.inspector(lead, alias)
    return running


def plan(campaign, **members):
    windows = {
        "code": "windows",
        "title": "服务窗口",
        "take": 3,
        "checklist_version_id": campaign.window,
        "kinds": ["window"],
    }
    taxis = {**windows, "code": "taxis", "title": "出租汽车", "take": 1}
    taxis |= {"checklist_version_id": campaign.taxi, "kinds": ["taxi"]}
    return {
        "campaign_id": campaign.id,
        "entropy_source": SOURCE,
        "strata": [windows, taxis],
        **DAYS,
        **members,
    }


def committed(campaign, **members):
    draw = setup.created(campaign.lead.post("/draws", plan(campaign, **members)))
    seal()
    return draw


def drawn(campaign, **members):
    draw = committed(campaign, **members)
    body = {"entropy": ENTROPY, "witness": "派驻纪检监察组"}
    return setup.created(campaign.lead.post(f"/draws/{draw['id']}/make", body))


def seal():
    with transaction():
        log.seal()


def halves(campaign, draw):
    return [
        campaign.lead.get(f"/draws/{draw['id']}/{name}-file").get_data()
        for name in ("objects", "inspectors")
    ]


def finish(campaign, draw):
    for visit in campaign.lead.get("/assignments?state=open&limit=200").json["items"]:
        setup.created(campaign.lead.post(f"/assignments/{visit['id']}/cancel"))
    return campaign.lead.post(f"/draws/{draw['id']}/publish")


def code(answer):
    return answer.status_code, answer.json["code"]


def test_the_visits_are_those_that_the_draw_gave(campaign):
    draw = drawn(campaign)
    assert draw["state"] == "drawn"
    handed = {
        (visit["site"]["name"], visit["inspector"]["alias"], visit["checklist"]["code"])
        for visit in campaign.lead.get("/assignments?limit=200").json["items"]
    }
    checklists = {"windows": "window", "taxis": "taxi"}
    assert handed == {
        (visit["name"], alias, checklists[visit["stratum"]])
        for visit in draw["visits"]
        for alias in visit["inspectors"]
    }
    assert len(draw["visits"]) == 4
    assert len(handed) == 8


def test_both_halves_repeat_from_themselves_and_belong_together(campaign, app):
    objects, inspectors = halves(campaign, drawn(campaign))
    key = log_verifier()
    for half in (objects, inspectors):
        verdict = check(half, log_key=key)
        assert (verdict.faults, verdict.log_signed) == ((), True)
    assert check(objects, other=inspectors).sound


def test_entropy_is_taken_only_once_the_commitment_stands_in_the_log(campaign):
    lead = campaign.lead
    draw = setup.created(lead.post("/draws", plan(campaign)))
    body = {"entropy": ENTROPY, "witness": "监督组"}
    assert code(lead.post(f"/draws/{draw['id']}/make", body)) == (409, "not-yet-logged")
    assert lead.get(f"/draws/{draw['id']}").json["entropy"] is None
    assert lead.get("/assignments").json["items"] == []
    seal()
    setup.created(lead.post(f"/draws/{draw['id']}/make", body))
    again = lead.post(f"/draws/{draw['id']}/make", {**body, "entropy": "3876.53"})
    assert code(again) == (409, "draw-made")


def test_the_secret_is_with_nobody_before_the_draw(campaign):
    draw = committed(campaign)
    secret = db.session.execute(text("SELECT secret FROM draws")).scalar_one()
    assert sha256_hex(bytes.fromhex(secret)) == draw["secret_sha256"]
    for address in (f"/draws/{draw['id']}", "/draws", f"/draws/{draw['id']}/objects-file"):
        assert secret not in campaign.lead.get(address).get_data(as_text=True)


def test_what_the_public_sees_comes_after_the_visits_and_names_no_inspector(campaign, app):
    draw = drawn(campaign)
    citizen, address = app.test_client(), f"/p/draws/{draw['id']}"
    assert citizen.get(address).status_code == 404
    assert citizen.get(f"{address}/draw.json").status_code == 404
    early = campaign.lead.post(f"/draws/{draw['id']}/publish")
    assert code(early) == (409, "draw-visits-outstanding")
    setup.created(finish(campaign, draw))

    objects, inspectors = halves(campaign, draw)
    assert citizen.get(f"{address}/draw.json").get_data() == objects
    sheet = citizen.get(address)
    shown = sheet.get_data(as_text=True) + objects.decode()
    assert draw["visits"][0]["name"] in shown
    assert ENTROPY in shown
    assert "<script" not in shown
    for inspector in json.loads(inspectors)["frame"]["inspectors"]:
        assert inspector["id"] not in shown
        assert f">{inspector['alias']}<" not in shown
        assert f'"{inspector["alias"]}"' not in shown
    assert address in citizen.get("/p/draws/").get_data(as_text=True)
    assert "Random draw" in citizen.get(f"{address}?lang=en").get_data(as_text=True)


def test_conflicts_weights_rest_and_exclusions_stand_in_the_file_and_are_kept(campaign, office):
    lead, tree = campaign.lead, campaign.tree
    barred = setup.inspector(lead, "甲")
    body = {"inspector_id": barred, "unit_id": tree.city}
    setup.created(lead.post("/inspector-conflicts", body))
    assert code(lead.post("/inspector-conflicts", body)) == (409, "conflict-known")
    setup.assignment(campaign, "乙", from_day=day(-4), to_day=day(-3))
    sites = {one["name"]: one["id"] for one in lead.get("/sites?limit=200").json["items"]}
    draw = drawn(
        campaign,
        per_object=1,
        rest_days=30,
        inspectors_rest_days=30,
        weights=[{"object_id": sites["窗口2"], "weight": 7}],
        excluded=[{"object_id": sites["窗口1"], "reason": "停业装修"}],
    )
    windows, _ = draw["frame"]["strata"]
    assert {one["name"]: one["weight"] for one in windows["objects"]}["窗口2"] == 7
    assert {(one["name"], one["reason"], one["note"]) for one in windows["left_out"]} == {
        ("窗口1", "excluded", "停业装修"),
        ("服务大厅一层窗口", "rotation", ""),
    }
    assert (draw["frame"]["conflicts"], draw["frame"]["rotated"]) == (2, 1)
    assert not [visit for visit in draw["visits"] if "甲" in visit["inspectors"]]
    assert not [
        visit
        for visit in draw["visits"]
        if visit["stratum"] == "windows" and "乙" in visit["inspectors"]
    ]
    withdrawn = lead.call("DELETE", f"/inspector-conflicts/{barred}/{tree.city}")
    assert withdrawn.status_code == 204
    assert lead.get("/inspector-conflicts").json["items"] == []


def test_drawing_again_takes_a_reason_that_is_published(campaign, app):
    first = drawn(campaign)
    refused = campaign.lead.post("/draws", plan(campaign))
    assert code(refused) == (409, "draw-reason-missing")
    silent = campaign.lead.post("/draws", plan(campaign, replaces=first["id"], reason=" "))
    assert code(silent) == (422, "invalid-input")
    second = drawn(campaign, replaces=first["id"], reason="两处点位临时停业")
    assert campaign.lead.get(f"/draws/{first['id']}").json["state"] == "replaced"
    still_open = campaign.lead.get("/assignments?state=open&limit=200").json["items"]
    assert len(still_open) == 8
    third = campaign.lead.post("/draws", plan(campaign, replaces=first["id"], reason="再来"))
    assert code(third) == (409, "draw-not-replaceable")
    setup.created(finish(campaign, second))
    setup.created(campaign.lead.post(f"/draws/{first['id']}/publish"))
    page = app.test_client().get(f"/p/draws/{second['id']}").get_data(as_text=True)
    assert "两处点位临时停业" in page
    assert first["id"] in page


def test_other_days_or_other_objects_need_no_reason(campaign):
    windows, taxis = plan(campaign)["strata"]
    drawn(campaign, strata=[windows])
    drawn(campaign, strata=[taxis])
    drawn(campaign, from_day=day(9), to_day=day(10), strata=[windows])


def test_what_cannot_be_drawn_is_refused_before_anything_is_frozen(campaign):
    lead = campaign.lead
    windows, taxis = plan(campaign)["strata"]
    refusals = {
        (422, "draw-stratum-too-small"): {"strata": [{**windows, "take": 99}]},
        (422, "draw-object-twice"): {"strata": [windows, {**taxis, "kinds": ["window"]}]},
        (422, "draw-inspectors-too-few"): {"per_object": 5},
        (422, "assignment-days-reversed"): {"to_day": "2026-11-01"},
        (422, "checklist-not-in-campaign"): {
            "strata": [
                {**windows, "checklist_version_id": setup.published_checklist(lead, "office")}
            ]
        },
        (404, "not-found"): {"replaces": campaign.id, "reason": "无"},
    }
    for refusal, members in refusals.items():
        assert code(lead.post("/draws", plan(campaign, **members))) == refusal
        assert lead.post("/draws/frame", plan(campaign, **members)).status_code in (200, refusal[0])
    assert lead.get("/draws").json["items"] == []


def test_units_are_drawn_where_inspectors_choose_the_site(campaign):
    stratum = plan(campaign)["strata"][0] | {"kinds": [], "unit_id": campaign.tree.city, "take": 2}
    draw = drawn(campaign, over="units", strata=[stratum], per_object=1)
    visits = campaign.lead.get("/assignments").json["items"]
    assert {one["unit"]["name"] for one in visits} == {one["name"] for one in draw["visits"]}
    assert all(one["site"] is None for one in visits)


def test_only_lead_and_auditor_know_of_draws(campaign, office, phone):
    draw = drawn(campaign)
    auditor = office(Role.AUDITOR)
    assert auditor.get(f"/draws/{draw['id']}/inspectors-file").status_code == 200
    assert auditor.post("/draws", plan(campaign)).status_code == 403
    others = [office(Role.REVIEWER), office(Role.APPROVER), setup.liaison(office, campaign.unit)]
    for other in others:
        for address in ("", f"/{draw['id']}", f"/{draw['id']}/inspectors-file"):
            assert other.get(f"/draws{address}").status_code == 403
        assert other.get("/inspector-conflicts").status_code == 403
    assert phone("甲").call("GET", f"/draws/{draw['id']}").status_code == 403


def test_the_log_is_compared_with_every_draw(campaign):
    drawn(campaign)
    seal()
    with transaction(write=False):
        assert list(log_map.verify()) == []
    with transaction():
        db.session.execute(
            text("UPDATE draws SET objects_file = replace(objects_file, '窗', '门')")
        )
    with transaction(write=False):
        assert {fault.code for fault in log_map.verify()} == {"entry-missing", "row-missing"}


def test_any_changed_byte_is_found(campaign):
    for half in halves(campaign, drawn(campaign)):
        assert check(half).sound
        for place in range(0, len(half), 7):
            changed = half[:place] + bytes([half[place] ^ 1]) + half[place + 1 :]
            assert not _is_sound(changed), (place, half[place : place + 20])
        assert not _is_sound(half + b" ")
        assert not _is_sound(half[:-1])


def _is_sound(data):
    try:
        return check(data).sound
    except NotADrawFileError:
        return False


def _resealed(half, change):
    """What a careful forger makes: the change, and a digest that fits it."""
    document = json.loads(half)
    del document["digest"]
    change(document)
    return draw_files.sealed(document)


def _stretch_the_secret(document):
    """A pattern ends where the text ends, not before a last newline."""
    document["secret"] += "\n"


def _swap_result(document):
    taken = {one["object"] for one in document["drawn"]}
    free = [o["id"] for o in document["frame"]["strata"][0]["objects"] if o["id"] not in taken]
    document["drawn"][0]["object"] = free[0]


def _favour(document):
    document["frame"]["strata"][0]["objects"][0]["weight"] = 900


def _favour_and_say_so(document):
    _favour(document)
    document["commitment"]["objects_frame_sha256"] = draw_files.hash_of(document["frame"])


def _other_secret(document):
    document["secret"] = "00" * 32


def _other_source(document):
    document["commitment"]["entropy_source"] = "办公室自定"


def _other_entropy(document):
    document["entropy"] = "3876.53"


def _drop_the_reason(document):
    document["commitment"]["replaces"] = None
    document["witness"] = ""


FORGERIES = [
    (_swap_result, {"result"}),
    (_favour, {"frame"}),
    (_favour_and_say_so, {"log"}),
    (_other_secret, {"secret"}),
    (_other_source, {"log"}),
    (_other_entropy, {"result"}),
    (_drop_the_reason, {"form"}),
]


@pytest.mark.parametrize(("change", "expected"), FORGERIES)
def test_a_careful_forgery_is_found(campaign, change, expected):
    objects, _ = halves(campaign, drawn(campaign))
    assert expected <= set(check(_resealed(objects, change)).faults)


def test_inspectors_halves_are_not_exchanged(campaign):
    objects, inspectors = halves(campaign, drawn(campaign))

    def send_another(document):
        first, second = document["drawn"][:2]
        first["inspectors"], second["inspectors"] = second["inspectors"], first["inspectors"]

    forged = _resealed(inspectors, send_another)
    assert "result" in check(forged).faults
    assert check(objects, other=forged).faults == ("pair",)


def test_a_checkpoint_of_another_log_is_not_taken(campaign):
    objects, _ = halves(campaign, drawn(campaign))
    other = notes.verifier_of("elsewhere", log_verifier().key)
    verdict = check(objects, log_key=other)
    assert (verdict.faults, verdict.log_signed) == (("log-key",), False)


def test_the_command_says_what_it_found(campaign, tmp_path, app):
    objects, inspectors = halves(campaign, drawn(campaign))
    public, secret = tmp_path / "draw.json", tmp_path / "inspectors.json"
    public.write_bytes(objects)
    secret.write_bytes(inspectors)
    run = CliRunner()
    good = run.invoke(
        draw_command,
        [
            "verify",
            str(public),
            "--inspectors",
            str(secret),
            "--log-key",
            str(log_verifier()),
            "--json",
        ],
    )
    assert good.exit_code == 0
    told = json.loads(good.output)
    assert (told["sound"], told["log_signed"], told["faults"]) == (True, True, [])
    assert told["drawn"] == json.loads(objects)["drawn"]

    public.write_bytes(_resealed(objects, _swap_result))
    bad = run.invoke(draw_command, ["verify", str(public), "--json"])
    assert bad.exit_code == 1
    assert json.loads(bad.output)["faults"][0]["code"] == "draw-fault-result"
    assert run.invoke(draw_command, ["verify", str(public)]).exit_code == 1

    public.write_bytes(_resealed(objects, _stretch_the_secret))
    bad = run.invoke(draw_command, ["verify", str(public), "--json"])
    assert json.loads(bad.output)["faults"][0]["code"] == "draw-fault-form"

    for junk in (b"", b"{}", b"PK\x03\x04", jcs.canonical({"kind": "notice"})):
        public.write_bytes(junk)
        refused = run.invoke(draw_command, ["verify", str(public), "--json"])
        assert refused.exit_code == 2, junk
    assert run.invoke(draw_command, ["verify", str(tmp_path / "none")]).exit_code == 2


def test_the_days_may_simply_pass(campaign):
    draw = drawn(campaign, from_day=day(-9), to_day=day(-2))
    assert campaign.lead.post(f"/draws/{draw['id']}/publish").json["state"] == "published"


def test_the_public_sheet_waits_for_the_campaigns_delay_and_says_until_when(campaign, app):
    setup.created(campaign.lead.change(f"/campaigns/{campaign.id}", {"publication_delay_days": 14}))
    recent = drawn(campaign, from_day=day(-9), to_day=day(-2))
    refused = campaign.lead.post(f"/draws/{recent['id']}/publish")
    assert code(refused) == (409, "draw-too-early")
    assert day(12) in refused.json["title"]
    assert app.test_client().get(f"/p/draws/{recent['id']}").status_code == 404
    long_ago = drawn(campaign, from_day=day(-40), to_day=day(-14))
    assert campaign.lead.post(f"/draws/{long_ago['id']}/publish").json["state"] == "published"
