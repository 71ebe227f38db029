"""Is a rulebook's text allowed? Schema, the sections' own checks, the guard-rails; each with line.

One published schema is put together of the files in `rulebook_schema/`, one a section (JSON Schema
2020-12, §9.3 compound documents). A section without a file may not be used.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema.exceptions import best_match

from anfang.campaigns import guard_rails
from anfang.campaigns import rulebook_checks as _own_checks  # noqa: F401 -- registers checks
from anfang.campaigns.rulebook_reading import Document, Mark, Place, UnreadableError, read
from anfang.campaigns.rulebook_registry import SECTION_CHECKS, Details, SectionFault

SECTIONS: Final = (
    "goals",
    "themes",
    "actors",
    "stages",
    "rule_sets",
    "visits",
    "cases",
    "ladders",
    "registers",
    "supervision",
    "surveys",
    "complaints",
    "claims",
    "cycles",
    "scoring",
    "ballots",
)
"""The sections in the order of the schema and of explanations."""

_FOLDER: Final = Path(__file__).with_name("rulebook_schema")
_BASE: Final = "https://anfang.invalid/rulebook/1/"
_COMMON: Final = "common"
_OWN_CODE: Final = "x-fault"
"""Keyword of a schema whose breach has a code of its own (a guard-rail)."""
_LONGEST_SHOWN: Final = 60

_FAULTS: Final[Mapping[str, str]] = {
    "type": "type",
    "enum": "one-of",
    "const": "one-of",
    "pattern": "form",
    "format": "form",
    "uniqueItems": "twice",
    "not": "not-allowed",
    "required": "required",
    "dependentRequired": "required",
    "additionalProperties": "unknown",
    "propertyNames": "form",
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), "range"),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties"), "size"),
}


Errors = Iterator[ValidationError]


@dataclass(frozen=True)
class Fault:
    """Why a rulebook is refused: the text `rulebook-fault-<code>`, and where it stands.

    Attributes:
        place: JSON pointer within the rulebook.
        rule: JSON pointer within the schema, or the name of the check.
    """

    code: str
    line: int
    column: int
    place: str
    rule: str
    details: Details = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What was read, and everything that is wrong with it; sound if there is no fault."""

    content: dict[str, Any]
    faults: tuple[Fault, ...]


@cache
def schema() -> dict[str, Any]:
    """Return the published JSON Schema of rulebooks."""
    top: dict[str, Any] = json.loads((_FOLDER / "rulebook.schema.json").read_text("utf-8"))
    top["$id"] = f"{_BASE}rulebook.schema.json"
    for name in (_COMMON, *SECTIONS):
        file = _FOLDER / f"{name}.schema.json"
        if not file.exists():
            continue
        part: dict[str, Any] = json.loads(file.read_text("utf-8"))
        # A part that names its dialect would be checked by that dialect's own validator.
        part.pop("$schema", None)
        part["$id"] = f"{_BASE}{file.name}"
        top["$defs"][name] = part
        if name != _COMMON:
            top["properties"][name] = {"$ref": file.name}
    return top


@lru_cache(maxsize=16)
def check(text: str) -> Verdict:
    """Check a rulebook's text; never raises.

    Remembered, for a text is looked at, explained and loaded in turn: nobody changes a verdict.
    """
    try:
        document = read(text)
    except UnreadableError as error:
        return Verdict({}, (_fault(error.code, error.mark, (), "yaml", error.details),))
    faults = [_schema_fault(document, error) for error in _validator().iter_errors(document.value)]
    if not faults:
        faults = list(_section_faults(document))
    content = document.value if isinstance(document.value, dict) else {}
    return Verdict(content, tuple(sorted(faults, key=lambda one: (one.line, one.column))))


@cache
def _validator() -> Any:
    Draft202012Validator.check_schema(schema())
    return _Validator(schema(), format_checker=FormatChecker())


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Errors:
    """Compare as ECMA-262 does: `$` is the end, not a line feed before it."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(pattern)


def _required(_validator: Any, names: list[str], instance: Any, _schema: Any) -> Errors:
    """Name each missing member in an error of its own."""
    if isinstance(instance, dict):
        yield from (ValidationError(name) for name in names if name not in instance)


def _only_known(_validator: Any, others: Any, instance: Any, schema: Any) -> Errors:
    """Point at each unknown member itself; schemas of `rulebook_schema/` forbid them all."""
    if isinstance(instance, dict) and others is False:
        unknown = instance.keys() - schema.get("properties", {}).keys()
        yield from (ValidationError(name, path=[name]) for name in sorted(unknown))


_Validator: Final = validators.extend(  # type: ignore[no-untyped-call]  # the stubs leave it out
    Draft202012Validator,
    {"pattern": _pattern, "required": _required, "additionalProperties": _only_known},
)


def _schema_fault(document: Document, error: ValidationError) -> Fault:
    """Say the deepest error: of alternatives, that of the one which fits best."""
    deepest = best_match([error]) or error
    place = tuple(deepest.absolute_path)
    details = _figures(deepest)
    own = _schema_of(deepest).get(_OWN_CODE)
    code = str(own) if own else _FAULTS.get(str(deepest.validator), "schema")
    return _fault(code, document.mark(place), place, _pointer(deepest.schema_path), details)


def _schema_of(error: ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}


def _figures(error: ValidationError) -> Details:
    """Return what the texts of the faults name."""
    if error.validator in {"required", "additionalProperties"}:
        return {"name": error.message}
    wanted: Any = error.validator_value
    named = wanted if isinstance(wanted, str | int | float) else ""
    if isinstance(wanted, list):
        named = " / ".join(str(one) for one in wanted)
    return {"value": _shown(error.instance), "wanted": str(named), "keyword": str(error.validator)}


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _section_faults(document: Document) -> Iterator[Fault]:
    content: dict[str, Any] = document.value
    for section in SECTIONS:
        if section not in content:
            continue
        for found in _contradictions(section, content):
            place = (section, *found.place)
            rule = f"{section}:{found.code}"
            yield _fault(found.code, document.mark(place), place, rule, found.details)


def _contradictions(section: str, content: Mapping[str, Any]) -> Iterator[SectionFault]:
    yield from guard_rails.faults(content[section])
    for one in SECTION_CHECKS.get(section, ()):
        yield from one(content[section], content)


def _fault(code: str, mark: Mark, place: Place, rule: str, details: Details) -> Fault:
    return Fault(code, mark.line, mark.column, _pointer(place), rule, details)


def _pointer(place: Any) -> str:
    """Write a JSON pointer (RFC 6901)."""
    return "".join("/" + str(one).replace("~", "~0").replace("/", "~1") for one in place)
