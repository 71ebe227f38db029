"""Reading frozen dataclasses from what a YAML file says."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def read(cls: type[T], entry: Mapping[str, Any]) -> T:
    """Read a dataclass whose members are plain values, other dataclasses, or tuples of either.

    Raises:
        KeyError, TypeError: a member is unknown or missing.
    """
    hints = get_type_hints(cls)
    return cls(**{name: _value(hints[name], value) for name, value in entry.items()})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        return _value(next(one for one in get_args(hint) if one is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in value)
    return read(hint, value) if isinstance(hint, type) and is_dataclass(hint) else value
