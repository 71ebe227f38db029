"""Which handler answers which event, and what runs by the clock. Filled by rooms' `tasks.py`."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

Handler = Callable[..., None]


@dataclass(frozen=True)
class Answer:
    """A handler of an event.

    Attributes:
        own_transactions: the handler opens its transactions itself because it works long between
            them; it must be idempotent on its own.
    """

    name: str
    handler: Handler
    own_transactions: bool


@dataclass(frozen=True)
class Periodic:
    """Work by the clock; `cron` are the members of Huey's crontab, in UTC."""

    name: str
    work: Callable[[], None]
    cron: dict[str, Any]


ANSWERS: Final[dict[str, list[Answer]]] = defaultdict(list)
PERIODIC: Final[list[Periodic]] = []


def answers(event: str, *, own_transactions: bool = False) -> Callable[[Handler], Handler]:
    """Register a handler of `event`; it is called with the event's payload as keywords.

    Delivered at least once: inside the default transaction a repetition is noticed and skipped.
    """

    def register(handler: Handler) -> Handler:
        name = f"{handler.__module__}.{handler.__name__}"
        ANSWERS[event].append(Answer(name, handler, own_transactions))
        return handler

    return register


def by_clock(**cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register periodic work, e.g. `@by_clock(hour="18", minute="30")` in UTC."""

    def register(work: Callable[[], None]) -> Callable[[], None]:
        PERIODIC.append(Periodic(f"{work.__module__}.{work.__name__}", work, dict(cron)))
        return work

    return register
