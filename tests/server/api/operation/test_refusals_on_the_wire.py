"""Refusals over real connections: broken chunks, bodies that nobody read."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factories.evidence import tus
from support.phone import new_id
from support.postgres import free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def port(settings):
    """A running server on this installation."""
    number = free_port()
    options = ["-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{number}"]
    server = subprocess.Popen(
        [Path(sys.executable).with_name("gunicorn"), *options, "anfang.wsgi:app"],
        env={**os.environ, "ANFANG_DATA": str(settings.data), "ANFANG_LOG_LEVEL": "WARNING"},
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 40
        while not _answers(number):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield number
    finally:
        server.terminate()
        assert server.wait(30) == 0


def _answers(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def asked(port, head, body):
    """Send a request as it stands and return the answer's head."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode() + body)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer


@pytest.mark.parametrize("body", [b"zz\r\nabc\r\n0\r\n\r\n", b"5\r\nabcdefgh\r\n0\r\n\r\n"])
def test_chunks_that_are_none_are_a_bad_request(port, phone, body):
    head = [
        "POST /api/v1/records HTTP/1.1", "Host: x", "Content-Type: application/json",
        f"Authorization: Bearer {phone().access_token}", "Transfer-Encoding: chunked",
    ]  # fmt: skip
    assert asked(port, head, body).status == 400


def test_a_refusal_of_a_body_that_was_not_read_says_that_the_line_closes(port, phone):
    headers = {
        "Host": "x",
        "Authorization": f"Bearer {phone().access_token}",
        **tus(upload_offset=0, content_length=8_000_000),
        "Content-Type": "application/offset+octet-stream",
    }
    head = [
        f"PATCH /api/v1/uploads/{new_id()} HTTP/1.1",
        *(f"{n}: {v}" for n, v in headers.items()),
    ]
    answer = asked(port, head, b"x" * 10_000)
    assert answer.status == 404
    assert answer.getheader("Connection") == "close"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        for _ in range(2):
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            kept = http.client.HTTPResponse(line)
            kept.begin()
            assert kept.read()
            assert kept.getheader("Connection") != "close"
