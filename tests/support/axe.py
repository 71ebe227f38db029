"""What is wrong with a page that stands in a browser: axe-core's verdict, widths, raw keys."""

import json
from typing import Any, Final

from playwright.sync_api import Page

from support.house import ROOT

_SOURCE: Final = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN: Final = """(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
  .then(({ violations }) => JSON.stringify(violations
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => [one.id, one.nodes.map((node) => node.target.join(' ')).slice(0, 3)])))"""


def serious_faults(page: Page) -> list[Any]:
    """Return axe's serious and critical findings by WCAG 2.2 AA: rule and up to three places."""
    page.evaluate(_SOURCE.read_text("utf-8"))
    faults: list[Any] = json.loads(page.evaluate(_RUN, _RULES))
    return faults


def beyond_the_width(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
