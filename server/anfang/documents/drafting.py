"""What drafts are made of: facts in, `Draft` out; the words are a template's. Pure.

A document states facts: who went, how, where; how many; what was found at which unit on which day
(never the minute, never the inspector, never a private person). `drafting_reports.py`,
`drafting_orders.py` and `drafting_successors.py` draft the kinds; people edit before approval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from anfang.documents.content import Annex, NoticeKind, Paragraph, chinese_date, number_headings
from anfang.documents.templates import Template, shipped, template_of

OWN_NUMBER: Final = "${number}"
"""Stands in a draft for the document's own number, which is given at publication."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One confirmed finding: where, on which day, of which class, and the fact in one sentence."""

    unit: str
    problem: str
    day: date
    fact: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Visits:
    """What was visited: the period and the number of units and of visits."""

    first_day: date
    last_day: date
    units: int
    visits: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """How many units stated a defence, and how many let the time run out."""

    heard: int
    expired: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Title, body and annexes of a document, headings numbered."""

    title: str
    body: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...] = ()

    @classmethod
    def of(cls, filled: tuple[str, Sequence[Paragraph]], annexes: Sequence[Annex] = ()) -> "Draft":
        """Return a draft from a template that was filled in (`templates.filled`)."""
        return cls(filled[0], number_headings(filled[1]), tuple(annexes))


def template_or_shipped(kind: NoticeKind, template: Template | None) -> Template:
    """Return the template given, else the one that comes with the product."""
    return template or template_of(shipped(kind))


def fact_of(template: Template, finding: Finding) -> str:
    """State a finding to its own unit: the unit is not named."""
    phrase = "fact" if finding.place else "fact_without_place"
    values = {"day": chinese_date(finding.day), "fact": finding.fact}
    if finding.place:
        values["place"] = finding.place
    return sentence(template.say(phrase, **values))


def listed(sentences: Sequence[str]) -> list[Paragraph]:
    """Set several sentences as a list numbered (1. 2. …) in the running text."""
    if len(sentences) == 1:
        return [Paragraph(sentences[0])]
    return [Paragraph(f"{i}.{one}") for i, one in enumerate(sentences, start=1)]


def period(visits: Visits) -> str:
    """Write a span of days without repeating what both ends share."""
    first, last = visits.first_day, visits.last_day
    if first == last:
        return chinese_date(first)
    if first.year != last.year:
        return f"{chinese_date(first)}至{chinese_date(last)}"
    if first.month != last.month:
        return f"{chinese_date(first)}至{last.month}月{last.day}日"
    return f"{chinese_date(first)}至{last.day}日"


def sentence(text: str) -> str:
    """End `text` with a full stop unless it already ends a sentence; nothing stays nothing."""
    text = text.strip()
    if not text or text.endswith(("。", "！", "？", "……")):
        return text
    return text.rstrip("；，、;,. ") + "。"
