"""Signed notes [C2SP signed-note] and log checkpoints [C2SP tlog-checkpoint], Ed25519. Pure.

A note is text, an empty line, and signature lines `— <name> <base64(key id ‖ signature)>`.
A checkpoint's text is origin, size and root, one a line. The key's name is the origin.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519: Final = b"\x01"
_KEY_ID_BYTES: Final = 4
_SIGNATURE_BYTES: Final = 64
_MAX_SIZE: Final = 2**53 - 1


class NoteError(ValueError):
    """A note, checkpoint or key is refused.

    Reasons: `note-form`, `note-key`, `note-signature`, `checkpoint-form`, `checkpoint-origin`.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


@dataclass(frozen=True)
class Checkpoint:
    """The log's promise: `size` entries, and this 32-byte root over them."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class NoteVerifier:
    """The public half of a note key: its name, its 4-byte id, its key."""

    name: str
    key: Ed25519PublicKey

    @property
    def key_id(self) -> bytes:
        """SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), its first 4 bytes."""
        return hashlib.sha256(self.name.encode() + b"\n" + _encoded(self.key)).digest()[:4]

    def __str__(self) -> str:
        """Write the verifier key: `<name>+<hex id>+<base64(0x01 ‖ public key)>`."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(_encoded(self.key))}"


def verifier_of(name: str, key: Ed25519PrivateKey | Ed25519PublicKey) -> NoteVerifier:
    """Name a key. Raises `NoteError` (`note-key`) for a name with spaces or a plus."""
    if not name or "+" in name or any(letter.isspace() for letter in name):
        raise NoteError("note-key", "a key name has no spaces and no plus")
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return NoteVerifier(name, public)


def parse_verifier(text: str) -> NoteVerifier:
    """Read a verifier key as `str(NoteVerifier)` writes it. Raises `NoteError` (`note-key`)."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise NoteError("note-key", "not name+id+key")
    name, key_id, encoded = parts
    data = _from_base64(encoded, "note-key")
    if data[:1] != _ED25519 or len(data) != 33:
        raise NoteError("note-key", "not an Ed25519 key")
    verifier = verifier_of(name, Ed25519PublicKey.from_public_bytes(data[1:]))
    if verifier.key_id.hex() != key_id:
        raise NoteError("note-key", "the id is not this key's")
    return verifier


def sign_note(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """Sign a text that ends with a newline; returns the whole note.

    Raises `NoteError`: `note-form` if the text does not end with a newline.
    """
    verifier = verifier_of(name, key)
    if not text.endswith("\n"):
        raise NoteError("note-form", "the text must end with a newline")
    signature = verifier.key_id + key.sign(text.encode())
    return f"{text}\n— {name} {_base64(signature)}\n"


def open_note(note: str, verifier: NoteVerifier) -> str:
    """Return the text of a note that `verifier` signed; others may have signed it too.

    Raises `NoteError`: `note-form`, or `note-signature` if this key's is absent or wrong.
    """
    text, separator, signatures = note.rpartition("\n\n")
    if not separator or not signatures.endswith("\n"):
        raise NoteError("note-form", "no signature block")
    text += "\n"
    # Every line is looked at: what stands after the signature must be one as well.
    if True not in [_signed_by(line, text, verifier) for line in signatures[:-1].split("\n")]:
        raise NoteError("note-signature", "no signature by this key")
    return text


def sign_checkpoint(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """Write and sign a checkpoint; the key's name is the origin. Raises `NoteError`."""
    text = f"{checkpoint.origin}\n{checkpoint.size}\n{_base64(checkpoint.root)}\n"
    return sign_note(text, checkpoint.origin, key)


def verify_checkpoint(note: str, verifier: NoteVerifier) -> Checkpoint:
    """Open a signed checkpoint. Raises `NoteError`: see `open_note`, `parse_checkpoint`.

    `checkpoint-origin` if the text names another log than the key.
    """
    checkpoint = parse_checkpoint(open_note(note, verifier))
    if checkpoint.origin != verifier.name:
        raise NoteError("checkpoint-origin", "the checkpoint is of another log")
    return checkpoint


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text; lines after the third are extensions and are ignored.

    Raises `NoteError` (`checkpoint-form`).
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] != "" or not lines[0]:
        raise NoteError("checkpoint-form", "not origin, size and root")
    size = lines[1]
    if not (size.isascii() and size.isdigit() and len(size) <= 16 and str(int(size)) == size):
        raise NoteError("checkpoint-form", "the size is not a decimal number")
    root = _from_base64(lines[2], "checkpoint-form")
    if len(root) != 32 or int(size) > _MAX_SIZE:
        raise NoteError("checkpoint-form", "root or size out of bounds")
    return Checkpoint(lines[0], int(size), root)


def _signed_by(line: str, text: str, verifier: NoteVerifier) -> bool:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—":
        raise NoteError("note-form", "not a signature line")
    blob = _from_base64(parts[2], "note-form")
    if parts[1] != verifier.name or blob[:_KEY_ID_BYTES] != verifier.key_id:
        return False
    if len(blob) != _KEY_ID_BYTES + _SIGNATURE_BYTES:
        raise NoteError("note-signature", "not 64 bytes")
    try:
        verifier.key.verify(blob[_KEY_ID_BYTES:], text.encode())
    except InvalidSignature as error:
        raise NoteError("note-signature", "does not verify") from error
    return True


def _encoded(key: Ed25519PublicKey) -> bytes:
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return _ED25519 + raw


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _from_base64(text: str, reason: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError(reason, "not base64") from error
    if _base64(data) != text:
        raise NoteError(reason, "not canonical base64")
    return data
