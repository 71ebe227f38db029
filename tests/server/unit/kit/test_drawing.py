"""The draw itself (PROTOCOL §9): its laws, and the worked vector of docs/draw.md."""

import hashlib
import hmac
import json
import math
import re
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anfang.kit.drawing import (
    PoolTooSmallError,
    Stratum,
    draw,
    draw_inspectors,
    draw_objects,
    key_of,
    seed_of,
)
from support.house import ROOT

SEEDS = st.binary(min_size=32, max_size=32)
IDS = st.text("abcdef0123456789-", min_size=1, max_size=8)
POOLS = st.dictionaries(IDS, st.integers(1, 1000), min_size=1, max_size=12)


def test_the_worked_vector_of_the_documentation():
    page = (ROOT / "docs" / "draw.md").read_text("utf-8")
    vector = json.loads(re.search(r"```json vector\n(.*?)```", page, re.DOTALL)[1])
    secret = bytes.fromhex(vector["secret"])
    assert hashlib.sha256(secret).hexdigest() == vector["secret_sha256"]
    seed = seed_of(secret, vector["entropy"])
    assert seed.hex() == vector["seed"]
    for row in vector["keys"]:
        key = key_of(seed, row["pool"], row["id"], row["round"], row["weight"])
        assert f"{key:.12f}" == row["key"]
    strata = [Stratum(one["code"], one["take"], one["weights"]) for one in vector["strata"]]
    drawn = draw_objects(seed, strata)
    assert [[one.stratum, one.round, one.object] for one in drawn] == vector["objects"]
    units = vector["units"]
    visits = draw_inspectors(
        seed,
        [(one.object, units[one.object]) for one in drawn],
        vector["inspectors"],
        {tuple(pair) for pair in vector["barred"]},
        vector["per_object"],
    )
    assert [[one.object, *one.inspectors] for one in visits] == vector["visits"]


@given(SEEDS, POOLS, st.data())
def test_a_round_takes_the_smallest_key_of_those_left(seed, pool, data):
    """Written a second time, straight from the protocol's page, in exact comparisons."""
    take = data.draw(st.integers(0, len(pool)))
    left, expected = dict(pool), []
    for round_ in range(take):
        keys = {}
        for item, weight in left.items():
            mac = hmac.new(seed, f"p:{item}:{round_}".encode(), hashlib.sha256).digest()
            n = int.from_bytes(mac[:8], "big") >> 11
            assert 0 < Fraction(n + 1, 2**53) <= 1
            keys[item] = (-math.log((n + 1) / 2**53) / weight, item)
        expected.append(min(keys, key=keys.__getitem__))
        del left[expected[-1]]
    assert draw(seed, "p", pool, take) == expected


@given(SEEDS, POOLS, st.randoms())
def test_the_order_in_which_a_pool_is_written_changes_nothing(seed, pool, random):
    items = list(pool.items())
    random.shuffle(items)
    assert draw(seed, "p", dict(items), len(pool)) == draw(seed, "p", pool, len(pool))


@given(SEEDS, POOLS)
def test_nothing_is_drawn_twice_and_drawing_fewer_gives_a_beginning(seed, pool):
    whole = draw(seed, "p", pool, len(pool))
    assert sorted(whole) == sorted(pool)
    for take in range(len(pool)):
        assert draw(seed, "p", pool, take) == whole[:take]


@given(SEEDS, POOLS)
def test_more_than_a_pool_holds_is_refused(seed, pool):
    with pytest.raises(PoolTooSmallError):
        draw(seed, "p", pool, len(pool) + 1)


def test_weights_are_chances():
    """20,000 draws of one: each frequency within five standard deviations of its weight's share."""
    pool, draws = {"a": 1, "b": 2, "c": 5}, 20_000
    counted = Counter(
        draw(hashlib.sha256(b"%d" % n).digest(), "p", pool, 1)[0] for n in range(draws)
    )
    for item, weight in pool.items():
        share = weight / 8
        deviation = math.sqrt(draws * share * (1 - share))
        assert abs(counted[item] - draws * share) < 5 * deviation


@settings(max_examples=60)
@given(
    SEEDS,
    st.lists(st.tuples(IDS, st.sampled_from("uvw")), max_size=10, unique_by=lambda one: one[0]),
    st.sets(IDS, min_size=1, max_size=8),
    st.integers(1, 3),
    st.data(),
)
def test_nobody_goes_where_they_are_barred_and_visits_are_shared_out(
    seed, objects, inspectors, per_object, data
):
    barred = data.draw(
        st.sets(st.tuples(st.sampled_from(sorted(inspectors)), st.sampled_from("uvw")))
    )
    enough = all(
        sum((one, unit) not in barred for one in inspectors) >= per_object for _, unit in objects
    )
    if not enough:
        with pytest.raises(PoolTooSmallError):
            draw_inspectors(seed, objects, inspectors, barred, per_object)
        return
    visits = draw_inspectors(seed, objects, inspectors, barred, per_object)
    assert [one.object for one in visits] == [object_ for object_, _ in objects]
    sent: Counter[str] = Counter()
    for visit, (_, unit) in zip(visits, objects, strict=True):
        assert len(set(visit.inspectors)) == per_object
        assert not {(one, unit) for one in visit.inspectors} & barred
        free = {one for one in inspectors if (one, unit) not in barred}
        left = free - set(visit.inspectors)
        assert all(sent[one] <= sent[other] for one in visit.inspectors for other in left)
        sent.update(visit.inspectors)


def test_a_secret_of_another_size_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        seed_of(b"short", "entropy")
