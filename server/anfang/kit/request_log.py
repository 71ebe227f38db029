"""One line a request, under an id that the caller gets as well: `X-Request-Id`.

The line names the route's pattern, never the path: ids, codes and numbers stay out.
"""

import secrets
import time
from typing import Final

import structlog
from flask import Flask, Response, g, request

HEADER: Final = "X-Request-Id"


def install_request_log(app: Flask) -> None:
    """Give every request an id and log how it was answered."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)


def _begin() -> None:
    g.request_id, g.begun_at = secrets.token_hex(8), time.perf_counter()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def _end(response: Response) -> Response:
    if "request_id" not in g:
        return response
    response.headers[HEADER] = g.request_id
    structlog.get_logger().info(
        "request",
        method=request.method if request.url_rule else "-",
        route=request.url_rule.rule if request.url_rule else "-",
        status=response.status_code,
        milliseconds=round((time.perf_counter() - g.begun_at) * 1000),
    )
    return response


def _forget(_error: BaseException | None) -> None:
    structlog.contextvars.unbind_contextvars("request")
