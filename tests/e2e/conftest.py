"""The main job played in real browsers, act after act, against the server that `make run` starts.

The acts share one installation: run the folder whole (`pytest -m slow tests/e2e`). Pictures of a
failure and the server's log are in `build/e2e`.
"""

import pytest

from support.e2e import (  # noqa: F401 -- fixtures and the hook
    anfang,
    browser,
    console,
    first_phone,
    playwright,
    profiles,
    pytest_runtest_makereport,
    second_phone,
    story,
    unbroken,
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of it needs a browser."""
    for item in items:
        if "/tests/e2e/" in str(item.path):
            item.add_marker(pytest.mark.slow)
