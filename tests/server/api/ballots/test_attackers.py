"""Whoever holds one of the two stores: what it tells of ballots, what is changed unnoticed."""

import json
import re
import sqlite3
from contextlib import closing

import pytest

from anfang.ballots import records, slip_codes
from anfang.ballots.paper import Paper, written
from anfang.kit import sealing
from anfang.kit.ids import sha256_hex
from factories import ballots
from factories.setup import created

STORES = {"slips": "anfang.sqlite3", "box": "ballot-box.sqlite3"}


@pytest.fixture
def stores(app, settings):
    """Return a function that runs a statement in a store behind the office's back."""

    def run(store, statement, *members):
        with closing(sqlite3.connect(settings.data / STORES[store])) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute(statement, members).fetchall()
            connection.commit()
        return rows

    return run


def dump(settings, store):
    """Everything that lies on the disk of a store: the file, its log, its free pages."""
    return b"".join(path.read_bytes() for path in settings.data.glob(f"{STORES[store]}*"))


def cast(box, count, grade="mostly"):
    codes = ballots.slips(box, count)
    for code in codes:
        ballots.cast(box, code, grade)
    return codes


def refused(answer, status, code):
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.json
    return [(one["pointer"], one["detail"]) for one in answer.json.get("errors", [])]


def test_neither_store_alone_says_what_was_marked(box, settings):
    codes = cast(box, 5, "dissatisfied")
    for store in STORES:
        found = dump(settings, store)
        assert b'"marks"' not in found
        for code in codes:
            assert code.encode() not in found
            assert slip_codes.as_typed(code).encode() not in found


def test_neither_store_holds_what_ties_a_ballot_to_its_slip(box, stores, settings):
    """Hashes of slips stand in one store, tags in the other; the sealing erases the tags."""
    codes = cast(box, 5)
    tags = {row["tag"] for row in stores("box", "SELECT tag FROM ballots")}
    known = {row["code_sha256"] for row in stores("slips", "SELECT code_sha256 FROM ballot_slips")}
    assert tags == {slip_codes.tag(code) for code in codes}
    assert known == {slip_codes.fingerprint(code) for code in codes}
    assert not tags & known
    for tag in tags:
        assert tag.encode() not in dump(settings, "slips")
    box.sealed()
    after = dump(settings, "box")
    assert not any(tag.encode() in after for tag in tags)
    assert {row["tag"] for row in stores("box", "SELECT tag FROM ballots")} == {None}


def test_the_box_keeps_no_order_of_arrival_no_time_and_no_length(box, stores):
    arrived = []
    for code in ballots.slips(box, 12):
        ballots.cast(box, code, "satisfied" if len(arrived) % 2 else "-")
        seen = {row["id"] for row in stores("box", "SELECT id FROM ballots")}
        (new,) = seen - set(arrived)
        arrived.append(new)
    rows = stores("box", "SELECT * FROM ballots")
    assert [row["id"] for row in rows] == sorted(arrived) != arrived
    assert set(rows[0].keys()) == {"id", "box_id", "sealed", "mac", "tag"}
    assert len({len(row["sealed"]) for row in rows}) == 1
    with pytest.raises(sqlite3.OperationalError, match="rowid"):
        stores("box", "SELECT rowid FROM ballots")


def test_slips_keep_no_moment_of_their_use_and_nothing_in_the_trail(box, stores):
    before = stores("slips", "SELECT count(*) AS n FROM audit_entries")[0]["n"]
    columns = {row["name"] for row in stores("slips", "PRAGMA table_info(ballot_slips)")}
    assert not any(re.search("at$|day|time|user|by", one) for one in columns)
    codes = ballots.slips(box, 3)
    issued = stores("slips", "SELECT count(*) AS n FROM audit_entries")[0]["n"]
    assert issued == before + 1
    for code in codes:
        ballots.cast(box, code)
    assert stores("slips", "SELECT count(*) AS n FROM audit_entries")[0]["n"] == issued


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM ballots WHERE id = (SELECT min(id) FROM ballots)", "ballot-does-not-add-up"),
        (
            "INSERT INTO ballots SELECT lower(hex(randomblob(16))), box_id, sealed, mac, NULL"
            " FROM ballots LIMIT 1",
            "ballot-store-forged",
        ),
        (
            "UPDATE ballots SET sealed = (SELECT max(sealed) FROM ballots)",
            "ballot-store-forged",
        ),
    ],
)
def test_who_holds_the_box_alone_changes_nothing_unnoticed_before_the_sealing(
    box, stores, statement, code
):
    cast(box, 3)
    stores("box", statement)
    refused(box.lead.post(f"{box.path}/seal"), 409, code)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE ballot_slips SET state = 'used'", "ballot-does-not-add-up"),
        ("UPDATE ballot_slips SET state = 'issued'", "ballot-does-not-add-up"),
        (
            'INSERT INTO ballot_slips SELECT lower(hex(randomblob(32))), box_id, "group", 99,'
            " 'issued', '', mac FROM ballot_slips LIMIT 1",
            "ballot-store-forged",
        ),
        ("UPDATE ballot_slips SET \"group\" = 'service-users'", "ballot-store-forged"),
    ],
)
def test_who_holds_the_slips_alone_changes_nothing_unnoticed(box, stores, statement, code):
    cast(box, 3)
    ballots.slips(box, 1)
    stores("slips", statement)
    refused(box.lead.post(f"{box.path}/seal"), 409, code)


