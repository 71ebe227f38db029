"""The same submissions to ODK Central, on the same machine: what the goals of ingest refer to.

Central is not ours to start: it runs at `--central`, with nothing beside it, as our service does in
`ingest`. It begins some seconds later to work on what came in, so short runs flatter it: take
`--size 1200`. Its form asks the window's checklist, a position and two photos. What a phone of ours
does besides (signing, hashes, disclosures) has no counterpart there. A record and its photos go in
one request, as ODK Collect sends them while they are small; Collect's HEAD request before it is
left out, and so is nginx.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4
from xml.sax.saxutils import escape

import click
import httpx
from urllib3 import encode_multipart_formdata

from anfang.checklists.library import shipped
from bench.server.ingest import PHOTO_SHARE, PHOTOS, RECORDS, middle
from bench.server.load import Call, Submission, deliver
from bench.server.submissions import photo
from factories.inspections import faultless

WARM_UP = 200
"""Submissions that are not counted: Node compiles what runs often, in each of its workers."""
FORM = "anfang-window"
PICTURES = ("photo_1", "photo_2")
_CHOICES = ("yes", "no", "na")
_SELECTED = ("yes_no", "choices")
_XMLNS = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"'
)


@dataclass(frozen=True)
class Peer:
    """A project of a running Central with the form; `keys` are the app users' tokens."""

    address: tuple[str, int]
    project: int
    keys: list[str]


def run(
    size: int | None,
    central: str | None,
    clients: Sequence[int],
    repeat: int,
    **_others: Any,
) -> dict[str, Any]:
    """Measure with `size` records a figure (400); with photos a quarter, as `ingest` does.

    Args:
        central: its base address. The administrator whose address and password are in
            `ANFANG_CENTRAL_EMAIL` and `ANFANG_CENTRAL_PASSWORD` gets one more project.
    """
    if central is None:
        raise click.UsageError("say where Central runs: --central http://127.0.0.1:8383")
    records = size or RECORDS
    peer = prepared(central, max(clients))
    deliver(peer.address, queues(peer, WARM_UP, max(clients), 0))
    found: dict[str, Any] = {}
    for photos in PHOTOS:
        count = records if not photos else max(records // PHOTO_SHARE, max(clients))
        for several in clients:
            runs = [
                deliver(peer.address, queues(peer, count, several, photos)) for _ in range(repeat)
            ]
            found[f"{photos} photos, {several} clients"] = middle(runs)
    return found


def queues(peer: Peer, count: int, clients: int, photos: int) -> list[list[Submission]]:
    """Prepare `count` submissions, spread over the clients, each an app user of its own."""
    each = max(1, count // clients)
    return [
        [submission(peer.project, key, photos) for _ in range(each)] for key in peer.keys[:clients]
    ]


def submission(project: int, key: str, photos: int) -> Submission:
    """Return a record with fresh photos of 300 KB, as one multipart request."""
    taken = {f"{uuid4()}.jpg": photo() for _ in range(photos)}
    record = _instance({**_answers(), **dict(zip(PICTURES, taken, strict=False))}, uuid4().hex)
    body, kind = encode_multipart_formdata(
        [
            ("xml_submission_file", ("record.xml", record.encode(), "text/xml")),
            *((name, (name, picture, "image/jpeg")) for name, picture in taken.items()),
        ]
    )
    headers = {"X-OpenRosa-Version": "1.0", "Content-Type": kind}
    return [Call("POST", f"/v1/key/{key}/projects/{project}/submission", headers, body)]


def prepared(central: str, clients: int) -> Peer:
    """Make a project with the published form and an app user for every client."""
    parts = urlsplit(central)
    assert parts.hostname, central
    with httpx.Client(base_url=f"{central.rstrip('/')}/v1", timeout=60) as http:
        account = {
            "email": os.environ["ANFANG_CENTRAL_EMAIL"],
            "password": os.environ["ANFANG_CENTRAL_PASSWORD"],
        }
        session = _made(http.post("/sessions", json=account))
        http.headers["Authorization"] = f"Bearer {session['token']}"
        project = _made(http.post("/projects", json={"name": "anfang bench"}))["id"]
        at = f"/projects/{project}/forms?publish=true"
        xml = {"Content-Type": "application/xml"}
        _made(http.post(at, content=form_xml().encode(), headers=xml))
        keys = [_app_user(http, project, f"bench {n}") for n in range(clients)]
    return Peer((parts.hostname, parts.port or 80), project, keys)


def form_xml() -> str:
    """Return the form as an XForm: the checklist's items, a position, two photos."""
    paths = [*_answers(), *PICTURES]
    binds = "".join(f'<bind nodeset="/data/{name}" type="{_type(name)}"/>' for name in paths)
    return (
        f"<h:html {_XMLNS}><h:head><h:title>{FORM}</h:title><model>"
        f"<instance>{_instance(dict.fromkeys(paths, ''))}</instance>{binds}"
        '<bind nodeset="/data/meta/instanceID" type="string" readonly="true()"'
        ' jr:preload="uid"/>'
        f"</model></h:head><h:body>{_questions()}</h:body></h:html>"
    )


def _questions() -> str:
    items = "".join(f"<item><label>{one}</label><value>{one}</value></item>" for one in _CHOICES)
    asked = "".join(
        f'<select1 ref="/data/{item["id"]}"><label>{escape(item["text"])}</label>{items}</select1>'
        if item["kind"] in _SELECTED
        else f'<input ref="/data/{item["id"]}"><label>{escape(item["text"])}</label></input>'
        for item in shipped("window").items
    )
    pictures = "".join(f'<upload ref="/data/{one}" mediatype="image/*"/>' for one in PICTURES)
    return f'{asked}<input ref="/data/place"/>{pictures}'


def _type(name: str) -> str:
    return "binary" if name in PICTURES else "geopoint" if name == "place" else "string"


def _answers() -> dict[str, str]:
    """The answers of a record of ours, and its position."""
    answers = {item["id"]: str(faultless(item)) for item in shipped("window").items}
    return {**answers, "place": "29.7 115.99 0 12"}


def _instance(values: dict[str, str], instance: str = "") -> str:
    members = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items())
    number = f"uuid:{instance}" if instance else ""
    return (
        f'<data {_XMLNS} id="{FORM}" version="1">{members}'
        f"<orx:meta><orx:instanceID>{number}</orx:instanceID></orx:meta></data>"
    )


def _app_user(http: httpx.Client, project: int, name: str) -> str:
    made = _made(http.post(f"/projects/{project}/app-users", json={"displayName": name}))
    path = f"/projects/{project}/forms/{FORM}/assignments/app-user/{made['id']}"
    http.post(path).raise_for_status()
    key: str = made["token"]
    return key


def _made(answer: httpx.Response) -> dict[str, Any]:
    assert answer.is_success, answer.text
    made: dict[str, Any] = answer.json()
    return made
