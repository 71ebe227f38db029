"""The web server's own log lines, in the form of all others; nothing of what a caller sent."""

from typing import Any, Final

from gunicorn.config import Config
from gunicorn.glogging import Logger

from anfang.kit.logs import json_handler

_BEGINNINGS: Final = ("Invalid request", "Error handling request")
"""Lines that gunicorn goes on with the caller's address, its header or the address it asked for."""


class WebLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """What `gunicorn --logger-class` asks for."""

    def setup(self, cfg: Config) -> None:
        """Send gunicorn's lines through the same handler as all others."""
        super().setup(cfg)
        self.error_log.handlers = [json_handler()]
        self.error_log.propagate = False

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Write a warning, cut short where it would quote a caller."""
        super().warning(*_cut(msg, args), **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Write a fault, cut short where it would quote a caller."""
        super().exception(*_cut(msg, args), **kwargs)


def _cut(msg: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
    for beginning in _BEGINNINGS:
        if msg.startswith(beginning):
            return (beginning,)
    return (msg, *args)
