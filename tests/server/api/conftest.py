"""What tests of the API share: a clock."""

import pytest
import time_machine


@pytest.fixture
def clock():
    """Time stands still until a test moves it: a Monday at eleven in China."""
    with time_machine.travel("2026-11-16T03:00:00Z", tick=False) as traveller:
        yield traveller
