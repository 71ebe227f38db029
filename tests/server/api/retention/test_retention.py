"""What is due is deleted with a certificate; what is used, awaited or held is not."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from click.testing import CliRunner

from anfang import log_map
from anfang.cli import cli
from anfang.evidence import deleting
from anfang.jobs import service as jobs
from anfang.kit.db import transaction
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Role
from anfang.log import service as log
from anfang.log.models import LogEntry
from anfang.retention import service, tasks
from anfang.storage import service as storage
from factories import inspections, review, setup
from factories.setup import created
from support.phone import payload_of

START = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, office):
    return setup.running_campaign(office)


@pytest.fixture
def accepted(campaign, office, phone):
    """An accepted record of three pictures; two belong to its finding, one to no item."""
    spare = review.photo("belongs to no item")
    shots = [review.photo("one"), review.photo("two")]
    return review.accepted_record(
        office,
        phone("代号甲"),
        campaign,
        photos=[*shots, spare],
        media_details=[*review.details(shots), *review.details([spare], None)],
    )


def next_shift(campaign, office):
    """A sign-in lasts ten hours: weeks later, another one opens the campaign."""
    return replace(campaign, lead=office(Role.LEAD))


def later(clock, days):
    clock.move_to(START + timedelta(days=days, seconds=1))


def kept(record):
    return [storage.exists(storage.media_key(sha256)) for sha256 in record.pictures]


def spare_of(accepted):
    return accepted.delivered.pictures[2]


def night(office_jobs=jobs):
    """Let the worker's clock strike."""
    with transaction():
        tasks.ask_for_deletion()
    office_jobs.run_pending()


def test_an_unused_picture_goes_after_thirty_days_with_certificate_and_hash(
    accepted, clock, office
):
    later(clock, 29)
    night()
    assert kept(accepted.delivered) == [True] * 3
    later(clock, 31)
    night()
    assert kept(accepted.delivered) == [True, True, False]

    auditor = office(Role.AUDITOR)
    (deletion,) = auditor.get("/deletions").json["items"]
    said = payload_of(deletion["certificate"])
    assert (said["original"], said["rule"]) == (spare_of(accepted), "unused")
    assert deletion["certificate_sha256"] == sha256_hex(deletion["certificate"].encode())
    assert deletion["removed_at"] is not None
    with transaction():
        entry = log.db.session.query(LogEntry).filter_by(kind="deletion").one()
        assert (entry.subject, entry.sha256) == (said["original"], deletion["certificate_sha256"])
        assert log.db.session.query(LogEntry).filter_by(kind="media", sha256=said["original"]).one()
        log.seal()
    with transaction(write=False):
        assert list(log_map.verify()) == []


def test_review_shows_a_deleted_picture_with_its_certificate(accepted, clock, office):
    later(clock, 31)
    service.delete_due()
    reviewer = office(Role.REVIEWER)
    view = reviewer.get(f"/review/records/{accepted.id}").json
    shown = {one["sha256"]: one for one in view["media"]}
    gone = shown[spare_of(accepted)]
    assert gone["deletion"]["rule"] == "unused"
    assert payload_of(gone["deletion"]["certificate"])["original"] == gone["sha256"]
    assert all(one["deletion"] is None for one in view["media"] if one is not gone)
    path = f"/review/records/{accepted.id}/pictures/{gone['sha256']}"
    for kind in ("preview", "thumbnail", "original"):
        answer = reviewer.get(f"{path}/{kind}")
        assert (answer.status_code, answer.json["code"]) == (410, "media-deleted"), kind


def test_what_awaits_review_or_its_inspector_is_never_deleted(campaign, clock, office, phone):
    device, desk = phone("代号甲"), office(Role.REVIEWER)
    waiting = review.delivered_record(device, campaign)
    returned = review.delivered_record(device, campaign)
    review.returned_record(desk, returned.id)
    later(clock, 4000)
    assert service.delete_due() == []
    assert kept(waiting) == kept(returned) == [True, True]


def test_a_running_case_keeps_its_pictures_and_a_closed_one_for_ten_years(
    accepted, campaign, clock, office
):
    liaison = setup.liaison(office, campaign.unit)
    body = {
        "finding_ids": list(accepted.findings), "unit_id": campaign.unit,
        "title": "窗口空岗", "class": "by_date", "responsible": "分管副主任",
    }  # fmt: skip
    case = created(campaign.lead.post("/cases", body))
    for kind in ("defence", "rectification"):
        created(liaison.post(f"/cases/{case['id']}/statements", {"kind": kind, "text": "已整改"}))
    later(clock, 4000)
    service.delete_due()
    assert kept(accepted.delivered) == [True, True, False]
    lead = office(Role.LEAD)
    created(lead.post(f"/cases/{case['id']}/close", {"reply": "已复查，予以销号。"}))
    later(clock, 4000 + 3649)
    assert service.delete_due() == []
    later(clock, 4000 + 3651)
    assert {one.rule for one in service.delete_due()} == {"case"}
    assert kept(accepted.delivered) == [False] * 3


