"""The rulebooks that come with the product, one for each source document."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from anfang.campaigns.rulebook_reading import read

_FOLDER: Final = Path(__file__).with_name("rulebooks")


@dataclass(frozen=True)
class ShippedRulebook:
    """A file of the folder, with what its head says."""

    code: str
    title: str
    source: str
    text: str


@cache
def shipped() -> tuple[ShippedRulebook, ...]:
    """Return all of them, by code."""
    return tuple(_shipped(file) for file in sorted(_FOLDER.glob("*.yaml")))


def shipped_text(code: str) -> str:
    """Return the text of one; raises KeyError for an unknown code."""
    return {file.stem: file for file in _FOLDER.glob("*.yaml")}[code].read_text("utf-8")


def _shipped(file: Path) -> ShippedRulebook:
    text = file.read_text("utf-8")
    head = read(text).value
    return ShippedRulebook(head["code"], head["title"], head["source"], text)
