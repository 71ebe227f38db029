"""Rides against the city's tariff and themselves; fixes that cannot have been measured."""

import json
from pathlib import Path

import pytest

from factories import setup
from factories.inspections import file, place
from support.phone import new_id, record_sha256

FARES = Path(__file__).parents[3] / "vectors" / "fares.json"
TAXI = json.loads(FARES.read_text("utf-8"))["fares"][0]["tariff"]
CAB = {"kind": "taxi", "label": "一辆出租车"}
ODD = {"ride-fare-differs", "ride-too-fast", "ride-too-short"}


@pytest.fixture
def rides(campaign):
    """A campaign whose phones may measure rides in taxis."""
    path = f"/campaigns/{campaign.id}"
    setup.created(campaign.lead.change(path, {"rides": {"tariffs": [TAXI]}}))
    return campaign


@pytest.fixture
def sent(rides, phone, visit, flags):
    """Return a function: the flags of a visit with some members changed."""
    device = phone()

    def send(**changes):
        body = device.submission(*visit(device, **changes))
        assert device.send(body).status_code == 201
        return flags(record_sha256(body["record"]))

    return send


def ride(**changes):
    """A ride of 12 km for 32 yuan, as the tariff has it."""
    whole = {"from": "甲地", "to": "乙地", "distance_m": 12_000, "duration_s": 1500}
    return {**whole, "fare_paid": 3200, "fare_expected": 3200, **changes}


def photo_at(lat_e7):
    where = {"lat_e7": lat_e7, "lon_e7": 1_159_900_000, "accuracy_m": 10}
    return {"sha256": new_id().replace("-", "") * 2, "item": None, "source": "camera", **where}


def test_the_bundle_tells_phones_what_they_may_measure(rides, phone):
    (campaign,) = phone().bundle().json["campaigns"]
    assert campaign["rides"] == {"tariffs": [TAXI]}


def test_without_the_campaigns_leave_there_is_no_tariff(campaign, phone):
    assert phone().bundle().json["campaigns"][0]["rides"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": [{"from_m": 3000, "fen_per_km": 200}]},
        {"steps": [{"from_m": 2000, "fen_per_km": 2}, {"from_m": 2000, "fen_per_km": 3}]},
        {"flag_fen": 8.5},
        {"unit_m": 0},
        {"kind": "ferry"},
        {"night": {"from": "24:00", "to": "06:00", "flag_fen": 1, "permille": 1}},
    ],
)
def test_a_tariff_that_cannot_be_reckoned_with_is_refused(campaign, wrong):
    path = f"/campaigns/{campaign.id}"
    answer = campaign.lead.change(path, {"rides": {"tariffs": [{**TAXI, **wrong}]}})
    assert answer.status_code == 422


@pytest.mark.parametrize("paid", [2900, 3200, 3900])
def test_a_fare_that_a_few_fixes_cannot_tell_from_the_tariff(sent, paid):
    assert not sent(subject=CAB, ride=ride(fare_paid=paid)).keys() & ODD


def test_a_fare_beyond_the_tariff(sent):
    found = sent(subject=CAB, ride=ride(fare_paid=6000))
    assert found["ride-fare-differs"] == {
        "paid": "60.00", "least": "29.00", "most": "40.00", "distance_m": 12_000,
    }  # fmt: skip
    assert "ride-fare-differs" not in sent(subject={**CAB, "kind": "bus"}, ride=ride(fare_paid=1))


def test_a_ride_faster_than_any_taxi(sent):
    assert sent(subject=CAB, ride=ride(duration_s=300))["ride-too-fast"]["limit_kmh"] == 130
    assert "ride-too-fast" not in sent(subject=CAB, ride=ride(duration_s=400))


def test_a_ride_shorter_than_its_photos_are_apart(sent):
    apart = [photo_at(297_000_000), photo_at(299_500_000)]
    found = sent(subject=CAB, ride=ride(), media_details=apart)
    assert found["ride-too-short"]["apart_m"] == pytest.approx(27_700, abs=100)
    near = [photo_at(297_000_000), photo_at(297_900_000)]
    assert "ride-too-short" not in sent(subject=CAB, ride=ride(), media_details=near)


@pytest.mark.parametrize(
    ("fix", "why"), [({"lat_e7": 0, "lon_e7": 0}, "zero"), ({"accuracy_m": 0}, "exact")]
)
def test_a_fix_that_no_phone_measures(sent, fix, why):
    assert sent(place=place(**fix))["place-impossible"] == {"why": why}
    measured = {"lat_e7": 297_000_000, "lon_e7": 1_159_900_000, "accuracy_m": 12, **fix}
    by_hand = place(source="manual", measured=measured)
    assert sent(place=by_hand)["place-impossible"] == {"why": why}, "correcting hides nothing"


def test_a_fix_from_before_the_visit(sent):
    old = sent(place=place(at="2026-11-22T07:40:00.000Z"))
    assert old["place-stale"]["minutes"] == 30
    assert "place-stale" not in sent(place=place(at="2026-11-22T08:09:00.000Z"))
    assert "place-stale" in sent(place=place(at="2026-11-22T08:40:00.000Z"))


def test_a_fix_repeated_to_the_last_digit(campaign, phone, flags, run_jobs, standing_clock):
    device, sent = phone(), []
    for fix in (
        place(),
        place(lat_e7=297_000_001, at="2026-11-22T08:20:00.000Z"),
        place(at="2026-11-22T08:21:00.000Z"),
    ):
        sent.append(file(device, campaign, place=fix))
        standing_clock.shift(1)
    run_jobs()
    found = [flags(one.record_sha256).get("place-repeated") for one in sent]
    assert found == [None, None, {"records": 1, "record": sent[0].id}]


def test_one_fix_for_two_records_is_one_fix(campaign, phone, flags, run_jobs, standing_clock):
    device = phone()
    file(device, campaign)
    standing_clock.shift(1)
    second = file(device, campaign)
    run_jobs()
    assert "place-repeated" not in flags(second.record_sha256)


def test_an_app_that_should_no_longer_be_used(app, sent, phone, monkeypatch):
    monkeypatch.setitem(app.config, "OLDEST_APP", "1.10.0")
    old = {"assignment": None, "ticket": None, "app": "anfang-field/1.9.9"}
    assert sent(origin=old)["app-too-old"] == {"app": old["app"], "oldest": "1.10.0"}
    for fine in ("anfang-field/1.10.0", "another client/0.1.0"):
        assert "app-too-old" not in sent(origin={**old, "app": fine})
    assert phone().bundle().json["app"] == {"oldest": "1.10.0"}
