"""What is odd about a record is kept with it: a stable code, the figures, a text that says them."""

import pytest
import time_machine

from anfang.inspections import queries
from anfang.kit.db import transaction
from factories import setup
from factories.inspections import PHOTO, clock, place, window_items
from support.phone import jws, new_id, new_key, record_sha256, sha256


@pytest.fixture
def device(phone):
    return phone()


@pytest.fixture
def sent(device, visit, flags):
    """Return a function that files a visit with something odd and returns its flags."""

    def send(media=(), **changes):
        body = device.submission(*visit(device, media=media, **changes))
        answer = device.send(body)
        assert answer.status_code == 201, answer.json
        return flags(record_sha256(body["record"]))

    return send


@pytest.mark.parametrize("name", ["campaign", "checklist", "unit", "site"])
def test_what_the_office_does_not_know_is_flagged(sent, name):
    assert f"unknown-{name}" in sent(**{name: new_id()})


def test_everything_may_be_left_empty(sent):
    nothing = dict.fromkeys(
        ("day", "visit", "site", "answers", "place", "clock", "origin", "unit", "media_details")
    )
    assert set(sent(**nothing)) == {
        "visit-missing",
        "ticket-missing",
        "clock-missing",
        "day-missing",
    }


def test_a_closed_campaign_still_takes_what_is_on_phones(sent, campaign):
    campaign.lead.post(f"/campaigns/{campaign.id}/close")
    assert sent()["campaign-not-running"] == {"state": "closed"}


def test_the_day_is_compared_with_campaign_clock_and_receipt(sent):
    found = sent(day="2027-05-01")
    assert found["day-outside-campaign"]["ends_on"] == "2027-01-31"
    assert found["day-differs"] == {"day": "2027-05-01", "clock_day": "2026-11-22"}
    assert found["day-ahead"]["received_day"] == "2026-11-22"


def test_answers_are_compared_with_the_checklist(sent, campaign):
    first, second, third = [i for i in window_items(campaign) if i["kind"] == "yes_no"][:3]
    found = sent(
        answers=[
            {"item": first["id"], "value": "yes"},
            {"item": first["id"], "value": "yes"},
            {"item": second["id"], "value": 7},
            {"item": "no-such-item", "value": "yes"},
        ]
    )
    assert found["answers-twice"] == {"count": 1, "items": [first["id"]]}
    assert found["answers-out-of-range"]["items"] == [second["id"], "no-such-item"]
    assert third["id"] in found["answers-missing"]["items"]


def test_a_photo_that_the_checklist_asks_for_is_missed(sent, campaign):
    item = next(i for i in window_items(campaign) if i.get("photo") == "on_fail")
    answers = [{"item": item["id"], "value": "no" if item["kind"] == "yes_no" else item["min"]}]
    assert item["id"] in sent(answers=answers)["photos-missing"]["items"]
    detail = {"sha256": sha256(PHOTO), "item": item["id"], "source": "camera"}
    with_photo = sent([PHOTO], answers=answers, media_details=[detail])
    assert item["id"] not in with_photo.get("photos-missing", {}).get("items", [])


def test_a_photo_where_none_may_be_taken_is_flagged(sent, campaign):
    assert "capture-forbidden" not in sent(site=campaign.sites.changing_room)
    assert sent([PHOTO], site=campaign.sites.changing_room)["capture-forbidden"] == {"media": 1}


def test_media_and_their_details_are_compared(sent):
    remarks = [{"item": "x", "text": "y", "media": ["1" * 64]}]
    details = [{"sha256": "0" * 64}]
    found = sent([PHOTO], media_details=details, remarks=remarks)
    assert found["media-details-differ"] == {"undescribed": 1, "undeclared": 2}


def test_the_place_is_compared_with_the_site(sent):
    far = sent(place=place(lat_e7=297_100_000))
    assert far == {"far-from-site": {"distance_m": 1108, "radius_m": 150, "accuracy_m": 12}}
    assert sent(place=place(lat_e7=297_010_000, accuracy_m=1)) == {}
    assert "place-coarse" in sent(place=place(accuracy_m=2000))
    assert sent(place={"reason": "denied"}) == {"place-missing": {"reason": "denied"}}
    assert set(sent(place=place(source="manual"))) == {"place-by-hand"}


def test_a_place_corrected_by_hand_keeps_what_was_measured(sent):
    measured = {"lat_e7": 297_100_000, "lon_e7": 1_159_900_000, "accuracy_m": 20}
    found = sent(place=place(source="manual", measured=measured))
    assert found["place-corrected"] == {"moved_m": 1108}
    assert found["measured-far-from-site"]["distance_m"] == 1108


