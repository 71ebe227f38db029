"""A unit's score: weights, too few, trimming, deductions, vetoes; and that explanations add up."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit.figures import Figure
from anfang.scoring import formula, nodes
from anfang.scoring.rules import schemes_of

UNIT = UUID(int=1)


def scheme(**members):
    told = {"code": "s", "title": "办法", "of": "units", "categories": ["party_mass"], **members}
    return schemes_of({"schemes": [told]})["s"]


def component(code="poll", source="survey", weight=100, least=1, **members):
    told = {"code": code, "title": code, "source": source, "weight": weight, "least": least}
    return {**told, "too_few": "leave_out", **members}


def mark(value, count=1, *, source="survey", group="", item="q"):
    return Figure(UNIT, source, group, item, value, count, "round", uuid4())


def thing(source="complaint", group="", item="k"):
    return Figure(UNIT, source, group, item, 1.0, 1, source, uuid4())


def score(told, figures):
    return formula.score(told, figures).score


def lines(tree, kind):
    found = [tree] if tree["kind"] == kind else []
    return found + [line for one in tree["children"] for line in lines(one, kind)]


def test_every_judge_counts_the_same_and_halves_go_up():
    assert score(scheme(components=[component()]), [mark(80.0, 1), mark(90.0, 3)]) == Decimal(
        "87.50"
    )
    assert score(scheme(places=1, components=[component()]), [mark(80.25)]) == Decimal("80.3")


def test_groups_and_items_weigh_what_the_rulebook_says():
    groups = [{"group": "served", "weight": 50}, {"group": "monitors", "weight": 25},
              {"group": "public", "weight": 25}]  # fmt: skip
    items = [{"item": "law", "weight": 40}, {"item": "speed", "weight": 60}]
    told = scheme(components=[component(groups=groups, items=items)])
    figures = [
        mark(value, count, group=group, item=item)
        for group, count in (("served", 9), ("monitors", 4), ("public", 100))
        for item, value in (("law", 70.0), ("speed", 90.0))
    ]
    assert score(told, figures) == Decimal("82.00")
    lower = [mark(0.0, group="public", item=item) for item in ("law", "speed")]
    changed = [one for one in figures if one.group != "public"] + lower
    assert score(told, changed) == Decimal("61.50")


@pytest.mark.parametrize(
    ("too_few", "wanted"), [("leave_out", "60.00"), ("zero", "18.00"), ("unranked", None)]
)
def test_a_mark_that_too_few_gave_is_not_used(too_few, wanted):
    told = scheme(
        components=[
            component(weight=70, least=30, too_few=too_few),
            component("visit", "visit", 30),
        ]
    )
    figures = [mark(99.0, 29), mark(60.0, source="visit", item="score")]
    found = formula.score(told, figures)
    assert found.score == (None if wanted is None else Decimal(wanted))
    assert found.why_not == ("" if wanted else formula.TOO_FEW)
    assert lines(nodes.told(found.tree), "figure")[0]["note"] == formula.TOO_FEW


def test_several_questions_do_not_make_more_judges():
    told = scheme(components=[component(least=30)])
    figures = [mark(90.0, 20, item="a"), mark(90.0, 20, item="b")]
    assert formula.score(told, figures).why_not == formula.NOTHING_JUDGED


def test_nothing_judged_is_no_score_and_never_a_nought():
    assert score(scheme(components=[component()]), []) is None
    assert score(scheme(components=[component(too_few="zero")]), []) == Decimal("0.00")


def test_the_highest_and_the_lowest_mark_are_left_out_among_enough():
    trim = {"highest": 1, "lowest": 1, "among_at_least": 4}
    told = scheme(components=[component(trim=trim)])
    assert score(told, [mark(v) for v in (100.0, 70.0, 80.0, 1.0)]) == Decimal("75.00")
    assert score(told, [mark(v) for v in (100.0, 70.0, 1.0)]) == Decimal("57.00")
    same = mark(50.0)
    assert score(told, [same, same, same, same]) == Decimal("50.00")


def test_a_share_of_dissatisfied_counts_only_where_it_is_named():
    told = scheme(components=[component()])
    figures = [mark(80.0), mark(30.0, item="dissatisfied")]
    assert score(told, figures) == Decimal("80.00")
    reversed_ = component(items=[{"item": "dissatisfied", "weight": 100}], reversed=True)
    assert score(scheme(components=[reversed_]), figures) == Decimal("70.00")


def test_deductions_spare_the_first_and_end_at_their_most():
    told = {
        "code": "d",
        "title": "投诉",
        "source": "complaint",
        "each": 2.5,
        "free": 1,
        "at_most": 6,
    }
    by = scheme(base=100, deductions=[told])
    assert [score(by, [thing() for _ in range(n)]) for n in (0, 1, 2, 3, 4, 9)] == [
        Decimal(x) for x in ("100.00", "100.00", "97.50", "95.00", "94.00", "94.00")
    ]  # fmt: skip


def test_vetoes_cap_or_bring_to_nought_and_never_lift():
    veto = {"code": "v", "title": "八个严禁", "source": "visit", "groups": ["breach"], "cap": 59.99}
    zero = {**veto, "code": "z", "groups": ["veto"], "at_least": 2, "cap": 0}
    told = scheme(base=100, vetoes=[veto, zero])
    breach, vetoed = thing("visit", "breach", "bans"), [thing("visit", "veto") for _ in range(2)]
    assert score(told, []) == Decimal("100.00")
    assert score(told, [breach]) == Decimal("59.99")
    assert score(told, vetoed[:1]) == Decimal("100.00")
    assert score(told, [breach, *vetoed]) == Decimal("0.00")
    low = scheme(base=10, vetoes=[veto])
    assert score(low, [breach]) == Decimal("10.00")


def test_the_score_stays_between_floor_and_ceiling():
    minus = {"code": "d", "title": "扣", "source": "complaint", "each": 30}
    told = scheme(base=50, deductions=[minus], floor=0)
    assert score(told, [thing() for _ in range(5)]) == Decimal("0.00")


marks = st.floats(0, 100, allow_nan=False)
figures = st.lists(
    st.builds(
        lambda value, count, group, item: mark(value, count, group=group, item=item),
        marks,
        st.integers(1, 40),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["x", "y"]),
    ),
    max_size=14,
)
visits = st.lists(
    st.integers(0, 100).map(lambda v: mark(float(v), source="visit", item="score")), max_size=8
)
counted = st.lists(st.sampled_from([("complaint", "", "k"), ("visit", "veto", "i")]), max_size=9)
FULL = scheme(
    components=[
        component(
            weight=66.6,
            least=5,
            groups=[{"group": "a", "weight": 33.3}, {"group": "b", "weight": 66.7}],
            items=[{"item": "x", "weight": 12.5}, {"item": "y", "weight": 87.5}],
        ),
        component("visit", "visit", 33.4, too_few="zero",
                  trim={"highest": 1, "lowest": 1, "among_at_least": 3}),
    ],
    deductions=[{"code": "d", "title": "扣", "source": "complaint", "each": 0.3333, "at_most": 2}],
    vetoes=[{"code": "v", "title": "否", "source": "visit", "groups": ["veto"], "cap": 59.995}],
    places=3,
)  # fmt: skip


@given(figures, visits, counted)
def test_an_explanation_adds_up_to_the_score_at_every_line(polled, visited, things):
    found = formula.score(FULL, [*polled, *visited, *(thing(*one) for one in things)])
    tree = nodes.told(found.tree)
    if found.score is not None:
        assert Decimal(tree["points"]) == found.score
    assert nodes.added_up(tree) == Decimal(tree["points"])
    _require_sums(tree)


def _require_sums(tree):
    if tree["children"]:
        total = sum(Decimal(one["points"]) for one in tree["children"])
        assert total == Decimal(tree["points"])
    for one in tree["children"]:
        _require_sums(one)


@given(figures, visits)
def test_no_line_is_a_step_from_what_it_exactly_is(polled, visited):
    found = formula.score(FULL, [*polled, *visited])
    depth = 5  # each level may move a line by less than one step
    for exact, shown in _pairs(found.tree, nodes.told(found.tree)):
        assert abs(exact.points - Fraction(shown["points"])) < depth * Fraction(nodes.STEP)


def _pairs(exact, shown):
    yield exact, shown
    for one, other in zip(exact.children, shown["children"], strict=True):
        yield from _pairs(one, other)
