"""Where what a pack's builder makes waits until it is streamed. Pure.

A page or a list of proofs grows with the pack, so it is written to a file as it is made and read
back in its turn. The list of the pack's files and records grows too, and waits beside it.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from anfang.packs.container import Entry
from anfang.packs.listed import Listed, Lists

PIECE: Final = 256 << 10


class Scratch:
    """A file without a name, and lists: they end with the last entry that reads from them."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open it in a folder with room for the documents, else in the system's own.

        Raises `OSError` if the folder cannot be written.
        """
        self.folder = folder
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 -- entries read it later
        self._end = 0
        self._lists = Lists(folder)

    def keep(self, path: str, pieces: Iterable[bytes]) -> Entry:
        """Write a document's pieces; returns it as a file of the pack. Raises `OSError`."""
        start, digest = self._end, hashlib.sha256()
        for piece in pieces:
            self._file.write(piece)
            digest.update(piece)
            self._end += len(piece)
        return Entry(
            path, self._end - start, digest.hexdigest(), partial(self._read, start, self._end)
        )

    def keep_file(self, path: str, file: IO[bytes]) -> Entry:
        """Write what a file holds from its beginning, like `keep`. Raises `OSError`."""
        file.seek(0)
        return self.keep(path, iter(partial(file.read, PIECE), b""))

    def list(self) -> Listed[Any]:
        """Open an empty list, whose items may refer to what waits here."""
        return self._lists.new(owner=self)

    def _read(self, start: int, end: int) -> Iterator[bytes]:
        self._file.flush()
        while start < end:
            piece = os.pread(self._file.fileno(), min(PIECE, end - start), start)
            yield piece
            start += len(piece)
