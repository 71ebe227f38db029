"""An approver's second factor in a real browser: set up, proven at sign-in, proven afresh.

Chromium's own virtual authenticator stands for the security key (Chrome DevTools Protocol,
`WebAuthn.addVirtualAuthenticator`). Screens are kept in `build/accounts`.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pyotp
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from support.e2e_office import Console
from support.e2e_server import Anfang, SignIn, built_pwa, running_anfang
from support.house import ROOT

PICTURES = ROOT / "build" / "accounts"
WIDTHS = (390, 1440)


@pytest.fixture(scope="module")
def anfang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anfang]:
    built_pwa()
    with running_anfang(tmp_path_factory.mktemp("accounts")) as running:
        yield running


@pytest.fixture
def named(anfang: Anfang) -> str:
    """The same office by the name that passkeys may belong to."""
    return anfang.origin.replace("127.0.0.1", "localhost")


def account(anfang: Anfang, role: str) -> SignIn:
    """Open an account under a name of its own, also where a test is asked once more."""
    username = f"{role}-{secrets.token_hex(4)}"
    made = anfang.asked("user", "--username", username, "--name", username, "--role", role)
    return SignIn(username, made["password"])


@contextmanager
def browser_at(browser: Browser, origin: str) -> Iterator[Console]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(15_000)
    yield Console(origin, context, context.new_page())
    context.close()


def enter(console: Console, person: SignIn) -> None:
    console.page.goto(f"{console.origin}/console")
    console["username"].fill(person.username)
    console["password"].fill(person.password)
    console["sign-in"].click()


def leave(console: Console) -> None:
    """Sign out, to the end: who goes on before it is over is asked to sign in again as oneself."""
    console["sign-out"].click()
    expect(console["username"]).to_be_enabled()


def security_key(page: Page) -> tuple[CDPSession, str]:
    """Plug a virtual security key in; the session to look at it, and its id."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return tools, made["authenticatorId"]


def photograph(console: Console, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        console.page.set_viewport_size({"width": width, "height": 900})
        console.page.wait_for_timeout(300)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert console.page.evaluate(overflow) <= 0, f"{name} is wider than {width} px"
        console.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)


def test_a_passkey_is_set_up_and_opens_the_next_sign_in(browser, anfang, named):
    person = account(anfang, "approver")
    with browser_at(browser, named) as console:
        tools, key = security_key(console.page)
        enter(console, person)
        expect(console["set-up-factor"]).to_be_visible()
        photograph(console, "set-up")
        console["passkey-add"].click()
        expect(console["recovery-codes"].locator("li")).to_have_count(10)
        photograph(console, "recovery-codes")
        console["recovery-kept"].click()
        expect(console["who"]).to_be_visible()
        (held,) = tools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
        assert held["rpId"] == "localhost"

        leave(console)
        enter(console, person)
        expect(console["prove"]).to_be_visible()
        console["prove-passkey"].click()
        expect(console["who"]).to_be_visible()

        console["own-account"].click()
        expect(console["passkey"]).to_have_count(1)
        photograph(console, "account")


def test_a_key_that_is_not_at_hand_opens_nothing(browser, anfang, named):
    person = account(anfang, "approver")
    with browser_at(browser, named) as console:
        tools, key = security_key(console.page)
        enter(console, person)
        console["passkey-add"].click()
        console["recovery-kept"].click()
        expect(console["who"]).to_be_visible()
        leave(console)
        tools.send("WebAuthn.clearCredentials", {"authenticatorId": key})
        enter(console, person)
        console["prove-passkey"].click()
        expect(console.page.get_by_role("status")).to_be_visible()
        console.page.goto(f"{named}/console/cases")
        expect(console["prove"]).to_be_visible()


