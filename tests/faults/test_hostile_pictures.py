"""Hostile pictures through the real upload: each one is answered, no process dies of any."""

import random
import sqlite3
import zlib

import pytest

from support.e2e_wire import phone_on_the_wire
from support.faulty_site import Site, descendants, until
from support.phone import minimal_record, sha256
from support.pictures import chunk, encoded, png_bomb, scene, with_announced_size

pytestmark = pytest.mark.slow

KINDS = ("JPEG", "PNG", "WEBP", "HEIF")
DAMAGED = 6
"""Of each kind, so many with random damage; the same in every run."""


def corpus():
    """Names and bytes: damaged, truncated, bombs, polyglots, other things with a picture's name."""
    whole = {kind: encoded(scene(kind, 320, 240), kind) for kind in KINDS}
    yield from ((f"damaged-{kind}-{n}", damaged(whole[kind], n)) for kind in KINDS
                for n in range(DAMAGED))  # fmt: skip
    yield from ((f"half-{kind}", data[: len(data) // 2]) for kind, data in whole.items())
    yield from ((f"header-{kind}", data[:20]) for kind, data in whole.items())
    yield from ((f"announced-{kind}", with_announced_size(kind))
                for kind in ("JPEG", "WEBP", "HEIF"))  # fmt: skip
    yield "png-bomb", png_bomb()
    yield "png-text-bomb", text_bomb(whole["PNG"])
    yield "png-of-nothing", whole["PNG"][:8] + chunk(b"IEND", b"")
    yield from ((f"{kind}-and-zip", data + b"PK\x03\x04" + bytes(200))
                for kind, data in whole.items())  # fmt: skip
    yield "jpeg-and-script", whole["JPEG"] + b"<script>alert(1)</script>"
    yield "html", b"<!doctype html><script>alert(1)</script>"
    yield "svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    yield "postscript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(x) run\n"
    yield "gif", b"GIF89a\xff\xff\xff\xff\x80\x00\x00\xff\xff\xff\x00\x00\x00;"
    yield "noise", random.Random(1).randbytes(5000)


def damaged(data, seed):
    """Change one byte in fifty, at least three, behind the first ones that name the kind."""
    chance = random.Random(f"{seed} {len(data)}")
    changed = bytearray(data)
    for _ in range(max(3, len(data) // 50)):
        changed[chance.randrange(12, len(data))] = chance.randrange(256)
    return bytes(changed)


def text_bomb(png):
    """A PNG whose compressed text chunk unpacks to 200 MB."""
    packed = zlib.compress(bytes(200 << 20), 9)
    return png[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + png[33:]


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path)
    made.put_demonstration()
    made.start()
    yield made
    made.stop()


def test_every_hostile_picture_is_answered_and_nothing_dies(site, tmp_path):
    pictures = dict(corpus())
    before = set(descendants(site.process.pid))
    phone = phone_on_the_wire(site.anfang, "暗访员01")
    bundle = phone.bundle().json
    campaign, checklist = bundle["campaigns"][0]["id"], bundle["checklists"][0]["id"]
    clear, disclosures = minimal_record(campaign, checklist, media=[*pictures.values()])
    assert phone.file(clear, disclosures).status_code == 201
    for name, data in pictures.items():
        assert phone.upload(clear["id"], data).status_code in {201, 204}, name
    assert phone.state(clear["id"]).json["missing"] == []
    told = site.anfang.command("doctor", "--deep", "--json")
    assert told.returncode == 0, told.stdout
    until(lambda: not waiting(site), 180)
    states = dict(rows(site, "SELECT sha256, decoded_state FROM media"))
    sent = {name: states[sha256(data)] for name, data in pictures.items()}
    assert set(sent.values()) == {"decoded", "not_decoded"}
    refused = {name for name, state in sent.items() if state == "not_decoded"}
    assert {"png-bomb", "announced-JPEG", "html", "svg", "gif", "noise"} <= refused
    assert before <= set(descendants(site.process.pid)), "a process died"
    assert '"event": "fault"' not in (tmp_path / "serve.log").read_text()


def waiting(site):
    return rows(site, "SELECT 1 FROM media WHERE decoded_state = 'waiting'")


def rows(site, statement):
    with sqlite3.connect(site.folder / "data" / "anfang.sqlite3") as connection:
        return connection.execute(statement).fetchall()
