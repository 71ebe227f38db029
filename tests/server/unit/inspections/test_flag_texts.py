"""The catalogue of flags: each code in the pure comparisons has a text, each text a code."""

import ast
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

import anfang
from anfang.inspections.flags.flag import text_of
from anfang.inspections.flags.setup import REFERENCES
from anfang.kit.i18n import LOCALES

ROOM = Path(anfang.__file__).parent / "inspections"
COMPOSED = {
    "unknown-": REFERENCES,
    "assignment-differs-": ("campaign", "checklist", "unit", "site"),
    "ticket-": ("missing", "foreign"),
}


def told():
    """Codes of the flags that the code makes; composed ones are spelled out above."""
    codes = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            codes |= {
                each.value
                for each in ast.walk(node)
                if isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in {"Flag", "_far", "_items"}
                and isinstance(each, ast.Constant)
                and re.fullmatch(r"[a-z]+(-[a-z]+)+", str(each.value))
                and each in node.args[:1]
            }
    codes.add("chain-gap")
    return codes | {head + tail for head, tails in COMPOSED.items() for tail in tails}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_flag_has_a_text_and_every_text_a_flag(locale):
    catalogue = ROOM.parent / "locales" / locale / "inspections.ftl"
    entries = FluentParser().parse(catalogue.read_text("utf-8")).body
    texts = {entry.id.name for entry in entries if isinstance(entry, ftl.Message)}
    assert {f"flag-{code}" for code in told()} == {t for t in texts if t.startswith("flag-")}


def test_figures_stand_in_the_text_as_they_are():
    text = text_of("far-from-site", {"distance_m": 12345, "radius_m": 150, "accuracy_m": 9}, "en")
    assert text == "The position is 12345 m from the site (radius 150 m, uncertainty 9 m)."
    items = {"count": 2, "items": ["a", "b"]}
    assert "2 " in text_of("photos-missing", items, "zh-CN")
    assert "a, b" in text_of("photos-missing", items, "zh-CN")
