"""The main job on a bucket: delivered, judged, packed, examined; the original comes by a link."""

import json
import os
from dataclasses import replace

import httpx
import pytest

from factories.review import RECTANGLE, photo
from support.e2e_server import built_pwa, running_anfang
from support.e2e_wire import phone_on_the_wire
from support.faulty_site import until
from support.phone import minimal_record, payload_of, sha256

LARGE = photo("large") + os.urandom(12 << 20)
"""A JPEG with a long tail: larger than what the phone sends at once."""
PIECE = 5 << 20


@pytest.fixture(scope="module")
def anfang(gateway, tmp_path_factory):
    built_pwa()
    settings = {
        **gateway.environment,
        "ANFANG_STORAGE_URL": gateway.url("office"),
        "ANFANG_STORAGE_LINKS": "60",
        "ANFANG_LOG_LEVEL": "WARNING",
    }
    with running_anfang(tmp_path_factory.mktemp("anfang"), settings) as running:
        yield running


@pytest.fixture(scope="module")
def record(anfang):
    """A record with two pictures, delivered by an independent phone and decoded."""
    phone = phone_on_the_wire(anfang, "暗访员01")
    bundle = phone.bundle().json
    pictures = [photo("small"), LARGE]
    clear, disclosures = minimal_record(
        bundle["campaigns"][0]["id"], bundle["checklists"][0]["id"], media=pictures
    )
    assert phone.file(clear, disclosures).status_code == 201
    for picture in pictures:
        location = phone.create_upload(clear["id"], picture).headers["Location"]
        for start in range(0, len(picture), PIECE):
            sent = phone.patch(location, start, picture[start : start + PIECE])
            assert sent.status_code == 204, sent.json
    receipt = payload_of(phone.state(clear["id"]).json["receipt"])
    assert receipt["complete"] is True
    path = f"/review/records/{clear['id']}"
    desk = anfang.desk("reviewer1")
    until(lambda: all(one["decoded"] for one in desk.get(path)["media"]))
    return clear["id"]


def test_the_original_is_fetched_from_the_bucket_by_who_may_see_it(anfang, gateway, record):
    desk = anfang.desk("reviewer1")
    path = f"{anfang.origin}/api/v1/review/records/{record}/pictures/{sha256(LARGE)}/original"
    answer = desk.client.get(path)
    assert answer.status_code == 302
    link = answer.headers["Location"]
    assert link.startswith(gateway.endpoint)
    assert answer.headers["Cache-Control"] == "no-store"
    fetched = httpx.get(link)
    assert sha256(fetched.content) == sha256(LARGE)
    assert fetched.headers["Content-Disposition"] == "attachment"
    assert httpx.get(path).status_code == 401


def test_it_is_judged_packed_and_verified(anfang, record, tmp_path):
    desk = anfang.desk("reviewer1")
    path = f"/review/records/{record}"
    desk.post(f"{path}/claim")
    desk.post(f"{path}/pictures/{sha256(LARGE)}/redact", {"rectangles": [RECTANGLE]})
    desk.post(f"{path}/accept", {})
    for profile in ("full", "protected"):
        pack = tmp_path / f"{profile}.zip"
        chosen = ("--record", record, "--profile", profile, "--output", str(pack))
        anfang.asked("pack", "build", "--seal", *chosen)
        verified = anfang.asked("verify", str(pack))
        assert verified["sound"], verified
        assert verified["faults"] == []


def test_the_worker_builds_a_pack_that_the_office_fetches_by_a_link(anfang, record):
    desk = anfang.desk("lead")
    asked = desk.post("/packs", {"profile": "full", "records": [record], "seal": True})
    until(lambda: desk.get(f"/packs/{asked['id']}")["state"] == "ready")
    pack = desk.get(f"/packs/{asked['id']}")
    answer = desk.client.get(f"{anfang.origin}{pack['file']}", follow_redirects=True)
    assert sha256(answer.content) == pack["sha256"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{pack["pack"]}.zip"'


def test_the_house_is_sound_and_its_backup_restores(anfang, gateway, record, tmp_path):
    examined = json.loads(anfang.command("doctor", "--deep", "--json").stdout)
    assert not [one for one in examined["findings"] if one["level"] == "fault"]
    anfang.asked("backup", str(tmp_path / "backup"), "--keys-to", str(tmp_path / "keys"))
    (keys,) = (tmp_path / "keys").iterdir()
    elsewhere = {**anfang.environment, "ANFANG_STORAGE_URL": gateway.url("restored")}
    back = replace(anfang, environment=elsewhere).command(
        "restore", str(tmp_path / "backup"), "--into", str(tmp_path / "new"), "--keys", str(keys)
    )
    assert back.returncode == 0, back.stdout + back.stderr
