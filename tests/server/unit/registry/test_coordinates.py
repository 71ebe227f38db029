"""Shifted coordinates become WGS-84; the vectors are those that other implementations publish."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.registry.coordinates import Datum, bd09_of_gcj02, gcj02_of_wgs84, to_wgs84

# WGS-84 and GCJ-02 as in the tests of googollee/eviltransform: Shanghai, Shenzhen, Beijing.
GCJ02 = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]
CHINA = st.tuples(st.floats(18.2, 53.5), st.floats(73.6, 134.7))
MICRODEGREE = 1e-6


@pytest.mark.parametrize(("wgs84", "gcj02"), GCJ02)
def test_the_shift_is_the_published_one_and_is_taken_back(wgs84, gcj02):
    assert gcj02_of_wgs84(wgs84) == pytest.approx(gcj02, abs=1e-9)
    assert to_wgs84(Datum.GCJ02, gcj02) == pytest.approx(wgs84, abs=1e-8)


def test_baidus_turn_is_the_published_one():
    # wandergis/coordtransform's example. Its way back, and eviltransform's, are approximations of
    # some metres; ours undoes the turn itself.
    assert bd09_of_gcj02((39.915, 116.404)) == pytest.approx(
        (39.92133699351021, 116.41036949371029), abs=1e-9
    )
    back = to_wgs84(Datum.BD09, (29.199786, 120.019809))
    assert back == pytest.approx((29.196131605295484, 120.00877901149691), abs=2e-4)


@given(CHINA)
def test_there_and_back_is_the_same_place(point):
    shifted = gcj02_of_wgs84(point)
    assert math.hypot(shifted[0] - point[0], shifted[1] - point[1]) < 0.02
    assert to_wgs84(Datum.GCJ02, shifted) == pytest.approx(point, abs=MICRODEGREE)
    assert to_wgs84(Datum.BD09, bd09_of_gcj02(shifted)) == pytest.approx(point, abs=MICRODEGREE)
    assert to_wgs84(Datum.WGS84, point) == point


def test_abroad_nothing_is_shifted():
    assert to_wgs84(Datum.GCJ02, (48.8584, 2.2945)) == (48.8584, 2.2945)
