"""Runs of scores: computed, explained, signed off by a second person, published, corrected."""

from decimal import Decimal

import pytest

from anfang import log_map
from anfang.kit import jcs
from anfang.kit.db import db, transaction
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Role
from anfang.log.service import seal
from anfang.scoring import formula, frozen, nodes
from anfang.scoring.models import ScoreResult, ScoreRun
from anfang.scoring.rules import schemes_of
from factories import cases, ladders, rulebooks, scoring, setup
from factories.scoring import computed, followed, places, published, signed, visited
from factories.setup import created

refused = ladders.refused
AFTER_DEFENCE = "2026-11-24T03:00:00Z"


@pytest.fixture
def bench(clock, office):
    return scoring.bench(office)


@pytest.fixture
def campaign(bench):
    """One visit to each unit; the third bureau is last, by a veto; the party's two are equal."""
    found = bench.campaign
    for unit, points in zip(bench.bureaus, (96, 85, 99), strict=True):
        visited(found, unit, points, veto=unit == bench.bureaus[2])
    for unit in bench.party:
        visited(found, unit, 80)
    visited(found, bench.vertical[0], 70)
    visited(found, bench.vertical[1], 60)
    visited(found, bench.housing, 100)
    return found


def test_units_are_ranked_by_category_with_ties_vetoes_and_bands(bench, campaign):
    run = computed(bench.lead, campaign.id)
    assert places(run) == {
        bench.bureaus[0]: (1, "96.00"),
        bench.bureaus[1]: (2, "85.00"),
        bench.bureaus[2]: (3, "59.00"),
        bench.housing: (None, "100.00"),
        bench.party[0]: (1, "80.00"),
        bench.party[1]: (1, "80.00"),
        bench.vertical[0]: (1, "70.00"),
        bench.vertical[1]: (2, "60.00"),
    }
    told = {one["unit"]["id"]: one for one in run["results"]}
    assert told[bench.bureaus[2]]["vetoes"] == ["bans"]
    assert told[bench.housing]["why_not"] == "不参加统一排名"
    assert [told[one]["band"]["title"] for one in bench.bureaus] == ["优", "良", "差"]


def test_every_point_leads_to_its_record_and_adds_up(bench, campaign):
    visit = visited(campaign, bench.bureaus[1], 86)
    run = computed(bench.lead, campaign.id)["id"]
    told = created(bench.lead.get(f"/score-runs/{run}/units/{bench.bureaus[1]}"))
    tree = told["explanation"]
    assert nodes.added_up(tree) == Decimal(told["score"]) == Decimal("84.50")
    marks, problems = tree["children"]
    assert {(one["object_kind"], one["points"]) for one in marks["children"]} == {
        ("record", "42.5000"), ("record", "43.0000"),
    }  # fmt: skip
    assert visit.record in {one["object_id"] for one in marks["children"]}
    assert [(one["object_kind"], one["points"], one["note"]) for one in problems["children"]] in (
        [("finding", "0.0000", "free"), ("finding", "-1.0000", "")],
    )
    assert told["units"] == [{"id": bench.bureaus[1], "name": "职能二局"}]
    leads = {one["object_id"]: (one["page"], one["page_id"]) for one in told["targets"]}
    assert leads[visit.record] == leads[visit.id] == ("record", visit.record)
    assert bench.lead.get(f"/score-runs/{run}/units/{campaign.unit}").status_code == 404


def test_a_part_of_a_unit_counts_for_the_unit_above_it(bench, campaign):
    below = scoring.unit(bench.lead, "职能二局窗口", "zn-2-1", parent_id=bench.bureaus[1])
    visited(campaign, below, 65)
    run = computed(bench.lead, campaign.id)
    assert places(run)[bench.bureaus[1]] == (2, "74.00")
    told = created(bench.lead.get(f"/score-runs/{run['id']}/units/{bench.bureaus[1]}"))
    assert {one["name"] for one in told["units"]} == {"职能二局", "职能二局窗口"}


