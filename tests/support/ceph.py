"""A throwaway Ceph cluster with its S3 gateway: one monitor, one manager, one disk in memory.

A real object store that keeps its promises about conditional writes, which several light S3
servers silently do not. Needs Debian's packages ceph-mon, ceph-mgr, ceph-osd and radosgw.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import obstore
from obstore.store import S3Store

from support.postgres import free_port

PROGRAMS = ("ceph", "ceph-mon", "ceph-mgr", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
_START_SECONDS = 90
_STOP_SECONDS = 15
_BUCKET = "evidence"
_ACCESS_KEY = "ANFANGTESTACCESSKEY0"
_SECRET_KEY = "a secret of a store that lives for minutes"

# `ms … mode = crc`: without authentication the daemons would wait for an encrypted line for ever.
_CONFIGURATION = """\
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{port}]
mon initial members = a
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
ms mon cluster mode = crc
ms mon service mode = crc
ms cluster mode = crc
ms service mode = crc
ms client mode = crc
public addr = 127.0.0.1
cluster addr = 127.0.0.1
mon allow pool size one = true
mon max pg per osd = 1000
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pg autoscale mode = off
osd objectstore = memstore
memstore device bytes = {capacity}
mgr initial modules =
mon data = {folder}/mon
mgr data = {folder}/mgr
osd data = {folder}/osd
run dir = {folder}
admin socket = {folder}/$name.sock
log file = {folder}/$name.log
"""


@dataclass(frozen=True)
class S3Gateway:
    """A running gateway."""

    endpoint: str

    @property
    def environment(self) -> dict[str, str]:
        """The `AWS_…` variables that lead to it."""
        return {
            "AWS_ENDPOINT": self.endpoint,
            "AWS_ACCESS_KEY_ID": _ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": _SECRET_KEY,
            "AWS_REGION": "us-east-1",
            "AWS_ALLOW_HTTP": "true",
        }

    def url(self, prefix: str) -> str:
        """ANFANG_STORAGE_URL of a folder of the bucket."""
        return f"s3://{_BUCKET}/{prefix}"

    def create_bucket(self) -> None:
        """Make the bucket; an object store's client makes objects only."""
        bucket = S3Store(
            _BUCKET, endpoint=self.endpoint, region="us-east-1", access_key_id=_ACCESS_KEY,
            secret_access_key=_SECRET_KEY, client_options={"allow_http": True},
        )  # fmt: skip
        httpx.put(obstore.sign(bucket, "PUT", "", timedelta(minutes=1))).raise_for_status()


def missing_programs() -> list[str]:
    """What of Ceph is not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


@contextmanager
def running_gateway(folder: Path, *, capacity: int = 1 << 30) -> Iterator[S3Gateway]:
    """Boot a cluster in `folder` and stop it at the end.

    Args:
        capacity: of its disk, in bytes; it lies in memory.
    """
    cluster = _Cluster(folder, capacity)
    with ExitStack() as running:
        cluster.start_monitor(running)
        cluster.start_disk(running)
        yield cluster.start_gateway(running)


class _Cluster:
    def __init__(self, folder: Path, capacity: int) -> None:
        self._folder = folder
        self._fsid, self._port = str(uuid4()), free_port()
        self._configuration = folder / "ceph.conf"
        self._configuration.write_text(
            _CONFIGURATION.format(
                folder=folder, fsid=self._fsid, port=self._port, capacity=capacity
            )
        )
        for name in ("mon", "mgr", "osd"):
            (folder / name).mkdir()

    def start_monitor(self, running: ExitStack) -> None:
        monitors = self._folder / "monmap"
        address = f"[v2:127.0.0.1:{self._port}]"
        self._run("monmaptool", "--create", "--addv", "a", address, "--fsid", self._fsid,
                  "--set-min-mon-release", "pacific", str(monitors))  # fmt: skip
        self._run("ceph-mon", "--mkfs", "-i", "a", "--monmap", str(monitors))
        running.enter_context(self._daemon("ceph-mon", "-i", "a"))
        running.enter_context(self._daemon("ceph-mgr", "-i", "x"))
        self._run("ceph", "--connect-timeout", str(_START_SECONDS), "status")

    def start_disk(self, running: ExitStack) -> None:
        disk = str(uuid4())
        self._run("ceph", "osd", "new", disk)
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk)
        running.enter_context(self._daemon("ceph-osd", "-i", "0"))

    def start_gateway(self, running: ExitStack) -> S3Gateway:
        self._run("radosgw-admin", "user", "create", "--uid", "anfang", "--display-name", "anfang",
                  "--access-key", _ACCESS_KEY, "--secret", _SECRET_KEY)  # fmt: skip
        port = free_port()
        frontend = f"beast endpoint=127.0.0.1:{port}"
        running.enter_context(
            self._daemon("radosgw", "-n", "client.gateway", "--rgw-frontends", frontend)
        )
        gateway = S3Gateway(f"http://127.0.0.1:{port}")
        _wait_until_answering(gateway.endpoint)
        return gateway

    @contextmanager
    def _daemon(self, program: str, *arguments: str) -> Iterator[None]:
        command = [program, "-c", str(self._configuration), *arguments, "-f"]
        with (self._folder / f"{program}.out").open("wb") as out:
            daemon = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            yield
        finally:
            daemon.terminate()
            try:
                daemon.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()

    def _run(self, program: str, *arguments: str) -> None:
        options = [] if program == "monmaptool" else ["-c", str(self._configuration)]
        made = subprocess.run(
            [program, *options, *arguments], env=dict(os.environ), timeout=_START_SECONDS,
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip
        assert made.returncode == 0, (program, arguments, made.stderr[-2000:])


def _wait_until_answering(endpoint: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            httpx.get(endpoint, timeout=5)
            return
        except httpx.TransportError:
            assert time.monotonic() < deadline, "the S3 gateway does not answer"
            time.sleep(0.2)
