"""What waits for whoever calls: rooms say what, one request counts it all.

A room registers the matters beside the address that lists them, so that what is counted is what
the list would show, to callers who may open it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, func, select

from anfang.kit.db import db
from anfang.kit.principal import Principal

MOST: Final = 100
"""Nobody needs to know exactly how many more there are, and counting them costs."""

Matters = Callable[[Principal], Select[Any]]


@dataclass(frozen=True)
class Source:
    """Matters that wait: a statement of their ids, for who holds a permission."""

    permission: str
    matters: Matters


@dataclass(frozen=True)
class Waiting:
    """How many matters of a kind wait; `more`: there are more than `MOST`."""

    key: str
    count: int
    more: bool


SOURCES: Final[dict[str, Source]] = {}


def waits(key: str, *, permission: str) -> Callable[[Matters], Matters]:
    """Register a statement of the ids of what waits for callers with `permission`.

    Args:
        key: its name in the answer, of which the console has the text.
        permission: that of acting upon it, not of reading it.
    """

    def register(matters: Matters) -> Matters:
        SOURCES[key] = Source(permission, matters)
        return matters

    return register


def waiting_for(caller: Principal, permissions: Collection[str]) -> list[Waiting]:
    """Return what waits for a caller, counted in one statement; what is empty is left out."""
    sources = {key: one for key, one in SOURCES.items() if one.permission in permissions}
    if not sources:
        return []
    counts = db.session.execute(
        select(*(_count(one.matters(caller)).label(key) for key, one in sources.items()))
    ).one()
    return [
        Waiting(key, min(count, MOST), count > MOST)
        for key, count in zip(sources, counts, strict=True)
        if count
    ]


def _count(ids: Select[Any]) -> Any:
    some = ids.order_by(None).limit(MOST + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
