"""The battery is pulled at random instants while filing and sending: nothing lost, nothing twice.

`ANFANG_KILLS` and `ANFANG_KILL_SEED` make a longer or a repeated run; the seed is printed.
`make soak` makes the long one.
"""

import json
import os
import random
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from support.fault_proxy import Fault, FaultProxy, Link
from support.field_office import KillablePhone, Office, begin_free_visit, noise_photo
from support.phone import sha256

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("ANFANG_KILLS", "20"))
SEED = int(os.environ.get("ANFANG_KILL_SEED", str(random.SystemRandom().randrange(10**6))))
RECORDS = max(4, KILLS // 5)
PHOTOS = 3
PIN = "730518"
LONGEST_LIFE_SECONDS = 4.5 if KILLS <= 20 else 6
LITTLE_ROOM = 50_000_000
CIRCUMSTANCES = {
    "usual": 6,
    "offline": 2,
    "flaky": 2,
    "two tabs": 2,
    "little room": 2,
    "update": 3,
    "server killed": 1,
}
"""What is special about a life, and how often it is so."""


class LostError(Exception):
    """Something acknowledged is gone, or something is there twice."""


def require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise LostError(otherwise)


@dataclass
class Plan:
    """What the inspector means to file, and what the app has acknowledged so far."""

    folder: Path
    alias: str
    """Whose records these are; no other run at this office has it, not even the same one again."""
    files: list[list[Path]] = field(default_factory=list)
    submitted: int = 0
    photos: int = 0
    """Photos of the record in hand that were seen on the screen."""
    noted: bool = False
    """Its note was said to be saved."""

    def note(self, number: int) -> str:
        return f"记录第{number}号"


def make_plan(folder: Path, dice: random.Random) -> Plan:
    plan = Plan(folder, f"断电{secrets.token_hex(4)}")
    for number in range(RECORDS):
        pair = []
        for which in range(PHOTOS):
            path = folder / f"{number}-{which}.jpg"
            path.write_bytes(noise_photo(dice, 640, dice.randrange(300, 1100)))
            pair.append(path)
        plan.files.append(pair)
    return plan


def test_kills_lose_nothing_and_double_nothing(enrolled, field_office, tmp_path, capsys):
    with capsys.disabled():
        sys.stdout.write(f"\nANFANG_KILL_SEED={SEED} ANFANG_KILLS={KILLS}\n")
    dice = random.Random(SEED)
    plan = make_plan(tmp_path, dice)
    phone = enrolled(plan.alias, PIN)
    phone.stop()
    lived: Counter[str] = Counter()
    for kill in range(KILLS):
        (kind,) = dice.choices(list(CIRCUMSTANCES), list(CIRCUMSTANCES.values()))
        lived[kind] += 1
        with circumstance(kind, kill, field_office, dice):
            live_and_die(phone, plan, kind, dice.uniform(0.2, LONGEST_LIFE_SECONDS))
    with capsys.disabled():
        sys.stdout.write(f"lives: {json.dumps(lived)}\n")
    wake(phone)
    while plan.submitted < RECORDS:
        file_one(phone, plan)
    phone["tab-outbox"].click()
    delivered = phone.page.locator("[data-testid='entry'][data-phase='delivered']")
    expect(delivered).to_have_count(RECORDS, timeout=90_000)
    assert phone.kept("originals") == 0
    assert field_office_holds(field_office, plan) == RECORDS


@contextmanager
def circumstance(kind: str, kill: int, office: Office, dice: random.Random) -> Iterator[None]:
    """What goes on around the phone during one life."""
    way: FaultProxy = office.way
    if kind == "offline":
        way.link = Link(dead=True)
    elif kind == "flaky":
        way.link = Link(rate=dice.uniform(2e5, 2e6), dies_every=dice.uniform(0.3, 2))
    elif kind == "update":
        version = f"\n// version {kill}\n".encode()
        way.put(Fault("/sw.js", times=None, rewrite=lambda body: body + version))
    elif kind == "server killed":
        blow = threading.Timer(dice.uniform(0.5, LONGEST_LIFE_SECONDS), office.kill)
        blow.start()
    yield
    if kind == "server killed":
        blow.join()
        office.serve()
    # A new version stays on the server; everything else passes.
    way.link = Link()


def live_and_die(phone: KillablePhone, plan: Plan, kind: str, seconds: float) -> None:
    """Work until the battery is pulled, from before the unlocking on."""
    phone.start()
    if kind == "little room":
        phone.leave_room(LITTLE_ROOM)
    earliest = time.monotonic() + seconds
    timer = phone.pull_battery_in(seconds)
    try:
        wake(phone, started=True)
        if kind == "two tabs":
            phone.page = phone.second_tab()
            phone.unlock()
        while plan.submitted < RECORDS:
            file_one(phone, plan)
        time.sleep(seconds)
    except (PlaywrightError, AssertionError):
        # The browser died under the hands, as planned; what fails before that is a failure.
        if time.monotonic() < earliest:
            raise
    finally:
        timer.join()
        phone.bury()


def wake(phone: KillablePhone, *, started: bool = False) -> None:
    if not started:
        phone.start()
    phone.unlock()


def file_one(phone: KillablePhone, plan: Plan) -> None:
    """Take the record in hand up where it is, or begin the next; submit it."""
    phone["tab-today"].click()
    drafts = phone.page.locator("[data-testid^='draft-']")
    sent = entries_of(phone)
    if sent > plan.submitted:
        # Sealed, and killed before the screen could say so.
        require(sent == plan.submitted + 1, "a record is there twice")
        close_record(plan)
        return
    require(sent == plan.submitted, "an acknowledged record is gone")
    if drafts.count():
        drafts.first.click()
    else:
        require(not plan.photos and not plan.noted, "an acknowledged draft is gone")
        begin_free_visit(phone)
    write(phone, plan)
    phone["submit"].click()
    phone["submit-now"].click()
    expect(phone["entry"]).to_have_count(plan.submitted + 1)
    close_record(plan)


def close_record(plan: Plan) -> None:
    plan.submitted += 1
    plan.photos, plan.noted = 0, False


def entries_of(phone: KillablePhone) -> int:
    """How many records the outbox shows; "free" stands on the screen once the store was read."""
    expect(phone["free"]).to_be_visible()
    phone["tab-outbox"].click()
    expect(phone.page.locator("header.bar h1")).to_have_text("待发")
    count = phone["entry"].count()
    phone["tab-today"].click()
    expect(phone["free"]).to_be_visible()
    return count


def write(phone: KillablePhone, plan: Plan) -> None:
    item = first_item(phone)
    thumbs = phone["thumb"]
    expect(phone["note"]).to_be_attached()
    expect(phone["save-state"]).to_have_attribute("data-state", "saved")
    there = thumbs.count()
    known = (plan.photos, plan.photos + 1)
    require(there in known, "an acknowledged photo is gone, or one is there twice")
    if plan.noted:
        note = phone["note"].input_value()
        require(note == plan.note(plan.submitted), "an acknowledged note is gone")
    plan.photos = there
    if not phone[f"file-{item}"].count():
        phone[f"answer-{item}-no"].click()
    for path in plan.files[plan.submitted][there:]:
        phone[f"file-{item}"].set_input_files(path)
        expect(thumbs).to_have_count(plan.photos + 1)
        plan.photos += 1
    phone["note"].fill(plan.note(plan.submitted))
    phone.saved()
    plan.noted = True


def first_item(phone: KillablePhone) -> str:
    button = phone.page.locator("[data-testid^='answer-'][data-testid$='-no']").first
    name = str(button.get_attribute("data-testid"))
    return name.removeprefix("answer-").removesuffix("-no")


def field_office_holds(office: Office, plan: Plan) -> int:
    """Count the records that the office has of this run; each is whole and there once."""
    desk = office.desk("reviewer1")
    listed = desk.get("/review/queue", state="any", limit=200)["items"]
    records = [desk.get(f"/review/records/{one['id']}") for one in listed]
    records = [one for one in records if one["alias"] == plan.alias]
    mine = {one["note"]: one for one in records}
    for number, pair in enumerate(plan.files):
        record = mine[plan.note(number)]
        assert record["state"] == "complete"
        assert all(one["held"] for one in record["media"])
        hashes = sorted(one["sha256"] for one in record["media"])
        assert hashes == sorted(sha256(path.read_bytes()) for path in pair)
    return len(records)
