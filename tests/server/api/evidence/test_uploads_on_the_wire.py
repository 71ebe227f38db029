"""Uploads against the real web server, two processes, over sockets that die."""

import http.client
import os
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from factories.evidence import declared, held, tus
from support.faulty_site import until
from support.phone import sha256

PHOTO = bytes(range(256)) * 2000
HALF = len(PHOTO) // 2
PIECE = 1 << 14
CHUNK = {"Content-Type": "application/offset+octet-stream"}
PATIENCE = """
def post_worker_init(worker):
    from anfang.evidence import routes

    routes._LONGEST_SILENCE = {}
"""


class Server:
    def __init__(self, process, port):
        self.process, self.port = process, port

    def call(self, device, method, path, data=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Authorization": f"Bearer {device.access_token}", **headers}
        connection.request(method, path, body=data, headers=headers)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def offset(self, device, path):
        return int(self.call(device, "HEAD", path, **tus()).headers["Upload-Offset"])

    def patch(self, device, path, offset, data):
        headers = {**tus(upload_offset=offset), **CHUNK}
        return self.call(device, "PATCH", path, data, **headers)

    def half_a_patch(self, device, path):
        """Announce the whole photo, send its first half, return the open socket."""
        headers = {
            "Host": "x",
            "Authorization": f"Bearer {device.access_token}",
            **tus(upload_offset=0, content_length=len(PHOTO)),
            **CHUNK,
        }
        lines = [f"PATCH {path} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items()), "", ""]
        line = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        line.sendall("\r\n".join(lines).encode() + PHOTO[:HALF])
        return line

    def workers(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]


@pytest.fixture
def server(request, settings, tmp_path):
    """A running server; its parameter is how many seconds of silence it bears."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "gunicorn.conf.py").write_text(PATIENCE.format(getattr(request, "param", 30.0)))
    command = ["gunicorn", "anfang.wsgi:app", "-k", "gthread", "-w", "2", "--threads", "4"]
    command += ["-c", str(tmp_path / "gunicorn.conf.py")]
    process = subprocess.Popen(
        [Path(sys.executable).with_name(command[0]), *command[1:], "-b", f"127.0.0.1:{port}"],
        env={**os.environ, "ANFANG_DATA": str(settings.data), "ANFANG_LOG_LEVEL": "WARNING"},
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: _answers(port))
        yield Server(process, port)
        process.terminate()
        assert process.wait(20) == 0
    finally:
        if process.poll() is None:
            _kill(process)


def _kill(process):
    """End the server and its workers, which a killed master would leave behind."""
    for pid in Server(process, 0).workers():
        os.kill(pid, signal.SIGKILL)
    process.kill()
    process.wait(10)


def _answers(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("OPTIONS", "/api/v1/uploads")
        return connection.getresponse().status == 204
    except OSError:  # not yet, or too busy
        return False


def begun(device):
    record = declared(device, [PHOTO])
    return record, device.create_upload(record, PHOTO).headers["Location"]


@pytest.mark.slow
def test_a_phone_goes_on_inside_a_photo_after_its_line_was_cut(server, phone):
    device = phone()
    for hard in (False, True):
        record, path = begun(device)
        line = server.half_a_patch(device, path)
        until(lambda path=path: _spooled(device, path) >= HALF - PIECE)
        if hard:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
        offset = server.offset(device, path)
        assert HALF - PIECE <= offset <= HALF
        assert hard or offset == HALF
        assert server.patch(device, path, offset, PHOTO[offset:]).status == 204
        assert held(device, record) == [sha256(PHOTO)]


@pytest.mark.slow
@pytest.mark.parametrize("server", [1.0], indirect=True)
def test_a_line_that_falls_silent_lets_go_of_its_upload(server, phone):
    device = phone()
    record, path = begun(device)
    line = server.half_a_patch(device, path)
    until(lambda: _spooled(device, path) >= HALF - PIECE)
    until(lambda: server.patch(device, path, 0, b"").status != 423)
    offset = server.offset(device, path)
    assert HALF - PIECE <= offset <= HALF
    assert server.patch(device, path, offset, PHOTO[offset:]).status == 204
    assert held(device, record) == [sha256(PHOTO)]
    line.close()


@pytest.mark.slow
def test_the_lock_holds_between_processes_and_falls_with_its_process(server, phone):
    device = phone()
    record, path = begun(device)
    line = server.half_a_patch(device, path)
    until(lambda: _spooled(device, path) >= HALF - PIECE)
    refused = {server.patch(device, path, HALF, PHOTO[HALF:]).status for _ in range(12)}
    assert refused == {423}

    before = server.workers()
    assert len(before) == 2
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    until(lambda: len(set(server.workers()) - set(before)) == 2)
    until(lambda: _answers(server.port))
    offset = server.offset(device, path)
    assert HALF - PIECE <= offset <= HALF
    assert server.patch(device, path, offset, PHOTO[offset:]).status == 204
    assert held(device, record) == [sha256(PHOTO)]
    line.close()


def _spooled(device, path):
    spool = device.client.application.config["SPOOL"]
    return (spool / path.rsplit("/", 1)[-1]).stat().st_size
