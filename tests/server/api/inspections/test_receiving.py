"""Records come in through the API, by PROTOCOL §4, from a phone that shares no code with it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine

from anfang.inspections import queries, service
from anfang.kit.db import db, transaction
from anfang.log import queries as log
from factories.inspections import NOW, PHOTO
from support.phone import Phone, new_key, payload_of, record_sha256, sha256, verified


def office_jwk(phone):
    return phone.client.get("/.well-known/anfang-keys.json").json["office_keys"][0]


def test_a_record_without_anything_odd_is_complete_at_once(phone, visit, flags):
    device = phone()
    clear, disclosures = visit(device)
    body = device.submission(clear, disclosures)
    answer = device.send(body)
    assert (answer.status_code, answer.json["missing"]) == (201, [])
    name = record_sha256(body["record"])
    receipt = verified(answer.json["receipt"], office_jwk(device), "receipt+jwt")
    assert len(receipt.pop("certificate_commitment")) == 64
    assert receipt == {
        "record": clear["id"],
        "record_sha256": name,
        "received_at": NOW,
        "complete": True,
        "media": [],
        "log_by": "2026-11-23T16:00:00.000Z",
    }
    assert flags(name) == {}
    assert device.state(clear["id"]).json == {
        "state": "complete",
        "missing": [],
        "receipt": answer.json["receipt"],
    }


def test_the_receipt_commits_to_the_certificate_which_is_kept_sealed(phone, visit):
    device = phone()
    body = device.submission(*visit(device))
    receipt = payload_of(device.send(body).json["receipt"])
    with transaction(write=False):
        version = queries.version(record_sha256(body["record"]))
    assert receipt["certificate_commitment"] == version.certificate_commitment
    assert device.device not in str(receipt)
    stored = " ".join(str(value) for value in vars(version).values())
    assert body["certificate"].split(".")[2] not in stored


def test_the_receipt_is_complete_only_after_every_photo(phone, visit, run_jobs):
    device = phone()
    photos = [PHOTO, PHOTO + b" again"]
    clear, disclosures = visit(device, media=photos)
    answer = device.file(clear, disclosures)
    assert answer.json["missing"] == sorted(map(sha256, photos))
    assert payload_of(answer.json["receipt"])["complete"] is False
    assert payload_of(answer.json["receipt"])["media"] == []

    assert device.upload(clear["id"], photos[0]).status_code == 204
    run_jobs()
    waiting = device.state(clear["id"]).json
    assert (waiting["state"], waiting["missing"]) == ("received", [sha256(photos[1])])
    assert payload_of(waiting["receipt"])["complete"] is False

    device.upload(clear["id"], photos[1])
    with time_machine.travel("2026-11-22T11:30:00.000Z", tick=False):
        whole = device.state(clear["id"]).json
    receipt = verified(whole["receipt"], office_jwk(device), "receipt+jwt")
    assert (whole["state"], whole["missing"]) == ("complete", [])
    assert (receipt["complete"], receipt["media"]) == (True, clear["media"])
    assert (receipt["received_at"], receipt["log_by"]) == (NOW, "2026-11-23T16:00:00.000Z")


def test_the_worker_completes_a_record_that_nobody_asks_for(phone, visit, run_jobs):
    device = phone()
    clear, disclosures = visit(device, media=[PHOTO])
    body = device.submission(clear, disclosures)
    device.send(body)
    device.upload(clear["id"], PHOTO)
    run_jobs()
    with transaction(write=False):
        version = queries.version(record_sha256(body["record"]))
        assert queries.record(version.record_id).state == "complete"
    assert payload_of(version.receipt)["complete"] is True


def test_a_photo_of_another_record_is_not_lent(phone, visit):
    first, second = phone("甲"), phone("乙")
    ours, theirs = visit(first, media=[PHOTO]), visit(second, media=[PHOTO])
    first.file(*ours)
    first.upload(ours[0]["id"], PHOTO)
    assert second.file(*theirs).json["missing"] == [sha256(PHOTO)]


def test_the_same_record_again_is_answered_with_the_newest_receipt(phone, visit, rows):
    device = phone()
    body = device.submission(*visit(device, media=[PHOTO]))
    first = device.send(body)
    stored = rows()
    again = device.send(body)
    assert (again.status_code, again.json) == (200, first.json)
    assert rows() == stored

    device.upload(payload_of(first.json["receipt"])["record"], PHOTO)
    whole = device.send(body)
    assert (whole.status_code, whole.json["missing"]) == (200, [])
    assert payload_of(whole.json["receipt"])["complete"] is True


def test_two_calls_at_once_make_one_record(app, phone, visit):
    device = phone()
    body = device.submission(*visit(device))

    def send(_: int) -> int:
        courier = Phone(app.test_client(), device.origin, device.key)
        courier.access_token = device.access_token
        return courier.send(body).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(send, range(4)))
    assert answers == [200, 200, 200, 201]


def test_versions_follow_one_another_and_all_stay(phone, visit):
    device = phone()
    clear, disclosures = visit(device)
    first = device.submission(clear, disclosures)
    device.send(first)
    taken = device.send(device.submission(clear, {**disclosures, "note": "other content"}))
    assert (taken.status_code, taken.json["code"]) == (409, "record-exists")

    second_clear = {**clear, "supersedes": record_sha256(first["record"])}
    second = device.submission(second_clear, {**disclosures, "note": "second"})
    assert device.send(second).status_code == 201
    stale = device.submission(second_clear, {**disclosures, "note": "third"})
    answer = device.send(stale)
    assert (answer.status_code, answer.json["code"]) == (409, "supersedes-not-newest")

    replay = device.send(first)
    assert replay.status_code == 200
    assert payload_of(replay.json["receipt"])["record_sha256"] == record_sha256(first["record"])
    with transaction(write=False):
        kept = queries.versions(queries.version(record_sha256(first["record"])).record_id)
    assert [version.content["note"] for version in kept] == [None, "second"]
    assert [version.sdjwt for version in kept] == [first["record"], second["record"]]


def test_a_replaced_phone_continues_with_a_fresh_record_key(phone, visit):
    lost, replaced = phone("甲"), phone("甲")
    clear, disclosures = visit(lost, media=[PHOTO])
    first = lost.submission(clear, disclosures)
    lost.send(first)
    second = {**clear, "supersedes": record_sha256(first["record"])}
    replaced.record_keys[clear["id"]] = new_key()
    assert replaced.file(second, disclosures).status_code == 201
    assert replaced.upload(clear["id"], PHOTO).status_code == 204
    assert replaced.state(clear["id"]).json["state"] == "complete"


def test_a_first_version_supersedes_nothing(phone, visit, rows):
    device = phone()
    clear, disclosures = visit(device)
    stored = rows()
    answer = device.file({**clear, "supersedes": "0" * 64}, disclosures)
    assert (answer.status_code, answer.json["code"]) == (409, "supersedes-not-newest")
    assert rows() == stored


def test_a_foreign_record_is_as_if_it_were_not_there(phone, visit, rows):
    owner, other = phone("甲"), phone("乙")
    clear, disclosures = visit(owner)
    body = owner.submission(clear, disclosures)
    owner.send(body)
    other.record_keys = owner.record_keys
    stored = rows()
    replay = other.submission(clear, disclosures, record=body["record"])
    version = {**clear, "supersedes": record_sha256(body["record"])}
    for answer in (
        other.send(replay),
        other.file(clear, disclosures),
        other.file(version, disclosures),
        other.state(clear["id"]),
    ):
        assert (answer.status_code, answer.json["code"]) == (404, "not-found")
    assert rows() == stored


def test_a_mistake_is_withdrawn_by_a_version(phone, visit):
    device = phone()
    clear, disclosures = visit(device)
    first = device.submission(clear, disclosures)
    device.send(first)
    withdrawal = {**disclosures, "visit": {"outcome": "withdrawn", "reason": "弄错了点位"}}
    clear = {**clear, "supersedes": record_sha256(first["record"])}
    answer = device.file(clear, withdrawal)
    assert answer.status_code == 201
    assert payload_of(answer.json["receipt"])["complete"] is True
    assert device.state(clear["id"]).json["state"] == "withdrawn"


def test_a_visit_that_could_not_be_made_is_a_record_too(phone, visit, flags):
    device = phone()
    closed = {"outcome": "not_possible", "reason": "大门已锁"}
    body = device.submission(*visit(device, visit=closed, answers=None, place=None))
    assert device.send(body).status_code == 201
    assert flags(record_sha256(body["record"])) == {}


def test_what_a_revoked_phone_sends_is_quarantined(phone, visit, flags, campaign):
    device = phone()
    clear, disclosures = visit(device)
    first = device.submission(clear, disclosures)
    device.send(first)
    campaign.lead.post(f"/devices/{device.device}/revoke")
    device.log_in()

    withdrawal = {**disclosures, "visit": {"outcome": "withdrawn", "reason": "?"}}
    second = {**clear, "supersedes": record_sha256(first["record"])}
    body = device.submission(second, withdrawal)
    assert device.send(body).status_code == 201
    assert "device-revoked" in flags(record_sha256(body["record"]))
    assert device.state(clear["id"]).json["state"] == "complete"
    with transaction(write=False):
        version = queries.version(record_sha256(body["record"]))
        record = queries.record(version.record_id)
    assert record.quarantined
    with transaction():
        with pytest.raises(service.RecordQuarantined):
            service.accept(record)
        service.release_from_quarantine(record)
        service.accept(record)


def test_a_decided_record_stays_decided_whatever_comes_after(phone, visit, flags):
    device = phone()
    clear, disclosures = visit(device)
    first = device.submission(clear, disclosures)
    device.send(first)
    with transaction():
        record = queries.record(queries.version(record_sha256(first["record"])).record_id)
        service.accept(record)
    later = device.submission(
        {**clear, "supersedes": record_sha256(first["record"])},
        {**disclosures, "day": "2026-11-21"},
    )
    assert device.send(later).status_code == 201
    assert "version-after-decision" in flags(record_sha256(later["record"]))
    db.session.expire_all()
    with transaction():
        record = queries.record(record.id)
        assert (record.state, str(record.day)) == ("accepted", "2026-11-22")
        assert queries.current_version(record).record_sha256 == record_sha256(first["record"])
        service.reopen(record)
        assert (record.state, str(record.day)) == ("complete", "2026-11-21")


def test_a_decision_falls_only_upon_what_was_read(phone, visit):
    device = phone()
    clear, disclosures = visit(device, media=[PHOTO])
    first = device.submission(clear, disclosures)
    device.send(first)
    name = record_sha256(first["record"])
    with transaction():
        record = queries.record(queries.version(name).record_id)
        with pytest.raises(service.RecordIncomplete):
            service.accept(record, seen=name)
        with pytest.raises(service.VersionSuperseded):
            service.reject(record, seen="0" * 64)
        service.reject(record, seen=name)
        with pytest.raises(service.AlreadyDecided):
            service.return_(record, [])


def test_the_record_is_queued_for_the_log(phone, visit):
    device = phone()
    clear, disclosures = visit(device)
    body = device.submission(clear, disclosures)
    device.send(body)
    with transaction(write=False):
        (entry,) = log.entries_of([("record", clear["id"], record_sha256(body["record"]))])
    assert entry.position is None
