"""Phones on bad lines, and whoever pretends to be one, hold up nobody else."""

import socket
from contextlib import ExitStack

import httpx
import pytest

from anfang.kit.principal import Role
from factories.evidence import declared, tus
from support.faulty_site import until

pytestmark = pytest.mark.slow

SENDERS = 60
PHOTO = bytes(range(256)) * 400
PATIENCE = 15


@pytest.fixture
def console(served, office):
    """An administrator's browser at the running service."""
    _, port = served
    account = office(Role.ADMINISTRATOR)
    session = account.client.get_cookie("anfang_session")
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}/api/v1",
        cookies={session.key: session.value},
        headers={"X-CSRF-Token": account.csrf_token},
        timeout=PATIENCE,
    ) as client:
        yield client


def begun(stack, port, head, body):
    """A request whose body does not end; its line stays open as long as the stack."""
    line = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
    line.sendall("\r\n".join([*head, "", ""]).encode() + body)


def test_uploads_that_stand_still_leave_the_console_free(served, console, phone, settings):
    _, port = served
    device = phone()
    photos = [PHOTO + bytes([place]) for place in range(SENDERS)]
    record = declared(device, photos)
    paths = [device.create_upload(record, photo).headers["Location"] for photo in photos]
    with ExitStack() as lines:
        for path, photo in zip(paths, photos, strict=True):
            headers = {
                "Host": "x",
                "Authorization": f"Bearer {device.access_token}",
                **tus(upload_offset=0, content_length=len(photo)),
                "Content-Type": "application/offset+octet-stream",
            }
            head = [f"PATCH {path} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items())]
            begun(lines, port, head, photo[:20_000])
        spooled = [settings.spool / path.rsplit("/", 1)[-1] for path in paths]
        until(lambda: all(one.stat().st_size for one in spooled))
        assert console.get("/session").status_code == 200
        assert console.post("/inspectors", json={"alias": "甲一"}).status_code == 201
        assert all(one.stat().st_size < len(PHOTO) for one in spooled), "they still stand"


def test_bodies_that_do_not_end_hold_no_transaction(served, console):
    _, port = served
    cookies = "; ".join(f"{name}={value}" for name, value in console.cookies.items())
    head = [
        "POST /api/v1/inspectors HTTP/1.1", "Host: x", f"Cookie: {cookies}",
        f"X-CSRF-Token: {console.headers['X-CSRF-Token']}",
        "Content-Type: application/json", "Transfer-Encoding: chunked",
    ]  # fmt: skip
    with ExitStack() as lines:
        for _ in range(3):
            begun(lines, port, head, b'4\r\n{"al\r\n')
        assert console.get("/session").status_code == 200
        assert console.post("/inspectors", json={"alias": "甲二"}).status_code == 201