def test_the_clock_is_held_against_ticket_and_receipt(sent):
    year_ahead = clock(submitted_at="2027-11-22T08:29:30.000Z")
    assert sent(clock=year_ahead)["clock-ahead"]["minutes"] == 525_599
    year_behind = {name: f"2025{text[4:]}" for name, text in clock().items() if name[-3:] == "_at"}
    found = sent(clock=year_behind)
    assert found["clock-behind"]["minutes"] == 525_600
    assert "delivered-late" not in found
    assert "clock-reversed" in sent(clock=clock(ended_at="2026-11-22T08:00:00.000Z"))
    assert sent(clock=clock(monotonic_ms=7_200_000))["clock-jumped"]["counted_minutes"] == 120


def test_a_ticket_is_the_offices_own(sent):
    assert "ticket-missing" in sent(origin={"assignment": None, "ticket": None})
    claims = {"server_time": "2026-11-22T08:00:00.000Z", "nonce": "x"}
    forged = jws(new_key(), {"typ": "ticket+jwt", "kid": "x"}, claims)
    assert "ticket-foreign" in sent(origin={"ticket": forged})
    assert "ticket-foreign" in sent(origin={"ticket": "no ticket"})


def test_a_late_delivery_says_how_late(device, visit, flags):
    body = device.submission(*visit(device))
    with time_machine.travel("2026-11-27T08:29:30.000Z", tick=False):
        device.log_in()
        assert device.send(body).status_code == 201
    assert flags(record_sha256(body["record"])) == {"delivered-late": {"hours": 119}}


def test_a_gap_in_the_chain_closes_when_the_missing_link_arrives(device, visit, flags):
    held_back = device.submission(*visit(device))
    behind = device.submission(*visit(device))
    device.send(behind)
    name = record_sha256(behind["record"])
    assert flags(name) == {"chain-gap": {"seq": 1}}
    device.send(held_back)
    assert flags(name) == {}


def test_a_fork_in_the_chain_is_flagged(device, sent):
    assert sent() == {}
    device.seq, device.last_link = 0, None
    assert sent() == {"chain-fork": {"seq": 0, "rivals": 1}}


def test_a_key_that_signs_two_records_is_flagged(device, visit, flags):
    first, second = visit(device), visit(device)
    device.file(*first)
    device.record_keys[second[0]["id"]] = device.record_keys[first[0]["id"]]
    body = device.submission(*second)
    device.send(body)
    assert flags(record_sha256(body["record"])) == {"record-key-shared": {"records": 1}}


def test_an_assignment_is_compared_and_then_done(device, visit, flags, campaign):
    given = setup.assignment(campaign)
    origin = {"assignment": given.id, "ticket": device.ticket}
    elsewhere = device.submission(
        *visit(device, origin=origin, site=campaign.sites.changing_room, unit=None)
    )
    device.send(elsewhere)
    assert set(flags(record_sha256(elsewhere["record"]))) == {"assignment-differs-site"}
    states = {a["id"]: a["state"] for a in campaign.lead.get("/assignments").json["items"]}
    assert states[given.id] == "done"

    foreign = setup.assignment(campaign, "乙", from_day="2026-12-01", to_day="2026-12-02")
    campaign.lead.post(f"/assignments/{foreign.id}/cancel")
    body = device.submission(*visit(device, origin={**origin, "assignment": foreign.id}))
    device.send(body)
    assert set(flags(record_sha256(body["record"]))) == {
        "assignment-of-another", "assignment-cancelled", "day-outside-assignment",
    }  # fmt: skip
    unknown = {**origin, "assignment": new_id()}
    body = device.submission(*visit(device, origin=unknown))
    device.send(body)
    assert set(flags(record_sha256(body["record"]))) == {"unknown-assignment"}


def test_the_score_is_kept_with_the_version(device, visit, campaign):
    item = next(i for i in window_items(campaign) if i["kind"] == "yes_no" and i.get("veto"))
    clear, disclosures = visit(device)
    for answer in disclosures["answers"]:
        if answer["item"] == item["id"]:
            answer["value"] = "no"
    body = device.submission(clear, disclosures)
    device.send(body)
    with transaction(write=False):
        version = queries.version(record_sha256(body["record"]))
        record = queries.record(version.record_id)
    assert version.score["vetoes"] == [item["id"]]
    assert record.points == version.score["points"] < 100


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_every_flag_speaks_plainly_with_its_figures(device, visit, locale):
    body = device.submission(
        *visit(device, place=place(lat_e7=297_100_000), day="2026-11-20", visit=None)
    )
    device.send(body)
    with transaction(write=False):
        explained = queries.explained_flags(record_sha256(body["record"]), locale)
    texts = {flag.code: flag.text for flag in explained}
    assert not [text for code, text in texts.items() if code in text]
    assert "2026-11-20" in texts["day-differs"]
