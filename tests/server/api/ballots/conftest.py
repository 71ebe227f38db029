"""A running campaign by the shipped rulebook that declares a sealed appraisal."""

import pytest
import time_machine

from anfang.kit import sealing
from factories import ballots, rulebooks


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch):
    """Ceremonies by the dozen: argon2id stays, its cost (tested on its own) does not."""
    monkeypatch.setattr(sealing, "COST", sealing.Cost(passes=1, memory_kib=64, lanes=1))


@pytest.fixture
def clock():
    """Time stands still until a test moves it: a Monday at eleven in China."""
    with time_machine.travel("2026-11-16T03:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(clock, office):
    return ballots.judged(office, rulebooks.loaded(office, "s4-minzhu-pingyi"))


@pytest.fixture
def box(office, campaign):
    return ballots.open_box(office, campaign)