def test_a_run_can_be_computed_again_from_what_it_kept(bench, campaign):
    run = computed(bench.lead, campaign.id)
    kept = created(bench.lead.get(f"/score-runs/{run['id']}/figures"))
    assert sha256_hex(jcs.canonical(kept["items"])) == kept["sha256"] == run["figures_sha256"]
    content = created(bench.lead.get(f"/campaigns/{campaign.id}/rulebook"))["content"]
    scheme = schemes_of(content["scoring"])["visits"]
    figures = frozen.thawed(kept["items"])
    for one in run["results"]:
        own = [figure for scored, figure in figures if str(scored) == one["unit"]["id"]]
        assert str(formula.score(scheme, own).score) == one["score"]


def test_a_second_person_signs_off_and_only_then_it_is_published(office, bench, campaign):
    run = computed(bench.lead, campaign.id)["id"]
    both = office(Role.LEAD, Role.APPROVER)
    own = computed(both, campaign.id)["id"]
    yes = {"approved": True, "note": "审定"}
    assert refused(bench.lead.post(f"/score-runs/{run}/decide", yes)) == (403, "not-permitted")
    assert refused(both.post(f"/score-runs/{own}/decide", yes)) == (409, "score-own-run")
    early = bench.lead.post(f"/score-runs/{run}/publish")
    assert refused(early) == (409, "score-run-not-there")
    assert bench.lead.client.get(f"/p/rankings/{run}").status_code == 404

    created(bench.approver.post(f"/score-runs/{run}/decide", yes))
    again = bench.approver.post(f"/score-runs/{run}/decide", yes)
    assert refused(again) == (409, "score-run-not-there")
    assert bench.lead.client.get(f"/p/rankings/{run}").status_code == 404
    told = created(bench.lead.post(f"/score-runs/{run}/publish"))
    assert told["state"] == "published"
    twice = bench.lead.post(f"/score-runs/{run}/publish")
    assert refused(twice) == (409, "score-run-not-there")

    no = {"approved": False, "note": "重算"}
    assert created(bench.approver.post(f"/score-runs/{own}/decide", no))["state"] == "rejected"


def test_what_moved_since_is_not_signed_off(bench, campaign):
    run = computed(bench.lead, campaign.id)["id"]
    visited(campaign, bench.bureaus[0], 10)
    yes = {"approved": True, "note": "审定"}
    moved = bench.approver.post(f"/score-runs/{run}/decide", yes)
    assert refused(moved) == (409, "score-figures-moved")


def test_the_public_reads_units_places_and_words_and_nothing_else(bench, campaign):
    run = published(bench.lead, bench.approver, campaign.id)
    page = bench.lead.client.get(f"/p/rankings/{run['id']}").get_data(as_text=True)
    for said in ("职能一局", "96.00", "优", "不参加统一排名", run["figures_sha256"]):
        assert said in page
    for inside in (cases.ALIAS, cases.TEXT, cases.REVIEWER, "诫勉"):
        assert inside not in page
    english = bench.lead.client.get(f"/p/rankings/{run['id']}?lang=en").get_data(as_text=True)
    assert "Government bodies" in english
    assert "第一次" in bench.lead.client.get("/p/rankings/").get_data(as_text=True)


def test_a_scheme_that_the_rulebook_does_not_publish_stays_inside(bench, campaign):
    run = signed(bench.lead, bench.approver, campaign.id, scheme="inside")["id"]
    shut = bench.lead.post(f"/score-runs/{run}/publish")
    assert refused(shut) == (409, "score-not-for-publication")


def test_a_published_run_is_never_changed_only_corrected_with_a_reason(bench, campaign):
    first = published(bench.lead, bench.approver, campaign.id)
    with pytest.raises(RuntimeError, match="published"), transaction():
        db.session.scalars(db.select(ScoreRun)).one().title = "改"
    with pytest.raises(RuntimeError, match="stay"), transaction():
        db.session.scalars(db.select(ScoreResult)).first().score = "100.00"

    lead, body = bench.lead, scoring.body(campaign.id)
    assert refused(lead.post("/score-runs", body)) == (409, "score-period-taken")
    bare = lead.post("/score-runs", {**body, "corrects_id": first["id"]})
    assert refused(bare) == (422, "score-correction-reason")
    visited(campaign, bench.bureaus[1], 1)
    visited(campaign, bench.bureaus[1], 1)
    correction = {"corrects_id": first["id"], "reason": "漏计两次走访", "title": "第一次（更正）"}
    second = published(lead, bench.approver, campaign.id, **correction)
    assert places(second)[bench.bureaus[1]] == (3, "27.00")
    old = created(lead.get(f"/score-runs/{first['id']}"))
    assert (old["corrected_by_id"], places(old)) == (second["id"], places(first))
    page = lead.client.get(f"/p/rankings/{first['id']}").get_data(as_text=True)
    assert "已更正" in page
    assert "第一次（更正）" in page
    late = lead.post("/score-runs", {**body, **correction})
    assert refused(late) == (409, "score-nothing-to-correct")


