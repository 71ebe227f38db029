"""An office gives the field app a name and a face of its own; its page allows its own style."""

import base64
import hashlib
from dataclasses import replace

import pytest

from anfang.app import create_app

STYLE = "html{background:#14181d}"
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'self'; style-src 'self' 'sha256-{DIGEST}'"
PAGE = f"""<!doctype html><title>随手记</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}" /><style>{STYLE}</style>
<h1 class="first">随手记</h1>"""


@pytest.fixture
def dist(tmp_path):
    (tmp_path / "icons").mkdir()
    for name in ("icon.svg", "icon-192.png"):
        (tmp_path / "icons" / name).write_bytes(b"the app's own")
    (tmp_path / "field.html").write_text(PAGE, "utf-8")
    return tmp_path


def test_the_page_comes_under_the_policy_that_names_its_style(settings, dist):
    answer = create_app(replace(settings, pwa=dist)).test_client().get("/field")
    assert answer.headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert "随手记" in answer.text


def test_the_offices_name_stands_wherever_the_page_says_one(settings, dist):
    app = create_app(replace(settings, pwa=dist, app_name=r"备忘\1"))
    page = app.test_client().get("/field").text
    assert "随手记" not in page
    assert page.count(r"备忘\1") == 3, "title, what the app reads, the first screen"
    assert STYLE in page


def test_the_offices_icons_take_the_place_of_those_it_gives(settings, dist, tmp_path_factory):
    own = tmp_path_factory.mktemp("icons")
    (own / "icon.svg").write_bytes(b"the office's")
    (own.parent / "secret").write_bytes(b"not to be had")
    browser = create_app(replace(settings, pwa=dist, app_icons=own)).test_client()
    assert browser.get("/icons/icon.svg").data == b"the office's"
    assert browser.get("/icons/icon-192.png").data == b"the app's own"
    assert browser.get("/icons/..%2fsecret").status_code == 404
