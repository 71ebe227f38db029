"""The phone's day (PROTOCOL §3), and the second inspector's word."""

import pytest

from anfang.inspections import queries, service
from anfang.kit.db import db, transaction
from factories import inspections, setup
from support.phone import jws, new_id, new_key, record_sha256


@pytest.fixture
def device(phone):
    return phone("甲")


def test_the_bundle_holds_a_day_and_nothing_of_other_inspectors(device, phone, campaign):
    mine, theirs = setup.assignment(campaign, "甲"), setup.assignment(campaign, "乙")
    setup.draft_campaign(campaign.lead, campaign.tree, [], name="尚未开始的行动")
    answer = device.bundle()
    bundle = answer.json
    assert answer.status_code == 200
    assert [one["id"] for one in bundle["campaigns"]] == [campaign.id]
    assert bundle["assignments"] == [
        {
            "id": mine.id,
            "campaign": campaign.id,
            "checklist": campaign.window,
            "site": campaign.sites.window,
            "unit": campaign.tree.service_centre,
            "from": "2026-11-01",
            "to": "2027-01-31",
            "returned": None,
        }
    ]
    assert theirs.id not in answer.get_data(as_text=True)
    assert bundle["to_witness"] == []
    window = next(one for one in bundle["checklists"] if one["id"] == campaign.window)
    assert (window["code"], window["version"]) == ("window", 1)
    assert window["items"] == inspections.window_items(campaign)
    by_name = {site["name"]: site for site in bundle["sites"]}
    assert by_name["服务大厅一层窗口"]["lat_e7"] == 297_000_000
    assert by_name["更衣室"]["capture"] == "forbidden"
    assert "lat_e7" not in by_name["示范路一带出租汽车"]
    assert {site["unit"] for site in bundle["sites"]} <= {unit["id"] for unit in bundle["units"]}


