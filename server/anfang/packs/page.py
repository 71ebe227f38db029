"""`data/index.html` and `VERIFY.md`: the pack for a person. No script, no network. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from anfang.kit.i18n import LOCALES, translate
from anfang.packs import document
from anfang.packs.content import CaseInPack, PackContent
from anfang.packs.scratch import Scratch
from anfang.packs.view import RecordViews

_PIECES_AT_ONCE: Final = 200
_CASE_STATES: Final = frozenset({"open", "answered", "rectified", "closed"})


def page(
    content: PackContent, records: RecordViews, office_key: str, scratch: Scratch
) -> Iterator[bytes]:
    """Render the page in Chinese and English, pictures by relative path, everything escaped.

    In pieces: a page of thousands of pictures need not stand in memory.

    `office_key`: thumbprint of the key that signs the pack; readers compare it with a notice.
    """
    pieces = (
        _environment()
        .get_template("index.html")
        .stream(
            content=content,
            records=records,
            summary=_summary(records, scratch),
            office_key=office_key,
            notices=[
                (notice, document.notice_file(notice.number).removeprefix("data/"))
                for notice in content.notices
            ],
        )
    )
    pieces.enable_buffering(_PIECES_AT_ONCE)
    return (piece.encode() for piece in pieces)


def verify_text(pack_id: str, office_key: str, origin: str) -> bytes:
    """Write VERIFY.md: how to check the pack with `sha256sum`, `openssl` and `anfang verify`."""
    texts = [
        translate(
            "pack-verify-text",
            locale,
            pack=pack_id,
            key=office_key,
            origin=origin,
            schema=document.schema_address(origin),
        )
        for locale in LOCALES
    ]
    return ("\n\n---\n\n".join(texts) + "\n").encode()


@dataclass(frozen=True)
class Summary:
    """What stands at the head of the page; `days` the first and the last day, empty for none."""

    failed: int
    pictures: int
    days: str
    units: Sequence[str]


def _summary(records: RecordViews, scratch: Scratch) -> Summary:
    days, units, pictures, failed = set(), set(), scratch.list(), 0
    for record in records:
        days |= {record.day} - {""}
        units |= {record.unit} - {""}
        for picture in record.pictures:
            pictures.add(picture.sha256, None)
        failed += sum(not answer.met for answer in record.answers)
    return Summary(
        failed=failed,
        pictures=len(pictures),
        days=" — ".join(dict.fromkeys([min(days), max(days)])) if days else "",
        units=sorted(units),
    )


def _state(case: CaseInPack) -> Markup:
    """Where a case stands; a code that is not in the catalogue, by its ready label."""
    if case.state in _CASE_STATES:
        return _both(f"pack-case-{case.state}")
    return escape(case.state_label)


def _both(message: str, **values: str | int) -> Markup:
    """One text in both languages, each marked with its language."""
    spans = (
        Markup('<span lang="{}">{}</span>').format(locale, translate(message, locale, **values))
        for locale in LOCALES
    )
    return Markup(" ").join(spans)


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("anfang.packs", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = _both
    environment.globals["state"] = _state
    environment.globals["zh"] = lambda message: translate(message, "zh-CN")
    return environment
