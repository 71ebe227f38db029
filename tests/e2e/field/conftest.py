"""An office of its own for the field tests, and phones enrolled with it."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from support.e2e_server import ANFANG, built_pwa
from support.fault_proxy import FaultProxy
from support.field_office import KillablePhone, Office
from support.postgres import free_port


@pytest.fixture(scope="session")
def field_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    built_pwa()
    folder = tmp_path_factory.mktemp("field-office")
    port, office_port = free_port(), free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ANFANG_") or k == "ANFANG_PWA"}
    origin = f"http://127.0.0.1:{port}"
    environment = {
        **kept,
        "ANFANG_DATA": str(folder),
        "ANFANG_ORIGIN": origin,
        "PORT": str(office_port),
    }
    loaded = subprocess.run(
        [str(ANFANG), "demo", "--json"],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        timeout=120,
    )
    with FaultProxy(port, office_port) as way:
        office = Office(origin, folder, environment, json.loads(loaded.stdout), way=way)
        try:
            office.serve()
            yield office
        finally:
            office.stop()


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
