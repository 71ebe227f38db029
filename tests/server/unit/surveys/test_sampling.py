"""Samples: repeatable, of the right sizes, blind to the order of the frame."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from anfang.surveys import codes
from anfang.surveys.form import Form, Group, Option, Panel, Question
from anfang.surveys.sampling import FrameRater, frame_hash, sample

SEEDS = st.binary(min_size=32, max_size=32)


def form(quota):
    return Form(
        (Question("q", "题"),),
        (Option("a", "好", points=100), Option("b", "差", points=0, dissatisfied=True)),
        (Group("x", "甲", quota=quota), Group("y", "乙")),
        (Panel(("x", "y"), ()),),
    )


@st.composite
def frames(draw):
    strata = draw(st.lists(st.sampled_from("uvw"), min_size=6, max_size=40))
    return [FrameRater("x", one, f"R-{n}") for n, one in enumerate(strata)] + [
        FrameRater("y", "", f"S-{n}") for n in range(draw(st.integers(0, 9)))
    ]


@given(SEEDS, frames(), st.data())
def test_a_sample_is_of_its_size_proportional_and_the_same_again(seed, frame, data):
    quota = data.draw(st.integers(1, sum(one.group == "x" for one in frame)))
    taken = sample(form(quota), frame, seed)
    assert taken == sample(form(quota), frame[::-1], seed)
    known = {one.number: one for one in frame}
    assert len(set(taken)) == len(taken)
    drawn = [known[number] for number in taken if known[number].group == "x"]
    assert len(drawn) == quota
    assert {one.number for one in frame if one.group == "y"} <= set(taken)
    sizes = Counter(one.stratum for one in frame if one.group == "x")
    for stratum, count in Counter(one.stratum for one in drawn).items():
        exact = quota * sizes[stratum] / sizes.total()
        assert exact - 1 < count < exact + 1
    assert frame_hash(frame) == frame_hash(frame[::-1])


def test_another_seed_takes_others():
    frame = [FrameRater("x", "", f"R-{n}") for n in range(50)]
    assert sample(form(10), frame, b"a" * 32) != sample(form(10), frame, b"b" * 32)


def test_codes_have_128_bits_and_are_known_however_typed():
    made = {codes.new_code() for _ in range(200)}
    assert len(made) == 200
    assert {len(code) for code in made} == {26}
    code = next(iter(made))
    typed = codes.in_groups(code).lower().replace("0", "o").replace("1", "l")
    assert codes.hash_of(typed) == codes.hash_of(code)
