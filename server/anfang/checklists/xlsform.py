"""XLSForm [xlsform.org] into the items of a checklist (PROTOCOL §3). Pure.

Offices that come from ODK or Kobo bring their forms. What the item form can say is taken; what it
cannot say is refused by name and row, all at once; what needs no saying, because every record has
it anyway, is taken with a notice. Nothing is dropped silently.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from anfang.checklists.items import faults as item_faults
from anfang.kit.workbooks import Row

_DECIMAL_PLACES: Final = 2
_LONGEST_TEXT: Final = 400
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")
_BOUND: Final = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d{1,12}(?:\.\d{1,6})?)\Z")
_YES: Final = frozenset({"yes", "true", "true()", "1"})

_TAKEN: Final = frozenset({"type", "name", "label", "hint", "required", "constraint"})
_NOTICED: Final = frozenset({"appearance", "constraint_message", "required_message"})
"""Columns that say only how a question looks, or in which words it refuses."""
_TEXTS: Final = frozenset({"label", "hint"})
_ANYWAY: Final = frozenset({"geopoint", "start", "end", "today"})
"""Questions that every record answers by itself: its place, its clock, its day."""


@dataclass(frozen=True)
class Remark:
    """What is refused or noticed: where (sheet, Excel's row, the question's name), and a code.

    `detail` is the type, column or expression meant.
    """

    sheet: str
    row: int
    name: str
    code: str
    detail: str = ""


@dataclass
class Form:
    """A form as a checklist; with a refusal it cannot be taken."""

    code: str
    title: str
    items: list[dict[str, Any]] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    noticed: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """A row by its columns, empty cells left out; texts in Chinese and English."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    texts: Mapping[tuple[str, str], str]

    @property
    def name(self) -> str:
        return self.cells.get("name", "")

    def text(self, column: str, language: str) -> str:
        """Return a text in a language, else the one without a language, else any."""
        for key in ((column, language), (column, "")):
            if key in self.texts:
                return self.texts[key]
        return next((text for (name, _), text in self.texts.items() if name == column), "")

    def remark(self, code: str, detail: str = "") -> Remark:
        return Remark(self.sheet, self.row, self.name, code, detail)


def read(sheets: Mapping[str, Sequence[Row]]) -> Form:
    """Read an XLSForm's sheets `survey`, `choices` and `settings`, as `workbooks` gave them."""
    reader = _Reader()
    settings = reader.lines("settings", sheets.get("settings", ()))
    head = settings[0].cells if settings else {}
    reader.form.code = head.get("form_id", "")
    reader.form.title = head.get("form_title", "")
    for column in head.keys() - {"form_id", "form_title"}:
        reader.notice(settings[0].remark("xlsform-column-left-out", column))
    reader.take_choices(reader.lines("choices", sheets.get("choices", ())))
    if not sheets.get("survey"):
        reader.refuse(Remark("survey", 0, "", "xlsform-no-survey"))
    reader.take_survey(reader.lines("survey", sheets.get("survey", ())))
    return reader.form


