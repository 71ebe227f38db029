"""What taking evidence costs: statements are most of it, so that they must not creep up again."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from anfang.kit.db import db
from factories.inspections import PHOTO

MOST_FOR_A_RECORD = 22
MOST_FOR_A_PHOTO = 24
"""Beginning the upload and bringing its bytes, in two calls."""


@pytest.fixture
def statements(app):
    """Return a context that lists the statements of what is called within it."""

    @contextmanager
    def heard() -> Iterator[list[str]]:
        said: list[str] = []

        def note(_c, _cursor, statement, _bound, _context, _many):
            said.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return heard


def test_taking_a_record_and_its_photo_asks_no_more_of_the_database(phone, visit, statements):
    device = phone()
    clear, disclosures = visit(device, media=[PHOTO])
    body = device.submission(clear, disclosures)
    with statements() as for_record:
        assert device.send(body).status_code == 201
    assert len(for_record) <= MOST_FOR_A_RECORD, "\n".join(for_record)
    with statements() as for_photo:
        assert device.upload(clear["id"], PHOTO).status_code in {201, 204}
    assert len(for_photo) <= MOST_FOR_A_PHOTO, "\n".join(for_photo)


def test_a_record_is_written_once(phone, visit, statements):
    device = phone()
    body = device.submission(*visit(device))
    with statements() as said:
        assert device.send(body).status_code == 201
    assert not [one for one in said if one.startswith("UPDATE")]
