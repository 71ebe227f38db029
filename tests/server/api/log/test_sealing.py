"""The log grows once a day, and what it shows of itself is for sealed sizes only."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from huey import crontab

from anfang.jobs.registry import PERIODIC
from anfang.kit import merkle, notes
from anfang.kit.db import db, transaction
from anfang.log import queries
from anfang.log import service as log
from anfang.log.models import LogEntry


def queue(*subjects):
    with transaction():
        for subject in subjects:
            log.queue("record", subject, "a" * 64)


def checkpoint(client):
    answer = client.get("/api/v1/log/checkpoint")
    assert answer.status_code == 200
    with transaction(write=False):
        return notes.verify_checkpoint(answer.get_data(as_text=True), queries.log_verifier())


@pytest.fixture
def client(app):
    return app.test_client()


def test_the_day_is_sealed_by_the_clock_in_the_night(app, client):
    (daily,) = [one for one in PERIODIC if one.name == "anfang.log.tasks.seal_daily"]
    due = crontab(**daily.cron)
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    minutes = [minute for minute in range(1440) if due(midnight + timedelta(minutes=minute))]
    assert minutes == [18 * 60 + 10], "02:10 in China, before any receipt's log_by"
    queue("a", "b")
    with transaction():
        daily.work()
    assert checkpoint(client).size == 3, "the office's key and the two"


def test_what_waits_is_ordered_by_leaf_hash_and_stays_where_it_is(app, seal):
    queue(*"dcba")
    seal()
    queue(*"hgfe")
    seal()
    with transaction(write=False):
        found = db.session.scalars(db.select(LogEntry).order_by(LogEntry.position)).all()
        leaves = [one.leaf_hash for one in found]
    assert [one.position for one in found] == list(range(9))
    assert leaves[:5] == sorted(leaves[:5])
    assert leaves[5:] == sorted(leaves[5:])


def test_nothing_is_sealed_twice_and_a_day_without_news_gives_no_checkpoint(app, client, seal):
    queue("a")
    seal()
    first = checkpoint(client)
    seal()
    assert checkpoint(client) == first


def test_an_entry_of_a_rolled_back_verb_never_was(app, client, seal):
    def verb():
        with transaction():
            log.queue("record", "a", "a" * 64)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        verb()
    seal()
    assert checkpoint(client).size == 1


def test_each_day_is_proven_to_begin_with_the_day_before(app, client, seal):
    days = []
    for day in range(1, 6):
        with time_machine.travel(f"2026-12-0{day}T18:10:00Z", tick=False):
            queue(*(f"{day}-{n}" for n in range(day * 3)))
            seal()
            days.append(checkpoint(client))
    for old in days:
        for new in days:
            answer = client.get(f"/api/v1/log/consistency?from={old.size}&to={new.size}")
            if old.size > new.size:
                assert answer.status_code == 404
                continue
            proof = [bytes.fromhex(node) for node in answer.json["proof"]]
            assert merkle.verify_consistency(old.size, new.size, old.root, new.root, proof)
            wrong = bytes(32)
            assert not merkle.verify_consistency(old.size, new.size, wrong, new.root, proof)


def test_every_entry_is_proven_in_every_sealed_size_that_covers_it(app, client, seal):
    queue(*"abc")
    seal()
    first = checkpoint(client)
    queue(*"defg")
    seal()
    for known in (first, checkpoint(client)):
        for index in range(known.size):
            found = client.get(f"/api/v1/log/proof?index={index}&size={known.size}").json
            assert merkle.verify_inclusion(
                bytes.fromhex(found["leaf_hash"]),
                index,
                known.size,
                [bytes.fromhex(node) for node in found["proof"]],
                known.root,
            )


def test_sizes_that_were_never_sealed_are_not_spoken_of(app, client, seal):
    queue(*"abcd")
    seal()
    queue(*"efgh")
    size = 5
    assert checkpoint(client).size == size
    for asked in (1, 4, 6, 9):
        assert client.get(f"/api/v1/log/proof?index=0&size={asked}").status_code == 404
        assert client.get(f"/api/v1/log/consistency?from={asked}&to={size}").status_code == 404
        assert client.get(f"/api/v1/log/consistency?from={size}&to={asked}").status_code == 404
    assert client.get(f"/api/v1/log/proof?index={size}&size={size}").status_code == 404


def test_a_broken_log_is_not_sealed_upon(app, client, seal, tamper):
    queue(*"abc")
    seal()
    known = checkpoint(client)
    tamper("UPDATE log_entries SET leaf_hash = :leaf WHERE position = 1", leaf="0" * 64)
    queue("d")
    with pytest.raises(log.LogBroken):
        seal()
    assert checkpoint(client) == known


def test_the_checkpoint_is_a_note_that_anyone_can_check(app, client, seal):
    queue("a")
    seal()
    text = client.get("/api/v1/log/checkpoint").get_data(as_text=True)
    origin, size, root, *_ = text.split("\n")
    assert (origin, size) == ("127.0.0.1:8000", "2")
    assert len(base64.b64decode(root)) == 32
