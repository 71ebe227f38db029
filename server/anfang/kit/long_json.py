"""Strict reading, like `jcs.loads_object`, of an object with one array too long for memory."""

import codecs
import re
from collections.abc import Callable, Iterable
from typing import Final

from anfang.kit import jcs
from anfang.kit.jcs import Json, StrictJsonError

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_LONGEST: Final = 64 << 20
"""No member, and no item of the array, has more characters than this."""
_NUMBER_TAIL: Final = 4
"""With fewer characters behind it, a number could go on in the next piece."""


def read_long_object(
    pieces: Iterable[bytes], array: str, keep: Callable[[Json], None]
) -> dict[str, Json]:
    """Read one JSON object from the pieces of its UTF-8 text.

    Args:
        array: the member that may be long; if it is an array, its items are handed to `keep` one
            by one, and an empty list stands in its place in what is returned.

    Raises:
        StrictJsonError: as `jcs.loads_object`, but in the order in which the text is read.
    """
    text, members = _Text(pieces), list[tuple[str, Json]]()
    text.expect("{")
    while text.next() != "}":
        if members:
            text.expect(",")
        name = text.value() if text.next() == '"' else None
        if not isinstance(name, str):
            raise StrictJsonError("json", "a member without a name")
        text.expect(":")
        if name == array and text.next() == "[":
            _each_item(text, keep)
            members.append((name, []))
        else:
            members.append((name, text.value()))
    text.expect("}")
    if text.next():
        raise StrictJsonError("json", "more behind the object")
    return jcs.members_once(members)


def _each_item(text: "_Text", keep: Callable[[Json], None]) -> None:
    text.expect("[")
    before = ""
    while text.next() != "]":
        if before:
            text.expect(before)
        keep(text.value())
        before = ","
    text.expect("]")


class _Text:
    """Text that comes in pieces, and how far it has been read."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._decoder = iter(pieces), codecs.getincrementaldecoder("utf-8")()
        self._text, self._at, self._ended = "", 0, False

    def next(self) -> str:
        """Give the next character that is no space, without taking it; empty at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._read_on()

    def expect(self, character: str) -> None:
        """Take the next character, which must be this one. Raises `StrictJsonError`."""
        if self.next() != character:
            raise StrictJsonError("json", f"{character} is missing")
        self._at += 1

    def value(self) -> Json:
        """Take the next value. Raises `StrictJsonError`."""
        self.next()
        while True:
            try:
                value, end = jcs.DECODER.raw_decode(self._text, self._at)
            except StrictJsonError:
                raise
            except RecursionError as error:
                raise StrictJsonError("json", str(error)) from error
            except ValueError as error:
                # Either it goes on in the next piece, or there is something wrong with it.
                if self._ended:
                    raise StrictJsonError("json", str(error)) from error
            else:
                if self._ended or len(self._text) - end >= _NUMBER_TAIL:
                    jcs.require_whole_characters(self._text[self._at : end], value)
                    self._at = end
                    return value
            self._read_on()

    def _read_on(self) -> None:
        """Read at least as much again as is waiting, so that a long value is tried seldom."""
        waiting = [self._text[self._at :]]
        wanted = len(waiting[0])
        if wanted > _LONGEST:
            raise StrictJsonError("json", "a value without end")
        while wanted >= 0 and not self._ended:
            piece = next(self._pieces, None)
            self._ended = piece is None
            try:
                waiting.append(self._decoder.decode(piece or b"", self._ended))
            except UnicodeDecodeError as error:
                raise StrictJsonError("json", "not UTF-8") from error
            wanted -= len(waiting[-1])
        self._text, self._at = "".join(waiting), 0
