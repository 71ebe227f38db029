"""Writing lists by their schemas: marshmallow's own answer, its schemas read once. Pure.

[Note: Schemas read once] Of each value of each line marshmallow asks anew where it lies and how it
is written, through six functions. A hundred cases are some 3,400 values: that was a third of the
time in which their list was answered.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Final

from marshmallow import Schema, fields, missing
from marshmallow.utils import ensure_text_type

_Form = Callable[[Any], Any]
_Member = tuple[str, str, _Form | None, fields.Field[Any]]


class QuicklyWritten(Schema):
    """A schema that is read once to write many objects, with all that it nests.

    None of them may have hooks that run before or after writing.
    """

    @cached_property
    def _form(self) -> _Form:
        return _object_form(self)

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        """Return what marshmallow would."""
        several = self.many if many is None else many
        return _write_all(self._form, obj) if several else self._form(obj)


def _object_form(schema: Schema) -> _Form:
    members = [_member(name, field) for name, field in schema.dump_fields.items()]
    return partial(_write, members, schema.get_attribute)


def _member(name: str, field: fields.Field[Any]) -> _Member:
    """Return under which key a member is written, where its value lies, and how it is written."""
    source = name if field.attribute is None else field.attribute
    form = None if "." in source else _form_of(field)
    return (name if field.data_key is None else field.data_key), source, form, field


def _form_of(field: fields.Field[Any]) -> _Form | None:
    """Return how a value that is there is written; None: the field has to be asked each time.

    By the exact class: one that inherits may write otherwise.
    """
    if type(field) not in _KNOWN:
        return None
    match field:
        case fields.Nested():
            return _nested_form(field)
        case fields.List():
            return _list_form(field)
        case fields.DateTime() | fields.Date():
            return field.SERIALIZATION_FUNCS.get(field.format or field.DEFAULT_FORMAT)
        case fields.Integer():
            return None if field.as_string else int
    return _PLAIN[type(field)]


def _nested_form(field: fields.Nested) -> _Form:
    form = _object_form(field.schema)
    return partial(_write_all, form) if field.many or field.schema.many else form


def _list_form(field: fields.List[Any]) -> _Form | None:
    form = _form_of(field.inner)
    return None if form is None else partial(_write_all, form)


def _write(
    members: Sequence[_Member], accessor: Callable[[Any, str, Any], Any], obj: Any
) -> dict[str, Any]:
    look = obj.get if isinstance(obj, dict) else partial(accessor, obj)
    written = {}
    for key, source, form, field in members:
        value = missing if form is None else look(source, missing)
        if form is None or value is missing:
            value = field.serialize(source, obj, accessor=accessor)
        elif value is not None:
            value = form(value)
        if value is not missing:
            written[key] = value
    return written


def _write_all(form: _Form, values: Iterable[Any]) -> list[Any]:
    return [None if value is None else form(value) for value in values]


def _text(value: Any) -> str:
    return value if type(value) is str else ensure_text_type(value)


def _as_it_is(value: Any) -> Any:
    return value


_PLAIN: Final[Mapping[type, _Form]] = {
    fields.String: _text,
    fields.UUID: str,
    fields.Boolean: _as_it_is,
    fields.Raw: _as_it_is,
}
_KNOWN: Final = frozenset(
    {
        *_PLAIN, fields.Nested, fields.List, fields.Integer,
        fields.DateTime, fields.AwareDateTime, fields.Date,
    }
)  # fmt: skip
