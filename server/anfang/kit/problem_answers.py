"""Every refusal and every fault as problem details [RFC 9457], in the reader's language.

A fault is told by its code alone: what happened stands in the log, under the request's id.
"""

from collections.abc import Mapping
from typing import Any, Final

import structlog
from flask import Flask, Response, jsonify, request
from gunicorn.http.errors import ParseException
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, UnprocessableEntity

from anfang.kit.db import COME_AGAIN_SECONDS
from anfang.kit.errors import Busy, Internal, Problem
from anfang.kit.i18n import translate
from anfang.kit.input_texts import readable

PROBLEM_TYPE: Final = "application/problem+json"
_SQLITE_FULL: Final = "disk is full"
_POSTGRESQL_FULL: Final = "53100"
_SQLITE_LOCKED: Final = "database is locked"
_POSTGRESQL_LOCKED: Final = frozenset({"55P03", "40P01", "40001"})
"""A lock not had in time, a deadlock, a serialisation that failed."""


def install_problem_handlers(app: Flask) -> None:
    """Answer every refusal and every fault as problem details."""
    app.register_error_handler(Problem, _problem_response)
    app.register_error_handler(UnprocessableEntity, _validation_response)
    app.register_error_handler(HTTPException, _http_response)
    app.register_error_handler(IntegrityError, _conflict_response)
    app.register_error_handler(OperationalError, _database_response)
    app.register_error_handler(ParseException, _unreadable_response)
    app.register_error_handler(Exception, _fault_response)


def _problem_response(problem: Problem) -> Response:
    """Write a problem in the reader's language."""
    response = _response(problem.status, problem.code, problem.pointers, **problem.details)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _validation_response(error: UnprocessableEntity) -> Response:
    messages: Mapping[str, Any] = getattr(error, "data", {}).get("messages", {})
    return _response(422, "invalid-input", _flatten(messages))


def _http_response(error: HTTPException) -> Response:
    if isinstance(error.response, Response):
        return error.response
    status = error.code or 500
    response = _response(status, f"http-{status}", {})
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _conflict_response(error: IntegrityError) -> Response:
    structlog.get_logger().warning("conflict", constraint=str(error.orig).split("\n", 1)[0])
    return _response(409, "conflict", {})


def _unreadable_response(_error: ParseException) -> Response:
    """Answer a body whose chunks break off or have no length: it is read only inside the view."""
    return _response(400, "http-400", {})


def _database_response(error: OperationalError) -> Response:
    """Answer a database without room as full storage, one that others hold as busy.

    All else is a fault.
    """
    said, state = str(error.orig), getattr(error.orig, "sqlstate", None)
    if _SQLITE_FULL in said or state == _POSTGRESQL_FULL:
        return _response(507, "storage-full", {})
    if _SQLITE_LOCKED in said or state in _POSTGRESQL_LOCKED:
        return _problem_response(Busy(retry_after=COME_AGAIN_SECONDS))
    return _fault_response(error)


def _fault_response(error: Exception) -> Response:
    structlog.get_logger().error("fault", exc_info=error, endpoint=request.endpoint)
    return _response(Internal.status, Internal.code, {})


def _response(
    status: int, code: str, pointers: Mapping[str, str], **details: str | int
) -> Response:
    body: dict[str, Any] = {
        "type": "about:blank",
        "status": status,
        "code": code,
        "title": translate(code, None, **details),
    }
    if pointers:
        body["errors"] = [{"pointer": where, "detail": what} for where, what in pointers.items()]
    response = jsonify(body)
    response.status_code = status
    response.mimetype = PROBLEM_TYPE
    return response


def _flatten(messages: Any, path: str = "") -> dict[str, str]:
    if isinstance(messages, Mapping):
        found: dict[str, str] = {}
        for name, inner in messages.items():
            found.update(_flatten(inner, f"{path}/{name}"))
        return found
    return {path: " ".join(readable(str(message)) for message in messages)}
