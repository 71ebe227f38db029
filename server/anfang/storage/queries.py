"""Reads about the storage as a whole."""

import shutil
from pathlib import Path


def free_bytes(folder: Path) -> int:
    """Return the free space of the disk that holds `folder`, in bytes."""
    return shutil.disk_usage(folder).free
