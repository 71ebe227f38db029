"""Scoring of answers."""

from hypothesis import given
from hypothesis import strategies as st

from anfang.checklists.library import shipped
from anfang.checklists.scoring import photos_due, score

YES_NO = {"id": "a", "kind": "yes_no", "points": 60, "veto": True, "photo": "on_fail"}
GRADE = {"id": "b", "kind": "grade", "min": 1, "max": 5, "scale": 0, "points": 40}
NUMBER = {"id": "c", "kind": "number", "min": 0, "max": 100, "scale": 1, "photo": "always"}
ITEMS = [YES_NO, GRADE, NUMBER]


def answers(**values):
    return [{"item": item, "value": value} for item, value in values.items()]


@st.composite
def visits(draw):
    """Items of any kind with answers sensible, odd, `na` or absent."""
    items, given_answers = [], []
    for place in range(draw(st.integers(1, 12))):
        kind = draw(st.sampled_from(["yes_no", "grade", "number", "text", "choice", "choices"]))
        item = {"id": f"i{place}", "kind": kind, "points": 0, "veto": draw(st.booleans())}
        if kind in ("yes_no", "grade"):
            item["points"] = draw(st.integers(0, 50))
        if kind in ("grade", "number"):
            low = draw(st.integers(-5, 5))
            item |= {"min": low, "max": low + draw(st.integers(1, 10)), "scale": 0}
        if kind in ("choice", "choices"):
            item["options"] = [{"value": "x", "label": "x"}, {"value": "y", "label": "y"}]
        items.append(item)
        value = draw(
            st.sampled_from(["yes", "no", "na", None, "x", ["x"], ["z"], True, 2.5])
            | st.integers(-20, 20)
        )
        given_answers.append({"item": item["id"], "value": value})
    return items, given_answers


@given(visits())
def test_a_score_stays_between_nothing_and_everything(visit):
    result = score(*visit)
    assert 0 <= result.points <= result.out_of
    assert result.out_of == (100 if result.covered else 0)


@given(visits(), st.data())
def test_one_more_failure_never_raises_the_score(visit, data):
    items, given_answers = visit
    place = data.draw(st.integers(0, len(items) - 1))
    item = items[place]
    worst = {"yes_no": "no", "grade": item.get("min")}.get(item["kind"], "odd")
    worse = [
        *given_answers[:place],
        {"item": item["id"], "value": worst},
        *given_answers[place + 1 :],
    ]
    before, after = score(items, given_answers), score(items, worse)
    # Where nothing was judged before there is no score that could fall.
    assert after.points <= before.points or before.out_of == 0


@given(visits())
def test_every_failed_veto_is_reported_and_nothing_else(visit):
    items, given_answers = visit
    result = score(items, given_answers)
    vetoes = {item["id"] for item in items if item["veto"]}
    assert set(result.vetoes) == vetoes & set(result.failed)
    said_no = {answer["item"] for answer in given_answers if answer["value"] == "no"}
    yes_no = {item["id"] for item in items if item["kind"] == "yes_no"}
    assert said_no & yes_no <= set(result.failed)


@given(visits())
def test_what_does_not_apply_counts_for_nothing(visit):
    items, given_answers = visit
    without = {answer["item"] for answer in given_answers if answer["value"] == "na"}
    result = score(items, given_answers)
    left = score(
        [item for item in items if item["id"] not in without],
        [answer for answer in given_answers if answer["item"] not in without],
    )
    assert result == left


def test_a_score_is_proportional_and_rounded_down():
    assert score(ITEMS, answers(a="yes", b=5, c=0)).points == 100
    assert score(ITEMS, answers(a="yes", b=4, c=0)).points == 90
    third = {**GRADE, "max": 4}
    assert score([YES_NO, third], answers(a="yes", b=3)).points == 86
    assert score(ITEMS, answers(a="na", b=4)).points == 75
    nothing = score(ITEMS, answers(a="na"))
    assert (nothing.points, nothing.out_of, nothing.covered) == (0, 0, 0)


def test_what_is_missing_odd_or_unknown_is_named():
    result = score(ITEMS, answers(b=6, c="many", z="yes"))
    assert result.missing == ("a",)
    assert result.out_of_range == ("b", "c", "z")
    assert (result.points, result.covered, result.failed) == (0, 40, ())


def test_a_grade_fails_below_the_middle():
    assert score(ITEMS, answers(b=2)).failed == ("b",)
    assert score(ITEMS, answers(b=3)).failed == ()


def test_a_photo_is_due_by_its_rule():
    assert photos_due(ITEMS, answers(a="no", b=1, c=3), []) == ("a", "c")
    assert photos_due(ITEMS, answers(a="no", c=3), ["a", "c"]) == ()
    assert photos_due(ITEMS, answers(a="yes", c="na"), []) == ()
    assert photos_due(ITEMS, [], []) == ()


def test_a_taxi_without_a_meter_loses_its_twelve_points_and_is_vetoed():
    items = shipped("taxi").items
    ride = {item["id"]: "yes" for item in items if item["kind"] == "yes_no"}
    result = score(items, answers(**{**ride, "meter": "no", "manners": 5, "hailed": "street"}))
    assert (result.points, result.vetoes, result.missing) == (88, ("meter",), ())
