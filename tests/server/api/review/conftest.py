"""What the tests of review share: standing time, a running campaign, a reviewer, a full record."""

import pytest
import time_machine

from anfang.kit.principal import Role
from factories import inspections, review, setup


@pytest.fixture(autouse=True)
def clock(migrated_database):
    """The office's clock at the time when plain records are in order; a test may move it."""
    with time_machine.travel(inspections.NOW, tick=False) as travel:
        yield travel


@pytest.fixture
def campaign(office):
    return setup.running_campaign(office)


@pytest.fixture
def reviewer(office):
    return office(Role.REVIEWER)


@pytest.fixture
def record(phone, campaign):
    """A complete record with two pictures and a failed item."""
    return review.delivered_record(phone("甲"), campaign)
