"""Ranks, ties, bands, last places: against an oracle that works them out the long way."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from anfang.kit.figures import Figure
from anfang.scoring import formula, ranking
from anfang.scoring.ranking import Entrant
from anfang.scoring.rules import schemes_of

CATEGORIES = ["vertical", "party_mass", "government_functional"]


def scheme(**members):
    told = {"code": "s", "title": "办法", "of": "units", "categories": CATEGORIES, **members}
    return schemes_of({"schemes": [told]})["s"]


def entrant(number, score, category="party_mass", breaker=0, *, ranked=True):
    value = None if score is None else Decimal(score)
    return Entrant(UUID(int=number), category, value, {"d": Fraction(breaker)}, ranked)


def ranks(told, entrants):
    placed = ranking.rank(told, entrants)
    return [placed[one.unit_id].rank for one in entrants]


def consequence(told=None, **when):
    follows = {"code": "c", "title": "后果", "when": {"among_at_least": 2, **when},
               "then": {"ladder": "l", "step": "s"}, **(told or {})}  # fmt: skip
    return scheme(consequences=[follows]).consequences[0]


def hits(rule, *runs):
    """Numbers of the units hit by the last of some runs, each a list of scores by unit."""
    placed = [
        ranking.rank(scheme(), [entrant(n, score) for n, score in enumerate(run, start=1)])
        for run in runs
    ]
    return {one.int for one in ranking.hit(rule, placed[-1], placed[:-1])}


def test_equal_scores_share_a_rank_and_the_next_one_is_left_out():
    assert ranks(scheme(), [entrant(1, 90), entrant(2, 80), entrant(3, 80), entrant(4, 70)]) == [
        1, 2, 2, 4,
    ]  # fmt: skip


def test_tie_breakers_separate_in_the_order_in_which_they_are_named():
    told = scheme(base=1, ties={"by": ["d"]})
    assert ranks(told, [entrant(1, 80, breaker=-2), entrant(2, 80, breaker=-1)]) == [2, 1]


def test_categories_are_ranked_apart_and_excluded_units_not_at_all():
    entrants = [
        entrant(1, 50, "vertical"),
        entrant(2, 90),
        entrant(3, 95, ranked=False),
        entrant(4, None),
    ]
    assert ranks(scheme(), entrants) == [1, 1, None, None]


def test_bands_by_points_and_by_share():
    points = [
        {"code": "good", "title": "优", "from": 90},
        {"code": "fair", "title": "良", "from": 80},
    ]
    placed = ranking.rank(
        scheme(bands=points), [entrant(n, s) for n, s in ((1, 90), (2, 89.99), (3, 1))]
    )
    assert [placed[UUID(int=n)].band for n in (1, 2, 3)] == ["good", "fair", ""]
    shares = [
        {"code": "good", "title": "优", "share": 30},
        {"code": "rest", "title": "其余", "share": 70},
    ]
    placed = ranking.rank(scheme(bands=shares), [entrant(n, n) for n in range(1, 8)])
    assert [placed[UUID(int=n)].band for n in (7, 6, 5)] == ["good", "good", "rest"]


def test_the_last_two_are_all_who_share_the_place():
    last = consequence(last=2)
    assert hits(last, [90, 80, 70, 60]) == {3, 4}
    assert hits(last, [90, 60, 60, 60]) == {2, 3, 4}
    assert hits(consequence(last=1), [90, 80, 60, 60]) == {3, 4}


def test_where_all_are_equal_nobody_is_last_and_nobody_best():
    assert hits(consequence(last=1), [80, 80, 80]) == set()
    assert hits(consequence(best=1), [80, 80, 80]) == set()


def test_every_ranked_unit_is_meant_whatever_its_place():
    assert hits(consequence(every=True), [90, 80, 80, 70]) == {1, 2, 3, 4}
    assert hits(consequence(every=True, from_run=2), [90, 80]) == set()


def test_a_place_among_too_few_means_nothing():
    assert hits(consequence(last=1, among_at_least=3), [90, 80]) == set()


def test_twice_last_one_after_the_other_or_at_any_time():
    rows, ever = consequence(last=1, times=2), consequence(last=1, times=2, in_a_row=False)
    bad, good = [90, 80, 10], [10, 80, 90]
    assert hits(rows, bad, bad) == {3}
    assert hits(rows, bad, good, bad) == set()
    assert hits(ever, bad, good, bad) == {3}
    assert hits(rows, bad) == set()


def test_the_first_run_may_be_without_consequences():
    twice = consequence(last=1, times=2, from_run=2)
    once = consequence(last=1, from_run=2)
    bad = [90, 80, 10]
    assert hits(once, bad) == set()
    assert hits(once, bad, bad) == {3}
    assert hits(twice, bad, bad) == set()
    assert hits(twice, bad, bad, bad) == {3}


scores = st.lists(st.integers(0, 12), min_size=2, max_size=9)


@given(scores, st.integers(1, 4))
def test_last_places_agree_with_peeling_from_the_bottom(found, count):
    wanted = {n + 1 for n in _last_places(found, count)}
    assert hits(consequence(last=count), found) == wanted


figures = st.lists(
    st.tuples(st.integers(0, 5), st.floats(0, 100, allow_nan=False), st.integers(1, 9)), max_size=30
)


@given(figures, st.lists(st.integers(0, 5), max_size=12))
def test_a_whole_ranking_agrees_with_an_oracle(marks, complaints):
    """Six units in two categories: 30 and their mean, less 1.5 a complaint, at most 6 less."""
    told = scheme(
        base=30,
        components=[{"code": "p", "title": "p", "source": "survey", "weight": 100, "least": 4,
                     "too_few": "zero"}],
        deductions=[{"code": "d", "title": "d", "source": "complaint", "each": 1.5, "at_most": 6}],
        ceiling=110,
    )  # fmt: skip
    units = [UUID(int=n + 1) for n in range(6)]
    theirs = {unit: [] for unit in units}
    for n, value, count in marks:
        theirs[units[n]].append(Figure(units[n], "survey", "", "q", value, count, "r", uuid4()))
    for n in complaints:
        theirs[units[n]].append(Figure(units[n], "complaint", "", "k", 1.0, 1, "c", uuid4()))
    category = {unit: CATEGORIES[n % 2] for n, unit in enumerate(units)}
    scored = {unit: formula.score(told, theirs[unit]) for unit in units}
    placed = ranking.rank(
        told, [Entrant(u, category[u], scored[u].score, scored[u].breakers, True) for u in units]
    )
    for name in CATEGORIES[:2]:
        mine = [unit for unit in units if category[unit] == name]
        wanted = [_long_way(n, marks, complaints) for n in range(6) if units[n] in mine]
        assert [Fraction(scored[unit].score) for unit in mine] == wanted
        assert [placed[unit].rank for unit in mine] == [
            1 + sum(other > one for other in wanted) for one in wanted
        ]


def _long_way(unit, marks, complaints):
    own = [(value, count) for n, value, count in marks if n == unit]
    enough = sum(count for _, count in own) >= 4
    total = (
        30
        + (_mean(own) if enough else 0)
        - min(Fraction(6), complaints.count(unit) * Fraction(3, 2))
    )
    total = min(max(total, Fraction(0)), Fraction(110))
    return Fraction(int(total * 100 + Fraction(1, 2)), 100)


def _mean(marks):
    return sum(Fraction(repr(mark)) * count for mark, count in marks) / sum(n for _, n in marks)


def _last_places(found, count):
    """Places of the last ones: take the worst away, with its equals, until there are enough."""
    left, last = list(range(len(found))), []
    while left and len(last) < count:
        worst = min(found[at] for at in left)
        last += [at for at in left if found[at] == worst]
        left = [at for at in left if found[at] != worst]
    return {at for at in last if found[at] != max(found)}
