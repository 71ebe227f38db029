"""`anfang serve` told to stop finishes what is under way; killed outright, it leaves no orphan."""

import http.client
import signal
import socket
import time

import pytest

from factories.evidence import declared, held, tus
from support.faulty_site import until
from support.phone import sha256

PHOTO = bytes(range(256)) * 4000
HALF = len(PHOTO) // 2


@pytest.mark.slow
def test_an_upload_in_flight_is_finished_before_the_end(served, phone, settings):
    process, port = served
    device = phone()
    record = declared(device, [PHOTO])
    path = device.create_upload(record, PHOTO).headers["Location"]
    headers = {
        "Host": "x",
        "Authorization": f"Bearer {device.access_token}",
        **tus(upload_offset=0, content_length=len(PHOTO)),
        "Content-Type": "application/offset+octet-stream",
    }
    lines = [f"PATCH {path} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items()), "", ""]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall("\r\n".join(lines).encode() + PHOTO[:HALF])
        spooled = settings.spool / path.rsplit("/", 1)[-1]
        until(lambda: spooled.stat().st_size > HALF // 2)
        process.send_signal(signal.SIGTERM)
        time.sleep(2)
        assert process.poll() is None
        with pytest.raises((ConnectionError, TimeoutError)):
            _new_visitor(port)
        line.sendall(PHOTO[HALF:])
        assert line.recv(4096).startswith(b"HTTP/1.1 204")
    assert process.wait(40) == 0
    assert held(device, record) == [sha256(PHOTO)]


@pytest.mark.slow
def test_killed_outright_it_leaves_nobody_behind_on_its_port(served):
    process, port = served
    process.kill()
    process.wait(10)
    until(lambda: not _listening(port))


def _listening(port):
    """Tell whether something still listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _new_visitor(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    connection.request("GET", "/healthz")
    connection.getresponse()
