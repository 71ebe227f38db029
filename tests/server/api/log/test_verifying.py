"""`anfang log verify` names every row that was changed, removed or moved behind its back."""

import json

import pytest
import time_machine
from click.testing import CliRunner
from structlog.testing import capture_logs

from anfang.cli import cli
from anfang.jobs.registry import PERIODIC
from anfang.kit.db import transaction
from anfang.log import service as log
from anfang.log import verifying
from factories import documents, inspections, packs, review, setup


@pytest.fixture
def record(office, phone):
    """An accepted record with a redacted picture, a case with a reply, all of it sealed."""
    campaign = setup.running_campaign(office)
    found = review.accepted_record(office, phone(), campaign)
    packs.seal()
    return found


@pytest.fixture
def record_sent(office, phone):
    return inspections.file(phone(), setup.running_campaign(office))


def test_a_sound_log_has_no_faults(record, faults):
    assert faults() == set()


ZEROS = "0" * 64
LOG = {
    f"UPDATE log_entries SET sha256 = '{ZEROS}' WHERE position = 1": {
        "leaf-changed",
        "row-missing",
    },
    "UPDATE log_entries SET subject = 'x' WHERE position = 1": {"leaf-changed", "row-missing"},
    "UPDATE log_entries SET salt = '00' WHERE position = 1": {"leaf-changed"},
    f"UPDATE log_entries SET leaf_hash = '{ZEROS}' WHERE position = 1": {
        "leaf-changed",
        "root-differs",
    },
    "UPDATE log_entries SET kind = 'draw' WHERE position = 1": {"leaf-changed", "entry-missing"},
    "DELETE FROM log_entries WHERE position = 0": {"position-gap", "root-differs"},
    "DELETE FROM log_entries WHERE position = (SELECT max(position) FROM log_entries)": {
        "root-differs",
        "entry-missing",
    },
    "UPDATE log_entries SET position = 900 WHERE position = 0": {"position-gap", "root-differs"},
    "UPDATE log_entries SET position = NULL WHERE position = 0": {"position-gap", "root-differs"},
    f"UPDATE log_checkpoints SET root = '{ZEROS}'": {"checkpoint-changed"},
    "UPDATE log_checkpoints SET note = note || 'x'": {"checkpoint-signature"},
    "UPDATE log_checkpoints SET size = size + 1": {"checkpoint-changed", "checkpoint-missing"},
    "DELETE FROM log_checkpoints": {"checkpoint-missing", "position-unsealed"},
}


def test_a_changed_log_is_found(record, found_after):
    seen = {statement: found_after(statement) for statement in LOG}
    assert not {s: seen[s] for s, expected in LOG.items() if not expected <= seen[s]}


def test_two_entries_that_changed_places_are_found(record, found_after):
    found = found_after(
        "UPDATE log_entries SET position = -1 WHERE position = 1",
        "UPDATE log_entries SET position = 1 WHERE position = 2",
        "UPDATE log_entries SET position = 2 WHERE position = -1",
    )
    assert {"batch-order", "root-differs"} <= found


def test_an_entry_that_waits_is_opened_too(office, phone, found_after):
    review.accepted_record(office, phone(), setup.running_campaign(office))
    assert found_after("UPDATE log_entries SET salt = '00' WHERE kind = 'review'") == {
        "leaf-changed"
    }


ROWS = {
    f"UPDATE record_versions SET record_sha256 = '{ZEROS}'": {"row-changed", "entry-missing"},
    "UPDATE record_versions SET content = json_set(content, '$.day', '2026-11-01')": {
        "row-changed"
    },
    "UPDATE record_versions SET clear = json_set(clear, '$.unit', null)": {"row-changed"},
    "UPDATE record_versions SET sdjwt = replace(sdjwt, '~', '~~')": {"row-changed"},
    "UPDATE record_versions SET received_at = '2026-11-01 00:00:00.000000'": {"row-changed"},
    "UPDATE record_versions SET log_by = '2030-01-01 00:00:00.000000'": {"row-changed"},
    "UPDATE record_versions SET certificate_commitment = 'x'": {"row-changed"},
    "UPDATE record_versions SET receipt = 'x'": {"row-changed"},
    "DELETE FROM record_versions": {"row-missing"},
    "UPDATE media_claims SET held_at = NULL": {"row-missing"},
    "DELETE FROM media_claims": {"row-missing"},
    f"UPDATE media SET tile_root = '{ZEROS}'": {"entry-missing", "row-missing"},
    "UPDATE decisions SET kind = 'rejected'": {"row-changed"},
    "UPDATE decisions SET reason = 'x'": {"row-changed"},
    "UPDATE decisions SET document = json_set(document, '$.day', 'x')": {"row-changed"},
    "UPDATE decisions SET details = json_set(details, '$.at', 'x')": {"row-changed"},
    f"UPDATE decisions SET sha256 = '{ZEROS}'": {"row-changed", "entry-missing", "row-missing"},
    "DELETE FROM decisions": {"row-missing"},
    "UPDATE findings SET text = 'x'": {"row-changed"},
    "DELETE FROM findings": {"row-changed"},
    f"UPDATE picture_decisions SET png_sha256 = '{ZEROS}'": {"entry-missing", "row-missing"},
    "UPDATE picture_decisions SET kind = 'clearance'": {"row-changed"},
    "DELETE FROM picture_decisions": {"row-missing"},
    "UPDATE office_keys SET jwk = json_set(jwk, '$.x', json_extract(jwk, '$.y'))": {
        "entry-missing",
        "row-missing",
    },
}


