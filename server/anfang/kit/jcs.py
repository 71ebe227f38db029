"""JSON for signed documents: canonical writing [RFC 8785], strict reading [RFC 7493].

Python and TypeScript must see the same document in the same bytes, so reading refuses what
the two languages would understand differently: doubled names, floats, integers beyond
2^53 - 1, lone surrogates.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NoReturn, TypeAlias

import rfc8785

Json: TypeAlias = Any
"""What JSON can hold; unchecked until someone looks at it."""

_MAX_INTEGER = 2**53 - 1


class StrictJsonError(ValueError):
    """These bytes are not JSON that every reader understands alike.

    `reason` is stable: `json` (not UTF-8 JSON, a lone surrogate, nested too deeply),
    `json-duplicate`, `json-number`.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


def canonical(document: Json) -> bytes:
    """Serialise a JSON value in the one canonical way of RFC 8785.

    Raises `StrictJsonError` (`json`, `json-number`) for what has no canonical form: a number
    outside the IEEE-754 safe range, NaN, a lone surrogate, a type that JSON does not know.
    """
    try:
        return rfc8785.dumps(document)
    except (rfc8785.FloatDomainError, rfc8785.IntegerDomainError) as error:
        raise StrictJsonError("json-number", str(error)) from error
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise StrictJsonError("json", str(error)) from error


def canonical_pieces(members: Mapping[str, Json], **arrays: Iterable[Json]) -> Iterator[bytes]:
    """Serialise one object like `canonical`, in pieces: each array of `arrays` item by item.

    Of thousands of items the objects would weigh far more than the text. Raises `StrictJsonError`.
    """
    before = b"{"
    for name in sorted({*members, *arrays}, key=lambda name: name.encode("utf-16-be")):
        yield before + canonical(name) + b":"
        if name in arrays:
            yield from _array(arrays[name])
        else:
            yield canonical(members[name])
        before = b","
    yield b"{}" if before == b"{" else b"}"


def _array(items: Iterable[Json]) -> Iterator[bytes]:
    before = b"["
    for item in items:
        yield before + canonical(item)
        before = b","
    yield b"[]" if before == b"[" else b"]"


def loads(data: bytes) -> Json:
    """Read UTF-8 JSON strictly; whitespace is free. Raises `StrictJsonError`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise StrictJsonError("json", "not UTF-8") from error
    try:
        value = json.loads(text, **_STRICTLY)
    except StrictJsonError:
        raise
    except (ValueError, RecursionError) as error:
        raise StrictJsonError("json", str(error)) from error
    require_whole_characters(text, value)
    return value


def loads_object(data: bytes) -> dict[str, Json]:
    """`loads`, and the document must be an object. Raises `StrictJsonError`."""
    value = loads(data)
    if not isinstance(value, dict):
        raise StrictJsonError("json", "not an object")
    return value


def require_whole_characters(text: str, value: Json) -> None:
    """Refuse a value that was read from `text` and holds half a surrogate pair.

    Only an escape can smuggle one past the UTF-8 decoder. Raises `StrictJsonError`.
    """
    if "\\ud" in text.lower():
        canonical(value)


def members_once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Make an object of its members. Raises `StrictJsonError` (`json-duplicate`)."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise StrictJsonError("json-duplicate", "a name stands twice in one object")
    return members


def _integer(digits: str) -> int:
    # The length is looked at first: turning a megabyte of digits into a number is slow.
    if len(digits) > 17 or abs(number := int(digits)) > _MAX_INTEGER:
        raise StrictJsonError("json-number", "integer beyond 2^53 - 1")
    return number


def _refuse_number(literal: str) -> NoReturn:
    raise StrictJsonError("json-number", f"{literal[:20]} is not an integer")


_STRICTLY: Final[dict[str, Any]] = {
    "object_pairs_hook": members_once,
    "parse_float": _refuse_number,
    "parse_constant": _refuse_number,
    "parse_int": _integer,
}
DECODER: Final = json.JSONDecoder(**_STRICTLY)
"""Reads one value strictly; lone surrogates are left to `require_whole_characters`."""
