"""Packs as the office orders them, through the API, and what is inside them."""

import base64
import io
import json
import zipfile
from pathlib import Path
from typing import Any

from anfang.jobs import service as jobs
from anfang.kit.db import transaction
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import Role
from anfang.log import service as log
from factories import setup
from factories.documents import Desk
from factories.review import Accepted
from factories.setup import OPEN_OFFICE, created
from support.server import Office

ALIAS = "秘密代号乙"
RESPONSIBLE = "RESPONSIBLEPERSON"
DEFENCE = "当日全员开会，已补排值班。"


def seal() -> None:
    """Append what waits to the log, as every night."""
    with transaction():
        log.seal()


def ordered(lead: Office, profile: str, **selected: Any) -> Any:
    """Order a pack and let the worker build it; returns its view."""
    pack = created(lead.post("/packs", {"profile": profile, **selected}))
    jobs.run_pending()
    return created(lead.get(f"/packs/{pack['id']}"))


def downloaded(lead: Office, pack: Any, folder: Path) -> Path:
    """Take a ready pack away as a file."""
    answer = lead.call("GET", pack["file"].removeprefix("/api/v1"))
    assert answer.status_code == 200, answer.json
    path = folder / f"{pack['id']}.zip"
    path.write_bytes(answer.data)
    return path


def unzipped(path: Path) -> dict[str, bytes]:
    """Return a pack's files by their path below its folder."""
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def every_byte(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files and what lies inside those that are archives themselves."""
    found = dict(files)
    for name, data in files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as sheet:
                found |= {f"{name}!{inner}": sheet.read(inner) for inner in sheet.namelist()}
    return found


def case_of(record: Accepted, office: OPEN_OFFICE) -> tuple[Any, Desk]:
    """Open a case from a record's findings, in which the unit has stated its defence."""
    campaign = record.delivered.campaign
    liaison = setup.liaison(office, campaign.unit)
    body = {
        "finding_ids": list(record.findings),
        "unit_id": campaign.unit,
        "title": "服务窗口无故空岗",
        "class": "by_date",
        "responsible": RESPONSIBLE,
    }
    case = created(campaign.lead.post("/cases", body))
    words = {"kind": "defence", "text": DEFENCE}
    created(liaison.post(f"/cases/{case['id']}/statements", words))
    desk = Desk(campaign, campaign.lead, office(Role.REVIEWER), office(Role.APPROVER), liaison)
    return case, desk


def disclosed(record: str) -> dict[str, Any]:
    """Return the members that an SD-JWT discloses."""
    parts = record.strip().split("~")[1:-1]
    opened = [json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in parts]
    return {name: value for _, name, value in opened}


def tag_manifest_sha256(path: Path) -> str:
    """Return the hash that the log holds of a pack."""
    return sha256_hex(unzipped(path)["tagmanifest-sha256.txt"])


def entries(path: Path) -> list[zipfile.ZipInfo]:
    """Return a pack's ZIP headers."""
    with zipfile.ZipFile(path) as archive:
        return archive.infolist()
