"""The log entries that a pack opens, and those that it needs: on disk, for there may be many."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from anfang.packs.listed import Listed, Lists

Key: TypeAlias = tuple[str, str, str]
"""Kind, subject, hash of an entry."""


@dataclass(frozen=True)
class LogEntry:
    """An opened log entry whose proof holds."""

    kind: str
    subject: str
    sha256: str
    salt: str

    @property
    def key(self) -> Key:
        """What the entry is about."""
        return self.kind, self.subject, self.sha256


class OpenedLog:
    """Entries whose proofs hold, each with its place."""

    def __init__(self, lists: Lists) -> None:
        """Open it empty."""
        self._places: Listed[None] = lists.new()
        self._entries: Listed[None] = lists.new()
        self._opened: Listed[Key] = lists.new()

    def add(self, entry: LogEntry, index: int) -> None:
        """Add an entry and take its place."""
        self._places.add(str(index), None)
        self._entries.add(_joined(*entry.key, entry.salt), None)
        self._opened.add(_joined(*entry.key), entry.key)

    def is_taken(self, index: int) -> bool:
        """Whether an entry has this place."""
        return str(index) in self._places

    def holds(self, entry: LogEntry) -> bool:
        """Whether this very entry was opened."""
        return _joined(*entry.key, entry.salt) in self._entries

    def opens(self, key: Key) -> bool:
        """Whether an entry of this key was opened."""
        return _joined(*key) in self._opened

    def __iter__(self) -> Iterator[Key]:
        """Give the keys that were opened, in their order, each once."""
        return iter(self._opened)


class NeededLog:
    """Entries that a pack needs."""

    def __init__(self, lists: Lists) -> None:
        """Open it empty."""
        self._needed: Listed[None] = lists.new()
        self._lacking: Listed[None] = lists.new()

    def add(self, key: Key, *, is_opened: bool) -> None:
        """Note that the pack needs an entry, and whether it opens it."""
        self._needed.add(_joined(*key), None)
        if not is_opened:
            self._lacking.add(_joined(*key[:2]), None)

    def accounts_for(self, key: Key) -> bool:
        """Whether an entry is needed, or stands in the place of a needed one that is lacking."""
        return _joined(*key) in self._needed or _joined(*key[:2]) in self._lacking


def _joined(*parts: str) -> str:
    """Join so that the order stays; no text is read as another, for lengths come last."""
    return "\0".join((*parts, *(str(len(part)) for part in parts)))
