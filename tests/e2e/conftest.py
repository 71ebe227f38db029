"""Real browsers against the server that `make run` starts; everything here is slow."""

import pytest

from support.e2e import browser, playwright  # noqa: F401 -- fixtures


def pytest_itemcollected(item: pytest.Item) -> None:
    """All of it needs a browser."""
    item.add_marker(pytest.mark.slow)
