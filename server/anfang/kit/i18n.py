"""Texts in the reader's language: Fluent catalogues, one file a room, ids are stable codes."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import has_request_context, request
from fluent.runtime import FluentLocalization, FluentResourceLoader

LOCALES: Final = ("zh-CN", "en")
_FOLDER: Final = Path(__file__).resolve().parents[1] / "locales"


@lru_cache
def catalogue(locale: str) -> FluentLocalization:
    """Return the texts of one language, all rooms together."""
    resources = sorted(path.name for path in (_FOLDER / locale).glob("*.ftl"))
    loader = FluentResourceLoader(str(_FOLDER / "{locale}"))
    return FluentLocalization([locale], resources, loader, use_isolating=False)


def translate(message: str, locale: str | None = None, **values: str | int) -> str:
    """Return the text of a message id, in the reader's language unless one is named."""
    return catalogue(locale or reader_locale()).format_value(message, values)


def has_message(message: str) -> bool:
    """Tell whether the catalogues know a message id."""
    return message in _ids()


@lru_cache
def _ids() -> frozenset[str]:
    bundle = next(iter(catalogue(LOCALES[0])._bundles()))
    return frozenset(bundle._messages)


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
