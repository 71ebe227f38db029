"""Private keys on disk: one PEM file each, readable by the service alone."""

import os
from pathlib import Path

from anfang.kit import jose


def office_key_path(folder: Path, kid: str) -> Path:
    """Return where an office key's private half is kept."""
    return folder / f"office-{kid}.pem"


def custody_key_path(folder: Path, kid: str) -> Path:
    """Return where a custody key's private half lies until the custodians have taken it over."""
    return folder / f"custody-{kid}.pem"


def channel_key_path(folder: Path) -> Path:
    """Return where the key is kept that opens the addresses of notification channels."""
    return folder / "notification-channels.pem"


def factor_key_path(folder: Path) -> Path:
    """Return where the key is kept that opens the secrets of one-time codes."""
    return folder / "one-time-codes.pem"


def ballot_key_path(folder: Path) -> Path:
    """Return where the key of the office's marks on slips and ballots is kept: 32 bytes."""
    return folder / "ballots.key"


def survey_key_path(folder: Path, round_id: str) -> Path:
    """Return where the key is kept that opens the contacts of a survey round's raters."""
    return folder / f"survey-{round_id}.pem"


def write_private_key(path: Path, pem: bytes) -> None:
    """Write a key file once, mode 0600, durable before anything is signed with it.

    Raises:
        FileExistsError: a key is never overwritten.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


def read_office_key(folder: Path, kid: str) -> jose.PrivateKey:
    """Read an office key's private half; raises FileNotFoundError when it is not there."""
    return jose.load_private_pem(office_key_path(folder, kid).read_bytes())
