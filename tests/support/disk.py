"""A disk whose power can be cut: an ext4 file system in a file, shut down without a last write."""

import fcntl
import os
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_SHUTDOWN = 0x8004587D  # FS_IOC_SHUTDOWN, which xfstests cuts the power with
_WITHOUT_FLUSHING = struct.pack("I", 2)


@dataclass(frozen=True)
class Disk:
    """Where it is mounted, and the file it lies in."""

    folder: Path
    image: Path

    def cut_power(self) -> None:
        """Stop the file system at once: what was not synced by now was never written.

        Every call on an open file fails from here on; the processes are for the caller to kill.
        """
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, _WITHOUT_FLUSHING)
        finally:
            os.close(handle)

    def mount_again(self) -> None:
        """Mount what has really reached the disk, after its journal was replayed."""
        self.unmount()
        _mount(self.image, self.folder)

    def unmount(self) -> None:
        """Let go of it; a process that was killed may hold it for a moment."""
        for _ in range(50):
            if subprocess.run(["umount", str(self.folder)], capture_output=True).returncode == 0:
                return
            time.sleep(0.2)
        raise AssertionError("somebody still holds the disk")


@contextmanager
def mounted_disk(folder: Path, megabytes: int = 512) -> Iterator[Disk]:
    """Make a disk and mount it at `folder / "disk"`; skips where the machine does not allow it."""
    disk = Disk(folder / "disk", folder / "image")
    disk.folder.mkdir()
    with disk.image.open("wb") as image:
        image.truncate(megabytes << 20)
    try:
        subprocess.run(["mkfs.ext4", "-q", "-F", str(disk.image)], check=True, capture_output=True)
        _mount(disk.image, disk.folder)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("mounting a disk of one's own needs root and a machine that allows it")
    try:
        yield disk
    finally:
        disk.unmount()


def _mount(image: Path, folder: Path) -> None:
    subprocess.run(
        ["mount", "-o", "loop", str(image), str(folder)], check=True, capture_output=True
    )
