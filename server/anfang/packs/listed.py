"""Lists that grow with a pack: items by key, on disk instead of in memory. Pure.

SQLite keeps them; of lists of any length, a fixed number of pages is in memory. Its file has no
name as soon as it is open, so nothing of it outlives the process.
"""

import io
import os
import pickle
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

Item = TypeVar("Item")
_CACHE_KIB: Final = 2048
_OWNER: Final = "owner"


class Lists:
    """Lists of one purpose; they end with the last of them."""

    def __init__(self, folder: Path | None = None) -> None:
        """Make room for them in a folder, else in the system's own.

        Raises `OSError` if the folder cannot be written.
        """
        self._database = _nameless_database(folder)
        self._numbers = count()

    def new(self, owner: object = None) -> "Listed[Any]":
        """Open an empty list.

        Args:
            owner: an object that items may refer to; it stays in memory, they find it again.
        """
        return Listed(self._database, f"list{next(self._numbers)}", owner)


class Listed(Generic[Item]):
    """Items by key. Each is pickled: what one gets is a copy."""

    def __init__(self, database: sqlite3.Connection, table: str, owner: object = None) -> None:
        """Open an empty list; `Lists.new` does it."""
        self._database, self._table, self._owner, self._count = database, table, owner, 0
        database.execute(
            f"CREATE TABLE {table} (place INTEGER PRIMARY KEY, key TEXT UNIQUE, item BLOB)"
        )

    def add(self, key: str, item: Item) -> bool:
        """Put an item under its key; tells whether the key was free, else nothing changes."""
        added = self._insert(key, item, "NOTHING")
        self._count += added
        return added == 1

    def put(self, key: str, item: Item) -> None:
        """Put an item under its key, in the place of an earlier one."""
        if not self.add(key, item):
            self._insert(key, item, "UPDATE SET item = excluded.item")

    def get(self, key: str) -> Item | None:
        """Give the item of a key, None if there is none."""
        found = self._select("item", "WHERE key = ?", key).fetchone()
        return None if found is None else self._read(found[0])

    def first_key_from(self, start: str) -> str | None:
        """Give the first key, in the order of their UTF-8 bytes, that is not before `start`."""
        found = self._select("key", "WHERE key >= ? ORDER BY key LIMIT 1", start).fetchone()
        return None if found is None else str(found[0])

    def clear(self) -> None:
        """Forget all items."""
        self._database.execute(f"DELETE FROM {self._table}")  # noqa: S608 -- our own name
        self._count = 0

    def __contains__(self, key: str) -> bool:
        """Tell whether a key has an item."""
        return self._select("1", "WHERE key = ?", key).fetchone() is not None

    def __len__(self) -> int:
        """Count the items."""
        return self._count

    def __iter__(self) -> Iterator[Item]:
        """Give the items in the order of their keys' UTF-8 bytes."""
        return (self._read(item) for (item,) in self._select("item", "ORDER BY key"))

    def keys(self) -> Iterator[str]:
        """Give the keys in the order of their UTF-8 bytes."""
        return (key for (key,) in self._select("key", "ORDER BY key"))

    def keys_in_turn(self) -> Iterator[str]:
        """Give the keys in the order in which they came."""
        return (key for (key,) in self._select("key", "ORDER BY place"))

    def in_turn(self) -> Iterator[tuple[str, Item]]:
        """Give keys and items in the order in which the keys came."""
        rows = self._select("key, item", "ORDER BY place")
        return ((key, self._read(item)) for key, item in rows)

    def _insert(self, key: str, item: Item, otherwise: str) -> int:
        return self._database.execute(
            f"INSERT INTO {self._table} (key, item) VALUES (?, ?)"  # noqa: S608 -- our own name
            f" ON CONFLICT (key) DO {otherwise}",
            (key, self._written(item)),
        ).rowcount

    def _select(self, what: str, which: str, *values: str) -> sqlite3.Cursor:
        statement = f"SELECT {what} FROM {self._table} {which}"  # noqa: S608 -- our own name
        return self._database.execute(statement, values)

    def _written(self, item: Item) -> bytes:
        if self._owner is None:
            return pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        file = io.BytesIO()
        _Writer(file, self._owner).dump(item)
        return file.getvalue()

    def _read(self, data: bytes) -> Item:
        if self._owner is None:
            item: Item = pickle.loads(data)  # noqa: S301 -- this process wrote it, see `_Reader`
        else:
            item = _Reader(io.BytesIO(data), self._owner).load()
        return item


class _Writer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, owner: object) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._owner = owner

    def persistent_id(self, item: object) -> str | None:
        return _OWNER if item is self._owner else None


class _Reader(pickle.Unpickler):
    """Reads what this process wrote into a file that nobody else can open."""

    def __init__(self, file: io.BytesIO, owner: object) -> None:
        super().__init__(file)
        self._owner = owner

    def persistent_load(self, _id: Any) -> Any:
        return self._owner


def _nameless_database(folder: Path | None) -> sqlite3.Connection:
    handle, name = tempfile.mkstemp(prefix="anfang-list-", dir=folder)
    os.close(handle)
    try:
        connection = sqlite3.connect(name, isolation_level=None)
        for setting in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "locking_mode = EXCLUSIVE",
            f"cache_size = -{_CACHE_KIB}",
            "user_version = 1",  # writes: from here on the file is open and needs no name
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN")
    finally:
        Path(name).unlink()
    return connection
