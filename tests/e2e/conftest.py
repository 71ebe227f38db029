"""Real browsers against the server that `make run` starts; everything here is slow.

`make test` spreads the slow tests over two processes; what tells one story stays in one of them.
"""

import pytest

from support.e2e import browser, playwright  # noqa: F401 -- fixtures


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of it needs a browser; a file is one story, and so is the main job with all its acts."""
    for item in items:
        if "/tests/e2e/" in str(item.path):
            story = item.path.parent if item.path.parent.name == "main_job" else item.path
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group(str(story)))
