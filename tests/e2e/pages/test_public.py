"""Every public page that a reader can get to, without an account: axe, widths, errors, raw ids."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest

from anfang.app import create_app
from support.axe import beyond_the_width, serious_faults

WIDTHS = (1440, 390)
MOST_PAGES = 200
# What a catalogue answers for a message that it does not know is the message's id.
RAW = re.compile(r"(?<![\w./@:-])[a-z]+(?:-[a-z]+){1,5}(?![\w./@:-])")


@pytest.fixture
def reader(browser):
    """A member of the public; scripts run only because axe is one."""
    context = browser.new_context(locale="zh-CN", bypass_csp=True)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def doors(anfang, monkeypatch):
    """Addresses of the public pages that need no name: the server's own list."""
    for name, value in anfang.environment.items():
        if name.startswith("ANFANG_"):
            monkeypatch.setenv(name, value)
    rules = create_app().url_map.iter_rules()
    public = [one for one in rules if one.rule.startswith("/p/") and "GET" in (one.methods or ())]
    named = [one.rule for one in public if not one.arguments]
    return sorted(rule for rule in named if not PurePosixPath(rule).suffix)


def test_no_public_page_has_a_serious_fault(reader, anfang, doors):
    said, found, seen = [], {}, set()
    reader.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    todo = [f"{door}{lang}" for door in doors for lang in ("", "?lang=en")]
    while todo and len(seen) < MOST_PAGES:
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        said.clear()
        answer = reader.goto(anfang.origin + path)
        assert answer is not None
        assert answer.ok, path
        if faults := _faults(reader, said):
            found[path] = faults
        todo += _links(reader, anfang.origin)
    assert found == {}
    assert len(doors) < len(seen) < MOST_PAGES


def _faults(page, said):
    faults = [f"console: {one}" for one in said]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults += serious_faults(page)
        if beyond_the_width(page) > 0:
            faults.append(f"wider than {width} px")
    # Headings and labels are the catalogue's; texts of the office stand in Chinese.
    words = RAW.findall(page.locator("body").inner_text()) if "lang=en" not in page.url else []
    return faults + [f"raw id {one}" for one in words]


def _links(page, origin):
    """Return the public pages that a page links to: no files."""
    hrefs = page.eval_on_selector_all("a[href]", "(all) => all.map((one) => one.href)")
    parts = [urlsplit(href) for href in hrefs if href.startswith(f"{origin}/p/")]
    # Chinese is what stands there without a choice.
    pages = [
        one for one in parts if not PurePosixPath(one.path).suffix and "lang=zh" not in one.query
    ]
    return [one.path + (f"?{one.query}" if one.query else "") for one in pages]
