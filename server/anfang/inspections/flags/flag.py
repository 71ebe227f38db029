"""The form of a flag."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anfang.kit.i18n import translate

Fact = str | int | Sequence[str]


@dataclass(frozen=True)
class Flag:
    """Something to look at; `facts` are the figures its text speaks of."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def text_of(code: str, facts: Mapping[str, Fact], locale: str | None = None) -> str:
    """Return a flag in plain words with its figures, in the reader's language unless one is named.

    Lists are written with commas; figures stand as they are (no thousands separators to misread).
    """
    return translate(f"flag-{code}", locale, **{name: _plain(fact) for name, fact in facts.items()})


def _plain(fact: Fact) -> str:
    if isinstance(fact, str | int):
        return str(fact)
    return ", ".join(fact)
