"""The app's files go over the line as small as the browser takes them."""

import gzip
from dataclasses import replace

import pytest

from anfang.app import create_app

SCRIPT = b"export const words = []\n" * 100


@pytest.fixture
def browser(settings, tmp_path):
    assets = tmp_path / "assets" / "field"
    assets.mkdir(parents=True)
    (assets / "core-abc.js").write_bytes(SCRIPT)
    (assets / "core-abc.js.gz").write_bytes(gzip.compress(SCRIPT))
    (assets / "core-abc.js.br").write_bytes(b"as brotli writes it")
    (assets / "small.css").write_bytes(b"a{}")
    (assets / "drawn.svg").write_bytes(b"<svg/>")
    return create_app(replace(settings, pwa=tmp_path)).test_client()


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate", "gzip"), ("gzip, deflate, br", "br"), ("identity", None), ("br;q=0", None)],
)
def test_a_file_comes_packed_as_the_browser_takes_it(browser, accepted, coding):
    answer = browser.get("/assets/field/core-abc.js", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.mimetype == "text/javascript"
    assert "Accept-Encoding" in answer.headers["Vary"]
    if coding == "gzip":
        assert gzip.decompress(answer.data) == SCRIPT
    if coding is None:
        assert answer.data == SCRIPT


def test_a_file_without_packed_copies_comes_as_it_is(browser):
    answer = browser.get("/assets/field/small.css", headers={"Accept-Encoding": "gzip"})
    assert (answer.data, answer.mimetype) == (b"a{}", "text/css")


def test_no_path_leads_outside(browser):
    assert browser.get("/assets/field/..%2f..%2f..%2fsecret").status_code == 404


def test_the_fields_page_names_its_scripts_before_it_is_read(browser, tmp_path):
    (tmp_path / "field.html").write_text(
        '<script type="module" crossorigin src="/assets/field/first-a.js"></script>'
        '<link rel="modulepreload" crossorigin href="/assets/field/core-abc.js">'
        '<link rel="icon" href="/icons/icon.svg">'
    )
    assert browser.get("/field").headers["Link"] == (
        "</assets/field/first-a.js>; rel=modulepreload, "
        "</assets/field/core-abc.js>; rel=modulepreload"
    )


def test_scripts_and_styles_leave_to_the_page_what_only_a_page_can_do(browser):
    for name in ("core-abc.js", "small.css"):
        headers = browser.get(f"/assets/field/{name}").headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Content-Security-Policy" not in headers
        assert "Permissions-Policy" not in headers
    picture = browser.get("/assets/field/drawn.svg").headers
    assert "Content-Security-Policy" in picture


def test_the_console_opens_with_and_without_a_last_slash(browser, tmp_path):
    (tmp_path / "console.html").write_text("<title>console</title>")
    assert [browser.get(path).status_code for path in ("/console", "/console/")] == [200, 200]
