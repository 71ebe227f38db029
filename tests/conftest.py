"""Fixtures of the server's tests: an application on a fresh, migrated database, and its clients."""

import os

import pytest
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

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


class StoryScheduling(LoadScopeScheduling):
    """Whole files go to one process, and so does the main job, whose acts build on each other."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        folder = file.rpartition("/")[0]
        return folder if folder.endswith("/main_job") else file


def pytest_configure(config: pytest.Config) -> None:
    """A cursor that may rest on NULL loses rows between pages: no list may ask for one."""
    config.addinivalue_line("filterwarnings", "error:Ordering by nullable column:UserWarning")


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> StoryScheduling | None:
    """Spread by story where tests are spread by file."""
    return StoryScheduling(config, log) if config.getvalue("dist") == "loadfile" else None
