"""Stories of the source documents, each played alone by the people whose story it is."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Playwright

from support.e2e import Story, anfang, profiles, pytest_runtest_makereport  # noqa: F401 -- fixtures and the hook
from support.e2e_office import Console
from support.e2e_server import Anfang


@pytest.fixture
def story(playwright: Playwright, browser: Browser) -> Iterator[Story]:
    """Of one story: a page that its people leave open is nobody else's."""
    told = Story()
    yield told
    told.close()


@pytest.fixture
def console(browser: Browser, anfang: Anfang, story: Story) -> Callable[..., Console]:  # noqa: F811
    """Return a function that gives the console of an account, signed in once a story."""
    return partial(story.console_of, browser, anfang)
