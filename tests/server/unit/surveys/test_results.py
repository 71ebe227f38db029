"""Results: counts add up, means and shares are those of a second counting, nothing leaks."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from anfang.surveys.form import Form, Group, Option, Panel, Question
from anfang.surveys.results import Standing, is_reopened, results, withheld

UNITS = tuple(UUID(int=number) for number in range(1, 4))
SCALE = (
    Option("good", "满意", points=100),
    Option("fair", "基本满意", points=60),
    Option("bad", "不满意", points=0, dissatisfied=True),
    Option("unknown", "不了解"),
)
POINTS = {"good": 100, "fair": 60, "bad": 0}
GROUPS = ("served", "grassroots", "firms")
FORM = Form(
    questions=(Question("overall", "总体", decides=True), Question("speed", "效率")),
    scale=SCALE,
    groups=tuple(Group(code, code) for code in GROUPS),
    panels=(Panel(GROUPS, UNITS),),
    reopen_above_percent=50,
)
OPTION = st.sampled_from([one.code for one in SCALE])
ANSWER = st.tuples(
    st.sampled_from(UNITS),
    st.sampled_from(GROUPS),
    st.dictionaries(st.sampled_from(["overall", "speed"]), OPTION, min_size=1),
)


@given(st.lists(ANSWER, max_size=80))
def test_what_goes_in_comes_out(answers):
    found = results(FORM, answers)
    assert [one.unit for one in found] == list(UNITS)
    assert sum(one.ballots for one in found) == len(answers)
    for one in found:
        for question in one.questions:
            marks = [
                (group, marks[question.question])
                for unit, group, marks in answers
                if unit == one.unit and question.question in marks
            ]
            assert question.total.count == len(marks)
            assert sum(cell.count for cell in question.groups.values()) == len(marks)
            if question.total.standing is Standing.TOLD:
                assert sum(question.total.options.values()) == len(marks)
            for group, cell in question.groups.items():
                _agrees(cell, [option for of, option in marks if of == group])


def _agrees(cell, chosen):
    """Counted a second time, straight from the marks."""
    assert cell.count == len(chosen)
    rated = [POINTS[one] for one in chosen if one in POINTS]
    if cell.standing is not Standing.TOLD:
        assert cell.mean is None
        assert cell.dissatisfied is None
        assert not cell.options
        return
    assert len(chosen) >= FORM.smallest_group
    assert cell.rated == len(rated)
    if rated:
        assert abs(cell.mean - sum(rated) / len(rated)) < 1e-9
        assert (cell.dissatisfied.count, cell.dissatisfied.of) == (chosen.count("bad"), len(rated))
        assert cell.dissatisfied.low <= cell.dissatisfied.share <= cell.dissatisfied.high
    else:
        assert cell.mean is None
        assert cell.dissatisfied is None


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(0, 30)), st.integers(5, 12))
def test_what_is_withheld_is_never_the_rest_of_a_small_group(counts, smallest):
    hidden = withheld(counts, smallest)
    assert {code for code, count in counts.items() if 0 < count < smallest} <= hidden
    assert not any(counts[code] == 0 for code in hidden)
    rest = sum(counts[code] for code in hidden)
    everybody = sum(counts.values())
    assert not hidden or rest >= smallest or rest == everybody


def answers(bad, good, unknown=0):
    chosen = ["bad"] * bad + ["good"] * good + ["unknown"] * unknown
    return [(UNITS[0], "served", {"overall": option}) for option in chosen]


def test_more_than_half_dissatisfied_reopens_half_does_not():
    for said, expected in (
        (answers(5, 5), False),
        (answers(6, 5), True),
        (answers(6, 5, 20), True),
        (answers(4, 0), False),  # too few to tell
        ([], False),
        (answers(0, 0, 9), False),  # nobody has an opinion
    ):
        first, *others = results(FORM, said)
        assert is_reopened(FORM, first) is expected, said
        assert not any(is_reopened(FORM, other) for other in others)
        assert all(other.deciding.standing is Standing.NONE for other in others)
