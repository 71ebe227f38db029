"""`anfang backup` and `anfang restore`: everything is there again, or nothing is."""

import json
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import select

from anfang.app import create_app
from anfang.installation import prepare
from anfang.kit.db import db, transaction
from anfang.log.models import LogEntry
from anfang.storage import service as storage
from factories import packs, setup
from support.phone import minimal_record, sha256
from support.postgres import postgres, postgres_url  # noqa: F401 -- fixtures


def answer(done):
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def restored(anfang, folder, into, *options):
    return anfang("restore", folder, "--into", into, "--json", *options)


def files(folder: Path):
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def rows(path, table):
    with sqlite3.connect(path) as connection:
        return sorted(map(repr, connection.execute(f"SELECT * FROM {table}")))


def test_what_is_restored_is_what_was_there(record, anfang, settings, tmp_path):
    made = answer(anfang("backup", tmp_path / "b", "--json"))
    assert made["objects"] == made["new_objects"] > 3
    done = answer(restored(anfang, tmp_path / "b", tmp_path / "new"))
    assert done["sound"]
    assert done["objects"] == made["objects"]
    assert done["log_entries"] > 3
    for folder in ("media", "keys"):
        assert files(tmp_path / "new" / folder) == files(settings.data / folder)
    for table in ("records", "record_versions", "media", "log_entries", "audit_entries"):
        before = rows(settings.data / "anfang.sqlite3", table)
        assert before
        assert rows(tmp_path / "new/anfang.sqlite3", table) == before
    assert (tmp_path / "new/keys").stat().st_mode & 0o077 == 0
    assert anfang("log", "verify", ANFANG_DATA=str(tmp_path / "new")).exit_code == 0
    assert list((tmp_path / "new/spool").iterdir()) == []


def test_the_next_backup_copies_only_what_is_new_and_old_ones_can_go(
    record, anfang, tmp_path, monkeypatch
):
    first = answer(anfang("backup", tmp_path / "b", "--json"))
    storage.put_bytes(storage.derived_key("plans", sha256(b"later")), b"later")
    second = answer(anfang("backup", tmp_path / "b", "--json"))
    assert (second["new_objects"], second["new_bytes"]) == (1, 5)
    gone = storage.derived_key("plans", sha256(b"later"))
    storage.delete(gone)
    answer(anfang("backup", tmp_path / "b", "--keep", 1, "--json"))
    assert not (tmp_path / "b/media" / gone).exists()
    assert not (tmp_path / "b" / first["generation"]).exists()
    answer(restored(anfang, tmp_path / "b", tmp_path / "new"))


def test_a_sealed_backup_shows_nothing_and_opens_with_its_identity(
    record, anfang, settings, tmp_path
):
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "identity").write_text(f"# made for a test\n{identity}\n")
    (tmp_path / "other").write_text(f"{pyrage.x25519.Identity.generate()}\n")
    seal = ("--encrypt-to", str(identity.to_public()))
    answer(anfang("backup", tmp_path / "b", *seal, "--json"))
    written = b"".join(p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file())
    key = next((settings.data / "keys").glob("office-*.pem")).read_bytes()
    picture = next(p for p in (settings.data / "media").rglob("*") if p.is_file()).read_bytes()
    # Each long enough that chance does not write it.
    for secret in (b"SQLite format 3", b"PRIVATE KEY", picture[:24], key[30:90]):
        assert len(secret) > 10
        assert secret not in written
    again = answer(anfang("backup", tmp_path / "b", *seal, "--json"))
    assert again["new_objects"] == 0
    for options in ((), ("--identity", tmp_path / "other")):
        refused = restored(anfang, tmp_path / "b", tmp_path / "new", *options)
        assert refused.exception.code == "backup-identity-refused"
        assert not any((tmp_path / "new").iterdir())
    answer(restored(anfang, tmp_path / "b", tmp_path / "new", "--identity", tmp_path / "identity"))
    assert files(tmp_path / "new/media") == files(settings.data / "media")


def test_keys_kept_apart_are_not_in_the_backup_and_are_asked_for(record, anfang, tmp_path):
    answer(anfang("backup", tmp_path / "b", "--keys-to", tmp_path / "safe", "--json"))
    assert not list((tmp_path / "b").rglob("keys*"))
    (kept,) = (tmp_path / "safe").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    refused = restored(anfang, tmp_path / "b", tmp_path / "new")
    assert refused.exception.code == "backup-missing"
    answer(restored(anfang, tmp_path / "b", tmp_path / "new", "--keys", kept))


