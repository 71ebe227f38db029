"""A running demonstration whose pages are walked."""

from support.e2e import anfang, console, story  # noqa: F401 -- fixtures
