"""Templates of documents: text with fields, which an office edits; never code. Pure.

A template is a title, paragraphs, and phrases for what is said once for every finding, case or
change. ``${name}`` stands for a field. Which fields a template may use is fixed by its kind
(`SHAPES`), plus the fields that the office declares itself and asks of the drafter. Some names are
blocks: several paragraphs, so such a name stands alone in its paragraph.

    {"title", "body": [{"text", "heading", "level"}], "phrases": {"name": "text"},
     "fields": [{"name", "label"}]}
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from anfang.documents.content import NoticeKind, Paragraph
from anfang.documents.texts import FieldText, fill

_SHIPPED: Final = Path(__file__).with_name("layout") / "templates.zh-CN.yaml"
MALFORMED: Final = "$"
"""What `unknown_fields` names where a ``$`` begins no field."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind offers its templates: fields, blocks, and the fields of each phrase."""

    fields: tuple[str, ...]
    blocks: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a template, ready to be filled in; `own` are the office's own fields."""

    title: str
    body: tuple[Paragraph, ...]
    phrases: Mapping[str, str]
    own: tuple[str, ...] = ()

    def say(self, phrase: str, **values: object) -> str:
        """Fill in a phrase; raises KeyError for an unknown one."""
        return fill(self.phrases[phrase], **values)


_COUNTS: Final = ("units", "visits", "clean_units", "faulty_units", "findings")
_PROBLEM_PHRASES: Final[Mapping[str, tuple[str, ...]]] = {
    "unmet": ("requirement",),
    "problem_class": ("problem", "count"),
    "problem_fact": ("day", "unit", "place", "fact"),
    "hearing_heard": ("heard",),
    "hearing_expired": ("expired",),
    "hearing_none": (),
}
_FACT_PHRASES: Final[Mapping[str, tuple[str, ...]]] = {
    "fact": ("day", "place", "fact"),
    "fact_without_place": ("day", "fact"),
}
_CASE_FIELDS: Final = ("unit", "title", "deadline")
_ORIGINAL: Final = ("office", "original_title", "original_number", "original_date", "reason")

SHAPES: Final[Mapping[NoticeKind, Shape]] = {
    NoticeKind.EXPOSURE: Shape(
        ("office", "theme", "period", "coverage", *_COUNTS, "view", "hearing", "deadline"),
        ("problem_classes",),
        _PROBLEM_PHRASES,
    ),
    NoticeKind.RECTIFICATION: Shape(
        (
            "office", "unit", "subject", "period", "evidence", "basis", "deadline",
            "holiday_note", "defence_deadline",
        ),
        ("facts", "demands"),
        {**_FACT_PHRASES, "holiday_note": ()},
    ),
    NoticeKind.SUPERVISION: Shape(
        ("office", "unit", "matter", "matter_text", "history", "deadline", "supporting"),
        (),
        {"history": ("day", "place", "fact")},
    ),
    NoticeKind.BULLETIN: Shape(
        ("office", "theme", "period", "lead", *_COUNTS, "hearing"),
        ("problem_classes", "cases", "achievements"),
        {
            **_PROBLEM_PHRASES,
            "case_open": _CASE_FIELDS,
            "case_answered": _CASE_FIELDS,
            "case_rectified": _CASE_FIELDS,
            "case_closed": _CASE_FIELDS,
        },
    ),
    NoticeKind.REPLY: Shape(
        ("office", "unit", "matter", "raised_on", "outcome"), ("facts",), _FACT_PHRASES
    ),
    NoticeKind.CORRECTION: Shape(_ORIGINAL, ("changes",), {"change": ("was", "now")}),
    NoticeKind.WITHDRAWAL: Shape(_ORIGINAL),
}  # fmt: skip


def shipped(kind: NoticeKind) -> dict[str, Any]:
    """Return the form of the template of a kind that comes with the product."""
    return _form(_catalogue()[kind.value])


