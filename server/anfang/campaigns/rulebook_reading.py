"""A rulebook's YAML text → plain values, with the line and column of every member.

A strict subset of YAML 1.2: one document, the core schema (`no`, `12:30` and `2010-12-12` are
texts), string keys, no key twice, no anchors to refer back to (an alias can blow a small file up
to gigabytes), no tags, bounded size and depth.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import yaml

LARGEST_TEXT: Final = 512 << 10
"""Bytes of a rulebook in UTF-8."""
DEEPEST: Final = 32
"""Levels of nesting."""

Place = tuple[str | int, ...]
"""Keys and indices from the top to a member."""

_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER: Final = re.compile(r"[-+]?([0-9]{1,15}\.[0-9]{0,15}|\.[0-9]{1,15})")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_UNTAGGED: Final = frozenset({None, "!"})


@dataclass(frozen=True)
class Mark:
    """Where something stands in the text; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """What a text says. `marks`: of values; `key_marks`: of the keys that lead to them."""

    value: Any
    marks: dict[Place, Mark] = field(default_factory=dict)
    key_marks: dict[Place, Mark] = field(default_factory=dict)

    def mark(self, place: Place) -> Mark:
        """Return where a member stands; for one that is not there, its nearest parent."""
        for end in range(len(place), -1, -1):
            found = self.key_marks.get(place[:end]) or self.marks.get(place[:end])
            if found is not None:
                return found
        return Mark(1, 1)


class UnreadableError(Exception):
    """The text is no rulebook at all.

    Attributes:
        code: `too-large`, `too-deep`, `alias`, `tag`, `key-twice`, `key-no-text`, `documents`,
            `empty`, `syntax`.
    """

    def __init__(self, code: str, mark: Mark, **details: str | int) -> None:
        super().__init__(code)
        self.code, self.mark, self.details = code, mark, details


def read(text: str) -> Document:
    """Read a rulebook's text.

    Raises:
        UnreadableError: with the first place that cannot be read.
    """
    if len(text.encode(errors="replace")) > LARGEST_TEXT:
        raise UnreadableError("too-large", Mark(1, 1), kib=LARGEST_TEXT >> 10)
    root = _root(text)
    marks: dict[Place, Mark] = {}
    key_marks: dict[Place, Mark] = {}
    return Document(_Values(marks, key_marks).value(root, ()), marks, key_marks)


class _Loader(yaml.SafeLoader):
    """Composes nodes; refuses aliases and depth while the text is read, not after."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose one node below `parent`."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it out
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableError("alias", _mark(event.start_mark))
        if getattr(event, "tag", None) not in _UNTAGGED:
            raise UnreadableError("tag", _mark(event.start_mark), tag=str(event.tag))
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnreadableError("too-deep", _mark(event.start_mark), levels=DEEPEST)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


@lru_cache(maxsize=4)
def _root(text: str) -> yaml.Node:
    """Compose a text; the last ones are remembered, for one is read, edited, checked in turn."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        if "single document" in str(error.context):
            raise UnreadableError("documents", _mark(error.problem_mark)) from error
        raise UnreadableError("syntax", _mark(error.problem_mark)) from error
    except yaml.reader.ReaderError as error:
        raise UnreadableError("syntax", _mark_of_offset(text, error.position)) from error
    if node is None:
        raise UnreadableError("empty", Mark(1, 1))
    return node


class _Values:
    """Makes values of nodes and remembers where each stands."""

    def __init__(self, marks: dict[Place, Mark], key_marks: dict[Place, Mark]) -> None:
        self._marks, self._key_marks = marks, key_marks

    def value(self, node: yaml.Node, place: Place) -> Any:
        """Return the plain value of a node."""
        self._marks[place] = _mark(node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return dict(self._members(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(one, (*place, index)) for index, one in enumerate(node.value)]
        return _scalar(node)

    def _members(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or not isinstance(_scalar(key), str):
                raise UnreadableError("key-no-text", _mark(key.start_mark))
            if key.value in seen:
                raise UnreadableError("key-twice", _mark(key.start_mark), name=key.value)
            seen.add(key.value)
            self._key_marks[(*place, key.value)] = _mark(key.start_mark)
            yield key.value, self.value(value, (*place, key.value))


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    """Read a scalar by YAML 1.2's core schema; what is quoted is text."""
    text = str(node.value)
    if getattr(node, "style", None) is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _mark(mark: Any) -> Mark:
    return Mark(1, 1) if mark is None else Mark(mark.line + 1, mark.column + 1)


def _mark_of_offset(text: str, offset: int) -> Mark:
    before = text[:offset]
    return Mark(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
