"""Fixtures of the server's tests: an application on a fresh, migrated database, and its clients."""

from support.server import (  # noqa: F401 -- fixtures
    app,
    migrated_database,
    office,
    phone,
    run_jobs,
    settings,
)