def test_the_log_holds_what_was_published(bench, campaign):
    published(bench.lead, bench.approver, campaign.id)
    with transaction():
        seal()
    assert not _log_faults()
    with transaction():
        db.session.execute(db.update(ScoreResult).values(score="99.99"))
    assert _log_faults()


def _log_faults():
    """What does not agree with the log of rankings; the factory's visits are in no log."""
    return [one for one in log_map.verify() if one.where.startswith("score_runs")]


def test_consequences_open_one_case_and_wait_for_the_right_of_reply(bench, clock, campaign, office):
    run = published(bench.lead, bench.approver, campaign.id)
    assert followed(run) == {
        ("last", bench.bureaus[2]), ("superior", bench.vertical[1]), ("best", bench.bureaus[0]),
    }  # fmt: skip
    told = {one["rule"]: one for one in run["consequences"]}
    assert told["best"]["case"] is None
    assert told["last"]["case"]["unheard"]
    path = f"/score-consequences/{told['last']['id']}/propose"
    early = bench.lead.post(path, {"reason": "末位"})
    assert refused(early) == (409, "measure-before-defence")

    clock.move_to(AFTER_DEFENCE)
    lead = office(Role.LEAD)
    proposed = created(lead.post(path, {"reason": "末位"}))
    assert proposed["state"] == "proposed"
    assert refused(lead.post(path, {"reason": "末位"})) == (409, "score-consequence-settled")
    measure = created(lead.get("/measures"))["items"][0]
    assert (measure["id"], measure["state"], measure["title"]) == (
        proposed["measure_id"], "proposed", "诫勉谈话",
    )  # fmt: skip
    letter = f"/score-consequences/{told['superior']['id']}/propose"
    created(lead.post(letter, {"reason": "致函"}))
    reward = f"/score-consequences/{told['best']['id']}/propose"
    created(lead.post(reward, {"reason": "首位"}))
    kinds = {one["step_kind"]: one["unit"]["id"] for one in created(lead.get("/measures"))["items"]}
    assert kinds == {
        "talk": bench.bureaus[2], "letter": bench.vertical[1], "reward": bench.bureaus[0],
    }  # fmt: skip


def test_twice_last_in_a_row_leads_further_and_a_run_fires_once(bench, campaign):
    published(bench.lead, bench.approver, campaign.id)
    later = {"title": "第二次", "until": "2026-12-31"}
    second = published(bench.lead, bench.approver, campaign.id, **later)
    third = {("last", bench.bureaus[2]), ("twice", bench.bureaus[2])}
    assert followed(second) >= third
    assert {one["rank_before"] for one in second["results"] if one["rank"]} == {1, 2, 3}
    numbers = {one["case"]["number"] for one in second["consequences"] if one["case"]}
    assert len(numbers) == 2, "one case a unit, whatever follows"
    assert len(second["consequences"]) == len(followed(second)) == 4


def test_a_correction_keeps_what_still_follows_and_takes_back_the_rest(bench, campaign):
    first = published(bench.lead, bench.approver, campaign.id)
    for _ in range(3):
        visited(campaign, bench.bureaus[1], 1)
    correction = {"corrects_id": first["id"], "reason": "漏计三次走访"}
    second = published(bench.lead, bench.approver, campaign.id, **correction)
    assert followed(second) == {("last", bench.bureaus[1])}
    old = created(bench.lead.get(f"/score-runs/{first['id']}"))
    assert {one["rule"]: (one["state"], one["note"]) for one in old["consequences"]} == {
        "last": ("void", "漏计三次走访"), "superior": ("open", ""), "best": ("open", ""),
    }  # fmt: skip
    drop = {"note": "情况特殊"}
    (last,) = second["consequences"]
    path = f"/score-consequences/{last['id']}/drop"
    assert refused(bench.lead.post(path, drop)) == (403, "not-permitted")
    assert created(bench.approver.post(path, drop))["state"] == "dropped"


