"""The web server: gunicorn with an application that is there already."""

import os
from collections.abc import Callable, Iterable
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication

from anfang.kit.config import Settings
from anfang.web_logs import WebLogger

_REFUSALS: Final = ("4", "5")
_UPLOAD_SECONDS: Final = 600


class _WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """What gunicorn calls a custom application: https://gunicorn.org/custom/."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def behind_gunicorn(app: Flask) -> Flask:
    """Return the application, fit for what gunicorn does differently."""
    app.wsgi_app = _ClosingRefusals(app.wsgi_app)  # type: ignore[method-assign]
    return app


def run_web(app: Flask, settings: Settings) -> None:
    """Serve until told to stop; calls under way are finished first."""
    _WebServer(behind_gunicorn(app), _options(settings)).run()


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "proc_name": "anfang",
        "bind": f"{settings.host}:{settings.port}",
        "preload_app": True,
        "worker_class": "gthread",
        "workers": settings.web_workers,
        "threads": settings.web_threads,
        "timeout": _UPLOAD_SECONDS,
        "graceful_timeout": 30,
        "keepalive": 30,
        "loglevel": "warning",
        "logger_class": WebLogger,
        "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp",  # noqa: S108
    }


class _ClosingRefusals:
    """Says `Connection: close` where a body was refused before it was read.

    gunicorn would announce that the connection stays and then close it over the unread bytes, and
    ignores a header that the application sets.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request."""
        server = getattr(start_response, "__self__", None)

        def begin(status: str, headers: Any, *rest: Any) -> Any:
            body = environ.get("CONTENT_LENGTH") or environ.get("HTTP_TRANSFER_ENCODING")
            if status[0] in _REFUSALS and body not in (None, "", "0") and server is not None:
                server.force_close()
            return start_response(status, headers, *rest)

        return self._application(environ, begin)
