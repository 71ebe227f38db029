"""Visits are compared with their length and with the inspector's other visits."""

import pytest

from anfang.inspections import flagging
from anfang.kit.db import transaction
from factories import setup
from factories.inspections import clock, file, place, window_items
from support.phone import record_sha256

HOUR_LATER = clock(
    started_at="2026-11-22T09:10:00.000Z",
    ended_at="2026-11-22T09:28:00.000Z",
    submitted_at="2026-11-22T09:29:00.000Z",
)


def at(minute, lat_e7=297_000_000, **changes):
    return place(lat_e7=lat_e7, at=f"2026-11-22T08:{minute:02d}:00.000Z", **changes)


@pytest.fixture
def visits(campaign, run_jobs, flags):
    """Return a function that files a visit per (phone, place) and returns their travel flags."""

    def send(*pairs):
        sent = []
        for device, where in pairs:
            sent.append(file(device, campaign, place=where))
            run_jobs()
        return [flags(one.record_sha256).get("travel-impossible") for one in sent], sent

    return send


def test_two_visits_that_one_phone_cannot_both_have_made(visits, phone):
    device = phone()
    (first, second), sent = visits((device, at(10)), (device, at(20, 306_000_000)))
    assert second == {
        "distance_m": 99_769,
        "minutes": 10,
        "limit_kmh": 350,
        "device": "same",
        "record": sent[0].id,
    }
    assert first == {**second, "record": sent[1].id}, "both are told, whichever came first"


def test_two_phones_of_one_inspector(visits, phone):
    (first, second), _ = visits((phone(), at(10)), (phone(), at(20, 306_000_000)))
    assert second["device"] == first["device"] == "other"
    assert second["minutes"] == 15, "two clocks may each stray a little"


def test_what_can_be_travelled_is_not_odd(visits, phone):
    device = phone()
    assert visits((device, at(1)), (device, at(20, 306_000_000)))[0] == [None, None]
    assert visits((device, at(40, 300_000_000)), (device, at(40, 300_050_000)))[0] == [None, None]


def test_two_inspectors_may_be_in_two_places(visits, phone):
    assert visits((phone("甲"), at(10)), (phone("乙"), at(10, 306_000_000)))[0] == [None, None]


def test_a_coarse_fix_is_given_its_uncertainty(visits, phone):
    device = phone()
    coarse = at(20, 306_000_000, accuracy_m=90_000)
    assert visits((device, at(10)), (device, coarse))[0] == [None, None]


def test_a_place_put_in_by_hand_is_not_evidence_of_travel(visits, phone):
    device = phone()
    by_hand = at(20, 306_000_000, source="manual")
    assert visits((device, at(10)), (device, by_hand))[0] == [None, None]
    fix = {"lat_e7": 306_000_000, "lon_e7": 1_159_900_000, "accuracy_m": 9}
    measured = at(22, source="manual", measured=fix)
    assert visits((device, measured))[0][0]["distance_m"] == 99_769


def test_a_visit_too_short_for_its_checklist(phone, campaign, flags):
    short = clock(started_at="2026-11-22T08:27:40.000Z", monotonic_ms=20_000)
    found = flags(file(phone(), campaign, clock=short).record_sha256)
    items = [i for i in window_items(campaign) if i["kind"] != "yes_no" or i["photo"] != "always"]
    judged = sum(1 for item in items if item["kind"] in ("yes_no", "grade"))
    assert set(found) == {"visit-too-short"}
    assert found["visit-too-short"] == {
        "seconds": 20,
        "items": judged,
        "needed_s": judged * 5,
    }


def test_a_short_note_that_nothing_could_be_visited_is_not_too_short(phone, campaign, flags):
    short = clock(started_at="2026-11-22T08:27:58.000Z", monotonic_ms=2_000)
    visit = {"outcome": "not_possible", "reason": "closed"}
    sent = file(phone(), campaign, clock=short, visit=visit, answers=None)
    assert "visit-too-short" not in flags(sent.record_sha256)


@pytest.fixture
def sites(campaign):
    made = [
        campaign.lead.post(
            "/sites",
            {"unit_id": campaign.unit, "name": f"窗口{n}", "kind": "window", **setup.POSITION},
        )
        for n in range(5)
    ]
    return [setup.created(answer)["id"] for answer in made]


def test_the_same_answers_at_every_place(phone, campaign, run_jobs, flags, sites, standing_clock):
    device, found = phone(), []
    for site in sites:
        standing_clock.shift(5)
        sent = file(device, campaign, site=site)
        run_jobs()
        found.append(flags(sent.record_sha256).get("answers-repeated"))
    count = len(sent.disclosures["answers"])
    assert found == [None] * 4 + [{"items": count, "records": 4}]
    with transaction():
        flagging.flag_received(flagging.UUID(sent.id))
    assert flags(sent.record_sha256)["answers-repeated"] == found[-1]


def test_one_other_answer_among_them_is_enough(
    phone, campaign, run_jobs, flags, sites, standing_clock
):
    device = phone()
    for number, site in enumerate(sites):
        standing_clock.shift(5)
        changes = {}
        if number == 1:
            answers = file(phone("乙"), campaign).disclosures["answers"]
            changes = {"answers": [{**answers[0], "value": "no"}, *answers[1:]]}
        sent = file(device, campaign, site=site, **changes)
        run_jobs()
    assert "answers-repeated" not in flags(sent.record_sha256)


def test_the_same_place_again_may_be_the_same(phone, campaign, run_jobs, flags, standing_clock):
    device = phone()
    for _ in range(6):
        standing_clock.shift(5)
        sent = file(device, campaign)
        run_jobs()
    assert flags(sent.record_sha256) == {}


def test_what_was_signed_after_the_revocation(phone, visit, campaign, flags, standing_clock):
    device = phone()
    before = device.submission(*visit(device))
    standing_clock.shift(-300)
    setup.created(campaign.lead.post(f"/devices/{device.device}/revoke"))
    standing_clock.shift(300)
    device.log_in()
    device.send(before)
    found = flags(record_sha256(before["record"]))
    assert {"device-revoked", "signed-after-revocation"} <= set(found)
    assert found["signed-after-revocation"]["revoked_at"] == "2026-11-22T08:25:00.000Z"


def test_what_was_signed_before_the_revocation_is_only_late(phone, visit, campaign, flags):
    device = phone()
    body = device.submission(*visit(device, clock=clock(submitted_at="2026-11-22T08:29:00.000Z")))
    setup.created(campaign.lead.post(f"/devices/{device.device}/revoke"))
    device.log_in()
    device.send(body)
    found = flags(record_sha256(body["record"]))
    assert "device-revoked" in found
    assert "signed-after-revocation" not in found
