"""The container image: builds without a daemon, small, unprivileged, serves from an empty volume.

Opt-in, for it downloads and compiles for minutes: ANFANG_IMAGE names an image that buildah has
(`buildah bud --format docker --isolation chroot -t anfang .`), ANFANG_IMAGE_STORE its storage.
"""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from support.postgres import free_port

IMAGE = os.environ.get("ANFANG_IMAGE")
LARGEST = 400 * 10**6
USER = 10001

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(IMAGE is None, reason="ANFANG_IMAGE names no image (see the file's head)"),
]


def buildah(*words: str) -> str:
    store = os.environ.get("ANFANG_IMAGE_STORE")
    where = ["--root", store, "--runroot", f"{store}-run"] if store else []
    command = ["buildah", *where, "--storage-driver", "vfs", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def root():
    """The image's files, mounted."""
    container = buildah("from", "--pull-never", str(IMAGE))
    try:
        yield Path(buildah("mount", container))
    finally:
        buildah("rm", container)


@pytest.fixture(scope="module")
def configuration():
    """What the image says of how it runs."""
    return json.loads(buildah("inspect", "--type", "image", str(IMAGE)))["Docker"]["config"]


def test_it_is_small_unprivileged_and_watched(root, configuration):
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file())
    assert size < LARGEST, f"{size / 1e6:.0f} MB"
    assert configuration["User"] == "anfang"
    assert "/healthz" in " ".join(configuration["Healthcheck"]["Test"])
    assert list(configuration["Volumes"]) == ["/data"]


def test_started_empty_on_a_root_that_cannot_be_written_it_serves(root, configuration, tmp_path):
    data, port = tmp_path / "data", free_port()
    data.mkdir(mode=0o700)
    os.chown(data, USER, USER)
    environment = dict(pair.split("=", 1) for pair in configuration["Env"]) | {"PORT": str(port)}
    settings = " ".join(f"{name}={value}" for name, value in environment.items())
    mounts = (
        f"mount --bind {root} {root} && mount --bind {data} {root}/data && "
        f"mount -t tmpfs none {root}/tmp && mount -t proc none {root}/proc && "
        f"mount --bind /dev {root}/dev && mount -o remount,ro,bind {root} && "
    )

    def inside(command: str) -> list[str]:
        chroot = f"exec chroot --userspec={USER}:{USER} {root} /usr/bin/env -i -C /app {settings} "
        return ["unshare", "--mount", "sh", "-c", mounts + chroot + command]

    server = subprocess.Popen(inside(" ".join(configuration["Cmd"])))
    try:
        _until_ready(server, f"http://127.0.0.1:{port}")
        assert "<html" in httpx.get(f"http://127.0.0.1:{port}/field").text
        assert httpx.get(f"http://127.0.0.1:{port}/p/").status_code == 200
        with pytest.raises(subprocess.CalledProcessError):
            subprocess.run(inside("touch /app/x"), check=True, capture_output=True)
        uid = Path(f"/proc/{server.pid}/status").read_text().split("Uid:")[1].split()[0]
        assert uid == str(USER)
        health = configuration["Healthcheck"]["Test"][1:]
        quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in health)
        subprocess.run(inside(quoted), check=True)
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0


def _until_ready(server: "subprocess.Popen[bytes]", origin: str) -> None:
    deadline = time.monotonic() + 120
    while True:
        assert server.poll() is None, "the container ended by itself"
        try:
            if httpx.get(f"{origin}/readyz", timeout=3).is_success:
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.3)
