"""Every promise of the threat model names a test that exists."""

import ast
import re

import pytest

from support.house import ROOT

PAGE = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[^`]+)`", PAGE)))


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_holds_a_promise_exists(named):
    path, _, test = named.partition("::")
    source = ROOT / path
    assert source.is_file()
    defined = {
        node.name for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }  # fmt: skip
    assert test in defined if test else defined


def test_every_promise_is_held_by_something():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "promise" not in line]
    assert rows
    unheld = [row for row in rows if "`tests/" not in row and "the same" not in row]
    assert not unheld


def test_the_summary_in_chinese_stands_first():
    assert PAGE.split("\n\n")[1].startswith("**中文摘要。**")
