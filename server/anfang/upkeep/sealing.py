"""Writing and reading the files of a backup, sealed with age on wish, durable, never half. Pure.

age (pyrage) encrypts to public keys: the machine that makes the backups cannot read them.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import pyrage

from anfang.kit.durable import sync_folder
from anfang.upkeep.errors import IdentityRefused, RecipientInvalid

SUFFIX: Final = ".age"
_PIECE: Final = 1 << 20


def recipients_of(texts: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """Read age recipients (`age1…`); raises RecipientInvalid."""
    found = []
    for text in texts:
        try:
            found.append(pyrage.x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError as error:
            raise RecipientInvalid(recipient=text) from error
    return found


def identities_of(text: str) -> list[pyrage.x25519.Identity]:
    """Read an identity file as `age-keygen` writes it; raises IdentityRefused."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        return [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except pyrage.IdentityError as error:
        raise IdentityRefused from error


def write(path: Path, pieces: Iterable[bytes], recipients: Sequence[Any]) -> tuple[str, str, int]:
    """Write a file beside its place and rename it, synced; sealed where recipients are given.

    Returns:
        SHA-256 (hex) of what came, SHA-256 and size in bytes of what lies there.
    """
    source = _Source(pieces)
    with _beside(path) as file:
        if recipients:
            pyrage.encrypt_io(source, file, recipients)
        else:
            while piece := source.read(_PIECE):
                file.write(piece)
        stored, size = file.sha256.hexdigest(), file.size
    return source.sha256.hexdigest(), stored, size


def open_sealed(path: Path, into: Path, identities: Sequence[Any]) -> None:
    """Write what a sealed file holds into another file, synced; raises IdentityRefused."""
    try:
        with path.open("rb") as sealed, _beside(into) as file:
            pyrage.decrypt_io(sealed, file, list(identities))
    except pyrage.DecryptError as error:
        raise IdentityRefused from error


def copied(path: Path) -> Iterator[bytes]:
    """Yield a file in pieces."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def hash_of(path: Path) -> tuple[str, int]:
    """Return SHA-256 (hex) and size in bytes of a file."""
    digest, size = hashlib.sha256(), 0
    for piece in copied(path):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


class _Source:
    """Pieces as a file to read from, hashed on their way."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = b""
        self.sha256 = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self.sha256.update(piece)
            self._rest = piece
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


class _Target:
    """A file to write to that hashes what lies there."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write all of it."""
        self.sha256.update(data)
        self.size += len(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Hand everything to the system."""
        self._file.flush()


@contextmanager
def _beside(path: Path) -> Iterator[_Target]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield _Target(file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)
