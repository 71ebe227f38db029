"""Lists that grow with a pack: items by key, on disk instead of in memory. Pure.

SQLite keeps them in the order of their keys; of a list of any length, a fixed number of pages is
in memory. Its file has no name as soon as it is open, so nothing of it outlives the process.
"""

import io
import os
import pickle
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

Item = TypeVar("Item")
_CACHE_KIB: Final = 512
_OWNER: Final = "owner"


def nameless_database(folder: Path | None = None) -> sqlite3.Connection:
    """Open an empty database in a folder (the system's own if none); it ends with its connection.

    Raises `OSError` if the folder cannot be written.
    """
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
    finally:
        Path(name).unlink()
    return connection


class Listed(Generic[Item]):
    """Items by key. Each is pickled: what one gets is a copy."""

    def __init__(self, folder: Path | None = None, owner: object = None) -> None:
        """Open an empty list in a folder with room for it, else in the system's own.

        Args:
            owner: an object that items may refer to; it stays in memory, they find it again.

        Raises `OSError` if the folder cannot be written.
        """
        self._owner, self._count = owner, 0
        self._database = nameless_database(folder)
        self._database.execute(
            "CREATE TABLE items (key TEXT PRIMARY KEY, item BLOB NOT NULL) WITHOUT ROWID"
        )
        self._database.execute("BEGIN")
        weakref.finalize(self, self._database.close)

    def add(self, key: str, item: Item) -> bool:
        """Put an item under its key; tells whether the key was free, else nothing changes."""
        row = (key, self._written(item))
        added = self._database.execute("INSERT OR IGNORE INTO items VALUES (?, ?)", row).rowcount
        self._count += added
        return added == 1

    def get(self, key: str) -> Item | None:
        """Give the item of a key, None if there is none."""
        found = self._database.execute("SELECT item FROM items WHERE key = ?", (key,)).fetchone()
        return None if found is None else self._read(found[0])

    def __contains__(self, key: str) -> bool:
        """Tell whether a key has an item."""
        asked = self._database.execute("SELECT 1 FROM items WHERE key = ?", (key,))
        return asked.fetchone() is not None

    def __len__(self) -> int:
        """Count the items."""
        return self._count

    def __iter__(self) -> Iterator[Item]:
        """Give the items in the order of their keys' UTF-8 bytes."""
        for (item,) in self._database.execute("SELECT item FROM items ORDER BY key"):
            yield self._read(item)

    def keys(self) -> Iterator[str]:
        """Give the keys in the order of their UTF-8 bytes."""
        for (key,) in self._database.execute("SELECT key FROM items ORDER BY key"):
            yield key

    def _written(self, item: Item) -> bytes:
        file = io.BytesIO()
        _Writer(file, self._owner).dump(item)
        return file.getvalue()

    def _read(self, data: bytes) -> Item:
        item: Item = _Reader(io.BytesIO(data), self._owner).load()
        return item


class _Writer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, owner: object) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._owner = owner

    def persistent_id(self, item: object) -> str | None:
        return _OWNER if item is self._owner and item is not None else None


class _Reader(pickle.Unpickler):
    """Reads what this process wrote into a file that nobody else can open."""

    def __init__(self, file: io.BytesIO, owner: object) -> None:
        super().__init__(file)
        self._owner = owner

    def persistent_load(self, _id: Any) -> Any:
        return self._owner
