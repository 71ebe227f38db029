"""The private keys: there, the right ones, readable by the service alone."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from anfang.identity import queries as identity
from anfang.kit import jose, notes
from anfang.kit.key_files import office_key_path, read_office_key
from anfang.log.keys import read_log_key, read_log_verifier
from anfang.upkeep.findings import Finding, Level

_PUBLIC: Final = frozenset({".pub"})


def check_files(folder: Path) -> Iterator[Finding]:
    """Look at the folder of the keys: who may read it, and whether the log's pair is a pair."""
    if not folder.is_dir():
        yield Finding("key-missing", str(folder))
        return
    for path in (folder, *sorted(folder.iterdir())):
        if path.suffix not in _PUBLIC and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Finding("key-readable", str(path))
    yield from _check_log_key(folder)


def check_office_key(folder: Path) -> Iterator[Finding]:
    """Compare the key that signs today with its file; inside a reading transaction."""
    kid = identity.signing_kid()
    if kid is None:
        yield Finding("key-missing", str(folder))
        return
    path = office_key_path(folder, kid)
    try:
        found = jose.key_thumbprint(read_office_key(folder, kid))
    except FileNotFoundError:
        yield Finding("key-missing", str(path))
    except ValueError:
        yield Finding("key-mismatch", str(path))
    else:
        if found != kid:
            yield Finding("key-mismatch", str(path))


def check_custody() -> Iterator[Finding]:
    """Warn while what is sealed can be opened by whoever reads a file; in a transaction."""
    key = identity.custody_key()
    if (key is None or key.established_at is None) and identity.has_inspectors():
        yield Finding("custody-not-established", level=Level.WARNING)


def _check_log_key(folder: Path) -> Iterator[Finding]:
    try:
        verifier = read_log_verifier(folder)
        private = read_log_key(folder)
    except FileNotFoundError as error:
        yield Finding("key-missing", str(error.filename))
    except (ValueError, TypeError):
        yield Finding("key-mismatch", str(folder / "log.pem"))
    else:
        if notes.verifier_of(verifier.name, private) != verifier:
            yield Finding("key-mismatch", str(folder / "log.pem"))
