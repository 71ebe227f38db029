"""`anfang keys rotate`: the next key signs, and what earlier ones signed is verified as before."""

import json

import pytest
from click.testing import CliRunner

from anfang.cli import cli
from factories import inspections, packs, review, setup
from support.phone import verified


@pytest.fixture
def anfang(settings, monkeypatch):
    monkeypatch.setenv("ANFANG_DATA", str(settings.data))

    def run(*words, **options):
        return CliRunner().invoke(cli, [str(word) for word in words], **options)

    return run


def rotated(anfang, *options):
    done = anfang("keys", "rotate", "--yes", "--json", *options)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def built(anfang, record, file):
    words = ("pack", "build", "--profile", "full", "--record", record, "--output", file, "--seal")
    done = anfang(*words)
    assert done.exit_code == 0, done.output
    return file


def verdict(anfang, file, trusted):
    done = anfang("verify", file, "--office-key", trusted, "--json")
    return done.exit_code, json.loads(done.stdout)["signer"]


def published(app):
    return app.test_client().get("/.well-known/anfang-keys.json").json


def public_keys(app):
    return {jwk["kid"]: jwk for jwk in published(app)["office_keys"]}


def test_evidence_from_before_and_after_verifies(app, office, phone, anfang, settings, tmp_path):
    campaign = setup.running_campaign(office)
    device = phone()
    record = review.accepted_record(office, device, campaign)
    (first,) = public_keys(app)
    before = built(anfang, record.id, tmp_path / "before.zip")
    old_receipt = device.state(record.id).json["receipt"]

    made = rotated(anfang)
    second = made["thumbprint"]
    (introduction,) = published(app)["introductions"]
    assert (
        verified(introduction, public_keys(app)[first], "office-key+jwt")["jwk"]["x"]
        == (public_keys(app)[second]["x"])
    )
    assert (made["earlier"], made["introduced"], made["removed"]) == (first, True, True)
    assert {path.name for path in settings.keys.glob("office-*.pem")} == {f"office-{second}.pem"}
    after = built(anfang, record.id, tmp_path / "after.zip")
    assert verdict(anfang, before, first) == (0, "known")
    assert verdict(anfang, after, first) == (0, "known")
    assert verdict(anfang, after, second) == (0, "known")
    assert verdict(anfang, before, second)[0] == 1, "trust runs forward only"
    assert verified(old_receipt, public_keys(app)[first], "receipt+jwt")

    later = inspections.file(device, campaign)
    assert verified(device.state(later.id).json["receipt"], public_keys(app)[second], "receipt+jwt")
    packs.seal()
    assert anfang("log", "verify").exit_code == 0
    doctor = anfang("doctor", "--json")
    assert doctor.exit_code == 0, doctor.output


def test_a_stolen_key_vouches_for_nothing_that_comes_after(app, office, phone, anfang, tmp_path):
    campaign = setup.running_campaign(office)
    record = review.accepted_record(office, phone(), campaign)
    (stolen,) = public_keys(app)
    before = built(anfang, record.id, tmp_path / "before.zip")
    made = rotated(anfang, "--stolen")
    assert made["introduced"] is False
    assert published(app)["introductions"] == []
    other = inspections.file(phone(), campaign)
    after = built(anfang, other.id, tmp_path / "after.zip")
    assert verdict(anfang, after, made["thumbprint"]) == (0, "known")
    assert verdict(anfang, after, stolen)[0] == 1
    assert verdict(anfang, before, stolen) == (0, "known")


def test_a_stolen_key_can_be_left_behind_though_its_file_is_gone(app, anfang, settings):
    for path in settings.keys.glob("office-*.pem"):
        path.unlink()
    refused = anfang("keys", "rotate", "--yes")
    assert refused.exception.code == "office-key-missing"
    assert len(public_keys(app)) == 1
    rotated(anfang, "--stolen")
    assert len(public_keys(app)) == 2


def test_the_list_names_every_key_and_asks_before_the_next(anfang):
    refused = anfang("keys", "rotate", input="n\n")
    assert refused.exit_code == 1
    made = rotated(anfang)
    listed = json.loads(anfang("keys", "list", "--json").stdout)
    names = [(key["thumbprint"], key["retired"] is None) for key in listed["office_keys"]]
    assert names == [(made["earlier"], False), (made["thumbprint"], True)]
    assert listed["log_key"].startswith("127.0.0.1:8000+")
    assert made["thumbprint"] in anfang("keys", "list").output