def test_an_unchanged_bundle_is_not_sent_again(device, campaign):
    etag = device.bundle().headers["ETag"]
    again = device.bundle(headers={"If-None-Match": etag})
    assert (again.status_code, again.get_data()) == (304, b"")
    setup.assignment(campaign, "甲")
    changed = device.bundle(headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def returned(filed, remarks):
    with transaction():
        record = queries.record(queries.version(filed.record_sha256).record_id)
        service.return_(record, remarks, seen=filed.record_sha256)


REMARKS = [{"item": "manned", "text": "请补拍窗口全景"}, {"item": None, "text": "请补充说明"}]


def test_a_returned_record_comes_back_at_its_assignment(device, campaign, standing_clock):
    given = setup.assignment(campaign, "甲")
    origin = {"assignment": given.id, "ticket": device.ticket}
    filed = inspections.file(device, campaign, origin=origin)
    assert device.bundle().json["assignments"] == []

    returned(filed, REMARKS)
    (visit,) = device.bundle().json["assignments"]
    expected = {"record": filed.id, "record_sha256": filed.record_sha256, "remarks": REMARKS}
    assert (visit["id"], visit["returned"]) == (given.id, expected)
    assert device.state(filed.id).json["state"] == "returned"

    standing_clock.shift(60)
    returned(filed, REMARKS[1:])
    (visit,) = device.bundle().json["assignments"]
    assert visit["returned"]["remarks"] == REMARKS[1:]

    second = inspections.revise(device, filed, note="补充")
    assert device.state(filed.id).json["state"] == "complete"
    assert device.bundle().json["assignments"] == []
    returned(second, REMARKS[:1])
    (visit,) = device.bundle().json["assignments"]
    assert visit["returned"]["record_sha256"] == second.record_sha256
    assert visit["returned"]["remarks"] == REMARKS[:1]


def test_a_returned_record_without_an_assignment_is_an_entry_of_its_own(device, campaign):
    filed = inspections.file(device, campaign)
    returned(filed, REMARKS)
    campaign.lead.post(f"/campaigns/{campaign.id}/close")
    bundle = device.bundle().json
    (visit,) = bundle["assignments"]
    assert (visit["id"], visit["campaign"], visit["site"]) == (
        filed.id, campaign.id, campaign.sites.window,
    )  # fmt: skip
    assert [one["id"] for one in bundle["campaigns"]] == [campaign.id]
    assert [one["id"] for one in bundle["checklists"]] == [campaign.window]
    assert [one["id"] for one in bundle["sites"]] == [campaign.sites.window]


def test_a_second_inspector_sent_to_the_same_place_confirms_the_record(device, phone, campaign):
    second, third = phone("乙"), phone("丙")
    setup.assignment(campaign, "乙")
    setup.assignment(campaign, "丙", site_id=campaign.sites.office)
    filed = inspections.file(device, campaign)
    assert third.bundle().json["to_witness"] == []
    (offered,) = second.bundle().json["to_witness"]
    assert offered == {
        "record": filed.id,
        "record_sha256": filed.record_sha256,
        "summary": "服务大厅一层窗口 · 2026-11-22",
    }
    assert second.witness(filed.id, filed.record_sha256).status_code == 201
    assert second.witness(filed.id, filed.record_sha256).status_code == 200
    assert second.bundle().json["to_witness"] == []
    with transaction(write=False):
        kept = queries.witnesses_of(queries.version(filed.record_sha256).record_id)
    assert [one.record_sha256 for one in kept] == [filed.record_sha256]
    assert second.state(filed.id).status_code == 404


def test_a_witness_is_another_inspector_and_signs_about_this_record(
    device, phone, campaign, rows, subtests
):
    second, filed = phone("乙"), inspections.file(device, campaign)
    other_phone = phone("甲")
    key = new_key()
    claims = {"record": filed.id, "record_sha256": filed.record_sha256}
    unsigned = jws(key, {"typ": "witness+jwt"}, claims)
    stored = rows()
    cases = [
        ("oneself", device.witness(filed.id, filed.record_sha256), 409, "own-record"),
        (
            "one's other phone",
            other_phone.witness(filed.id, filed.record_sha256),
            409,
            "own-record",
        ),
        ("no such record", second.witness(new_id(), filed.record_sha256), 404, "not-found"),
        ("no such version", second.witness(filed.id, "0" * 64), 422, "statement-malformed"),
        ("no hash", second.witness(filed.id, "x"), 422, "statement-malformed"),
        (
            "no key",
            second.witness(filed.id, filed.record_sha256, statement=unsigned),
            422,
            "statement-malformed",
        ),
        (
            "another's certificate",
            second.witness(
                filed.id, filed.record_sha256, certificate=device.certificate(filed.id, key)
            ),
            403,
            "certificate-invalid",
        ),
    ]
    for what, answer, status, code in cases:
        with subtests.test(what):
            assert (answer.status_code, answer.json["code"]) == (status, code)
    assert rows() == stored

    campaign.lead.post(f"/campaigns/{campaign.id}/close")
    assert second.witness(filed.id, filed.record_sha256).status_code == 404


def test_the_console_finds_records_by_what_they_name(device, campaign):
    first = inspections.file(device, campaign)
    inspections.file(device, campaign, day="2026-11-20", unit=campaign.tree.transport)
    with transaction(write=False):
        record = queries.record(queries.version(first.record_sha256).record_id)
        found = queries.records_listed(
            campaign=record.campaign_id, state="complete", unit=record.unit_id, from_day=record.day
        )
        assert [str(one.id) for one in db.session.scalars(found)] == [first.id]
        assert len(list(db.session.scalars(queries.records_listed()))) == 2
        version = queries.version(record_sha256(first.body["record"]))
        assert "private" not in queries.content_of(version)
        assert "private" in queries.content_of(version, private=True)


def test_the_office_sees_which_phones_hold_what_and_on_which_day_they_were_there(device, campaign):
    said = {"Anfang-App": "0.1.0", "Anfang-Outbox": "3"}
    first = device.bundle(headers=said)
    assert first.status_code == 200
    seen = campaign.lead.get("/devices").json["items"][0]
    assert (seen["app_version"], seen["unsent"]) == ("0.1.0", 3)
    assert len(seen["last_seen_on"]) == len("2026-11-22"), "a day, no hour"
    again = device.bundle(
        headers={**said, "Anfang-Outbox": "0", "If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert campaign.lead.get("/devices").json["items"][0]["unsent"] == 0
    assert device.bundle(headers={"Anfang-Outbox": "many"}).status_code == 422
    assert device.bundle().status_code == 200
    assert campaign.lead.get("/devices").json["items"][0]["unsent"] is None
