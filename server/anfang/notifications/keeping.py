"""Verbs of keeping addresses secret: a key of their own, sealed on the way in, opened to send."""

import json
from pathlib import Path
from uuid import UUID

from flask import current_app

from anfang.kit import sealing
from anfang.kit.channel_addresses import Address, ChannelKind
from anfang.kit.key_files import channel_key_path, write_private_key


def ensure_channel_key() -> None:
    """Make the key to which addresses are sealed, if there is none."""
    path = _path()
    if not path.exists():
        write_private_key(path, sealing.private_pem(sealing.generate_key()))


def sealed(channel_id: UUID, address: Address) -> str:
    """Return the box that the database holds; it opens for this channel alone."""
    members = {"kind": address.kind.value, "value": address.value, "secret": address.secret}
    key = sealing.load_private_pem(_path().read_bytes()).public_key()
    return sealing.seal(key, json.dumps(members).encode(), _context(channel_id))


def opened(channel_id: UUID, box: str) -> Address:
    """Return the address in a box.

    Raises:
        SealingError: sealed to another key, or for another channel.
        FileNotFoundError: the key's file is not there.
    """
    key = sealing.load_private_pem(_path().read_bytes())
    members = json.loads(sealing.unseal(key, box, _context(channel_id)))
    return Address(ChannelKind(members["kind"]), members["value"], members["secret"])


def _path() -> Path:
    folder: Path = current_app.config["KEYS"]
    return channel_key_path(folder)


def _context(channel_id: UUID) -> str:
    return f"notification channel {channel_id}"
