"""Fixtures of the server's tests: an application on a fresh, migrated database, and its clients."""

import os
import shutil
import tempfile

import pytest
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from support.demonstration import SHARED
from support.server import (  # noqa: F401 -- fixtures
    app,
    cheap_passwords,
    migrated_database,
    office,
    one_application,
    phone,
    run_jobs,
    settings,
)

# The gate asks the same questions every time; `make fuzz` asks new ones.
hypothesis_settings.register_profile("gate", derandomize=True)
hypothesis_settings.register_profile("search", print_blob=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


def pytest_configure(config: pytest.Config) -> None:
    """Refuse cursors that may rest on NULL, and make the folder that all processes share.

    Such a cursor loses rows between pages. Processes of xdist inherit the folder's name.
    """
    config.addinivalue_line("filterwarnings", "error:Ordering by nullable column:UserWarning")
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="anfang-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what they shared."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED))


class StoryScheduling(LoadScopeScheduling):
    """Whole files go to one process, and so does the main job, whose acts build on each other."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        folder = file.rpartition("/")[0]
        return folder if folder.endswith("/main_job") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> StoryScheduling | None:
    """Spread by story where tests are spread by file."""
    return StoryScheduling(config, log) if config.getvalue("dist") == "loadfile" else None
