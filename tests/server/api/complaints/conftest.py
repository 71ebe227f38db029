"""A Monday morning, a running campaign, and the desk of its unit."""

import pytest
import time_machine

from factories.setup import liaison, running_campaign

MONDAY = "2026-11-16T03:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, office):
    return running_campaign(office)


@pytest.fixture
def unit(office, campaign):
    return liaison(office, campaign.unit)
