"""Verbs of reports for the press: a typical case as a file to hand out, by four eyes.

[Note: What the press gets] nothing that is not public already but the text: the notice as it was
issued, its redacted pictures, and where anybody can check both. It names no case number, no
inspector and no moment. Where the office adds one, the protected evidence pack (PROTOCOL §8) goes
along as it was built: what it shows, its own profile has decided.
"""

import json
import tempfile
import zipfile
from collections.abc import Mapping
from typing import IO, Any, Final
from uuid import UUID

from flask import current_app

from anfang.cases import queries as cases
from anfang.documents import queries as documents
from anfang.documents import service as document_rules
from anfang.documents.models import Notice, NoticePicture, NoticeState
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.i18n import translate
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.packs import queries as packs
from anfang.packs.models import Pack, PackState
from anfang.reports.errors import (
    PressEvidenceUnfit,
    PressNotApproved,
    PressNoticeNotPublic,
    ReportOwnDraft,
    ReportSigned,
)
from anfang.reports.models import PressPack
from anfang.review import queries as review
from anfang.storage import service as storage

_STANDING: Final = frozenset({NoticeState.PUBLISHED.value, NoticeState.CORRECTED.value})
_EXPOSURE: Final = "exposure"
_PROTECTED: Final = "protected"
_EVIDENCE: Final = "evidence.zip"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""Time of every member of the archive: the same pack is the same bytes."""


def draft(notice_id: UUID, headline: str, text: str, evidence_id: UUID | None = None) -> PressPack:
    """Draft a pack on a published exposure notice.

    Args:
        evidence_id: the evidence pack that goes along, where one does.

    Raises:
        NotFound: there is no such notice or pack.
        PressNoticeNotPublic: it is no exposure notice that stands.
        PressEvidenceUnfit: the pack is not ready, not protected, or of something else.
        PrivateTracesFound: headline or text names a private person's plate, phone or number.
    """
    notice = documents.notice(notice_id)
    _require_public(notice)
    evidence = None if evidence_id is None else packs.pack(evidence_id)
    _require_fit(evidence, notice)
    document_rules.require_no_private_traces({"headline": headline, "text": text})
    pack = PressPack(
        notice=notice,
        headline=headline,
        text=text,
        evidence=evidence,
        drafted_by=person().id,
        drafted_at=now(),
    )
    db.session.add(pack)
    db.session.flush()
    log.audit("press.drafted", "press_pack", pack.id, notice=notice.number or "")
    return pack


def approve(pack: PressPack) -> None:
    """Approve the text as a second person.

    Raises:
        ReportSigned: it is approved.
        ReportOwnDraft: the caller drafted it.
        PressNoticeNotPublic: the notice was withdrawn meanwhile.
    """
    if pack.approved_by is not None:
        raise ReportSigned
    if pack.drafted_by == person().id:
        raise ReportOwnDraft
    _require_public(pack.notice)
    pack.approved_by, pack.approved_at = person().id, now()
    db.session.flush()
    log.audit("press.approved", "press_pack", pack.id)


def hand_out(pack: PressPack) -> IO[bytes]:
    """Return the ZIP file, to be closed by the caller, and note that the caller takes it away.

    Raises:
        PressNotApproved: nobody has approved it.
        PressNoticeNotPublic: the notice was withdrawn: nobody is told of it any more.
        PressEvidenceUnfit: the evidence pack's file has ended.
    """
    if pack.approved_by is None:
        raise PressNotApproved
    _require_public(pack.notice)
    _require_fit(pack.evidence, pack.notice)
    log.audit("press.handed_out", "press_pack", pack.id)
    return _archive(_members(pack), pack.evidence)


def _members(pack: PressPack) -> dict[str, bytes]:
    notice = pack.notice
    released = cases.releasable_pictures(documents.findings_of(notice.id))
    pictures = [one for one in documents.pictures_of(notice.id) if _key(one) in released]
    members = {
        "press.txt": f"{pack.headline}\n\n{pack.text}\n".encode(),
        "notice.pdf": b"".join(documents.pdf(notice)),
        "notice.docx": b"".join(documents.docx(notice)),
    }
    for place, one in enumerate(pictures, start=1):
        members[f"pictures/{place:02}.png"] = review.redacted_png(released[_key(one)])
    evidence = pack.evidence
    captions = [(f"pictures/{n:02}.png", one) for n, one in enumerate(pictures, start=1)]
    sources = {
        "notice": {
            "number": notice.number,
            "title": notice.title,
            "issued_at": None if notice.published_at is None else notice.published_at.isoformat(),
            "pdf_sha256": notice.pdf_sha256,
            "docx_sha256": notice.docx_sha256,
            "check_at": _address(notice),
            "checked_before": ["defence", "legal_check", "approval"],
        },
        "pictures": [
            {"file": name, "caption": one.caption, "sha256": one.png_sha256}
            for name, one in captions
        ],
        "evidence": evidence and {"file": _EVIDENCE, "sha256": evidence.sha256},
    }
    members["sources.json"] = json.dumps(sources, ensure_ascii=False, indent=1).encode()
    members["README.txt"] = translate("press-readme", None, address=_address(notice)).encode()
    return members


def _key(picture: NoticePicture) -> tuple[UUID, str]:
    return picture.finding_id, picture.original_sha256


def _archive(members: Mapping[str, bytes], evidence: Pack | None) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)
        if evidence is not None and evidence.sha256 is not None:
            # However large, it passes through piece by piece; it is an archive already.
            with archive.open(zipfile.ZipInfo(_EVIDENCE, _EPOCH), "w", force_zip64=True) as into:
                for piece in storage.stream(packs.file_key(evidence.sha256)):
                    into.write(piece)
    file.seek(0)
    return file


def _address(notice: Notice) -> str:
    origin: str = current_app.config["ORIGIN"]
    return origin + documents.public_path(notice.year or 0, notice.serial or 0)


def stands(pack: PressPack) -> bool:
    """Tell whether a pack may still be handed out: its notice stands, its evidence is there."""
    return _is_public(pack.notice) and _is_fit(pack.evidence, pack.notice)


def _is_public(notice: Notice) -> bool:
    return notice.kind == _EXPOSURE and notice.state in _STANDING


def _require_public(notice: Notice) -> None:
    if not _is_public(notice):
        raise PressNoticeNotPublic


def _is_fit(evidence: Pack | None, notice: Notice) -> bool:
    if evidence is None:
        return True
    ready = evidence.state == PackState.READY.value and evidence.profile == _PROTECTED
    return ready and _is_of(evidence.selector, notice)


def _is_of(selector: Mapping[str, Any], notice: Notice) -> bool:
    told = {str(one.id) for one in documents.cases_of(notice.id)}
    return selector.get("notice") == notice.number or selector.get("case") in told


def _require_fit(evidence: Pack | None, notice: Notice) -> None:
    if not _is_fit(evidence, notice):
        raise PressEvidenceUnfit
