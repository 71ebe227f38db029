"""The people of a notice, on a Monday."""

import pytest

from factories.documents import Desk


@pytest.fixture
def desk(clock, office):
    return Desk.opened(office)
