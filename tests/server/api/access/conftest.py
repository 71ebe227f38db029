"""One office for the whole sweep, which changes nothing of it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine

from anfang.app import create_app
from factories import access, inspections
from support.server import OutsideClient, close, settings_of


@pytest.fixture(scope="module")
def world(tmp_path_factory, migrated_database) -> Iterator[access.World]:
    folder = tmp_path_factory.mktemp("access") / "data"
    shutil.copytree(migrated_database, folder)
    app = create_app(replace(settings_of(folder), rates={}))
    app.test_client_class = OutsideClient
    with time_machine.travel(inspections.NOW, tick=False), app.app_context():
        yield access.world(app)
    close(app)
