"""A bucket of a real S3 server for these tests; `make test-s3` installs it and runs them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.ceph import S3Gateway, missing_programs, running_gateway


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of it needs the server."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("s3"))


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Gateway]:
    """A running S3 server with an empty bucket."""
    missing = missing_programs()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (make test-s3 installs them)")
    with running_gateway(tmp_path_factory.mktemp("ceph")) as running:
        running.create_bucket()
        yield running
