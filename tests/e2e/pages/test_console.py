"""Every page of the console's router with the demonstration loaded: axe, widths, errors, texts."""

import re

import pytest
from playwright.sync_api import expect

from support.axe import beyond_the_width, serious_faults
from support.console_pages import filled, key_groups, pages
from support.house import ROOT

PICTURES = ROOT / "build" / "pages"
# Who looks: the first of the office who may open a page; and a unit, if it may.
OFFICE = ("lead", "admin", "custodian1", "approver", "auditor")
UNIT = "liaison-fw"
# Where another unit's account has something to read.
UNITS = {"/desk-scores": "liaison-zj"}
# (language, width): both languages, a desk and a phone.
LOOKS = (("zh-CN", 1440), ("en", 390))
KEY = re.compile(r"(?<![\w./@-])([a-z]\w*)(?:\.\w+)+(?![\w@-])")
BROKEN = re.compile(r"\[object Object\]|\bundefined\b|\bNaN\b|Invalid Date")


@pytest.fixture
def looked_at(console, anfang):
    """Return a function that opens a page for an account in every look; tells what is wrong."""

    def look(username, pattern, state):
        """None: the account may not open it, or there is nothing to show."""
        path = filled(pattern, state, anfang.desk(username))
        if path is None:
            return None
        page = console(username).page
        said = []
        page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda one: said.append(str(one)))
        wrong = {}
        for language, width in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(
                "(language) => localStorage.setItem('console-locale', language)", language
            )
            said.clear()
            page.goto(f"{anfang.origin}/console{path}")
            page.wait_for_load_state("networkidle")
            if page.url.endswith("/nothing") and path != "/nothing":
                return None
            expect(page.locator("html")).to_have_attribute("lang", language)
            name = f"{path.strip('/').replace('/', '-')[:60]}-{username}-{language}-{width}"
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
            if found := _faults(page, said):
                wrong[f"{username} {language} {width}"] = found
        return wrong

    return look


def _faults(page, said):
    text = page.locator("body").inner_text()
    groups = key_groups()
    return (
        serious_faults(page)
        + ([f"{beyond_the_width(page)} px too wide"] if beyond_the_width(page) > 0 else [])
        + [f"raw key {one.group(0)}" for one in KEY.finditer(text) if one.group(1) in groups]
        + [f"broken text {one}" for one in BROKEN.findall(text)]
        + [f"console: {one}" for one in said]
    )


@pytest.mark.parametrize(("path", "state"), pages())
def test_a_page_is_for_everybody(path, state, looked_at):
    """In both languages, at a desk and on a phone, for the office and for a unit."""
    looks = (looked_at(who, path, state) for who in OFFICE)
    office = next((found for found in looks if found is not None), None)
    unit = looked_at(UNITS.get(path, UNIT), path, state)
    assert (office, unit) != (None, None), f"the demonstration holds nothing for {path}"
    assert {**(office or {}), **(unit or {})} == {}
