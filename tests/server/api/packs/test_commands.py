"""`anfang pack build` and `anfang verify`: answers, exit codes, what they leave behind."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from anfang.cli import cli
from anfang.identity import queries as identity
from anfang.kit import jose, notes
from anfang.kit.db import db, transaction
from anfang.kit.errors import SchemaOutdated
from factories import packs

NOBODY = "0b3c1a52-6f0e-4f0b-8f5e-000000000000"


@pytest.fixture
def anfang(app, settings, monkeypatch):
    """Run a command of this installation."""
    monkeypatch.setenv("ANFANG_DATA", str(settings.data))

    def run(*words, **environment):
        return CliRunner().invoke(cli, [str(word) for word in words], env=environment)

    return run


def stranger(*words, folder, **environment):
    """Run a command in a folder without any installation."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "anfang.cli", *map(str, words)],
        cwd=folder, env=kept | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def office_key():
    with transaction(write=False):
        return identity.office_keys()[0]


@pytest.mark.parametrize("profile", ["full", "protected"])
def test_a_pack_is_built_and_verified(profile, sealed, anfang, tmp_path):
    file = tmp_path / "a.zip"
    built = anfang("pack", "build", "--profile", profile, "--record", sealed.record.id,
                   "--output", file, "--json")  # fmt: skip
    assert built.exit_code == 0, built.output
    answer = json.loads(built.stdout)
    assert list(answer) == ["pack", "file", "bytes", "records", "profile", "sha256"]
    assert (answer["file"], answer["records"], answer["profile"]) == (str(file), 1, profile)
    assert (answer["bytes"], answer["sha256"]) == (
        file.stat().st_size,
        packs.sha256_hex(file.read_bytes()),
    )
    assert zipfile.ZipFile(file).namelist()[0].startswith(answer["pack"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]
    for command in (["verify"], ["pack", "verify"]):
        verified = anfang(*command, file, "--json")
        assert verified.exit_code == 0
        assert json.loads(verified.stdout) == {
            "sound": True, "signer": "known", "faults": [], "records": 1,
        }  # fmt: skip


def test_the_command_and_the_api_build_the_same_bytes(protected_pack, sealed, anfang, tmp_path):
    file = tmp_path / "a.zip"
    words = ["pack", "build", "--profile", "protected", "--output", file]
    assert anfang(*words, "--record", sealed.record.id).exit_code == 0
    assert file.read_bytes() == protected_pack.read_bytes()


def test_a_pack_needs_the_log_or_seals_it(reviewed, anfang, tmp_path):
    file = tmp_path / "a.zip"
    words = ["pack", "build", "--profile", "full", "--record", reviewed.record.id, "--output", file]
    refused = anfang(*words)
    assert refused.exception.code == "not-yet-logged"
    assert not list(tmp_path.iterdir())
    assert anfang(*words, "--seal").exit_code == 0
    there = file.read_bytes()
    again = anfang(*words)
    assert (again.exit_code, "is there already" in again.output) == (1, True)
    file.write_bytes(b"")
    assert anfang(*words, "--force").exit_code == 0
    assert file.read_bytes() == there


def test_a_pack_is_of_one_thing(sealed, anfang, tmp_path):
    words = ["pack", "build", "--profile", "protected", "--output", tmp_path / "a.zip"]
    record = ["--record", sealed.record.id]
    for selected in ([], [*record, "--notice", "甲〔2026〕1号"], [*record, "--private"]):
        assert anfang(*words, *selected).exit_code == 2
    assert anfang(*words, "--notice", "甲〔2026〕1号").exception.code == "not-found"


def test_every_kind_of_flipped_file_is_found_and_named(full_pack, protected_pack, anfang, tmp_path):
    for pack in (full_pack, protected_pack):
        whole = pack.read_bytes()
        files = packs.unzipped(pack)
        seen = set()
        for path in files:
            kind = (Path(path).parent, Path(path).suffix)
            if kind in seen or not files[path]:
                continue
            seen.add(kind)
            at = whole.index(files[path]) + len(files[path]) // 2
            changed = tmp_path / "changed.zip"
            changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            verified = anfang("verify", changed, "--json")
            answer = json.loads(verified.stdout)
            assert (verified.exit_code, answer["sound"]) == (1, False), path
            assert path in {fault["file"] for fault in answer["faults"]}
        assert len(seen) >= 12


def test_who_is_trusted_decides_between_sound_unknown_and_unsound(full_pack, anfang, tmp_path):
    alone = tmp_path / "alone"
    alone.mkdir()
    unknown = stranger("verify", full_pack, "--json", folder=alone)
    assert unknown.returncode == 3
    assert json.loads(unknown.stdout) == {
        "sound": True, "signer": "unknown", "faults": [], "records": 1,
    }  # fmt: skip
    assert (unknown.stderr, list(alone.iterdir())) == ("", [])
    pem = tmp_path / "office.pem"
    pem.write_bytes(jose.public_pem(jose.key_from_jwk(office_key().jwk)))
    for key in (office_key().kid, pem):
        assert anfang("verify", full_pack, "--office-key", key).exit_code == 0
    other = jose.key_thumbprint(jose.generate_key())
    wrong = anfang("verify", full_pack, "--office-key", other, "--json")
    (fault,) = json.loads(wrong.stdout)["faults"]
    assert (wrong.exit_code, fault["code"]) == (1, "pack-signer-other")


def test_a_malformed_office_key_is_not_taken_for_a_malformed_pack(full_pack, anfang, tmp_path):
    no_key = tmp_path / "no.pem"
    no_key.write_text("-----BEGIN NOTHING-----")
    for malformed in ("neither", no_key, ""):
        told = anfang("verify", full_pack, "--office-key", malformed)
        assert (told.exit_code, told.stdout) == (64, "")
        assert "--office-key" in told.stderr
        answer = anfang("verify", full_pack, "--office-key", malformed, "--lang", "en", "--json")
        assert answer.exit_code == 64
        error = json.loads(answer.stdout)["error"]
        assert error["code"] == "pack-office-key-malformed"
        assert "thumbprint" in error["text"]


def test_an_office_knows_its_own_log(full_pack, anfang, app, tmp_path):
    assert anfang("verify", full_pack).exit_code == 0
    other = Ed25519PrivateKey.generate()
    verifier = app.config["KEYS"] / "log.pub"
    verifier.write_text(f"{notes.verifier_of('log.example', other)}\n")
    for words in ([], ["--office-key", office_key().kid]):
        answer = anfang("verify", full_pack, *words, "--json")
        (fault,) = json.loads(answer.stdout)["faults"]
        assert (answer.exit_code, fault["file"]) == (1, "keys/log.pub")
        assert fault["code"] == "pack-log-key-other"
    alone = tmp_path / "alone"
    alone.mkdir()
    assert stranger("verify", full_pack, folder=alone).returncode == 3


def test_an_empty_database_knows_no_signer(full_pack, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "anfang.sqlite3").touch()
    verified = stranger("verify", full_pack, "--json", folder=tmp_path, ANFANG_DATA=str(folder))
    assert verified.returncode == 3


def test_what_is_no_pack_is_said_in_the_readers_language(anfang, tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(b"neither a zip nor a pack")
    assert anfang("verify", file).exit_code == 2
    texts = {
        anfang("verify", file, *words, **environment).stdout.splitlines()[0]
        for words, environment in (
            ([], {"LANG": "C.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}),
            (["--lang", "zh-CN"], {"LANG": "en_US.UTF-8"}),
        )
    }
    assert texts == {"不是证据包："}
    for words, environment in (([], {"LC_ALL": "", "LANG": "en_GB.UTF-8"}), (["--lang", "en"], {})):
        assert "Not an evidence pack" in anfang("verify", file, *words, **environment).stdout
    assert anfang("verify", tmp_path / "missing.zip").exit_code == 2


def test_a_builder_loads_no_web_application(tmp_path):
    """Its memory is bounded: what routes, workers and typesetting import is not in it."""
    loaded = "import sys, anfang.cli.packs; print(*sys.modules, sep='\\n')"
    told = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    modules = set(told.stdout.split())
    assert "anfang.packs.building" in modules
    assert not modules & {"anfang.app", "flask_smorest", "huey", "alembic", "typst", "openpyxl"}


def test_a_database_of_another_version_is_said(settings, app, anfang, tmp_path):
    with transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    file = tmp_path / "pack.zip"
    ran = anfang("pack", "build", "--profile", "full", "--record", NOBODY, "--output", file)
    assert isinstance(ran.exception, SchemaOutdated)
    assert not file.exists()
