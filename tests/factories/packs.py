"""Packs as the office orders them, through the API, and what is inside them."""

import base64
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

from anfang.documents.models import Notice, NoticeCase, NoticeState
from anfang.documents.queries import pdf_key
from anfang.identity import queries as identity
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db, transaction
from anfang.kit.ids import sha256_hex
from anfang.log import service as log
from anfang.storage import service as storage
from factories.setup import Campaign, created
from support.server import Office

NUMBER = "甲整办通〔2026〕1号"
SIGNATORY = "甲市作风整顿工作办公室"
PDF = b"%PDF-1.7 a notice"


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


def public_notice(
    campaign: Campaign, case: str, *, state: str = "published", pdf: bytes = PDF, serial: int = 1
) -> str:
    """Enter a notice as the documents room leaves it once it is public; returns its number.

    How it gets there is tested in that room.
    """
    number = NUMBER.replace("〕1号", f"〕{serial}号")
    with transaction():
        drafter, approver = _accounts()
        notice = Notice(
            kind="exposure",
            campaign_id=UUID(campaign.id),
            title="关于服务窗口\n无故空岗的通报",
            content={"signatory": SIGNATORY},
            state=NoticeState(state).value,
            number=number,
            year=2026,
            serial=serial,
            drafted_by=drafter,
            approved_by=approver,
            approved_at=now(),
            published_at=now(),
            pdf_sha256=sha256_hex(pdf),
        )
        db.session.add(notice)
        db.session.flush()
        db.session.add(NoticeCase(notice_id=notice.id, case_id=UUID(case)))
        log.queue("notice", number, sha256_hex(pdf))
    storage.put_bytes(pdf_key(sha256_hex(pdf)), pdf)
    return number


def _accounts() -> tuple[UUID, UUID]:
    first, second, *_ = db.session.scalars(identity.users_listed())
    return first.id, second.id


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
