"""Papers and sums: what was marked is what is counted, and no paper shows by its length."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.ballots import slip_codes
from anfang.ballots.paper import ABSTAINED, Paper, read, said, written
from anfang.ballots.tallying import tally

GRADES = {"good": 100, "fair": 60, "dreadfully-poor": 0}


def paper(abstain=True, fewest=3):
    return Paper(
        about="",
        units=[{"id": "u1", "name": "甲局"}, {"id": "u2", "name": "乙局"}],
        groups=[{"code": "assessors", "title": "评议员"}, {"code": "us", "title": "服务对象"}],
        criteria=[{"code": "law", "title": "依法"}, {"code": "pace", "title": "效率"}],
        scale=[{"code": code, "title": code, "value": value} for code, value in GRADES.items()],
        abstain=abstain,
        fewest=fewest,
    )


MARKS = st.lists(
    st.lists(st.sampled_from([*GRADES, ABSTAINED]), min_size=2, max_size=2), min_size=2, max_size=2
)
BALLOTS = st.lists(st.tuples(st.sampled_from(["assessors", "us"]), MARKS), max_size=40)


@given(BALLOTS)
def test_a_tally_is_what_counting_by_hand_gives(ballots):
    found = tally(paper(), ballots)
    by_hand = Counter(
        (group, unit, criterion, grade)
        for group, marks in ballots
        for unit, row in zip(("u1", "u2"), marks, strict=True)
        for criterion, grade in zip(("law", "pace"), row, strict=True)
    )
    assert sum(one["ballots"] for one in found["groups"]) == len(ballots)
    places = [(one["unit"], one["criterion"], one["group"]) for one in found["lines"]]
    assert places == list(product(("u1", "u2"), ("law", "pace"), ("assessors", "us")))
    for line in found["lines"]:
        place = (line["group"], line["unit"], line["criterion"])
        values = [GRADES[one] for one in GRADES for _ in range(by_hand[*place, one])]
        cast = next(one["ballots"] for one in found["groups"] if one["code"] == line["group"])
        assert line["count"] == len(values) == cast - by_hand[*place, ABSTAINED]
        if len(values) < 3:
            assert (line["mean"], line["grades"]) == (None, {})
        else:
            assert line["mean"] == pytest.approx(sum(values) / len(values))
            assert sum(line["grades"].values()) == len(values)


@given(st.sampled_from(["assessors", "us"]), MARKS)
def test_every_paper_of_a_box_has_one_length_and_says_what_was_marked(group, marks):
    plain = written(paper(), group, marks)
    assert len(plain) == len(written(paper(), "us", [[ABSTAINED] * 2] * 2))
    assert said(paper(), plain) == (group, marks)


@pytest.mark.parametrize("left_out", ["m-0-0", "m-1-1"])
def test_what_was_left_out_is_named_and_abstaining_must_be_allowed(left_out):
    fields = dict.fromkeys(["m-0-0", "m-0-1", "m-1-0", "m-1-1"], "good")
    assert read(paper(), fields) == ([["good", "good"], ["good", "good"]], [])
    del fields[left_out]
    assert read(paper(), fields)[1] == [left_out]
    assert read(paper(abstain=True), fields | {left_out: ABSTAINED})[1] == []
    assert read(paper(abstain=False), fields | {left_out: ABSTAINED})[1] == [left_out]


@pytest.mark.parametrize(
    "plain",
    [
        b'{"group":"nobody","marks":[["good","good"],["good","good"]]}',
        b'{"group":"us","marks":[["good","good"]]}',
        b'{"group":"us","marks":[["good","best"],["good","good"]]}',
    ],
)
def test_bytes_of_another_paper_are_no_ballot(plain):
    with pytest.raises(ValueError, match="no ballot"):
        said(paper(), plain)


def test_a_code_is_typed_as_people_type_it():
    code = slip_codes.new_code()
    typed = code.lower().replace("-", " ")
    assert slip_codes.fingerprint(typed) == slip_codes.fingerprint(code)
    assert slip_codes.tag(typed) == slip_codes.tag(code) != slip_codes.fingerprint(code)
    assert len({slip_codes.new_code() for _ in range(100)}) == 100
