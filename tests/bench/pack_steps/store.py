"""A phone files records of 50 photos each through the API, and the log is sealed."""

import json
import random
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from flask import Flask

from anfang.cli.application import installation
from anfang.identity import service as identity
from anfang.identity.office_keys import signing_key
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from anfang.log import service as log
from factories import inspections, setup
from support.measured import measured
from support.phone import Phone
from support.server import PASSWORD, Office

PER_RECORD = 50


def store(folder: Path, photos: int, size: int) -> None:
    """Fill the installation, and write down what the next steps must know."""
    with installation() as app:
        campaign = setup.running_campaign(partial(signed_in, app))
        device = Phone.enrolled(app, "甲", origin=app.config["ORIGIN"])
        filed = [
            inspections.file(device, campaign, media=several).id
            for several in batches(photos, size)
        ]
        with transaction():
            log.seal()
            known = {"records": filed, "office_key": signing_key()[0]}
    (folder / "known.json").write_text(json.dumps(known), "utf-8")


def signed_in(app: Flask, *roles: Role) -> Office:
    """Open an account and sign it in."""
    with transaction():
        identity.create_user("account", PASSWORD, "account", list(roles))
    client = app.test_client()
    answer = client.post("/api/v1/session", json={"username": "account", "password": PASSWORD})
    return Office(client, answer.json["csrf_token"])


def batches(photos: int, size: int) -> Iterator[list[bytes]]:
    """Share photos out among records: bytes that no other has and that nothing could compress."""
    for start in range(0, photos, PER_RECORD):
        numbers = range(start, min(photos, start + PER_RECORD))
        yield [random.Random(number).randbytes(size) for number in numbers]


if __name__ == "__main__":
    with measured():
        store(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
