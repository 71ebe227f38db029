"""Texts in the reader's language: Fluent catalogues, one file a room, ids are stable codes."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import has_request_context, request
from fluent.runtime import FluentBundle, FluentResource

LOCALES: Final = ("zh-CN", "en")
_FOLDER: Final = Path(__file__).resolve().parents[1] / "locales"


@lru_cache
def catalogue(locale: str) -> FluentBundle:
    """Return the texts of one language, all rooms together, read whole so that threads share it."""
    bundle = FluentBundle([locale], use_isolating=False)
    for file in sorted((_FOLDER / locale).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def translate(message: str, locale: str | None = None, **values: str | int) -> str:
    """Return the text of a message id, in the reader's language unless one is named.

    An id that no catalogue knows is returned itself: the reader has at least the code.
    """
    texts = catalogue(locale or reader_locale())
    pattern = texts.get_message(message).value if texts.has_message(message) else None
    return message if pattern is None else str(texts.format_pattern(pattern, values)[0])


def has_message(message: str) -> bool:
    """Tell whether the catalogues know a message id."""
    return bool(catalogue(LOCALES[0]).has_message(message))


def reader_locale(default: str = "zh-CN") -> str:
    """Return the language of the present reader: `?lang=` or Accept-Language, Chinese first."""
    if not has_request_context():
        return default
    asked = request.args.get("lang")
    if asked in LOCALES:
        return str(asked)
    return request.accept_languages.best_match(["zh-CN", "zh", "en"], default)[:2].replace(
        "zh", "zh-CN"
    )
