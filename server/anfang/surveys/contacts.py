"""Verbs of contacts: sealed with a key of the round's own, which goes when the round closes.

A backup that was made before keeps boxes that nothing opens any more.
"""

from pathlib import Path
from uuid import UUID

from flask import current_app

from anfang.kit import sealing
from anfang.kit.key_files import survey_key_path, write_private_key


def sealed(round_id: UUID, number: str, contact: str) -> str:
    """Return the box that the database holds, making the round's key if there is none."""
    path = _path(round_id)
    if not path.exists():
        write_private_key(path, sealing.private_pem(sealing.generate_key()))
    key = sealing.load_private_pem(path.read_bytes()).public_key()
    return sealing.seal(key, contact.encode(), _context(round_id, number))


def opened(round_id: UUID, number: str, box: str) -> str:
    """Return the contact in a box.

    Raises:
        SealingError: sealed to another key, or for another rater.
        FileNotFoundError: the key is gone.
    """
    key = sealing.load_private_pem(_path(round_id).read_bytes())
    return sealing.unseal(key, box, _context(round_id, number)).decode()


def destroy_key(round_id: UUID) -> None:
    """Remove a round's key: its contacts are never opened again."""
    _path(round_id).unlink(missing_ok=True)


def _path(round_id: UUID) -> Path:
    folder: Path = current_app.config["KEYS"]
    return survey_key_path(folder, str(round_id))


def _context(round_id: UUID, number: str) -> str:
    return f"survey {round_id} rater {number}"
