"""Files that the office makes itself end by their rules, too: redacted pictures, built packs."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from anfang import log_map
from anfang.evidence import deleting
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from anfang.packs import queries as pack_queries
from anfang.retention import service
from anfang.review import queries as reviewed
from anfang.storage import service as storage
from factories import packs, review, setup
from factories.setup import created
from support.phone import payload_of

START = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
RULES = {"original": "record", "redaction": "record", "pack": "pack"}


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def accepted(clock, office, phone):
    """An accepted record with a finding on two pictures, of which one was redacted."""
    return review.accepted_record(office, phone("代号甲"), setup.running_campaign(office))


@pytest.fixture
def pack(accepted):
    packs.seal()
    return packs.ordered(accepted.delivered.campaign.lead, "full", records=[accepted.id])


def later(clock, **time):
    clock.move_to(START + timedelta(seconds=1, **time))


def deleted(office):
    listed = created(office(Role.AUDITOR).get("/deletions?limit=200"))["items"]
    return sorted((one["kind"], one["rule"], one["sha256"]) for one in listed)


def published(accepted):
    with transaction(write=False):
        return reviewed.picture_decision(UUID(accepted.id), accepted.picture)


def on_disk(decision):
    return [storage.exists(key) for key in (reviewed.redacted_key(decision), decision.proof_key)]


def test_a_packs_file_goes_after_thirty_days_and_its_row_and_hash_stay(
    pack, accepted, clock, office, tmp_path
):
    later(clock, days=29)
    assert service.delete_due() == []
    later(clock, days=31)
    shown = created(office(Role.AUDITOR).get("/retention"))
    assert [(one["kind"], one["rule"]) for one in shown["due"]] == [("pack", "pack")]
    assert shown["bytes"] == pack["bytes"]
    assert [one.sha256 for one in service.delete_due()] == [pack["sha256"]]
    assert not storage.exists(pack_queries.file_key(pack["sha256"]))

    lead = office(Role.LEAD)
    gone = created(lead.get(f"/packs/{pack['id']}"))
    assert (gone["state"], gone["file"], gone["expires_at"]) == ("expired", None, None)
    assert gone["sha256"] == pack["sha256"]
    refused = lead.get(f"/packs/{pack['id']}/file")
    assert (refused.status_code, refused.json["code"]) == (410, "pack-expired")
    (deletion,) = created(office(Role.AUDITOR).get("/deletions"))["items"]
    said = payload_of(deletion["certificate"])
    assert (said["pack"], said["rule"], said["bytes"]) == (pack["sha256"], "pack", pack["bytes"])
    packs.seal()
    with transaction(write=False):
        assert list(log_map.verify()) == []


def test_a_pack_that_expired_is_built_again_with_the_same_bytes(pack, accepted, clock, office):
    assert pack["expires_at"].startswith("2026-12-22T08:30:00")
    later(clock, days=31)
    service.delete_due()
    again = packs.ordered(office(Role.LEAD), "full", records=[accepted.id])
    assert (again["state"], again["sha256"]) == ("ready", pack["sha256"])
    assert storage.exists(pack_queries.file_key(pack["sha256"]))


def test_a_pack_asked_for_again_keeps_the_file_that_both_share(pack, accepted, clock, office):
    later(clock, days=20)
    packs.ordered(office(Role.LEAD), "full", records=[accepted.id])
    later(clock, days=31)
    assert service.delete_due() == []
    later(clock, days=51)
    assert [one.kind for one in service.delete_due()] == ["pack"]
    states = [one["state"] for one in created(office(Role.LEAD).get("/packs"))["items"]]
    assert states == ["expired", "expired"]


def test_a_file_made_again_after_a_night_that_broke_off_stays(
    pack, accepted, clock, office, monkeypatch
):
    later(clock, days=31)
    with monkeypatch.context() as patch:
        patch.setattr(deleting, "remove_certified", lambda _made_again: 0)
        service.delete_due()
    packs.ordered(office(Role.LEAD), "full", records=[accepted.id])
    service.delete_due()
    assert storage.exists(pack_queries.file_key(pack["sha256"]))


def test_a_legal_hold_on_the_campaign_keeps_pack_original_and_redaction(
    pack, accepted, clock, office
):
    campaign = accepted.delivered.campaign.id
    body = {"object_kind": "campaign", "object_id": campaign, "reason": "法院立案"}
    held = created(accepted.delivered.campaign.lead.post("/holds", body))
    later(clock, days=5000)
    assert service.delete_due() == []
    assert on_disk(published(accepted)) == [True, True]
    created(office(Role.LEAD).post(f"/holds/{held['id']}/lift", {"reason": "结案"}))
    assert {one.kind for one in service.delete_due()} == {"original", "redaction", "pack"}


def test_a_redacted_picture_and_its_proof_live_as_long_as_what_they_show(accepted, clock, office):
    decision = published(accepted)
    later(clock, days=364)
    assert service.delete_due() == []
    later(clock, days=366)
    assert {one.kind: one.rule for one in service.delete_due()} == {
        "original": "record", "redaction": "record",
    }  # fmt: skip
    assert on_disk(decision) == [False, False]
    assert ("redaction", "record", accepted.png_sha256) in deleted(office)

    path = f"/review/records/{accepted.id}/pictures/{accepted.picture}/redacted"
    gone = office(Role.REVIEWER).get(path)
    assert (gone.status_code, gone.json["code"]) == (410, "media-deleted")
    packs.seal()
    with transaction(write=False):
        assert list(log_map.verify()) == []
    shown = packs.ordered(office(Role.LEAD), "protected", records=[accepted.id])
    assert shown["state"] == "ready"


def test_nothing_is_deleted_twice(pack, accepted, clock, office):
    later(clock, days=400)
    assert {one.kind: one.rule for one in service.delete_due()} == RULES
    count = len(deleted(office))
    assert service.delete_due() == []
    assert len(deleted(office)) == count == 4