def _spoil(path: Path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "pattern",
    ["media/originals/*/*/*", "*Z/database.sqlite3", "*Z/keys.tar", "*Z/objects.txt"],
)
def test_a_spoilt_file_is_refused_and_nothing_stays(record, anfang, tmp_path, pattern):
    answer(anfang("backup", tmp_path / "b", "--json"))
    _spoil(next((tmp_path / "b").glob(pattern)))
    refused = restored(anfang, tmp_path / "b", tmp_path / "new")
    assert refused.exit_code != 0
    assert refused.exception.code == "backup-damaged"
    assert not any((tmp_path / "new").iterdir())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_versions SET jkt = 'x'",
        "DELETE FROM log_entries WHERE position IS NOT NULL",
        "DELETE FROM log_checkpoints",
    ],
)
def test_a_backup_that_was_rewritten_with_its_manifest_does_not_pass_the_log(
    record, anfang, tmp_path, statement
):
    answer(anfang("backup", tmp_path / "b", "--json"))
    (generation,) = (tmp_path / "b").glob("*Z")
    database = generation / "database.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute(statement)
    connection.close()
    manifest = json.loads((generation / "manifest.json").read_text())
    data = database.read_bytes()
    manifest["database"] |= {"size": len(data), "sha256": sha256(data)}
    (generation / "manifest.json").write_text(json.dumps(manifest))
    refused = restored(anfang, tmp_path / "b", tmp_path / "new")
    assert refused.exception.code == "restore-unsound"
    assert not any((tmp_path / "new").iterdir())
    kept = restored(anfang, tmp_path / "b", tmp_path / "new", "--keep-unsound")
    assert (kept.exit_code, json.loads(kept.stdout)["sound"]) == (1, False)


def test_nothing_is_restored_over_anything(record, anfang, settings, tmp_path):
    answer(anfang("backup", tmp_path / "b", "--json"))
    before = files(settings.data / "media")
    refused = restored(anfang, tmp_path / "b", settings.data)
    assert refused.exception.code == "restore-target-not-empty"
    assert files(settings.data / "media") == before


def test_a_damaged_original_is_named_and_left_out(record, anfang, settings, tmp_path):
    _spoil(next((settings.data / "media/originals").glob("*/*/*")))
    done = anfang("backup", tmp_path / "b", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["damaged"][0].startswith("originals/")


def test_a_broken_off_backup_looks_like_none(record, anfang, tmp_path, monkeypatch):
    answer(anfang("backup", tmp_path / "b", "--json"))
    (generation,) = (tmp_path / "b").glob("*Z")
    generation.rename(tmp_path / "b" / f".{generation.name}.part")
    refused = restored(anfang, tmp_path / "b", tmp_path / "new")
    assert refused.exception.code == "backup-missing"
    answer(anfang("backup", tmp_path / "b", "--json"))
    assert not list((tmp_path / "b").glob(".*.part"))


def _deliver_until(stop, app, device, campaign, sent):
    number = 0
    with app.app_context():
        while not stop.is_set():
            number += 1
            photo = f"photo {number}".encode() * 3000
            clear, disclosures = minimal_record(campaign.id, campaign.window, media=[photo])
            assert device.file(clear, disclosures).status_code == 201
            assert device.upload(clear["id"], photo).status_code == 204
            sent.append(clear["id"])
        db.session.remove()


def test_backups_taken_while_phones_deliver_are_each_whole(app, office, phone, anfang, tmp_path):
    campaign = setup.running_campaign(office)
    device, stop, sent = phone(), threading.Event(), []
    delivering = threading.Thread(target=_deliver_until, args=(stop, app, device, campaign, sent))
    delivering.start()
    try:
        acknowledged = []
        for _ in range(3):
            while len(sent) < len(acknowledged) + 3:
                assert delivering.is_alive()
            acknowledged = list(sent)
            answer(anfang("backup", tmp_path / "b", "--json"))
    finally:
        stop.set()
        delivering.join(30)
    done = answer(restored(anfang, tmp_path / "b", tmp_path / "new"))
    assert done["sound"]
    with sqlite3.connect(tmp_path / "new/anfang.sqlite3") as connection:
        there = {row[0] for row in connection.execute("SELECT id FROM records")}
    assert {record.replace("-", "") for record in acknowledged} <= there


@pytest.mark.slow
def test_postgresql_is_backed_up_and_restored(
    settings,
    postgres,  # noqa: F811 -- the fixture itself
    anfang,
    tmp_path,
):
    first, second = postgres.create_database(), postgres.create_database()
    app = create_app(replace(settings, database_url=first))
    with app.app_context():
        prepare(app)
        packs.seal()
        with transaction(write=False):
            leaves = sorted(db.session.scalars(select(LogEntry.leaf_hash)))
        storage.put_bytes(storage.derived_key("plans", sha256(b"x")), b"x")
        db.session.remove()
        db.engine.dispose()
    assert leaves
    answer(anfang("backup", tmp_path / "b", "--json", ANFANG_DATABASE_URL=first))
    done = anfang(
        "restore", tmp_path / "b", "--into", tmp_path / "new", "--json", ANFANG_DATABASE_URL=second
    )
    assert answer(done)["sound"]
    there = create_app(replace(settings, data=tmp_path / "new", database_url=second))
    with there.app_context(), transaction(write=False):
        assert sorted(db.session.scalars(select(LogEntry.leaf_hash))) == leaves
    again = anfang(
        "restore", tmp_path / "b", "--into", tmp_path / "n2", "--json", ANFANG_DATABASE_URL=second
    )
    assert again.exception.code == "restore-target-not-empty"
