"""Fares by a city's tariff, against figures reckoned on paper."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.campaigns.fares import fare_fen

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "fares.json").read_text("utf-8"))
TAXI = VECTORS["fares"][0]["tariff"]
DISTANCES = st.integers(0, 100_000)
MINUTES = st.integers(0, 1439)


@pytest.mark.parametrize("case", VECTORS["fares"], ids=lambda case: case["name"])
def test_shared_vectors(case):
    assert fare_fen(case["tariff"], case["distance_m"], case["minute"]) == case["fare_fen"]


@given(DISTANCES, DISTANCES, MINUTES)
def test_farther_is_never_cheaper(one, other, minute):
    near, far = sorted((one, other))
    assert fare_fen(TAXI, near, minute) <= fare_fen(TAXI, far, minute)


@given(DISTANCES, MINUTES)
def test_a_night_across_midnight_is_dearer_and_nothing_else_is(distance, minute):
    plain = fare_fen({**TAXI, "night": None}, distance, minute)
    at_night = minute >= 22 * 60 or minute < 6 * 60
    assert (fare_fen(TAXI, distance, minute) > plain) == at_night
