"""Uploads on PostgreSQL, where two deliveries really run at the same time."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from anfang.app import create_app
from anfang.installation import prepare
from anfang.jobs.models import OutboxEvent
from anfang.kit.db import db, transaction
from factories.evidence import declared, held
from support.phone import sha256
from support.postgres import postgres, postgres_url  # noqa: F401 -- fixtures

pytestmark = pytest.mark.slow


@pytest.fixture
def app(settings, postgres_url):  # noqa: F811 -- the fixture itself
    application = create_app(replace(settings, database_url=postgres_url))
    with application.app_context():
        prepare(application)
        yield application
        db.session.remove()
        db.engine.dispose()


def test_the_same_new_picture_delivered_twice_at_once_is_stored_once(app, phone):
    phones = [phone(alias) for alias in "甲乙丙丁"]
    for number in range(5):
        photo = f"picture {number}".encode() * 1000
        records = [declared(device, [photo]) for device in phones]
        together = threading.Barrier(len(phones))
        answers = []

        def deliver(device, record, photo=photo, together=together, answers=answers):
            location = device.create_upload(record, photo).headers["Location"]
            together.wait(10)
            answers.append(device.patch(location, 0, photo).status_code)

        threads = [
            threading.Thread(target=deliver, args=pair)
            for pair in zip(phones, records, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert answers == [204] * len(phones)
        for device, record in zip(phones, records, strict=True):
            assert held(device, record) == [sha256(photo)]
    with transaction(write=False):
        names = [event.name for event in db.session.scalars(select(OutboxEvent))]
    assert (names.count("media.stored"), names.count("media.held")) == (5, 20)
