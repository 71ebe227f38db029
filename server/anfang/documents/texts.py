"""The catalogue of document texts: templates as data, filled in strictly."""

from functools import cache
from pathlib import Path
from string import Template
from typing import Any, Final

import yaml

_CATALOGUE: Final = Path(__file__).with_name("layout") / "texts.zh-CN.yaml"


class Texts:
    """One chapter of the catalogue (`exposure`, `labels` …).

    Templates know ``${name}`` and nothing else: no expression, no attribute can be reached, so
    an office may edit them.
    """

    def __init__(self, chapter: str, entries: dict[str, Any]) -> None:
        self._chapter = chapter
        self._entries = entries

    def __call__(self, key: str, **values: object) -> str:
        """Fill in the template `key`.

        Raises:
            KeyError: the catalogue has no such template, or it names a value that is not given.
        """
        return fill(str(self._entries[key]), **values)

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of fixed words, e.g. the titles of a table's columns."""
        return tuple(str(item) for item in self._entries[key])

    def rows(self, key: str, **values: object) -> tuple[tuple[str, ...], ...]:
        """Return the rows of a table, every cell a template."""
        return tuple(tuple(fill(cell, **values) for cell in row) for row in self._entries[key])


def fill(template: str, **values: object) -> str:
    """Replace every ``${name}`` in `template`; values are never scanned again."""
    return Template(template).substitute({name: str(value) for name, value in values.items()})


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(_CATALOGUE.read_text("utf-8"))
    return loaded


def texts(chapter: str) -> Texts:
    """Open a chapter of the catalogue; KeyError if there is none of that name."""
    return Texts(chapter, _catalogue()[chapter])
