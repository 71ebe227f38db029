"""What a pack may show depends on others: the publication rule, custodians, a reviewer's change."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from anfang.campaigns.models import Campaign
from anfang.identity import queries as identity
from anfang.jobs import service as jobs
from anfang.kit import sealing
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from anfang.packs.verify import verify_pack
from factories import packs, review, setup
from factories.custody import asked, ceremony, opening


def set_delay(days):
    """Set the publication rule as if it had been set before the campaign started."""
    with transaction():
        db.session.query(Campaign).one().publication_delay_days = days


def verified(path):
    with transaction(write=False):
        known = [key.kid for key in identity.office_keys()]
    return verify_pack(path, known=known)


# --- the publication rule ----------------------------------------------------------------


def test_a_protected_pack_waits_until_its_visits_may_be_published(sealed, office):
    set_delay(30)
    body = {"records": [sealed.record.id]}
    refused = sealed.lead.post("/packs", {"profile": "protected", **body})
    assert (refused.status_code, refused.json["code"]) == (409, "publication-too-early")
    assert refused.json["errors"][0]["pointer"] == f"/records/{sealed.record.id}"
    # A full pack is not for everyone.
    assert packs.ordered(sealed.lead, "full", **body)["state"] == "ready"
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        assert packs.ordered(office(Role.LEAD), "protected", **body)["state"] == "ready"


def test_a_rule_that_became_stricter_ends_the_pack_that_waits_to_be_built(sealed):
    body = {"profile": "protected", "records": [sealed.record.id]}
    pack = setup.created(sealed.lead.post("/packs", body))
    set_delay(30)
    jobs.run_pending()
    failed = setup.created(sealed.lead.get(f"/packs/{pack['id']}"))
    assert (failed["state"], failed["file"]) == ("failed", None)
    assert failed["failure"]["code"] == "publication-too-early"


# --- the custodians' release -------------------------------------------------------------


def test_a_full_pack_shows_a_certificate_only_once_it_was_released(
    sealed, office, tmp_path, monkeypatch
):
    monkeypatch.setattr(sealing, "COST", sealing.Cost(passes=1, memory_kib=64, lanes=1))
    body = {"records": [sealed.record.id]}
    one, other = ceremony(office)
    waiting = asked(one, record_id=sealed.record.id, with_certificates=True)
    before = packs.ordered(sealed.lead, "full", **body)
    assert not [n for n in contents(sealed.lead, before, tmp_path) if "certificates" in n]
    released = opening(waiting, other, one).json
    refused = sealed.lead.post("/packs", {"profile": "full", **body})
    assert (refused.status_code, refused.json["code"]) == (409, "not-yet-logged")

    pack = packs.ordered(sealed.lead, "full", seal=True, **body)
    files = contents(sealed.lead, pack, tmp_path)
    told = json.loads(files[f"data/certificates/{sealed.record.id}.json"])
    assert told["certificate"] == sealed.record.delivered.filed.body["certificate"]
    assert told["disclosure"] == released["sha256"]
    entries = json.loads(files["data/log/proofs.json"])["entries"]
    (logged,) = [entry for entry in entries if entry["kind"] == "disclosure"]
    assert (logged["subject"], logged["sha256"]) == (sealed.record.id, released["sha256"])

    opening(asked(one, record_id=sealed.record.id, with_certificates=True), other, one)
    again = packs.ordered(sealed.lead, "full", seal=True, **body)
    assert again["sha256"] == pack["sha256"]
    protected = packs.ordered(sealed.lead, "protected", **body)
    for name, data in contents(sealed.lead, protected, tmp_path).items():
        assert "certificates" not in name
        assert told["certificate"].encode() not in data


def test_a_release_without_certificates_shows_none(sealed, office, tmp_path, monkeypatch):
    monkeypatch.setattr(sealing, "COST", sealing.Cost(passes=1, memory_kib=64, lanes=1))
    one, other = ceremony(office)
    opening(asked(one, record_id=sealed.record.id), other, one)
    pack = packs.ordered(sealed.lead, "full", records=[sealed.record.id], seal=True)
    assert not [n for n in contents(sealed.lead, pack, tmp_path) if "certificates" in n]


def contents(lead, pack, folder):
    """Return a pack's files, which verify."""
    path = packs.downloaded(lead, pack, folder)
    assert verified(path).faults == []
    return packs.unzipped(path)


# --- a decision that was taken back ------------------------------------------------------


@pytest.fixture
def reopened(sealed):
    path = f"/review/records/{sealed.record.id}/reopen"
    assert sealed.reviewer.post(path, {"reason": "看错了照片"}).status_code == 204
    return sealed


def shown_decision(lead, folder, record):
    """Return the decision that a full pack shows, and the reviews that it takes from the log."""
    pack = packs.ordered(lead, "full", records=[record], seal=True)
    files = contents(lead, pack, folder)
    (line,) = json.loads(files["data/pack.json"])["records"]
    entries = json.loads(files["data/log/proofs.json"])["entries"]
    return line["review"], sum(entry["kind"] == "review" for entry in entries)


def test_a_decision_that_was_taken_back_is_not_shown(reopened, tmp_path):
    assert shown_decision(reopened.lead, tmp_path, reopened.record.id) == (None, 0)
    body = {"profile": "protected", "records": [reopened.record.id], "seal": True}
    refused = reopened.lead.post("/packs", body)
    assert (refused.status_code, refused.json["code"]) == (409, "not-reviewed")


def test_a_record_accepted_again_is_shown_with_its_new_decision_alone(reopened, tmp_path):
    record = reopened.record.id
    review.take(reopened.reviewer, record)
    setup.created(reopened.reviewer.post(f"/review/records/{record}/accept", {"findings": []}))
    decision, logged = shown_decision(reopened.lead, tmp_path, record)
    assert (decision["decision"], decision["details"]["findings"], logged) == ("accepted", [], 1)
    pack = packs.ordered(reopened.lead, "protected", records=[record])
    contents(reopened.lead, pack, tmp_path)