def test_a_changed_row_of_a_room_is_found(record, found_after):
    seen = {statement: found_after(statement) for statement in ROWS}
    assert not {s: seen[s] for s, expected in ROWS.items() if not expected <= seen[s]}


def test_statements_and_notices_are_compared_too(office, found_after, run_jobs):
    desk = documents.Desk.opened(office)
    case = desk.case()
    desk.published(desk.draft(case))
    run_jobs()
    packs.seal()
    changed = {
        "UPDATE case_statements SET text = 'x'": {"row-changed"},
        "DELETE FROM case_statements": {"row-missing"},
        "UPDATE notices SET number = 'x'": {"entry-missing", "row-missing"},
        f"UPDATE notices SET pdf_sha256 = '{ZEROS}'": {"entry-missing", "row-missing"},
        "DELETE FROM notices": {"row-missing"},
    }
    seen = {statement: found_after(statement) for statement in changed}
    assert not {s: seen[s] for s, expected in changed.items() if not expected <= seen[s]}


def test_a_log_that_was_written_anew_does_not_grow_from_a_kept_checkpoint(
    app, seal, tamper, faults
):
    def entries(*subjects):
        with transaction():
            for subject in subjects:
                log.queue("pack", subject, ZEROS)
        seal()

    entries("a", "b")
    kept = app.test_client().get("/api/v1/log/checkpoint").get_data(as_text=True)
    entries("c")
    assert faults(kept) == set()
    for table in ("log_entries", "log_checkpoints", "audit_entries"):
        tamper(f"DELETE FROM {table}")
    entries("a", "x", "c")
    assert "checkpoint-forked" in {code for code, _ in faults(kept)}


def test_a_broken_promise_is_alarmed_kept_and_reported(record_sent, seal, faults):
    (check,) = [p for p in PERIODIC if p.name == "anfang.inspections.tasks.alarm_missed_promises"]

    def check_by_clock():
        with capture_logs() as told, transaction():
            check.work()
        return ("log-by-missed", "error") in {(one["event"], one["log_level"]) for one in told}

    assert not check_by_clock()
    with time_machine.travel("2026-11-23T15:59:59Z", tick=False):
        assert not check_by_clock(), "until the end of the office's next day"
    with time_machine.travel("2026-11-23T16:00:01Z", tick=False):
        assert check_by_clock()
        assert faults() == {("log-by-missed", f"record_versions {record_sent.record_sha256}")}
        seal()
        assert not check_by_clock()
        assert faults() == set()
    with transaction(write=False):
        assert verifying.late_count() == 1, "that it came late stays on file"


def test_the_command_names_the_rows_and_fails(settings, app, monkeypatch, seal, tamper, tmp_path):
    with transaction():
        log.queue("pack", "a", ZEROS)
    seal()
    monkeypatch.setenv("ANFANG_DATA", str(settings.data))
    monkeypatch.setenv("ANFANG_ORIGIN", settings.origin)
    kept = tmp_path / "checkpoint"
    kept.write_text(app.test_client().get("/api/v1/log/checkpoint").get_data(as_text=True))
    sound = CliRunner().invoke(cli, ["log", "verify", "--json", "--checkpoint", str(kept)])
    assert (sound.exit_code, json.loads(sound.stdout)["sound"]) == (0, True)
    tamper("UPDATE log_entries SET sha256 = 'x' WHERE kind = 'pack'")
    broken = CliRunner().invoke(cli, ["log", "verify", "--json"])
    (fault,) = json.loads(broken.stdout)["faults"]
    assert broken.exit_code == 1
    assert (fault["code"], fault["where"][:6]) == ("leaf-changed", "entry ")
    assert fault["text"] != fault["code"]
