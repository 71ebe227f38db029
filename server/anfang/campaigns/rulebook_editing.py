"""A rulebook's text with one section written anew; the others keep their text and comments."""

from typing import Any, Final

import yaml

from anfang.campaigns.rulebook_reading import Document, read

_WIDTH: Final = 96


def with_section(text: str, section: str, content: Any) -> str:
    """Return `text` with `section` replaced, or put at its end where it had none.

    Comments inside the section go with it, those in front of the next one stay.

    Raises:
        UnreadableError: the text is no rulebook.
    """
    document = read(text)
    changed = {**document.value, section: content}
    edited = _edited(document, text.splitlines(keepends=True), section, _written(section, content))
    # A text in another style (flow, say) is written whole: what it says comes before its looks.
    return edited if read(edited).value == changed else _dumped(changed)


def _edited(document: Document, lines: list[str], section: str, written: list[str]) -> str:
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    begins = sorted(mark.line - 1 for place, mark in document.key_marks.items() if len(place) == 1)
    if section not in document.value:
        return "".join([*lines, *written])
    begin = document.key_marks[(section,)].line - 1
    end = next((line for line in begins if line > begin), len(lines))
    while end > begin + 1 and lines[end - 1].lstrip()[:1] in {"", "#"}:
        end -= 1
    return "".join([*lines[:begin], *written, *lines[end:]])


def _written(section: str, content: Any) -> list[str]:
    return _dumped({section: content}).splitlines(keepends=True)


def _dumped(value: Any) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=_WIDTH))
