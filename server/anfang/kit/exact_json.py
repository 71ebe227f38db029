"""JSON taken at its word: yes or no is true or false, a number is a number [RFC 8259 §3]. Pure.

marshmallow reads "on" as true and 2.5 as 2, which query strings need and JSON bodies must not get:
what a client sent by mistake would be kept as something else.
"""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from marshmallow import Schema, fields


def misread(schema: Schema, data: Any, *, many: bool | None = None) -> dict[Any, Any]:
    """Return what marshmallow would take for something else, as its messages by member and place.

    Args:
        data: a body as JSON gave it; what is wrong in other ways is left to the schema.
        many: whether it is a list of such bodies; by default the schema's own.
    """
    if schema.many if many is None else many:
        return _by_place(data, lambda one: misread(schema, one, many=False))
    if not isinstance(data, Mapping):
        return {}
    members = {field.data_key or name: field for name, field in schema.load_fields.items()}
    found = {key: _messages(members[key], value) for key, value in data.items() if key in members}
    return {key: messages for key, messages in found.items() if messages}


def _messages(field: fields.Field[Any], value: Any) -> Any:
    if isinstance(field, fields.Nested):
        return misread(field.schema, value, many=field.many)
    if isinstance(field, fields.List):
        return _by_place(value, lambda one: _messages(field.inner, one))
    if value is None or _is_meant(field, value):
        return None
    return field.make_error("invalid", input=value).messages


def _is_meant(field: fields.Field[Any], value: Any) -> bool:
    if isinstance(field, fields.Boolean):
        return isinstance(value, bool)
    if isinstance(field, fields.Integer):
        return _is_number(value) and value == int(value)
    return _is_number(value) if isinstance(field, fields.Float) else True


def _is_number(value: Any) -> bool:
    # JSON's numbers are finite; Python's reader takes NaN and Infinity, too.
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _by_place(values: Any, look: Callable[[Any], Any]) -> dict[int, Any]:
    if not isinstance(values, list):
        return {}
    found = {place: look(value) for place, value in enumerate(values)}
    return {place: messages for place, messages in found.items() if messages}
