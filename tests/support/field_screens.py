"""One phone for the tests of screens, and what a thumb does on it again and again."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from support.browser import PERMISSIONS
from support.field_office import KillablePhone, Office

PIN = "730518"
SMALLEST_PX = 48


def begin(phone: KillablePhone, checklist: str = "出租", site: str | None = None) -> None:
    """Begin a record that was not assigned, on a checklist named by a part of its title."""
    phone["free"].click()
    option = phone["free-checklist"].locator("option").filter(has_text=checklist)
    phone["free-checklist"].select_option(option.get_attribute("value"))
    if site:
        option = phone["free-site"].locator("option").filter(has_text=site)
        phone["free-site"].select_option(option.get_attribute("value"))
    phone["free-start"].click()
    expect(phone["note"]).to_be_attached()


def move(phone: KillablePhone, metres: float) -> None:
    """Take the phone so many metres to the north of where it stood at first."""
    phone.page.context.set_geolocation(
        {"latitude": phone.latitude + metres / 111_195, "longitude": phone.longitude, "accuracy": 8}
    )


def submitted(phone: KillablePhone, office: Office) -> dict[str, Any]:
    """Submit, wait for the delivery, and return what the office holds."""
    phone["submit"].click()
    phone["submit-now"].click()
    entry = phone["entry"].first
    expect(entry).to_have_attribute("data-phase", "delivered", timeout=30_000)
    record = entry.get_attribute("data-record")
    view: dict[str, Any] = office.desk("reviewer1").get(f"/review/records/{record}")
    return view


def smaller_than_a_thumb(page: Page) -> list[str]:
    """Names of what can be tapped and is smaller than 48 px: a check box counts with its label."""
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelectorAll('button, input, select, textarea, .tool')]
          .map((one) => one.closest('label') ?? one)
          .filter((one) => one.checkVisibility() && !one.closest('[inert]'))
          .filter((one) => { const { width, height } = one.getBoundingClientRect()
                             return width < least || height < least })
          .map((one) => one.dataset.testid ?? one.textContent.trim() ?? one.outerHTML)""",
        SMALLEST_PX,
    )
    return found


@pytest.fixture(scope="session")
def the_phone(
    playwright: Playwright, field_office: Office, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KillablePhone]:
    """One phone for all: an inspector of the demonstration, who has visits to make."""
    made = KillablePhone(
        playwright, field_office.origin, tmp_path_factory.mktemp("screens"), PIN, "pin"
    )
    made.enrol(field_office.asked("enrol", "--alias", "暗访员01")["url"])
    yield made
    made.stop()


@pytest.fixture(name="phone")
def phone_on_today(the_phone: KillablePhone) -> KillablePhone:
    """The phone on its first screen, with its network, position and permissions."""
    context = the_phone.page.context
    context.set_offline(False)
    context.grant_permissions(list(PERMISSIONS))
    move(the_phone, 0)
    the_phone.page.reload()
    expect(the_phone["notes-door"].or_(the_phone["unlock-status"])).to_be_visible()
    if the_phone["notes-door"].is_visible():
        the_phone["notes-door"].click()
    the_phone.unlock()
    expect(the_phone["free"]).to_be_visible()
    return the_phone
