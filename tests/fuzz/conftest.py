"""Every operation's calls are a test with an address of its own."""

from dataclasses import replace

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    """Put the operation into the address: of tests with one address only the first is spread."""
    item._id = replace(item.id, params=item.name.partition("[")[2].removesuffix("]"))
