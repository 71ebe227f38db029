"""The words of official documents that are not the office's to change, as data, filled in strictly.

What an office may change stands in `templates.py`; both are filled in by `fill`.
"""

from functools import cache
from pathlib import Path
from string import Template
from typing import Any, Final

import yaml

_CATALOGUE: Final = Path(__file__).with_name("layout") / "texts.zh-CN.yaml"


class FieldText(Template):
    """A text with fields in the form ``${name}`` and nothing else; a lone ``$`` is written ``$$``.

    No expression and no attribute can be reached, so an office may edit such texts.
    """

    idpattern = r"(?!)"
    braceidpattern = r"\w+"


def fill(template: str, **values: object) -> str:
    """Replace every ``${name}`` in `template`; values are never scanned again.

    Raises:
        KeyError: a field is not among the values.
        ValueError: a ``$`` that begins no field.
    """
    return FieldText(template).substitute({name: str(value) for name, value in values.items()})


class Texts:
    """One chapter of the catalogue (`labels`, `exposure` …)."""

    def __init__(self, entries: dict[str, Any]) -> None:
        self._entries = entries

    def __call__(self, key: str, **values: object) -> str:
        """Fill in the text `key`; raises KeyError if there is none, or a value is missing."""
        return fill(str(self._entries[key]), **values)

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of fixed words, e.g. the titles of a table's columns."""
        return tuple(str(item) for item in self._entries[key])

    def rows(self, key: str, **values: object) -> tuple[tuple[str, ...], ...]:
        """Return the rows of a table, every cell a text."""
        return tuple(tuple(fill(cell, **values) for cell in row) for row in self._entries[key])


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(_CATALOGUE.read_text("utf-8"))
    return loaded


def texts(chapter: str) -> Texts:
    """Open a chapter of the catalogue; KeyError if there is none of that name."""
    return Texts(_catalogue()[chapter])