class _Reader:
    """One form while it is read."""

    def __init__(self) -> None:
        self.form = Form("", "")
        self.choices: dict[str, list[dict[str, str]]] = {}
        self.groups: list[_Line] = []
        self.waiting: list[_Line] = []
        self.places: list[_Line] = []

    def refuse(self, remark: Remark) -> None:
        self.form.refused.append(remark)

    def notice(self, remark: Remark) -> None:
        self.form.noticed.append(remark)

    def lines(self, sheet: str, rows: Sequence[Row]) -> list[_Line]:
        """Read a sheet's rows by its headings; formulas and merged cells are refused."""
        if not rows:
            return []
        head = {
            place: str(cell.value).strip()
            for place, cell in enumerate(rows[0].cells)
            if cell.value is not None
        }
        return [self._line(sheet, row, head) for row in rows[1:]]

    def _line(self, sheet: str, row: Row, head: Mapping[int, str]) -> _Line:
        cells: dict[str, str] = {}
        texts: dict[tuple[str, str], str] = {}
        foreign: list[str] = []
        for place, cell in enumerate(row.cells):
            title = head.get(place, "")
            column, _, language = (part.strip() for part in title.partition("::"))
            if cell.fault is not None:
                self.refuse(Remark(sheet, row.number, title, f"xlsform-cell-{cell.fault}"))
            elif cell.value is None or not title:
                continue
            elif column in _TEXTS and _language(language) is not None:
                texts[column, _language(language) or ""] = _plain(cell.value)
            elif column in _TEXTS:
                foreign.append(title)
            else:
                cells[title] = _plain(cell.value)
        line = _Line(sheet, row.number, cells, texts)
        for title in foreign:
            self.notice(line.remark("xlsform-language-left-out", title))
        return line

    def take_choices(self, lines: Sequence[_Line]) -> None:
        for line in lines:
            list_name = line.cells.get("list_name", line.cells.get("list name", ""))
            for column in line.cells.keys() - {"list_name", "list name", "name", "label"}:
                self.refuse(line.remark("xlsform-column-unsupported", column))
            if not _CODE.match(line.name):
                self.refuse(line.remark("xlsform-name-unusable"))
            option = {"value": line.name, "label": line.text("label", "zh") or line.name}
            if ("label", "en") in line.texts:
                option["label_en"] = line.texts["label", "en"]
            self.choices.setdefault(list_name, []).append(option)

    def take_survey(self, lines: Sequence[_Line]) -> None:
        for line in lines:
            self._refuse_columns(line)
            self._take(line)
        if self.groups:
            self.refuse(self.groups[-1].remark("xlsform-group-open"))
        if self.waiting:
            self.refuse(self.waiting[-1].remark("xlsform-note-last"))
        for pointer, code in item_faults(self.form.items).items():
            place = self.places[int(pointer.split("/")[2])]
            self.refuse(place.remark(code))

    def _refuse_columns(self, line: _Line) -> None:
        for column, value in line.cells.items():
            if column in _TAKEN:
                continue
            if column in _NOTICED:
                self.notice(line.remark("xlsform-column-left-out", column))
            elif column in {"relevant", "relevance"}:
                self.refuse(line.remark("xlsform-relevance-unsupported", value))
            else:
                self.refuse(line.remark("xlsform-column-unsupported", column))

    def _take(self, line: _Line) -> None:
        kind, _, argument = line.cells.get("type", "").replace("_group", " group").partition(" ")
        argument = argument.strip()
        if kind in {"begin", "end"} and argument == "group":
            self._take_group(line, opens=kind == "begin")
        elif kind == "note":
            self.waiting.append(line)
        elif kind == "image":
            self._take_image(line)
        elif kind in _ANYWAY and not argument:
            self.notice(line.remark("xlsform-recorded-anyway", kind))
        else:
            self._take_question(line, kind, argument)

    def _take_group(self, line: _Line, *, opens: bool) -> None:
        if opens:
            self.groups.append(line)
        elif self.groups:
            self.groups.pop()
        else:
            self.refuse(line.remark("xlsform-group-unopened"))

    def _take_image(self, line: _Line) -> None:
        """A picture belongs to the question before it: there its rule stands."""
        if not self.form.items:
            self.refuse(line.remark("xlsform-image-alone"))
        elif _is_required(line):
            self.form.items[-1]["photo"] = "always"
            self.notice(line.remark("xlsform-image-joined", self.form.items[-1]["id"]))
        else:
            self.notice(line.remark("xlsform-image-optional", self.form.items[-1]["id"]))

    def _take_question(self, line: _Line, kind: str, argument: str) -> None:
        members = self._members(line, kind, argument)
        if members is None:
            return
        if not _CODE.match(line.name):
            self.refuse(line.remark("xlsform-name-unusable"))
        text = self._worded(line, "zh")
        if not line.text("label", "zh"):
            self.refuse(line.remark("xlsform-label-missing"))
        item = {"id": line.name, "text": text, "points": 0, "veto": False, "photo": "never"}
        if ("label", "en") in line.texts:
            item["text_en"] = self._worded(line, "en")
        if max(len(text), len(str(item.get("text_en", "")))) > _LONGEST_TEXT:
            self.refuse(line.remark("xlsform-text-too-long"))
        if not _is_required(line):
            self.notice(line.remark("xlsform-asked-anyway"))
        self.form.items.append({**item, **members})
        self.places.append(line)
        self.waiting = []

    def _worded(self, line: _Line, language: str) -> str:
        """Write groups, notes and the hint into the one text that an item has."""
        hint = line.text("hint", language)
        parts = [one.text("label", language) for one in (*self.groups, *self.waiting, line)]
        return "：".join(part for part in parts if part) + (f"（{hint}）" if hint else "")

    def _members(self, line: _Line, kind: str, argument: str) -> dict[str, Any] | None:
        constraint = line.cells.get("constraint", "")
        if kind in {"integer", "decimal"}:
            return self._number(line, kind, constraint)
        if constraint:
            self.refuse(line.remark("xlsform-constraint-unsupported", constraint))
        if kind == "text":
            return {"kind": "text"}
        if kind in {"select_one", "select_multiple"}:
            return self._choice(line, kind, argument)
        self.refuse(line.remark("xlsform-type-unsupported", line.cells.get("type", "")))
        return None

    def _number(self, line: _Line, kind: str, constraint: str) -> dict[str, Any]:
        bounds = list(_bounds(constraint)) if constraint else []
        if None in bounds or len({name for name, _ in filter(None, bounds)}) < len(bounds):
            self.refuse(line.remark("xlsform-constraint-unsupported", constraint))
            return {"kind": "number", "scale": 0}
        limits = {name: (sign, value) for name, (sign, value) in filter(None, bounds)}
        places = [-int(value.as_tuple().exponent) for _, value in limits.values()]
        scale = 0 if kind == "integer" else max([_DECIMAL_PLACES, *places])
        if kind == "decimal":
            self.notice(line.remark("xlsform-decimal-places", str(scale)))
        members: dict[str, Any] = {"kind": "number", "scale": scale}
        for name, (sign, value) in limits.items():
            scaled = value.scaleb(scale)
            strict = sign in {">", "<"}
            if scaled != scaled.to_integral_value() or (strict and kind == "decimal"):
                self.refuse(line.remark("xlsform-constraint-unsupported", constraint))
                continue
            step = (1 if sign == ">" else -1) if strict else 0
            members[name] = int(scaled) + step
        return members

    def _choice(self, line: _Line, kind: str, argument: str) -> dict[str, Any]:
        options = self.choices.get(argument, [])
        if not options:
            self.refuse(line.remark("xlsform-list-unknown", argument))
        values = {option["value"] for option in options}
        if kind == "select_one" and {"yes", "no"} <= values <= {"yes", "no", "na"}:
            return {"kind": "yes_no"}
        # A list that says nothing was refused already.
        kept = options or [{"value": one, "label": one} for one in ("a", "b")]
        return {"kind": "choice" if kind == "select_one" else "choices", "options": kept}


def _language(title: str) -> str | None:
    """Return `zh`, `en`, "" for a text without a language; None for any other."""
    lowered = title.lower()
    if not lowered:
        return ""
    if re.search(r"\bzh\b|chinese|中文|汉语|简体", lowered):
        return "zh"
    return "en" if re.search(r"\ben\b|english|英文|英语", lowered) else None


def _plain(value: Any) -> str:
    """Write a cell as text; a name that is a number keeps its digits."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _is_required(line: _Line) -> bool:
    return line.cells.get("required", "").lower() in _YES


def _bounds(constraint: str) -> Iterator[tuple[str, tuple[str, Decimal]] | None]:
    """Read `. >= 0 and . <= 100`; None for a part that says anything else."""
    for part in re.split(r"\s+and\s+", constraint.strip()):
        found = _BOUND.match(part.strip())
        if found is None:
            yield None
            continue
        sign, digits = found.groups()
        yield ("min" if sign[0] == ">" else "max"), (sign, Decimal(digits))
