"""Limits of uploads and records that hold before any byte is taken."""

import pytest
from sqlalchemy import event

from anfang.evidence import uploads
from anfang.kit.db import db
from factories import setup
from factories.evidence import declared, metadata, tus
from support.phone import minimal_record, sha256


@pytest.mark.parametrize("length", ["1" + "0" * 30, "9" * 5000, str((64 << 20) + 1)])
def test_a_length_beyond_all_limits_is_too_large_however_many_digits_it_has(phone, length):
    device = phone()
    record = declared(device, [b"x"])
    headers = {
        **tus(upload_length=length),
        "Upload-Metadata": metadata(sha256=sha256(b"x"), record=record),
    }
    answer = device.call("POST", "/uploads", headers=headers)
    assert (answer.status_code, answer.json["code"]) == (413, "upload-too-large")


def test_a_phone_has_only_so_many_uploads_under_way(phone, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNFINISHED", 3)
    device, other = phone("甲"), phone("乙")
    photo = b"x" * 5000
    record = declared(device, [photo])
    made = [device.create_upload(record, photo) for _ in range(4)]
    assert [one.status_code for one in made] == [201] * 3 + [429]
    assert made[-1].json["code"] == "too-many-uploads"
    assert int(made[-1].headers["Retry-After"]) > 0
    assert other.create_upload(declared(other, [photo]), photo).status_code == 201
    ended = device.call(
        "DELETE", made[0].headers["Location"].removeprefix("/api/v1"), headers=tus()
    )
    assert ended.status_code == 204
    assert device.create_upload(record, photo).status_code == 201


def test_the_phones_own_key_is_no_record_key(office, phone):
    campaign = setup.running_campaign(office)
    device = phone()
    clear, disclosures = minimal_record(campaign.id, campaign.window)
    device.record_keys[clear["id"]] = device.key
    answer = device.file(clear, disclosures)
    assert (answer.status_code, answer.json["code"]) == (403, "certificate-invalid")
    assert answer.json["errors"][0]["pointer"] == "/record"
    assert device.state(clear["id"]).status_code == 404


def test_the_bundle_is_not_sent_again_to_who_has_it(phone):
    device = phone()
    tag = device.bundle().headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", W/{tag}'):
        answer = device.bundle(headers={"If-None-Match": known})
        assert (answer.status_code, answer.get_data()) == (304, b"")
        assert answer.headers["ETag"] == tag
    assert device.bundle(headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_database_without_room_is_storage_without_room(app, office, phone):
    campaign = setup.running_campaign(office)
    device = phone()
    db.session.remove()
    db.engine.dispose()

    def shrink(connection, _record):
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(db.engine, "connect", shrink)
    try:
        filed = [device.file(*minimal_record(campaign.id, campaign.window, note="x" * 20_000))
                 for _ in range(4)]  # fmt: skip
    finally:
        event.remove(db.engine, "connect", shrink)
        db.session.remove()
        db.engine.dispose()
    assert (filed[-1].status_code, filed[-1].json["code"]) == (507, "storage-full")
    assert device.file(*minimal_record(campaign.id, campaign.window)).status_code == 201
