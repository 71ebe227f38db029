"""Addresses of XLSForm imports: look at a form, take it as a checklist's first draft."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import wraps
from typing import Any, Final, TypeVar, cast

from flask import request
from flask_smorest.fields import Upload
from marshmallow import Schema, fields

from anfang.checklists import service, xlsform
from anfang.checklists.errors import XlsformRefused
from anfang.checklists.schemas import ChecklistItemSchema, ChecklistSchema, NewChecklistSchema
from anfang.kit.http import Room
from anfang.kit.i18n import translate
from anfang.kit.workbooks import LARGEST_FILE, read_sheets

room = Room("xlsforms", __name__, description="Checklists from XLSForms")

_View = TypeVar("_View", bound=Callable[..., Any])
_ENVELOPE: Final = 64 << 10


class XlsformFileSchema(Schema):
    """The form's workbook."""

    file = Upload(required=True)


class XlsformQuerySchema(Schema):
    """The new checklist's code and title; without them those of the form's settings."""

    code = fields.String(load_default="")
    title = fields.String(load_default="")
    apply = fields.Boolean(load_default=False)


class XlsformRemarkSchema(Schema):
    """What is refused or noticed, and where."""

    sheet = fields.String(required=True)
    row = fields.Integer(required=True)
    name = fields.String(required=True)
    code = fields.String(required=True)
    text = fields.String(required=True)


class XlsformReportSchema(Schema):
    """A form as a checklist; `checklist` is null unless it was taken."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    items = fields.List(fields.Nested(ChecklistItemSchema), required=True)
    refused = fields.List(fields.Nested(XlsformRemarkSchema), required=True)
    noticed = fields.List(fields.Nested(XlsformRemarkSchema), required=True)
    checklist = fields.Nested(ChecklistSchema, required=True, allow_none=True)


def _takes_workbook(view: _View) -> _View:
    """Let the request be as large as a workbook and its multipart envelope."""

    @wraps(view)
    def larger(*args: Any, **kwargs: Any) -> Any:
        request.max_content_length = LARGEST_FILE + _ENVELOPE
        return view(*args, **kwargs)

    return cast(_View, larger)


@room.post("/checklist-forms", permission="checklist.manage")
@_takes_workbook
@room.arguments(XlsformFileSchema, location="files")
@room.arguments(XlsformQuerySchema, location="query")
@room.response(200, XlsformReportSchema)
def import_form(files: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    """Show an XLSForm as a checklist, and what of it is refused; with `apply` take it."""
    form = xlsform.read(read_sheets(files["file"].read()))
    form.code, form.title = query["code"] or form.code, query["title"] or form.title
    checklist = None
    if query["apply"]:
        if form.refused:
            raise XlsformRefused(count=len(form.refused))
        members = {"code": form.code, "title": form.title, "items": form.items}
        # The same rules as for a checklist that is typed in.
        checklist = service.create_checklist(**_checked(members))
    return {
        "code": form.code,
        "title": form.title,
        "items": form.items,
        "refused": _worded(form.refused),
        "noticed": _worded(form.noticed),
        "checklist": checklist,
    }


def _checked(members: dict[str, Any]) -> dict[str, Any]:
    errors = NewChecklistSchema().validate(members)
    if errors:
        raise XlsformRefused(
            count=len(errors), pointers={f"/{name}": translate("input-invalid") for name in errors}
        )
    return cast(dict[str, Any], NewChecklistSchema().load(members))


def _worded(remarks: Iterable[xlsform.Remark]) -> list[dict[str, Any]]:
    return [
        {**asdict(one), "text": translate(one.code, None, detail=one.detail)} for one in remarks
    ]
