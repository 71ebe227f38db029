"""What the tests of records share: standing time, a running campaign, plain visits, a count."""

import pytest
import time_machine

from anfang.inspections import queries
from anfang.kit.db import db, transaction
from factories import inspections, setup

TABLES = (
    "records", "record_versions", "record_flags", "chain_links", "witnesses", "media_claims",
    "log_entries", "audit_entries", "outbox_events",
)  # fmt: skip


@pytest.fixture(autouse=True)
def standing_clock(migrated_database):
    with time_machine.travel(inspections.NOW, tick=False) as travel:
        yield travel


@pytest.fixture
def campaign(office):
    return setup.running_campaign(office)


@pytest.fixture
def visit(campaign):
    """Return a function: clear members and disclosures of a visit in which nothing is odd."""
    return lambda phone, **changes: inspections.visit(phone, campaign, **changes)


@pytest.fixture
def flags(app):
    """Return a function: the flags of a version, code → figures."""

    def read(record_sha256):
        with transaction(write=False):
            return {flag.code: flag.facts for flag in queries.flags_of(record_sha256)}

    return read


@pytest.fixture
def rows(app):
    """Return a function that counts what is stored, table by table."""

    def count():
        with transaction(write=False):
            tables = db.metadata.tables
            return {
                name: db.session.scalar(db.select(db.func.count()).select_from(tables[name]))
                for name in TABLES
            }

    return count
