"""The checklists that come with the product: YAML files after DOMAIN.md D, all weights editable.

Every file is a draft to begin one's own checklist from; installing one is the office's decision.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_FOLDER: Final = Path(__file__).with_name("library")
CODES: Final = ("taxi", "window", "office")


@dataclass(frozen=True)
class ShippedChecklist:
    """One file of the library; `items` in PROTOCOL §3's form with `text_en` beside `text`."""

    code: str
    title: str
    title_en: str
    items: tuple[dict[str, Any], ...]


@cache
def shipped(code: str) -> ShippedChecklist:
    """Read one checklist of the library; raises KeyError for an unknown code."""
    if code not in CODES:
        raise KeyError(code)
    read: dict[str, Any] = yaml.safe_load((_FOLDER / f"{code}.yaml").read_text("utf-8"))
    defaults = {"points": 0, "veto": False, "photo": "never"}
    items = tuple({**defaults, **item} for item in read["items"])
    return ShippedChecklist(read["code"], read["title"], read["title_en"], items)


def library() -> tuple[ShippedChecklist, ...]:
    """Return all checklists of the library."""
    return tuple(shipped(code) for code in CODES)