def test_a_slip_that_was_put_in_by_hand_does_not_vote(box, stores):
    ballots.slips(box, 1)
    code = slip_codes.new_code()
    stores("slips", "UPDATE ballot_slips SET code_sha256 = ?", slip_codes.fingerprint(code))
    answer = ballots.vote(box, code, ballots.marks(box.told(), "mostly"))
    assert answer.status_code == 409
    assert "不是本系统写入" in answer.get_data(as_text=True)


def test_another_key_in_the_slips_store_receives_no_ballot(box, stores):
    """Whoever puts a key of their own into the set-up would read what is sealed to it."""
    (code,) = ballots.slips(box, 1)
    stores("slips", "UPDATE ballot_boxes SET public_key = ?", "11" * 32)
    answer = ballots.vote(box, code, ballots.marks(box.told(), "mostly"))
    assert answer.status_code == 409
    assert stores("box", "SELECT count(*) AS n FROM ballots")[0]["n"] == 0


@pytest.mark.parametrize(
    ("statement", "fault", "count"),
    [
        ("UPDATE ballots SET sealed = (SELECT max(sealed) FROM ballots)", "changed", 2),
        ("DELETE FROM ballots WHERE id = (SELECT max(id) FROM ballots)", "missing", 1),
        (
            "INSERT INTO ballots SELECT '00', box_id, sealed, mac, NULL FROM ballots LIMIT 1",
            "added",
            1,
        ),
    ],
)
def test_what_is_touched_after_the_sealing_is_named_at_the_opening(
    box, stores, settings, statement, fault, count
):
    cast(box, 3)
    box.sealed()
    before = {row["id"]: row["sealed"] for row in stores("box", "SELECT * FROM ballots")}
    stores("box", statement)
    after = {row["id"]: row["sealed"] for row in stores("box", "SELECT * FROM ballots")}
    touched = {one for one in {*before, *after} if before.get(one) != after.get(one)}
    faults = refused(box.opening(), 409, "ballot-box-tampered")
    assert {pointer.strip("/") for pointer, _ in faults} == touched
    assert {detail for _, detail in faults} == {fault}
    assert len(faults) == count
    assert all(one["holds_share"] for one in box.told()["witnesses"])


def test_a_seal_that_was_written_anew_is_found_by_the_log(box, stores):
    cast(box, 3)
    box.sealed()
    stores("slips", "UPDATE ballot_boxes SET seal = json_set(seal, '$.used', 2)")
    faults = refused(box.opening(), 409, "ballot-box-tampered")
    assert faults == [("seal", "changed")]


def test_who_holds_both_stores_and_no_key_file_puts_no_ballot_in(box, stores):
    """Everything is rewritten, seal and log's waiting entry included; the office's mark is not."""
    cast(box, 3)
    box.sealed()
    (row,) = stores("slips", "SELECT * FROM ballot_boxes")
    paper = Paper.from_json(json.loads(row["paper"]))
    marks = [["satisfied" for _ in paper.criteria] for _ in paper.units]
    plain = written(paper, "assessors", marks)
    own = sealing.seal(sealing.public_key(row["public_key"]), plain, f"ballot {box.id}")
    digests = json.loads(row["digests"])
    name = min(digests)
    digests[name] = sha256_hex(own.encode())
    seal = {**json.loads(row["seal"]), "root": records.root_of(digests)}
    stores("box", "UPDATE ballots SET sealed = ? WHERE id = ?", own, name)
    stores(
        "slips",
        "UPDATE ballot_boxes SET digests = ?, seal = ?",
        json.dumps(digests),
        json.dumps(seal),
    )
    stores(
        "slips",
        "UPDATE log_entries SET sha256 = ? WHERE subject = ?",
        records.hash_of(seal),
        f"{box.id} seal",
    )
    assert refused(box.opening(), 409, "ballot-box-tampered") == [(name, "forged")]


def test_papers_that_were_changed_after_the_opening_fail_the_recount(box, stores):
    cast(box, 6)
    box.sealed()
    box.opened()
    stores("box", "UPDATE opened_ballots SET paper = replace(paper, 'mostly', 'satisfied')")
    recount = created(box.lead.get(f"{box.path}/recount"))
    assert recount == {"papers": 6, "same_papers": False, "same_tally": False}
