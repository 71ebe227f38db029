"""A person of the office at the console, in a browser context of their own."""

from contextlib import suppress
from dataclasses import dataclass, field
from re import Pattern
from typing import Final, Self

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, ViewportSize, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from support.e2e_server import SignIn

_CLICKS: Final = 3
_PATIENCE_MS: Final = 5_000
_DESK: Final[ViewportSize] = {"width": 1440, "height": 900}
_PHONE: Final[ViewportSize] = {"width": 390, "height": 844}


@dataclass
class Console:
    """A signed-in person's browser."""

    origin: str
    context: BrowserContext
    page: Page
    received: dict[str, list[bytes]] = field(default_factory=dict)

    @classmethod
    def signed_in(
        cls,
        browser: Browser,
        origin: str,
        who: SignIn,
        *,
        recording: bool = False,
        phone: bool = False,
    ) -> Self:
        """Sign in at the console's own page.

        Args:
            recording: keep all that the browser receives.
            phone: on a small screen that is touched.
        """
        context = browser.new_context(
            viewport=_PHONE if phone else _DESK,
            has_touch=phone,
            is_mobile=phone,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(15_000)
        console = cls(origin, context, context.new_page())
        if recording:
            context.route("**/*", console._pass_on)
        console.page.goto(f"{origin}/console")
        console["username"].fill(who.username)
        console["password"].fill(who.password)
        console["sign-in"].click()
        # A phone's menu is folded away.
        expect(console["who"]).to_be_attached()
        expect(console["username"]).to_be_hidden()
        expect(console["nothing"]).to_be_hidden()
        return console

    def __getitem__(self, test_id: str) -> Locator:
        """The element with a `data-testid`."""
        return self.page.get_by_test_id(test_id)

    def go(self, path: str) -> None:
        """Open a page by its menu entry if that shows, else by address; who is there reloads."""
        address = f"{self.origin}/console{path}"
        entry = self[f"menu{path.replace('/', '-')}"]
        if self.page.url == address:
            self.page.reload()
        elif entry.is_visible():
            entry.click()
            expect(self.page).to_have_url(address)
        else:
            self.page.goto(address)

    def choose(
        self, field: str | Locator, label: str | Pattern[str], *, typed: bool = False
    ) -> None:
        """Pick from a drop-down list by the words that stand there, the first that fits a pattern.

        Args:
            field: the list's test id, or the list itself.
            typed: type the (plain) words first, as one does in a long list or a tree.
        """
        # The test id stands on the list that drops down as well.
        closed = (self[field] if isinstance(field, str) else field).first
        lists = self.page.locator(".el-select__popper:visible")
        option = lists.get_by_text(label, exact=True).first
        # A dialog that still opens takes the focus, and with it the list: a person clicks again.
        for _ in range(_CLICKS):
            closed.click()
            if typed:
                closed.locator("input").fill(str(label))
            with suppress(PlaywrightTimeoutError):
                option.click(timeout=_PATIENCE_MS)
                return
        option.click()

    def confirm(self) -> None:
        """Say yes to the small question beside a button."""
        self.page.locator(".el-popconfirm:visible .el-button--primary").click()

    def _pass_on(self, route: Route) -> None:
        """Keep what the browser is given, byte for byte, by address."""
        answer = route.fetch(max_redirects=0)
        self.received.setdefault(route.request.url, []).append(answer.body())
        route.fulfill(response=answer)

    def close(self) -> None:
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.close()
