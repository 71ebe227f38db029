"""Every operation of the API has a caller: a page, or one of those named here with its reason."""

import json
import re
from collections.abc import Iterator

from support.house import ROOT

CONSOLE_ADDRESS = "the console follows the address in the answer that names the file"
FIELD = "the field app's own client asks, which knows no generated one"
OUTSIDE = "read by programs of others, told in the guides"
ONE_OF_A_LIST = "the pages read the whole list; programs look one up"

# Operations that no source of the PWA calls through its typed client, each for the reason given.
UNCALLED = {
    "GET /api/v1/cases/{case_id}/pictures/{sha256}/redacted": CONSOLE_ADDRESS,
    "GET /api/v1/desk/documents/{notice_id}/document.pdf": CONSOLE_ADDRESS,
    "GET /api/v1/packs/{pack_id}/file": CONSOLE_ADDRESS,
    "GET /api/v1/press-packs/{pack_id}/file": CONSOLE_ADDRESS,
    "GET /api/v1/review/records/{record_id}/pictures/{sha256}/original": CONSOLE_ADDRESS,
    "GET /api/v1/review/records/{record_id}/pictures/{sha256}/preview": CONSOLE_ADDRESS,
    "GET /api/v1/review/records/{record_id}/pictures/{sha256}/redacted": CONSOLE_ADDRESS,
    "GET /api/v1/review/records/{record_id}/pictures/{sha256}/thumbnail": CONSOLE_ADDRESS,
    "GET /.well-known/anfang-keys.json": FIELD,
    "POST /api/v1/devices": FIELD,
    "POST /api/v1/devices/{device_id}/challenge": FIELD,
    "POST /api/v1/devices/{device_id}/token": FIELD,
    "GET /api/v1/field/bundle": FIELD,
    "POST /api/v1/records": FIELD,
    "GET /api/v1/records/{record_id}": FIELD,
    "POST /api/v1/records/{record_id}/witness": FIELD,
    "OPTIONS /api/v1/uploads": FIELD,
    "POST /api/v1/uploads": FIELD,
    "HEAD /api/v1/uploads/{upload_id}": FIELD,
    "PATCH /api/v1/uploads/{upload_id}": FIELD,
    "POST /api/v1/uploads/{upload_id}": FIELD,
    "DELETE /api/v1/uploads/{upload_id}": FIELD,
    "GET /api/v1/log/checkpoint": OUTSIDE,
    "GET /api/v1/log/consistency": OUTSIDE,
    "GET /api/v1/log/proof": OUTSIDE,
    "GET /api/v1/packs/schemas/{name}": OUTSIDE,
    "GET /api/v1/rulebook-schema": OUTSIDE,
    "POST /api/v1/supervision/{campaign_id}/matters": "approval systems deliver their matters",
    "GET /api/v1/checklists/{checklist_id}": ONE_OF_A_LIST,
    "GET /api/v1/claim-questions/{question_id}": ONE_OF_A_LIST,
    "GET /api/v1/desk/documents/{notice_id}": ONE_OF_A_LIST,
    "GET /api/v1/packs/{pack_id}": ONE_OF_A_LIST,
}

_METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
# An address in quotes, with what calls it: a method of the typed client, another function, nothing.
_ADDRESS = re.compile(r"""(?:\.([A-Z]+)\(\s*|(\())?['"`](/(?:api|\.well-known)/[^'"`?]*)""")


def operations() -> Iterator[tuple[str, str]]:
    paths = json.loads((ROOT / "server" / "openapi.json").read_text())["paths"]
    for path, item in paths.items():
        for method in _METHODS:
            if method in item:
                yield method.upper(), path


def called() -> Iterator[tuple[str, str]]:
    """Yield what the PWA's sources call through the typed client, and read by a link."""
    for kind in ("*.ts", "*.vue"):
        for file in (ROOT / "pwa" / "src").rglob(kind):
            if not file.name.endswith((".d.ts", ".test.ts")):
                for method, function, address in _ADDRESS.findall(file.read_text()):
                    if method or not function:
                        yield method or "GET", nameless(address)


def nameless(address: str) -> str:
    """Return an address without the names of what stands in it, `{id}` and `${one.id}` alike."""
    return re.sub(r"\$?\{[^}]*\}", "{}", address)


def test_every_operation_has_a_caller():
    known = set(operations())
    named = {tuple(one.split(" ", 1)) for one in UNCALLED}
    assert named <= known, "names an operation that is gone"
    asked = set(called())
    uncalled = {(method, path) for method, path in known if (method, nameless(path)) not in asked}
    assert uncalled - named == set(), "an operation without a page: build it, or say why"
    assert named - uncalled == set(), "has a page now: strike it out"
