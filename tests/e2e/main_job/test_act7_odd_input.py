"""Act 7: what is odd is accepted, kept whole and flagged; what is forged is refused, unstored."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from support import pictures
from support.corpus import corpus
from support.e2e_wire import phone_on_the_wire
from support.phone import minimal_record, new_key, sha256

pytestmark = pytest.mark.slow

DECODING_SECONDS = 60


@pytest.fixture(scope="module")
def wire_phone(anfang):
    phone = phone_on_the_wire(anfang, "暗访员03")
    yield phone
    phone.client.http.close()


@pytest.fixture(scope="module")
def names(wire_phone):
    """Ids of a campaign, a checklist and a site, as the phone's bundle has them."""
    bundle = wire_phone.bundle().json
    checklist = next(one for one in bundle["checklists"] if one["title"] == "窗口服务")
    site = next(one for one in bundle["sites"] if one["name"] == "示范路行政服务大厅")
    return {
        "campaign": bundle["campaigns"][0]["id"],
        "checklist": checklist["id"],
        "site": site["id"],
    }


def _odd_pictures():
    whole = pictures.encoded(pictures.corners(640, 480))
    heic = corpus() and next((corpus() / "heic" / "mobile").iterdir(), None)
    return {
        "truncated": whole[: len(whole) // 2],
        "renamed": pictures.encoded(pictures.corners(320, 240), "PNG"),
        "heic": heic.read_bytes() if heic else pictures.encoded(pictures.corners(), "HEIF"),
        "undecodable": b"neither a picture nor anything else",
        "bomb": pictures.png_bomb(),
        "announced": pictures.with_announced_size("JPEG"),
    }


def test_odd_pictures_are_kept_and_flagged(anfang, wire_phone, names):
    odd = _odd_pictures()
    clear, disclosed = minimal_record(
        names["campaign"], names["checklist"], media=list(odd.values()), site=names["site"]
    )
    filed = wire_phone.file(clear, disclosed)
    assert filed.status_code in {200, 201}, filed.json
    for data in odd.values():
        assert wire_phone.upload(clear["id"], data).status_code in {201, 204}
    assert wire_phone.state(clear["id"]).json["missing"] == []

    media = _decided(anfang, clear["id"])
    reason = {kind: media[sha256(data)]["failure"] for kind, data in odd.items()}
    assert reason["renamed"] is None
    assert reason["heic"] is None
    assert all(reason[kind] for kind in ("truncated", "undecodable", "bomb", "announced")), reason
    assert media[sha256(odd["renamed"])]["kind_mismatch"]
    for data in odd.values():
        kept = media[sha256(data)]
        assert (kept["held"], kept["bytes"]) == (True, len(data))
        address = kept["original_url"].removeprefix("/api/v1")
        assert anfang.desk("reviewer1").client.get(address).content == data
    assert anfang.desk("reviewer1").client.get("/session").is_success, "the server is well"


def _decided(anfang, record):
    """The record's media once the worker has looked at every one."""
    deadline = time.monotonic() + DECODING_SECONDS
    while True:
        read = anfang.desk("reviewer1").get(f"/review/records/{record}")
        if all(one["state"] != "waiting" for one in read["media"]):
            return {one["sha256"]: one for one in read["media"]}
        assert time.monotonic() < deadline, read["media"]
        time.sleep(0.2)


def test_odd_answers_and_clocks_are_kept_and_flagged(anfang, wire_phone, names):
    year_off = datetime.now(UTC) - timedelta(days=366)
    clock = {
        "started_at": year_off.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "ended_at": year_off.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "submitted_at": year_off.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "monotonic_ms": 60_000,
    }
    clear, disclosed = minimal_record(
        names["campaign"],
        names["checklist"],
        answers=[{"item": "waiting", "value": 100_000}],
        clock=clock,
        site=names["site"],
    )
    filed = wire_phone.file(clear, disclosed)
    assert filed.status_code in {200, 201}, filed.json
    read = anfang.desk("reviewer1").get(f"/review/records/{clear['id']}")
    assert read["state"] == "complete"
    assert {"item": "waiting", "value": 100_000} in read["answers"]
    codes = {flag["code"] for flag in read["flags"]}
    assert {"answers-out-of-range", "day-differs", "delivered-late"} <= codes
    assert all(flag["text"] for flag in read["flags"])


def test_what_is_forged_leaves_nothing_behind(anfang, wire_phone, names):
    before = _counted(anfang)
    clear, disclosed = minimal_record(names["campaign"], names["checklist"])
    body = wire_phone.submission(clear, disclosed)
    foreign = wire_phone.certificate(clear["id"], new_key())
    signed, *others = body["record"].split("~")
    tampered = {
        "forged signature": {**body, "record": "~".join([signed[:-8] + "AAAAAAAA", *others])},
        "missing disclosure": {**body, "record": "~".join([signed, *others[1:]])},
        "foreign disclosure": {**body, "record": "~".join([signed, others[0], *others])},
        "bad certificate": {**body, "certificate": foreign},
    }
    for what, changed in tampered.items():
        refused = wire_phone.send(changed)
        assert 400 <= refused.status_code < 500, what
        assert refused.json["code"], what
    undeclared = pictures.encoded(Image.new("RGB", (8, 8)))
    refused = wire_phone.upload(clear["id"], undeclared)
    assert (refused.status_code, refused.json["code"]) == (409, "media-not-declared")
    assert wire_phone.state(clear["id"]).status_code == 404
    assert _counted(anfang) == before


def _counted(anfang):
    listed = anfang.desk("reviewer1").get("/review/queue", state="any", limit=200)
    stored = sorted(path.name for path in (anfang.data / "media").rglob("*") if path.is_file())
    return len(listed["items"]), stored
