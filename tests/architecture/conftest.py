"""What the guard tests share."""

from collections.abc import Iterator

import pytest
from flask import Flask

from anfang.app import create_app
from anfang.kit.config import load_settings
from support.postgres import postgres, postgres_url  # noqa: F401 -- fixtures


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over an empty folder, for looking at: it answers nothing from a database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANFANG_DATA", str(tmp_path_factory.mktemp("guard")))
        yield create_app(load_settings())
