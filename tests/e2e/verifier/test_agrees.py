"""The verifier page, opened from a disk without network, says what `anfang verify` says."""

import json
import os
import re
import shutil
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import ThreadedWSGIServer

from anfang.cli.packs import verify
from anfang.kit import jose
from anfang.kit.i18n import translate
from anfang.pwa import install_pages
from support import pack_factory as factory
from support.authority import Authority
from support.e2e_server import built_pwa
from support.house import ROOT
from support.verifier_cases import cases

PICTURES = ROOT / "build" / "e2e" / "verifier"
AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
# In one step, because hundreds of cases wait for their turn.
SUBMIT = """async (key) => {
  const before = document.querySelector('.verdict')
  const field = document.querySelector('#key')
  field.value = key
  field.dispatchEvent(new Event('input'))
  document.querySelector('form').requestSubmit()
  for (;;) {
    const verdict = document.querySelector('.verdict')
    if (verdict && verdict !== before) return document.querySelector('#json').textContent
    const failed = document.querySelector('[role=alert]')
    if (failed) throw new Error(failed.textContent)
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
}"""
LANGUAGES = {"zh-CN": "中文", "en": "English"}


@pytest.fixture(scope="module")
def page_file() -> Path:
    built_pwa()
    return Path(os.environ.get("ANFANG_PWA", ROOT / "pwa" / "dist")) / "verify-pack.html"


@pytest.fixture
def opened(browser: Browser, page_file: Path, request: pytest.FixtureRequest):
    """The page from a disk: no network, and whatever it asks for is noted."""
    asked: list[str] = []
    context = browser.new_context(**getattr(request, "param", {}))
    context.set_offline(True)
    page = context.new_page()
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("pageerror", lambda error: asked.append(f"error: {error}"))
    page.goto(page_file.as_uri())
    yield page
    context.close()
    assert not [url for url in asked if url != page_file.as_uri() and not url.startswith("blob:")]


def on_the_page(page: Page, file: Path, office_key: str | None) -> dict:
    """Check a file as a reader would, and read the result for programs."""
    page.set_input_files("#pack", file)
    return json.loads(page.evaluate(SUBMIT, office_key or ""))


def by_command(file: Path, office_key: str | None, folder: Path) -> dict:
    arguments = [str(file), "--json", "--lang", "zh-CN"]
    arguments += ["--office-key", office_key] if office_key else []
    # A folder without an installation: no key is known but the one given.
    run = CliRunner(env={"ANFANG_DATA": str(folder / "nobody")}).invoke(verify, arguments)
    assert run.exit_code in (0, 1, 2, 3), run.output
    return json.loads(run.stdout)


def told(verdict: dict) -> dict:
    faults = {(fault["file"], fault["code"]) for fault in verdict["faults"]}
    return {**verdict, "faults": faults}


def test_it_agrees_with_the_command_on_every_case(opened, tmp_path):
    seen: set[str] = set()
    differing: dict[str, tuple] = {}
    for case in cases(tmp_path):
        file = tmp_path / "pack.zip"
        file.write_bytes(case.data)
        expected = told(by_command(file, case.office_key, tmp_path))
        found = told(on_the_page(opened, file, case.office_key))
        seen |= {code for _, code in expected["faults"]}
        if not case.exact:
            assert not expected["sound"]
            expected, found = expected["sound"], found["sound"]
        if found != expected:
            differing[case.name] = (found, expected)
    assert not differing
    assert faults_of_a_file_alone() - seen <= {"pack-stamp-invalid"}


def faults_of_a_file_alone() -> set[str]:
    """Every published fault but the one that takes an installation to find."""
    page = (ROOT / "docs" / "pack-faults.md").read_text("utf-8")
    return set(re.findall(r"^\| `(pack-[a-z-]+)`", page, re.MULTILINE)) - {"pack-log-key-other"}


