"""kill -9 at random instants while independent phones deliver: what was acknowledged is there.

ANFANG_FAULT_KILLS says how often (3); ANFANG_FAULT_SEED repeats a run.
"""

import json
import os
import random
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from support.e2e_wire import phone_on_the_wire
from support.faulty_site import Postgres, Redis, Site
from support.phone import Phone, minimal_record, payload_of, record_sha256, sha256
from support.postgres import find_binaries

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("ANFANG_FAULT_KILLS", "3"))
SEED = int(os.environ.get("ANFANG_FAULT_SEED", str(random.SystemRandom().randrange(10**6))))
PHONES = 4
AGAIN = {408, 423, 429, 500, 502, 503, 504, 507}


@dataclass
class Delivered:
    """What one phone was promised: hashes of records and their photo, by record."""

    records: dict[str, str] = field(default_factory=dict)
    photos: dict[str, str] = field(default_factory=dict)
    repeated: int = 0


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, tmp_path):
    postgres = redis = None
    if request.param == "postgresql":
        if find_binaries() is None or shutil.which("redis-server") is None:
            pytest.skip("PostgreSQL and Redis are not installed (make test installs them)")
        # Not below tmp_path: PostgreSQL's own user must reach it.
        shared = Path(tempfile.mkdtemp(prefix="anfang-postgres-"))
        shared.chmod(0o755)
        postgres, redis = Postgres(shared / "server"), Redis(tmp_path / "redis")
        postgres.start()
        redis.start()
    made = Site(tmp_path, postgres, redis)
    try:
        assert made.anfang.command("demo", "--json").returncode == 0
        made.start()
        yield made
    finally:
        if made.process is not None and made.process.poll() is None:
            made.kill_everything()
        if postgres is not None:
            postgres.kill()
            shutil.rmtree(shared)
        if redis is not None:
            redis.kill()


def patiently(call):
    """Repeat a call until the office answers; a phone has nothing but time."""
    for _ in range(600):
        try:
            answer = call()
        except httpx.TransportError:
            time.sleep(0.1)
            continue
        if answer.status_code not in AGAIN:
            return answer
        time.sleep(0.1)
    raise AssertionError("the office does not come back")


def send_photo(phone: Phone, record: str, photo: bytes) -> None:
    """Deliver one photo as PROTOCOL §5 says: ask where it is, go on from there, begin anew."""
    digest, location = sha256(photo), None
    while True:
        state = patiently(lambda: phone.state(record)).json
        if digest not in state["missing"]:
            return
        if location is None:
            created = patiently(lambda: phone.create_upload(record, photo))
            assert created.status_code == 201, created.json
            location = created.headers["Location"]
        path = location.removeprefix("/api/v1")
        asked = patiently(
            lambda path=path: phone.call("HEAD", path, headers={"Tus-Resumable": "1.0.0"})
        )
        if asked.status_code == 404:
            location = None
            continue
        offset = int(asked.headers["Upload-Offset"])
        piece = photo[offset : offset + 40_000]
        try:
            answer = phone.patch(location, offset, piece)
        except httpx.TransportError:
            continue
        assert answer.status_code in {204, 404, 409, 423, *AGAIN}, answer.json


def deliver(phone: Phone, stop: threading.Event, done: Delivered, faults: list[BaseException]):
    try:
        bundle = patiently(phone.bundle).json
        campaign, checklist = bundle["campaigns"][0]["id"], bundle["checklists"][0]["id"]
        while not stop.is_set():
            photo = os.urandom(120_000)
            clear, disclosures = minimal_record(campaign, checklist, media=[photo])
            body = phone.submission(clear, disclosures)
            answer = patiently(lambda body=body: phone.send(body))
            assert answer.status_code in {200, 201}, answer.json
            done.repeated += answer.status_code == 200
            done.records[clear["id"]] = record_sha256(body["record"])
            send_photo(phone, clear["id"], photo)
            done.photos[clear["id"]] = sha256(photo)
    except BaseException as error:  # noqa: BLE001 -- raised again by the test
        faults.append(error)


def strike(site: Site, chance: random.Random) -> str:
    """Kill something, and start again what nothing else would start."""
    blows = ["web", "worker", "everything"]
    blows += ["postgresql", "redis"] if site.postgres else []
    blow = chance.choice(blows)
    if blow == "web":
        site.kill_web_worker()
    elif blow == "worker":
        site.kill_worker()
    elif blow == "everything":
        site.kill_everything()
        site.start()
    elif blow == "postgresql":
        site.postgres.kill()
        site.postgres.start()
    else:
        site.redis.kill()
        site.redis.start()
    return blow


def test_what_was_acknowledged_survives_every_kill(site):
    chance = random.Random(SEED)
    phones = [phone_on_the_wire(site.anfang, f"暗访{n}") for n in range(PHONES)]
    done = [Delivered() for _ in phones]
    stop, faults, blows = threading.Event(), [], []
    threads = [
        threading.Thread(target=deliver, args=(phone, stop, promised, faults))
        for phone, promised in zip(phones, done, strict=True)
    ]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.3, 2.0))
        blows.append(strike(site, chance))
    time.sleep(1)
    stop.set()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive()
    assert not faults, (SEED, blows, faults)
    said = f"seed {SEED}, killed {blows}, {sum(len(one.photos) for one in done)} delivered"
    assert all(one.photos for one in done), said
    for phone, promised in zip(phones, done, strict=True):
        check_promises(site, phone, promised, said)
    check_house(site, done, said)
    print(said)  # noqa: T201 -- shown by `pytest -s`, with the figures of a long run


def check_promises(site: Site, phone: Phone, promised: Delivered, said: str) -> None:
    media = site.anfang.data / "media" / "originals"
    for record, digest in promised.photos.items():
        state = patiently(lambda record=record: phone.state(record)).json
        assert state["missing"] == [], said
        receipt = payload_of(state["receipt"])
        assert receipt["complete"] is True, said
        assert receipt["record_sha256"] == promised.records[record], said
        assert receipt["media"] == [digest], said
        stored = media / digest[:2] / digest[2:4] / digest
        assert sha256(stored.read_bytes()) == digest, said


def check_house(site: Site, done: list[Delivered], said: str) -> None:
    anfang = site.anfang
    assert anfang.command("log", "seal").returncode == 0
    verified = anfang.command("log", "verify", "--json")
    assert json.loads(verified.stdout)["faults"] == [], said
    examined = json.loads(anfang.command("doctor", "--deep", "--json").stdout)
    broken = [one for one in examined["findings"] if one["level"] == "fault"]
    assert not broken, (said, broken)
    engine = sa.create_engine(
        anfang.environment.get("ANFANG_DATABASE_URL", f"sqlite:///{anfang.data}/anfang.sqlite3")
    )
    sent = {record for one in done for record in one.records}
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT record_id, count(*) FROM record_versions "
                                          "GROUP BY record_id"))  # fmt: skip
        counts = {str(record).replace("-", ""): count for record, count in rows}
    engine.dispose()
    assert {counts.get(record.replace("-", "")) for record in sent} == {1}, said
