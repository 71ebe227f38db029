"""The people of a notice, on a Monday."""

import pytest
import time_machine

from factories.documents import Desk

MONDAY = "2026-11-16T03:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(clock, office):
    return Desk.opened(office)
