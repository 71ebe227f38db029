"""Structured logs: one JSON line an event; never a body, a token, a name, an address or a place.

Messages of exceptions are left out, for they quote what somebody sent (a row, a path, a header):
a fault is told by its type and the lines of code that it came through.
"""

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any, Final

import structlog

_DEEPEST: Final = 25
"""Lines of a fault that are kept, the innermost ones."""

_SHARED: Final[tuple[Any, ...]] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure_logs(level: str) -> None:
    """Write log events of this level and above to stderr, also those of the queue's library."""
    structlog.configure(
        processors=[*_SHARED, without_messages, _json()],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    queue = logging.getLogger("huey")
    queue.handlers = [json_handler()]
    queue.setLevel(logging.WARNING)
    queue.propagate = False


def json_handler() -> logging.Handler:
    """Return a handler that writes events of the standard library's loggers in the same form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=list(_SHARED),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_messages,
                _json(),
            ],
        )
    )
    return handler


def without_messages(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace an exception by its types and the lines that it came through."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["fault"] = [type(one).__name__ for one in _chain(error)]
        event["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
        ]
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _json() -> structlog.processors.JSONRenderer:
    return structlog.processors.JSONRenderer(ensure_ascii=False)
