"""Which rows stand for which stored objects: one page for doctor, backup and restore.

A room that begins to store something gets its line here; an object that no line names is an orphan.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from anfang.campaigns.models import Campaign
from anfang.documents import queries as documents
from anfang.documents.models import Notice
from anfang.evidence import queries as evidence
from anfang.evidence.models import DecodedState, Media
from anfang.kit.db import db
from anfang.packs import queries as packs
from anfang.packs.models import Pack, PackState
from anfang.review import queries as review
from anfang.review.models import PictureDecision
from anfang.storage import service as storage

_CHUNKED: Final = {"yield_per": 1000}
_NAMED_AFTER_ANOTHER: Final = (f"{evidence.PREVIEW}/", f"{evidence.THUMBNAIL}/")
"""Kinds whose key is the hash of the original that they were made from, not their own."""


@dataclass(frozen=True)
class Expected:
    """An object that a row speaks of; `size` in bytes where the row knows it."""

    key: str
    size: int | None = None


def expected() -> Iterator[Expected]:
    """Return every object that the database speaks of; one may come more than once."""
    yield from _originals()
    yield from _pictures()
    yield from _documents()


def hash_in_name(key: str) -> str | None:
    """Return the SHA-256 (hex) that an object must have, None where its key does not say."""
    return None if key.startswith(_NAMED_AFTER_ANOTHER) else key.rsplit("/", 1)[-1]


def _originals() -> Iterator[Expected]:
    kept = Media.deleted_at.is_(None)
    statement = select(Media.sha256, Media.bytes, Media.decoded_state).where(kept)
    for sha256, size, state in db.session.execute(statement, execution_options=_CHUNKED):
        yield Expected(storage.media_key(sha256), size)
        if state == DecodedState.DECODED:
            yield Expected(storage.derived_key(evidence.PREVIEW, sha256))
            yield Expected(storage.derived_key(evidence.THUMBNAIL, sha256))


def _pictures() -> Iterator[Expected]:
    kept = select(PictureDecision).where(PictureDecision.deleted_at.is_(None))
    for one in db.session.scalars(kept, execution_options=_CHUNKED):
        yield Expected(review.redacted_key(one), one.png_bytes)
        if one.proof_key is not None:
            yield Expected(one.proof_key)


def _documents() -> Iterator[Expected]:
    for column in (Notice.pdf_sha256, Notice.docx_sha256):
        for digest in _values(select(column).where(column.is_not(None))):
            yield Expected(documents.file_key(digest))
    for digest in _values(select(Campaign.plan_sha256).where(Campaign.plan_sha256.is_not(None))):
        yield Expected(storage.derived_key("plans", digest))
    ready = select(Pack.sha256, Pack.bytes).where(Pack.state == PackState.READY.value)
    for sha256, size in db.session.execute(ready):
        if sha256 is not None:
            yield Expected(packs.file_key(sha256), size)


def _values(statement: object) -> Iterable[str]:
    return db.session.scalars(statement, execution_options=_CHUNKED)  # type: ignore[call-overload, no-any-return]
