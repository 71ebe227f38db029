"""Real browsers against the server that `make run` starts; everything here is slow."""

import pytest

from support.e2e import browser, playwright  # noqa: F401 -- fixtures


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of it needs a browser."""
    for item in items:
        if "/tests/e2e/" in str(item.path):
            item.add_marker(pytest.mark.slow)
