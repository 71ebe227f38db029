"""Fixtures of the server's tests: an application on a fresh, migrated database, and its clients."""

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
