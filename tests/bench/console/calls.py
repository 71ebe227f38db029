"""The calls that are measured, and how: through the whole application, then its bare SQL."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from flask.testing import FlaskClient
from sqlalchemy import event

from anfang.kit.db import db

LISTS: Final = {
    "cases": "/cases?limit=100",
    "cases deep": "/cases?limit=100&sort=-opened",
    "cases by unit": "/cases?limit=100&sort=unit",
    "cases by class": "/cases?limit=100&sort=class",
    "cases quietest": "/cases?limit=100&sort=quiet",
    "cases state": "/cases?limit=100&state=rectified",
    "cases red": "/cases?limit=100&colour=red",
    "cases overdue": "/cases?limit=100&overdue=true",
    "cases subtree": "/cases?limit=100&unit={bureau}&state=open",
    "cases owner": "/cases?limit=100&owner={owner}&colour=blue",
    "cases theme, class": "/cases?limit=100&theme={theme}&class=at_once",
    "cases text": "/cases?limit=100&q=4999",
    "cases text, rare": "/cases?limit=100&q=0004999",
    "groups colour": "/case-groups?by=colour",
    "groups unit": "/case-groups?by=unit",
    "groups owner": "/case-groups?by=owner",
    "groups theme": "/case-groups?by=theme",
    "groups state": "/case-groups?by=state&unit={bureau}",
    "findings without case": "/findings-without-case?limit=50",
    "findings": "/review/findings?limit=50",
    "findings of an item": "/review/findings?limit=50&item=i7&state=confirmed",
    "findings of a bureau": "/review/findings?limit=50&unit={bureau}",
    "queue": "/review/queue?limit=60",
    "queue unit": "/review/queue?limit=60&unit={bureau}",
    "queue any": "/review/queue?limit=60&state=any",
    "queue site": "/review/queue?limit=60&state=any&site={site}",
    "queue campaign": "/review/queue?limit=60&campaign={campaign}",
    "sites": "/sites?limit=100",
}
"""Of a lead."""
FIGURES: Final = {
    "map and charts": "/overview",
    "map and charts, campaign": "/overview?campaign={campaign}",
    "map and charts, bureau": "/overview?unit={bureau}",
    "map and charts, 30 days": "/overview?from_day={month_ago}",
}
"""Answers to several questions at once: their bare SQL is all of the call's statements."""
DESK: Final = {"desk cases": "/cases?limit=100", "desk groups": "/case-groups?by=state"}
"""Of a unit's liaison."""

_SLACK_MS: Final = 20
_FACTOR: Final = 2


def measure(client: FlaskClient, path: str, rounds: int, *, whole: bool = False) -> dict[str, Any]:
    """Return a call's p50 and p95 in ms beside its bare SQL's, and whether the goal is met.

    Args:
        rounds: how often each is run.
        whole: compare with all of the call's statements instead of its slowest.
    """

    def ask() -> None:
        answer = client.get(f"/api/v1{path}")
        assert answer.status_code == 200, (path, answer.get_data(as_text=True)[:200])

    ask()
    with _heard() as statements:
        ask()
    asked = _times(ask, rounds)
    bare = _bare(statements, rounds, whole=whole)
    p95, bare_p95 = _at(asked, 0.95), _at(bare, 0.95)
    return {
        "p50_ms": _at(asked, 0.5),
        "p95_ms": p95,
        "bare_p50_ms": _at(bare, 0.5),
        "bare_p95_ms": bare_p95,
        "statements": len(statements),
        "within_goal": p95 <= _FACTOR * bare_p95 + _SLACK_MS,
    }


Said = tuple[str, Any]


@contextmanager
def _heard() -> Iterator[list[Said]]:
    """Hear the statements of one request, with what was bound to them."""
    heard: list[Said] = []

    def before(_c: Any, _cursor: Any, said: str, bound: Any, _context: Any, _many: Any) -> None:
        heard.append((said, bound))

    event.listen(db.engine, "before_cursor_execute", before)
    try:
        yield heard
    finally:
        event.remove(db.engine, "before_cursor_execute", before)


def _bare(statements: list[Said], rounds: int, *, whole: bool) -> list[float]:
    connection = db.engine.raw_connection()

    def run(some: list[Said]) -> None:
        for statement, bound in some:
            cursor = connection.cursor()
            cursor.execute(statement, bound)
            cursor.fetchall()
            cursor.close()
        connection.rollback()

    try:
        if whole:
            return _times(lambda: run(statements), rounds)
        alone = {
            place: _times(lambda q=one: run([q]), 2)[0] for place, one in enumerate(statements)
        }
        slowest = statements[max(alone, key=lambda place: alone[place])]
        return _times(lambda: run([slowest]), rounds)
    finally:
        connection.close()


def _times(work: Callable[[], None], rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - started))
    return sorted(found)


def _at(times: list[float], share: float) -> float:
    if share == 0.5:
        return round(statistics.median(times), 2)
    return round(times[min(int(len(times) * share), len(times) - 1)], 2)
