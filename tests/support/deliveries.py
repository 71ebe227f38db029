"""Independent phones that deliver while an installation is hurt, and what they were promised."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import sqlalchemy as sa

from support.e2e_server import Anfang
from support.e2e_wire import phone_on_the_wire
from support.faulty_site import Site
from support.phone import Phone, minimal_record, payload_of, record_sha256, sha256

PHONES = 4
AGAIN = {408, 423, 429, 500, 502, 503, 504, 507}
GONE = {404, 460}
"""The upload is no more; 460: a power cut took bytes that were still on their way to the disk."""


@dataclass
class Delivered:
    """What one phone was promised: hashes of records and their photo, by record."""

    records: dict[str, str] = field(default_factory=dict)
    photos: dict[str, str] = field(default_factory=dict)
    repeated: int = 0


@contextmanager
def delivering(site: Site) -> Iterator[list[Delivered]]:
    """Let four phones deliver record after record; afterwards each promise is compared.

    Everything acknowledged must be there with the right hash, once, and the house sound.
    """
    with phones_delivering(site.anfang) as phones:
        yield [promised for _, promised in phones]
    for phone, promised in phones:
        check_receipts(phone, promised)
        check_stored(site, promised)
    check_house(site.anfang)
    check_counts(site.anfang, [promised for _, promised in phones])


@contextmanager
def phones_delivering(anfang: Anfang) -> Iterator[list[tuple[Phone, Delivered]]]:
    """Let four phones deliver until the end of the block; none may have met what it cannot mend."""
    phones = [(phone_on_the_wire(anfang, f"暗访{n}"), Delivered()) for n in range(PHONES)]
    stop, faults = threading.Event(), []
    threads = [
        threading.Thread(target=deliver, args=(phone, stop, promised, faults))
        for phone, promised in phones
    ]
    for thread in threads:
        thread.start()
    try:
        yield phones
    finally:
        stop.set()
        for thread in threads:
            thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    assert not faults, faults
    assert all(promised.photos for _, promised in phones), "a phone delivered nothing"


def patiently(call: Callable[[], Any]) -> Any:
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
        if asked.status_code in GONE:
            location = None
            continue
        offset = int(asked.headers["Upload-Offset"])
        piece = photo[offset : offset + 40_000]
        try:
            answer = phone.patch(location, offset, piece)
        except httpx.TransportError:
            continue
        assert answer.status_code in {204, 409, 423, *GONE, *AGAIN}, answer.json


def deliver(
    phone: Phone, stop: threading.Event, done: Delivered, faults: list[BaseException]
) -> None:
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


def check_receipts(phone: Phone, promised: Delivered) -> None:
    """Ask the office for every record: complete, and by the hashes it was promised for."""
    for record, digest in promised.photos.items():
        state = patiently(lambda record=record: phone.state(record)).json
        assert state["missing"] == []
        receipt = payload_of(state["receipt"])
        assert receipt["complete"] is True
        assert receipt["record_sha256"] == promised.records[record]
        assert receipt["media"] == [digest]


def check_stored(site: Site, promised: Delivered) -> None:
    """Hash every original where it lies."""
    media = site.anfang.data / "media" / "originals"
    for digest in promised.photos.values():
        stored = media / digest[:2] / digest[2:4] / digest
        assert sha256(stored.read_bytes()) == digest


def check_house(anfang: Anfang) -> None:
    """Seal and verify the log, let the doctor read everything again: no fault."""
    assert anfang.command("log", "seal").returncode == 0
    verified = anfang.command("log", "verify", "--json")
    assert json.loads(verified.stdout)["faults"] == []
    examined = json.loads(anfang.command("doctor", "--deep", "--json").stdout)
    broken = [one for one in examined["findings"] if one["level"] == "fault"]
    assert not broken, broken


def check_counts(anfang: Anfang, done: list[Delivered]) -> None:
    """Count in the database: every record is there once."""
    engine = sa.create_engine(
        anfang.environment.get("ANFANG_DATABASE_URL", f"sqlite:///{anfang.data}/anfang.sqlite3")
    )
    sent = {record for one in done for record in one.records}
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT record_id, count(*) FROM record_versions "
                                          "GROUP BY record_id"))  # fmt: skip
        counts = {str(record).replace("-", ""): count for record, count in rows}
    engine.dispose()
    assert {counts.get(record.replace("-", "")) for record in sent} == {1}
