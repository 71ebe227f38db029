"""Watching the public log for a week tells how much a day held, and no hour of any visit."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from huey import crontab

from anfang.jobs.registry import PERIODIC
from anfang.kit.db import db, transaction
from anfang.log.models import LogEntry
from factories import inspections, setup

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
SEALED_AT = timedelta(hours=18, minutes=10)
VISITS = (3, 1, 4, 0, 2, 5, 1)


@pytest.fixture
def filing(office, phone, clock):
    """Return a function that files one visit now."""
    clock.move_to(MONDAY)
    campaign = setup.running_campaign(office)
    device = phone()
    members = inspections.visit(device, campaign)

    def file():
        clear, disclosures = members
        device.log_in()
        inspections.send(device, {**clear, "id": str(uuid4())}, disclosures)

    return file


def watched(client):
    """Ask what a stranger can ask of the log: its size, and which sizes and places it speaks of."""
    newest = client.get("/api/v1/log/checkpoint")
    size = newest.get_data(as_text=True).split("\n")[1] if newest.status_code == 200 else "0"
    asked = [
        client.get(f"/api/v1/log/proof?index={index}&size={at}")
        for index, at in ((0, size), (int(size), size), (0, int(size) + 1))
    ]
    heads = [sorted(name for name, _ in one.headers) for one in (newest, *asked)]
    return int(size), [one.status_code for one in asked], heads


def a_week(clock, client, filing, seed):
    """Live a week hour by hour, each day's visits at hours drawn anew; return what was seen."""
    (daily,) = [one for one in PERIODIC if one.name == "anfang.log.tasks.seal_daily"]
    due = crontab(**daily.cron)
    chance, seen = random.Random(seed), []
    for day, visits in enumerate(VISITS):
        hours = [chance.randrange(24) for _ in range(visits)]
        # The day of the log runs from seal to seal.
        for hour in range(24):
            start = MONDAY + timedelta(days=day, hours=18, minutes=11) + timedelta(hours=hour)
            clock.move_to(start)
            for _ in range(hours.count(hour)):
                filing()
            clock.move_to(start + timedelta(minutes=30))
            seen.append(watched(client))
            for minute in range(31, 60):
                if due(start + timedelta(minutes=minute)):
                    clock.move_to(start + timedelta(minutes=minute))
                    with transaction():
                        daily.work()
    return seen


def each_batch_is_ordered_by_hash():
    """Tell whether each batch stands in the order of its hashes, which know no time."""
    with transaction(write=False):
        rows = db.session.scalars(
            db.select(LogEntry).where(LogEntry.kind == "record").order_by(LogEntry.position)
        ).all()
    batches = defaultdict(list)
    for row in rows:
        batches[(row.queued_at - SEALED_AT).date()].append(row.leaf_hash)
    return all(batch == sorted(batch) for batch in batches.values())


@pytest.mark.parametrize("seed", [1, 2])
def test_the_log_changes_once_a_day_at_the_seal_whatever_the_hours_of_the_visits(
    seed, app, clock, filing
):
    client = app.test_client()
    seen = a_week(clock, client, filing, seed)
    # The log shows something new once a day, at the seal, whatever the hours of the visits were.
    assert {hour % 24 for hour, (before, now) in enumerate(pairwise(seen), 1) if before != now} == {
        0
    }
    sizes = [size for size, _, _ in seen[::24]]
    assert [now - before for before, now in pairwise(sizes[1:])] == list(VISITS[1:-1])
    assert each_batch_is_ordered_by_hash()
