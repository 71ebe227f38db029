"""`anfang doctor` names what is broken and says what to do."""

import json
import os
import sqlite3
from datetime import timedelta

import pytest
import time_machine

from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db, transaction
from anfang.storage import service as storage
from factories import custody
from factories.evidence import declared

EXPECTED = {"stamps-off", "custody-not-established"}
"""What a healthy test installation is told: it has no authority, nor custodians."""


def original(settings):
    return next(path for path in (settings.data / "media/originals").rglob("*") if path.is_file())


def execute(statement):
    with transaction():
        db.session.execute(db.text(statement))


def test_a_sound_installation_is_sound_and_something_was_looked_at(record, anfang, examined):
    code, findings = examined("--deep")
    assert (code, findings.keys()) == (0, EXPECTED)
    checked = json.loads(anfang("doctor", "--json", "--deep").stdout)["checked"]
    assert checked["objects"] >= 4
    assert checked["bytes"] > 10_000
    assert checked["log_entries"] > 3
    told = anfang("doctor")
    assert "Sound: nothing is broken." in told.output
    assert "正常" in anfang("doctor", LANG="zh_CN.UTF-8").output


def test_it_warns_until_the_custodians_have_held_their_ceremony(record, office, examined):
    assert examined()[1]["custody-not-established"]["level"] == "warning"
    custody.ceremony(office)
    assert "custody-not-established" not in examined()[1]


def test_media_are_compared_both_ways(record, settings, examined):
    path = original(settings)
    data = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert examined()[1].keys() == EXPECTED
    assert examined("--deep")[1]["object-changed"]["where"].endswith(path.name)
    path.write_bytes(data[:-1])
    assert "object-size" in examined()[1]
    path.unlink()
    code, findings = examined()
    assert code == 1
    assert "backup" in findings["object-missing"]["text"]


def test_an_orphan_is_told_of_once_it_is_no_upload_under_way(record, examined):
    storage.put_bytes(storage.media_key("ab" * 32), b"nobody's")
    assert "object-orphan" not in examined()[1]
    with time_machine.travel(now() + timedelta(hours=2)):
        code, findings = examined()
    assert code == 0
    assert findings["object-orphan"]["level"] == "warning"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE record_versions SET jkt = 'x'", "log-row-changed"),
        ("DELETE FROM log_checkpoints", "log-checkpoint-missing"),
        ("UPDATE audit_entries SET at = '2099-01-01 00:00:00'", "clock-behind"),
        ("UPDATE alembic_version SET version_num = '0000'", "schema-behind"),
        ("UPDATE office_keys SET kid = 'x'", "key-missing"),
    ],
)
def test_rows_that_disagree_are_named(record, examined, statement, code):
    execute(statement)
    exit_code, findings = examined()
    assert exit_code == 1
    assert code in findings


def test_keys_that_others_can_read_are_named(settings, examined):
    (settings.data / "keys/log.pem").chmod(0o640)
    (settings.data / "keys").chmod(0o755)
    found = examined()[1]["key-readable"]
    assert "chmod go-rwx" in found["text"]


def test_a_key_file_of_another_key_is_named(settings, examined):
    key = next((settings.data / "keys").glob("office-*.pem"))
    key.write_bytes(b"not a key")
    assert "key-mismatch" in examined()[1]


def test_work_that_nobody_does_is_named(record, phone, examined, run_jobs):
    with transaction():
        jobs.emit("media.stored", sha256="00" * 32)
    assert "jobs-stuck" not in examined()[1]
    with time_machine.travel(now() + timedelta(minutes=20)) as clock:
        assert "anfang worker" in examined()[1]["jobs-stuck"]["text"]
        for _ in range(6):
            run_jobs()
            clock.shift(timedelta(hours=2))
        assert "job-failing" in examined()[1]


def test_uploads_without_their_bytes_are_named(phone, settings, examined):
    device = phone()
    photo = b"x" * 5000
    location = device.create_upload(declared(device, [photo]), photo).headers["Location"]
    path = settings.spool / location.rsplit("/", 1)[-1]
    assert examined()[1].keys() == EXPECTED
    (settings.spool / "stranger").write_bytes(b"")
    os.utime(settings.spool / "stranger", (0, 0))
    path.unlink()
    code, findings = examined()
    assert (code, findings.keys()) == (0, EXPECTED | {"upload-without-bytes", "spool-leftover"})
    with time_machine.travel(now() + timedelta(days=8)):
        assert "tidying-late" in examined()[1]


def test_an_empty_folder_is_not_made_into_an_installation(anfang, tmp_path):
    empty = tmp_path / "empty"
    done = anfang("doctor", "--json", ANFANG_DATA=str(empty))
    assert done.exit_code == 1
    assert "no-installation" in {one["code"] for one in json.loads(done.stdout)["findings"]}
    assert not empty.exists()


def test_a_damaged_database_is_named(record, settings, examined):
    db.session.remove()
    db.engine.dispose()
    with sqlite3.connect(settings.data / "anfang.sqlite3") as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM inspectors")
    code, findings = examined()
    assert code == 1
    assert "database-damaged" in findings
