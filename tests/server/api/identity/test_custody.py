"""The custodians' key: taken over by two, held by two, opened by nobody else."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from anfang.cli import cli
from anfang.identity import custody
from anfang.identity import queries as identity
from anfang.installation import prepare
from anfang.kit import sealing
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from factories import inspections, setup
from factories.custody import (
    CONTACT,
    NAME,
    PASSPHRASES,
    asked,
    ceremony,
    custodian,
    opening,
    sealed_person,
)
from factories.setup import created
from support.server import PASSWORD


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch):
    monkeypatch.setattr(sealing, "COST", sealing.Cost(passes=1, memory_kib=64, lanes=1))


def boxes_in(database):
    """Return every text of a database file that is a sealed box, by table."""
    with sqlite3.connect(database) as connection:
        tables = [row[0] for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'")]  # fmt: skip
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    return {
        (table, value)
        for table, found in rows.items()
        for row in found
        for value in row
        if isinstance(value, str) and value[32:33] == "." and len(value) > 64
    }


def every_key_in(folder):
    """Return what every key file could open a box with."""
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes()
        for start in range(max(len(data) - 31, 0)):
            yield X25519PrivateKey.from_private_bytes(data[start : start + 32])
        if b"BEGIN PRIVATE KEY" in data:
            key = serialization.load_pem_private_key(data, password=None)
            yield X25519PrivateKey.from_private_bytes(
                key.private_bytes_raw()
                if hasattr(key, "private_bytes_raw")
                else key.private_numbers().private_value.to_bytes(32, "big")
            )


def opened_by_copies(settings):
    """Try every key file on every box, as a thief of database and keys would."""
    found = set()
    keys = list({key.private_bytes_raw(): key for key in every_key_in(settings.keys)}.values())
    by_id = {sealing.key_id(key.public_key()): key for key in keys}
    for table, box in boxes_in(settings.data / "anfang.sqlite3"):
        key = by_id.get(sealing.sealed_to(box))
        if key is not None:
            found.add(table)
    return found


def test_a_copy_of_database_and_keys_opens_no_person_and_no_certificate(settings, office, phone):
    campaign = setup.running_campaign(office)
    device = phone("代号甲")
    inspections.file(device, campaign)  # sealed before the ceremony
    early = setup.inspector(campaign.lead, "代号乙")
    custodian_to_be = custodian(office, PASSPHRASES[0])
    sealed_person(custodian_to_be, early)
    # Until the ceremony the key lies in a file: the thief opens everything, so this test can fail.
    everything = {"sealed_persons", "record_versions", "totp_factors"}
    assert opened_by_copies(settings) == everything

    one, _ = ceremony(office)
    sealed_person(one, setup.inspector(campaign.lead, "代号甲"))
    inspections.file(device, campaign)
    tables = {table for table, _ in boxes_in(settings.data / "anfang.sqlite3")}
    assert tables >= {"sealed_persons", "record_versions", "custody_keys"}
    # Secrets of one-time codes are the server's to open; they serve nobody without a password.
    assert opened_by_copies(settings) == {"totp_factors"}
    assert not list(settings.keys.glob("custody-*"))


def test_no_name_and_no_passphrase_stands_readable_on_the_disk(settings, office):
    lead = office(Role.LEAD)
    body = {"alias": "代号甲", "person": {"name": NAME, "contact": CONTACT}}
    shown = created(lead.post("/inspectors", body))
    assert shown.keys() == {"id", "alias", "active"}
    ceremony(office)
    everything = b"".join(p.read_bytes() for p in settings.data.rglob("*") if p.is_file())
    for secret in (NAME, CONTACT, *PASSPHRASES):
        assert secret.encode() not in everything
        assert json.dumps(secret).encode() not in everything


def test_the_ceremony_is_held_once_by_two_different_custodians(office):
    one, other = (custodian(office, text) for text in PASSPHRASES)
    lead = office(Role.LEAD)
    stranger = {**other.pledge, "username": lead.get("/session").json["username"]}

    def refusal(*pledges):
        answer = one.desk.post("/custody", {"custodians": list(pledges)})
        return answer.status_code, answer.json.get("code")

    assert refusal(one.pledge, {**one.pledge, "passphrase": PASSPHRASES[1]}) == (
        422, "custodians-needed")  # fmt: skip
    assert refusal(one.pledge, stranger) == (422, "custodians-needed")
    assert refusal(one.pledge, {**other.pledge, "password": "wrong"}) == (401, "sign-in-failed")
    for weak in ("too short", PASSPHRASES[0], PASSWORD):
        assert refusal(one.pledge, {**other.pledge, "passphrase": weak})[1] == "passphrase-weak"
    assert lead.post("/custody", {"custodians": [one.pledge, other.pledge]}).status_code == 403

    third = custodian(office, "some third passphrase here")
    absent = third.desk.post("/custody", {"custodians": [one.pledge, other.pledge]})
    assert absent.json["code"] == "custodians-needed"
    state = created(one.desk.post("/custody", {"custodians": [one.pledge, other.pledge]}))
    assert {who["username"] for who in state["custodians"]} == {one.username, other.username}
    assert refusal(one.pledge, other.pledge) == (409, "custody-established")


def test_a_change_of_custodian_needs_both_and_ends_the_leavers_half(office):
    lead = office(Role.LEAD)
    inspector = setup.inspector(lead, "代号甲")
    one, leaver = ceremony(office)
    sealed_person(one, inspector)
    successor = custodian(office, "the successor keeps other words")
    body = {
        "present": [one.present, {**leaver.present, "passphrase": "not the passphrase at all"}],
        "custodians": [one.pledge, successor.pledge],
    }
    wrong = one.desk.post("/custody/shares", body)
    assert (wrong.status_code, wrong.json["code"]) == (403, "passphrase-wrong")
    created(one.desk.post("/custody/shares", {**body, "present": [one.present, leaver.present]}))

    assert leaver.desk.post(
        "/disclosures", {"inspector_id": inspector, "reason": "x"}
    ).json["code"] == "custodians-needed"  # fmt: skip
    opened = opening(asked(one, inspector_id=inspector), successor, one)
    assert opened.json["person"] == {"name": NAME, "contact": CONTACT}


def test_wrong_passphrases_lock_a_custodian_out_for_an_hour(office):
    lead = office(Role.LEAD)
    one, other = ceremony(office)
    request = asked(one, inspector_id=setup.inspector(lead, "代号甲"))
    guesses = [
        opening(request, other, one, asker_passphrase=f"guess number {n} of many") for n in range(6)
    ]
    assert [answer.status_code for answer in guesses] == [403] * 5 + [429]
    assert opening(request, other, one).status_code == 429
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=61)):
        assert opening(request, other, one).status_code == 200
    trail = office(Role.AUDITOR).get("/audit?action=custody.passphrase_wrong").json["items"]
    assert len(trail) == 5


def test_a_ceremony_that_died_before_its_file_was_removed_is_finished_at_the_next_start(
    app, settings, office
):
    (file,) = settings.keys.glob("custody-*")
    left = file.read_bytes()
    ceremony(office)
    file.write_bytes(left)  # as if the process had died just before
    prepare(app)
    assert not file.exists()


def command(settings, *arguments, typed=""):
    environment = {"ANFANG_DATA": str(settings.data), "LANG": "en"}
    return CliRunner().invoke(cli, ["custody", *arguments], input=typed, env=environment)


def test_the_ceremony_at_the_command_line(settings, office):
    one, other = (custodian(office, text) for text in PASSPHRASES)
    before = command(settings, "status", "--json")
    assert before.exit_code == 1
    assert json.loads(before.stdout)["established"] is False
    typed = [line for who in (one, other) for line in (PASSWORD, who.passphrase, who.passphrase)]
    names = ["--custodian", one.username, "--custodian", other.username]
    held = command(settings, "establish", *names, typed="\n".join(typed) + "\n")
    assert held.exit_code == 0, held.output
    assert not [text for text in PASSPHRASES if text in held.output]
    after = json.loads(command(settings, "status", "--json").stdout)
    assert (after["established"], set(after["custodians"])) == (
        True,
        {one.username, other.username},
    )

    changed = [one.passphrase, other.passphrase,
               PASSWORD, one.passphrase, one.passphrase,
               PASSWORD, "another passphrase now", "another passphrase now"]  # fmt: skip
    present = ["--present", one.username, "--present", other.username]
    handed = command(settings, "hand-over", *present, *names, typed="\n".join(changed) + "\n")
    assert handed.exit_code == 0, handed.output
    inspector = setup.inspector(office(Role.LEAD), "代号甲")
    request = asked(one, inspector_id=inspector)
    assert opening(request, other, one).json["code"] == "passphrase-wrong"
    assert opening(request, other, one, passphrase="another passphrase now").status_code == 200


def test_what_was_sealed_before_the_ceremony_opens_after_it(app, office):
    inspector = setup.inspector(office(Role.LEAD), "代号甲")
    with transaction():
        custody.keep_person(identity.inspector_by_alias("代号甲"), NAME, CONTACT)
    one, other = ceremony(office)
    opened = opening(asked(one, inspector_id=inspector), other, one)
    assert opened.json["person"] == {"name": NAME, "contact": CONTACT}