def test_one_time_codes_are_set_up_by_hand_and_asked_for_again(browser, anfang):
    person = account(anfang, "approver")
    with browser_at(browser, anfang.origin) as console:
        enter(console, person)
        expect(console["passkey-add"]).to_have_count(0)  # 127.0.0.1 is no name
        console["totp-begin"].click()
        secret = console["totp-secret"].inner_text()
        photograph(console, "one-time-codes")
        console["totp-first-code"].fill(pyotp.TOTP(secret).now())
        console["totp-confirm"].click()
        recovery = console["recovery-codes"].locator("li").first.inner_text()
        console["recovery-kept"].click()
        leave(console)
        enter(console, person)
        expect(console["prove"]).to_be_visible()
        photograph(console, "prove")
        console["prove-swap"].click()
        console["prove-code"].fill(recovery)
        console["prove-submit"].click()
        expect(console["who"]).to_be_visible()


def test_a_stale_proof_is_asked_for_again_and_the_verb_goes_on(browser, anfang):
    person = account(anfang, "lead")
    with browser_at(browser, anfang.origin) as console:
        enter(console, person)
        console["own-account"].click()
        console["totp-open"].click()
        console["totp-begin"].click()
        secret = console["totp-secret"].inner_text()
        codes = pyotp.TOTP(secret)
        console["totp-first-code"].fill(codes.now())
        console["totp-confirm"].click()
        console["recovery-kept"].click()
        refuse_once(console.page)
        console["recovery-renew"].click()
        expect(console["prove-again"]).to_be_visible()
        photograph(console, "prove-again")
        wait_for_next(codes)
        console["prove-code"].fill(codes.now())
        console["prove-submit"].click()
        expect(console["recovery-codes"].locator("li")).to_have_count(10)
        expect(console["prove-again"]).to_be_hidden()


def refuse_once(page: Page) -> None:
    """Answer the next making of recovery codes as the server does after a quarter of an hour."""
    stale = {"status": 403, "code": "factor-stale", "title": "", "type": "about:blank"}
    page.route(
        "**/api/v1/account/recovery-codes",
        lambda route: route.fulfill(
            status=403, json=stale, content_type="application/problem+json"
        ),
        times=1,
    )


def wait_for_next(codes: pyotp.TOTP) -> None:
    """Wait until the app shows another code: the one that was taken serves no more."""
    taken = codes.now()
    while codes.now() == taken:
        time.sleep(0.5)


def test_the_auditor_narrows_the_trail(browser, anfang):
    person = account(anfang, "auditor")
    with browser_at(browser, anfang.origin) as console:
        enter(console, person)
        expect(console["who"]).to_be_visible()
        console.go("/audit")
        rows = console["audit"].locator("tbody tr")
        expect(rows.first).to_be_visible()
        photograph(console, "audit")
        console["audit-action"].fill("notice.published")
        console["audit-action"].press("Enter")
        expect(rows.first).to_contain_text("发布")
        expect(console["audit"].get_by_title("session.opened")).to_have_count(0)


def test_two_people_reset_a_lost_factor_in_the_console(browser, anfang):
    lost = account(anfang, "lead")
    helper = account(anfang, "lead")
    with browser_at(browser, anfang.origin) as console:
        enter(console, lost)
        console["own-account"].click()
        console["totp-open"].click()
        console["totp-begin"].click()
        secret = console["totp-secret"].inner_text()
        console["totp-first-code"].fill(pyotp.TOTP(secret).now())
        console["totp-confirm"].click()
        expect(console["recovery-codes"]).to_be_visible()
    admin = anfang.sign_in_of("admin")
    with browser_at(browser, anfang.origin) as console:
        enter(console, admin)
        expect(console["who"]).to_be_visible()
        console.go("/setup/accounts")
        console[f"reset-{lost.username}"].click()
        console["reason"].fill("手机丢失，已当面核实")
        console["reason-confirm"].click()
        expect(console["resets"]).to_be_visible()
        photograph(console, "accounts")
    with browser_at(browser, anfang.origin) as console:
        enter(console, helper)
        console["own-account"].click()
        console["reset-confirm"].click()
        console.confirm()
        expect(console["resets"]).to_be_hidden()
    with browser_at(browser, anfang.origin) as console:
        enter(console, lost)
        expect(console["who"]).to_be_visible()
