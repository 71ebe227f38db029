"""The page that checks packs: handed out under its own policy, it knows what the log knows."""

import re

from flask import Flask

from anfang.kit import leaves
from anfang.pwa import install_pages
from support.house import ROOT

POLICY = "default-src 'none'; script-src 'sha256-x'; worker-src blob:"


def served(tmp_path, head):
    (tmp_path / "verify-pack.html").write_text(f"<html><head>{head}</head></html>", "utf-8")
    app = Flask(__name__)
    install_pages(app, tmp_path)
    return app.test_client().get("/verify-pack.html")


def test_its_own_policy_comes_as_a_header_too(tmp_path):
    answer = served(tmp_path, f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">')
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors 'none'"


def test_a_page_without_one_gets_that_of_the_application(tmp_path):
    assert "Content-Security-Policy" not in served(tmp_path, "").headers


def test_it_knows_every_kind_of_entry():
    source = (ROOT / "pwa" / "src" / "verifier" / "evidence" / "leaves.ts").read_text("utf-8")
    listed = re.search(r"KINDS = \[(.*?)\]", source, re.DOTALL)
    assert set(re.findall(r"'(\w+)'", listed[1])) == leaves.KINDS
