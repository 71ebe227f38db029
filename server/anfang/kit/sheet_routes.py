"""What addresses that take or give an Excel workbook have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

from flask import request
from flask_smorest.fields import Upload
from marshmallow import Schema, fields

from anfang.kit.workbooks import LARGEST_FILE

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENVELOPE: Final = 64 << 10

_View = TypeVar("_View", bound=Callable[..., Any])


class SheetFileSchema(Schema):
    """The workbook."""

    file = Upload(required=True)


class SheetDigestSchema(Schema):
    """Without `digest` the sheet's changes are only shown."""

    digest = fields.String(load_default=None)


def takes_workbook(view: _View) -> _View:
    """Let the request be as large as a workbook and its multipart envelope."""

    @wraps(view)
    def larger(*args: Any, **kwargs: Any) -> Any:
        request.max_content_length = LARGEST_FILE + _ENVELOPE
        return view(*args, **kwargs)

    return cast(_View, larger)
