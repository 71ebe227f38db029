"""What the tests of the desk share: an installation for each file, and people signed in."""

import pytest

from support.e2e_office import Console
from support.e2e_server import running_anfang


@pytest.fixture(scope="module")
def anfang(tmp_path_factory):
    with running_anfang(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture
def console(browser, anfang):
    """Return a function that signs an account in."""
    opened = []

    def sign_in(username):
        opened.append(Console.signed_in(browser, anfang.origin, anfang.sign_in_of(username)))
        return opened[-1]

    yield sign_in
    for one in opened:
        one.close()


@pytest.fixture
def lead(console):
    return console("lead")


@pytest.fixture
def reviewer(console):
    return console("reviewer1")
