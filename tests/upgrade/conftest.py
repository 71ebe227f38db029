"""What the tests of upgrades share."""

from support.postgres import postgres  # noqa: F401 -- fixture
