"""A running campaign by the shipped rulebook that declares a sealed appraisal."""

import pytest

from anfang.kit import sealing
from factories import ballots, rulebooks


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch):
    """Ceremonies by the dozen: argon2id stays, its cost (tested on its own) does not."""
    monkeypatch.setattr(sealing, "COST", sealing.Cost(passes=1, memory_kib=64, lanes=1))


@pytest.fixture
def campaign(clock, office):
    return ballots.judged(office, rulebooks.loaded(office, "s4-minzhu-pingyi"))


@pytest.fixture
def box(office, campaign):
    return ballots.open_box(office, campaign)
