"""A Monday morning, a running campaign, and the desk of its unit."""

import pytest

from factories.setup import liaison, running_campaign


@pytest.fixture
def campaign(clock, office):
    return running_campaign(office)


@pytest.fixture
def unit(office, campaign):
    return liaison(office, campaign.unit)
