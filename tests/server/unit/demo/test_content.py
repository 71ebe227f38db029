"""The demonstration's content is whole, invented, and fits the checklists."""

import pytest
import yaml

from anfang.campaigns.shipped import shipped_text
from anfang.checklists.library import shipped
from anfang.checklists.scoring import photos_due, score
from anfang.demo import content as demo
from anfang.demo.pictures import KINDS
from anfang.kit.principal import Role
from anfang.kit.privacy import find_private_traces

CONTENT = demo.content()
FILES = demo.files()


def visit(key):
    return next(entry for entry in CONTENT.visits if entry.key == key)


def test_one_rectification_and_four_special_ones_have_eight_leading_departments():
    rulebook = yaml.safe_load(shipped_text(CONTENT.ruled.rules.rulebook))
    leading = {one["code"] for one in rulebook["actors"] if one["kind"] == "lead"}
    parts = CONTENT.ruled.rules.parts
    assert len(rulebook["themes"]) == 5
    assert parts.keys() == leading
    assert len({unit for units in parts.values() for unit in units}) == 8
    assert {unit.category for unit in CONTENT.units} == {
        "vertical",
        "party_mass",
        "government_functional",
    }
    assert set(CONTENT.checklists) == {"taxi", "window", "office"}


def test_roles_are_the_houses_and_liaisons_are_confined():
    for account in CONTENT.accounts:
        assert {Role(role) for role in account.roles}
        assert (account.unit is not None) == ("liaison" in account.roles)
    present = {role for account in CONTENT.accounts for role in account.roles}
    assert {"lead", "reviewer", "approver", "liaison", "administrator", "auditor"} <= present


@pytest.mark.parametrize("entry", CONTENT.visits, ids=lambda entry: entry.key)
def test_a_visit_answers_its_checklist_whole(entry):
    items = shipped(entry.checklist).items
    answers = entry.answers(items)
    if entry.not_possible:
        assert answers == []
        return
    result = score(items, answers)
    assert (result.missing, result.out_of_range) == ((), ())
    known = {item["id"] for item in items}
    review = entry.review or demo.Review("waiting")
    assert {one.item for one in (*entry.remarks, *review.findings, *review.remarks)} <= known
    assert {one.item for one in review.findings} <= set(result.failed)
    pictured = [picture.item for picture in entry.pictures]
    assert set(pictured) <= set(result.failed)
    if pictured:
        assert pictured[0] not in photos_due(items, answers, pictured)


def test_the_demonstration_shows_a_veto_a_faultless_visit_and_every_state():
    results = {
        entry.key: score(
            shipped(entry.checklist).items, entry.answers(shipped(entry.checklist).items)
        )
        for entry in CONTENT.visits
    }
    assert results["taxi_without_meter"].vetoes == ("meter", "fare")
    assert results["window_in_order"].points == 100
    decisions = {entry.review.decision if entry.review else None for entry in CONTENT.visits}
    assert decisions == {"accepted", "returned", None}
    assert any(entry.not_possible for entry in CONTENT.visits)


def test_the_public_is_heard_in_every_way():
    """Complaints, self-reports, draws, surveys, a box to open and one that was, rankings."""
    every = [CONTENT.ruled, *(one.ruled for one in CONTENT.further)]
    named = [one for ruled in every for one in ruled.complaints]
    assert {bool(one.informant) for one in named} == {True, False}
    assert {bool(one.steps) for one in named} == {True, False}
    assert any(ruled.calls and ruled.draws for ruled in every)
    voice = next(ruled for ruled in every if ruled.rounds)
    assert {one.published_days_ago is None for one in voice.rounds} == {True, False}
    assert {bool(one.witnesses) for one in voice.boxes} == {True, False}
    assert {one.published_days_ago is None for one in voice.runs} == {True, False}


def test_a_liaison_reads_the_published_scores_of_the_units_beneath_its_own():
    desks = {account.unit for account in CONTENT.accounts if account.unit}
    parents = {unit.code: unit.parent for unit in CONTENT.units}
    every = [CONTENT.ruled, *(one.ruled for one in CONTENT.further)]
    ranked = next(one for one in every if any(run.published_days_ago for run in one.runs))
    judged = {unit for round_ in ranked.rounds for unit in round_.leaning}
    assert {parents[unit] for unit in judged} & desks


def test_pictures_can_be_drawn_and_masks_lie_inside_them():
    pictures = [picture for entry in CONTENT.visits for picture in entry.pictures]
    assert {picture.kind for picture in pictures} <= set(KINDS)
    for picture in pictures:
        assert picture.redact
        for mask in picture.redact:
            assert min(mask.x, mask.y) >= 0
            assert mask.x + mask.w <= 1600
            assert mask.y + mask.h <= 1200


def test_no_text_that_leaves_the_office_names_a_private_person():
    outside = {name: yaml.safe_load(text) for name, text in FILES.items()}
    for entry in outside["campaign"]["visits"]:
        entry.pop("private", None)
    assert find_private_traces(yaml.safe_dump(outside, allow_unicode=True)) == ()


@pytest.mark.parametrize(
    ("file", "was", "broken"),
    [
        ("campaign", "parent: jia-fw}", "parent: nowhere}"),
        ("campaign", "site: tax_hall", "site: nowhere"),
        ("campaign", "visit: window_empty", "visit: nowhere"),
        ("campaign", "inspector: 暗访员02", "inspector: 某人"),
        ("campaign", "usual_grade: 4", "usual_mark: 4"),
        ("campaign", "- key: smoking", "- key: window_empty"),
        ("rectification", "transport: [jia-jt]", "transport: [nowhere]"),
        ("rectification", "case: window_empty", "case: nowhere"),
        ("rectification", "organ: 甲整办督", "serial: 甲整办督"),
        ("systems", "by: liaison-fw", "by: somebody"),
        ("systems", "unit: jia-jt", "unit: nowhere"),
        ("systems", "into: with_unit", "into: nowhere"),
        ("rectification", "units: [jia-fw,", "units: [nowhere,"),
        ("appraisal", "leaning: {jia-zj-1:", "leaning: {nowhere:"),
        ("appraisal", "username: auditor", "username: somebody"),
        ("appraisal", "like: satisfaction", "like: nothing"),
    ],
)
def test_files_that_contradict_themselves_are_refused(file, was, broken):
    assert was in FILES[file]
    with pytest.raises(demo.ContentError):
        demo.parse({**FILES, file: FILES[file].replace(was, broken, 1)})