@pytest.mark.parametrize("kind", ["record", "campaign"])
def test_a_legal_hold_keeps_until_it_is_lifted(kind, accepted, campaign, clock, office):
    lead = office(Role.LEAD)
    object_id = {"record": accepted.id, "campaign": campaign.id}[kind]
    body = {"object_kind": kind, "object_id": object_id, "reason": "法院立案"}
    held = created(lead.post("/holds", body))
    later(clock, 40)
    assert service.delete_due() == []
    auditor = office(Role.AUDITOR)
    lifted = created(auditor.post(f"/holds/{held['id']}/lift", {"reason": "结案"}))
    assert (lifted["reason"], lifted["lift_reason"]) == ("法院立案", "结案")
    again = auditor.post(f"/holds/{held['id']}/lift", {"reason": "再次"})
    assert again.json["code"] == "hold-lifted"
    assert [one.sha256 for one in service.delete_due()] == [spare_of(accepted)]
    trail = auditor.get(f"/audit?object_id={object_id}").json["items"]
    assert {"hold.set", "hold.lifted"} <= {entry["action"] for entry in trail}


def test_a_picture_of_two_records_lives_as_long_as_the_longer(
    accepted, campaign, clock, office, phone
):
    later(clock, 5)
    again = next_shift(campaign, office)
    review.delivered_record(phone("代号乙"), again, photos=[review.photo("belongs to no item")])
    later(clock, 31)
    assert service.delete_due() == []


def test_a_process_that_dies_before_removing_finishes_at_the_next_run(accepted, clock, monkeypatch):
    later(clock, 31)
    with monkeypatch.context() as patch:
        patch.setattr(storage, "delete", _die)
        with pytest.raises(KeyboardInterrupt):
            service.delete_due()
    with transaction(write=False):
        assert log.db.session.query(LogEntry).filter_by(kind="deletion").count() == 1
    assert kept(accepted.delivered) == [True] * 3
    assert service.delete_due() == []
    assert kept(accepted.delivered) == [True, True, False]
    with transaction(write=False):
        assert log.db.session.query(LogEntry).filter_by(kind="deletion").count() == 1
    assert deleting.remove_certified(never) == 0


def _die(key):
    raise KeyboardInterrupt


def never(deletion):
    return False


def test_a_picture_that_comes_again_is_kept_again_with_its_first_root(
    accepted, campaign, clock, office, phone, run_jobs
):
    later(clock, 31)
    service.delete_due()
    again = review.delivered_record(
        phone("代号乙"), next_shift(campaign, office), photos=[review.photo("belongs to no item")]
    )
    assert kept(again) == [True]
    view = created(office(Role.REVIEWER).get(f"/review/records/{again.id}"))
    assert view["media"][0]["deletion"] is None
    assert view["media"][0]["state"] == "decoded"
    with transaction():
        roots = log.db.session.query(LogEntry).filter_by(kind="pixels", subject=spare_of(accepted))
        assert roots.count() == 1
        log.seal()
    with transaction(write=False):
        assert list(log_map.verify()) == []


def test_bytes_that_come_while_they_are_removed_are_not_lost(
    accepted, campaign, clock, office, phone, monkeypatch
):
    """The upload finds the object still there, then it is removed, then the upload is noted."""
    later(clock, 31)
    with monkeypatch.context() as patch:
        patch.setattr(deleting, "remove_certified", lambda _made_again: 0)
        service.delete_due()
    put_file, runs = storage.put_file, []

    def overtaken(key, path):
        put_file(key, path)
        if not runs:
            runs.append(deleting.remove_certified(never))

    monkeypatch.setattr(storage, "put_file", overtaken)
    photo = review.photo("belongs to no item")
    again = inspections.file(phone("代号乙"), next_shift(campaign, office), media=[photo])
    assert runs == [1]
    assert payload_of(again.receipt)["complete"] is True
    assert b"".join(storage.stream(storage.media_key(spare_of(accepted)))) == photo


def test_the_command_lists_and_deletes(accepted, clock, settings):
    later(clock, 31)
    environment = {"ANFANG_DATA": str(settings.data), "LANG": "en"}

    def run(*options):
        answer = CliRunner().invoke(cli, ["retention", "--json", *options], env=environment)
        assert answer.exit_code == 0, answer.output
        return json.loads(answer.stdout)

    listed = run()
    assert [one["sha256"] for one in listed["due"]] == [spare_of(accepted)]
    assert listed["days"] == {
        "unused": 30,
        "record": 365,
        "case": 3650,
        "notice": 10950,
        "pack": 30,
        "informant": 180,
        "complaint": 3650,
    }
    assert kept(accepted.delivered) == [True] * 3
    assert run("--delete")["due"] == listed["due"]
    assert kept(accepted.delivered) == [True, True, False]
    assert run("--delete")["due"] == []


def test_only_lead_and_auditor_hold(accepted, office):
    body = {"object_kind": "record", "object_id": accepted.id, "reason": "x"}
    for role in (Role.REVIEWER, Role.APPROVER, Role.ADMINISTRATOR, Role.CUSTODIAN):
        assert office(role).post("/holds", body).status_code == 403