@pytest.mark.parametrize("opened", [{"locale": "zh-CN"}, {"locale": "en"}], indirect=True)
def test_it_speaks_the_servers_words(opened, tmp_path, request):
    locale = request.node.callspec.params["opened"]["locale"]
    pack = factory.write_pack(
        tmp_path, factory.make_content(factory.Office()), factory.Office().key
    )
    pack.write_bytes(pack.read_bytes().replace(b"SECRETNOTE", b"SECRETNOTF"))
    verdict = on_the_page(opened, pack, None)
    assert verdict["faults"]
    for fault in verdict["faults"]:
        beginning = (
            translate(fault["code"], locale, detail="\x00").split("\x00")[0].rstrip("\u2068")
        )
        assert fault["text"].startswith(beginning)
    opened.get_by_role("button", name=LANGUAGES["en" if locale == "zh-CN" else "zh-CN"]).click()
    assert opened.locator("html").get_attribute("lang") != locale


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
@pytest.mark.parametrize("opened", [{"locale": "zh-CN"}], indirect=True)
def test_time_stamps_are_said_to_be_not_checked_here(opened, tmp_path):
    authority, office = Authority(tmp_path), factory.Office()
    data = factory.make_content(office)
    note = data.log.checkpoint.encode()
    for stamp in (authority.stamp(note), authority.stamp(b"something else")):
        log = factory.replace(data.log, stamps=(stamp,), authority_pem=authority.root)
        pack = factory.write_pack(tmp_path, factory.replace(data, log=log), office.key)
        assert on_the_page(opened, pack, office.kid)["sound"]
        assert "未在此核对" in opened.locator(".checks .not-checked").inner_text()


def test_it_works_at_the_offices_address_as_well(browser, page_file, tmp_path):
    office = factory.Office()
    pack = factory.write_pack(tmp_path, factory.make_content(office), office.key)
    app = Flask(__name__)
    install_pages(app, page_file.parent)
    with ThreadedWSGIServer("127.0.0.1", 0, app) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/verify-pack.html")
        page.set_input_files("#pack", pack)
        page.fill("#key", office.kid)
        page.click("button[type=submit]")
        page.wait_for_selector(".verdict.good")
        page.close()
        server.shutdown()


def test_a_key_file_serves_as_well_as_a_thumbprint_and_nonsense_is_refused(opened, tmp_path):
    office = factory.Office()
    pack = factory.write_pack(tmp_path, factory.make_content(office), office.key)
    pem = tmp_path / "office.pem"
    pem.write_bytes(jose.public_pem(office.key))
    opened.set_input_files("#key-file", pem)
    opened.wait_for_function("document.querySelector('#key').value !== ''")
    assert opened.input_value("#key") == office.kid
    opened.set_input_files("#pack", pack)
    opened.click("button[type=submit]")
    opened.wait_for_selector(".verdict.good")
    opened.fill("#key", "nonsense")
    opened.click("button[type=submit]")
    assert opened.get_by_role("alert").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_it_can_be_read_by_everyone(width, browser, page_file, tmp_path):
    office = factory.Office()
    pack = factory.write_pack(tmp_path, factory.make_content(office, "protected"), office.key)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(pack.read_bytes()[:-9000] + bytes(9000))
    # Only the checker of accessibility needs to put a script into the page.
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(page_file.as_uri())
    PICTURES.mkdir(parents=True, exist_ok=True)
    for file, key in ((pack, office.kid), (pack, None), (broken, office.kid)):
        on_the_page(page, file, key)
        assert page.evaluate("document.activeElement.id") == "verdict"
        page.add_script_tag(path=AXE)
        violations = page.evaluate("axe.run().then(({violations}) => violations)")
        assert not [(v["id"], [n["html"] for n in v["nodes"]]) for v in violations]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=PICTURES / f"{file.stem[:6]}-{bool(key)}-{width}.png", full_page=True)
    context.close()
