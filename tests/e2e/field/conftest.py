"""An office of its own for the field tests, and phones enrolled with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from support.field_office import KillablePhone, Office, field_office_in


@pytest.fixture(scope="session")
def field_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with field_office_in(tmp_path_factory.mktemp("field-office")) as office:
        yield office


@pytest.fixture
def enrolled(
    playwright: Playwright, field_office: Office, tmp_path: Path
) -> Iterator[Callable[[str, str], KillablePhone]]:
    """Return a function that enrols a phone for a new alias, unlocked by a PIN."""
    phones: list[KillablePhone] = []

    def enrol(alias: str, pin: str) -> KillablePhone:
        phone = KillablePhone(playwright, field_office.origin, tmp_path / alias, pin, "pin")
        phones.append(phone)
        phone.enrol(field_office.asked("enrol", "--alias", alias)["url"])
        return phone

    yield enrol
    for phone in phones:
        phone.stop()