def test_units_and_strangers_read_no_runs(office, bench, campaign):
    run = published(bench.lead, bench.approver, campaign.id)["id"]
    desk = setup.liaison(office, bench.bureaus[0])
    for path in ("/score-runs", f"/score-runs/{run}", f"/score-runs/{run}/figures"):
        assert refused(desk.get(path)) == (403, "not-permitted")
    reviewer = office(Role.REVIEWER)
    assert created(reviewer.get(f"/score-runs/{run}"))["id"] == run
    body = scoring.body(campaign.id)
    assert refused(reviewer.post("/score-runs", body)) == (403, "not-permitted")


def test_unknown_schemes_and_days_without_time_are_refused(bench, campaign):
    body = scoring.body(campaign.id)
    unknown = bench.lead.post("/score-runs", {**body, "scheme": "none"})
    assert refused(unknown) == (422, "score-scheme-unknown")
    reversed_ = bench.lead.post("/score-runs", {**body, "until": "2026-10-01"})
    assert refused(reversed_) == (422, "score-days-reversed")
    missing = bench.lead.get("/score-runs/00000000-0000-0000-0000-000000000000")
    assert refused(missing) == (404, "not-found")
    schemes = created(bench.lead.get(f"/score-schemes?campaign={campaign.id}"))["items"]
    assert [one["code"] for one in schemes] == ["visits", "inside"]


def _changed(lead, campaign, change):
    content = rulebooks.section(lead, campaign.id, "scoring")
    change(content["schemes"][0])
    return lead.patch(
        f"/campaigns/{campaign.id}/rulebook", {"section": "scoring", "content": content}
    )


def _set(*path, value):
    def change(scheme):
        for one in path[:-1]:
            scheme = scheme[one]
        scheme[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("of", value="persons"), "只能给单位打分排名"),
        (_set("title", value="窗口人员积分排名"), "禁止对个人积分排名"),
        (_set("title", value="干部排名"), "禁止对个人积分排名"),
        (_set("components", 0, "weight", value=99.5), "现为99.5"),
        (_set("components", 0, "groups", value=[{"group": "finding", "weight": 70}]), "现为70"),
        (lambda scheme: scheme["components"][0].pop("least"), "least"),
        (_set("components", 0, "least", value=0), "超出范围"),
        (_set("deductions", 0, "groups", value=["nobody"]), "nobody"),
        (_set("parts", value=["nobody"]), "nobody"),
        (_set("bands", 2, value={"code": "x", "title": "x", "share": 10}), "都按比例"),
        (_set("bands", 2, "from", value=95), "由高分到低分"),
        (_set("consequences", 2, "then", "ladder", value="last-places"), "letter"),
        (_set("consequences", 0, "fact", value="nobody"), "nobody"),
        (_set("consequences", 0, "when", "last", value=3), "among_at_least"),
    ],
)
def test_what_the_field_forbids_and_what_contradicts_itself_is_refused(office, change, said):
    campaign = setup.running_campaign(office)
    rulebooks.load(campaign.lead, campaign.id, text=scoring.TEXT)
    answer = _changed(campaign.lead, campaign, change)
    assert refused(answer) == (422, "rulebook-invalid")
    assert said in "".join(one["detail"] for one in answer.json["errors"])


def test_a_vertical_unit_is_never_sanctioned_even_where_a_ladder_would(office):
    campaign = setup.running_campaign(office)
    text = scoring.TEXT.replace(
        "[government_functional, party_mass]\n      steps",
        "[government_functional, party_mass, vertical]\n      steps",
    ).replace("{ladder: superior, step: letter}", "{ladder: last-places, step: talk}")
    assert text != scoring.TEXT
    answer = campaign.lead.put(f"/campaigns/{campaign.id}/rulebook", {"text": text})
    assert refused(answer) == (422, "rulebook-invalid")
    assert "致函其主管部门" in answer.json["errors"][0]["detail"]
