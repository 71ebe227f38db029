"""The log's Ed25519 key: private half in a file, public half with the log's name beside it."""

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from anfang.kit import notes
from anfang.kit.key_files import write_private_key


def ensure_log_key(folder: Path, name: str) -> notes.NoteVerifier:
    """Make the log's key if there is none; its name is fixed with it for ever."""
    if not _private(folder).exists():
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _public(folder).write_text(f"{notes.verifier_of(name, key)}\n", encoding="ascii")
        write_private_key(_private(folder), pem)
    return read_log_verifier(folder)


def read_log_verifier(folder: Path) -> notes.NoteVerifier:
    """Return the log's public key; raises FileNotFoundError before `ensure_log_key`."""
    return notes.parse_verifier(_public(folder).read_text(encoding="ascii"))


def read_log_key(folder: Path) -> Ed25519PrivateKey:
    """Return the log's private key; raises FileNotFoundError before `ensure_log_key`."""
    key = serialization.load_pem_private_key(_private(folder).read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the log key is not an Ed25519 key")
    return key


def _private(folder: Path) -> Path:
    return folder / "log.pem"


def _public(folder: Path) -> Path:
    return folder / "log.pub"