def template_of(form: Mapping[str, Any]) -> Template:
    """Return a template from its form; raises ValueError if a paragraph contradicts itself."""
    return Template(
        title=form["title"],
        body=tuple(Paragraph(one["text"], one["heading"], one["level"]) for one in form["body"]),
        phrases=form["phrases"],
        own=tuple(one["name"] for one in form["fields"]),
    )


def unknown_fields(kind: NoticeKind, form: Mapping[str, Any]) -> dict[str, str]:
    """Find what a template names and its kind does not know: JSON pointer to names.

    A phrase that is missing or unknown is named by its pointer; a block inside a sentence and a
    ``$`` that begins no field (`MALFORMED`) are found too.
    """
    shape = SHAPES[kind]
    own = tuple(one["name"] for one in form["fields"])
    known = frozenset((*shape.fields, *own))
    found = {
        f"/fields/{place}/name": name
        for place, name in enumerate(own)
        if name in (*shape.fields, *shape.blocks) or own.index(name) != place
    }
    for pointer, text in _texts(form):
        is_block = pointer.endswith("/text") and _stands_alone(text)
        allowed = known.union(shape.blocks) if is_block else known
        wrong = [name for name in names_in(text) if name not in allowed]
        if wrong:
            found[pointer] = " ".join(dict.fromkeys(wrong))
    return found | _phrase_faults(shape, form["phrases"])


def names_in(text: str) -> list[str]:
    """Return the fields that a text names, in order; `MALFORMED` for a ``$`` that begins none."""
    found = []
    for match in FieldText.pattern.finditer(text):
        if match["braced"] is not None:
            found.append(match["braced"])
        elif match["invalid"] is not None:
            found.append(MALFORMED)
    return found


def filled(
    template: Template,
    facts: Mapping[str, object],
    blocks: Mapping[str, Sequence[Paragraph]] | None = None,
) -> tuple[str, list[Paragraph]]:
    """Fill in title and paragraphs, headings not numbered yet; a field without a fact is empty.

    A paragraph whose fields are all empty is left out, heading and all.
    """
    told = {**dict.fromkeys(template.own, ""), **facts}
    body: list[Paragraph] = []
    for paragraph in template.body:
        body.extend(_filled(paragraph, told, blocks or {}))
    return fill(template.title, **told), body


def _filled(
    paragraph: Paragraph, told: Mapping[str, object], blocks: Mapping[str, Sequence[Paragraph]]
) -> Iterator[Paragraph]:
    names = names_in(paragraph.text)
    if names and _stands_alone(paragraph.text) and names[0] in blocks:
        if blocks[names[0]] and paragraph.level:
            yield Paragraph(heading=fill(paragraph.heading, **told), level=paragraph.level)
        yield from blocks[names[0]]
    elif not names or any(str(told[name]) for name in names):
        heading = fill(paragraph.heading, **told)
        yield Paragraph(fill(paragraph.text, **told), heading, paragraph.level)


def _stands_alone(text: str) -> bool:
    match = FieldText.pattern.fullmatch(text.strip())
    return match is not None and match["braced"] is not None


def _phrase_faults(shape: Shape, phrases: Mapping[str, str]) -> dict[str, str]:
    found = {f"/phrases/{name}": name for name in phrases.keys() ^ shape.phrases.keys()}
    for name in phrases.keys() & shape.phrases.keys():
        wrong = [one for one in names_in(phrases[name]) if one not in shape.phrases[name]]
        if wrong:
            found[f"/phrases/{name}"] = " ".join(dict.fromkeys(wrong))
    return found


def _texts(form: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "/title", form["title"]
    for place, paragraph in enumerate(form["body"]):
        yield f"/body/{place}/heading", paragraph["heading"]
        yield f"/body/{place}/text", paragraph["text"]


def _form(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": entry["title"],
        "body": [{"text": "", "heading": "", "level": 0, **one} for one in entry["body"]],
        "phrases": dict(entry["phrases"]),
        "fields": [],
    }


@cache
def _catalogue() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(_SHIPPED.read_text("utf-8"))
    return loaded
