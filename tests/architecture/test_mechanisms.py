"""docs/mechanisms.md is fresh, and no row of it is lost on the way."""

import importlib.util
import sys

from support.house import ROOT

WAITING_AT_MOST = 0
"""Rows without a test: lowered whenever a row gets one, never raised."""


def _tool():
    file = ROOT / "tools" / "mechanisms.py"
    spec = importlib.util.spec_from_file_location("mechanisms", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["mechanisms"] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_is_fresh():
    tool = _tool()
    assert tool.PAGE.read_text("utf-8") == tool.page()


def test_rows_wait_for_a_test_and_never_lose_one():
    tool = _tool()
    waiting = set(tool.ROWS) - tool.played().keys()
    assert len(waiting) <= WAITING_AT_MOST
    assert waiting <= tool.WAITING.keys()
    assert tool.played().keys() <= set(tool.ROWS)


def test_a_row_that_is_played_is_carried_by_a_rulebook():
    """What a test shows must come from the data, not from code alone."""
    tool = _tool()
    assert not tool.played().keys() - tool.carried().keys()


def test_every_test_of_a_row_says_what_it_shows():
    tool = _tool()
    silent = [one.test for tests in tool.played().values() for one in tests if not one.shows]
    assert not silent
