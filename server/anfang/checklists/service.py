"""Verbs of checklists: draft, change, publish; score a visit's answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from anfang.checklists import scoring
from anfang.checklists.errors import (
    ChecklistCodeTaken,
    ChecklistDraftExists,
    ChecklistEmpty,
    ChecklistItemInvalid,
    ChecklistVersionPublished,
)
from anfang.checklists.items import faults
from anfang.checklists.library import shipped
from anfang.checklists.models import Checklist, ChecklistVersion
from anfang.checklists.scoring import Score
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.i18n import translate
from anfang.log import service as log


def create_checklist(code: str, title: str, items: Sequence[Mapping[str, Any]] = ()) -> Checklist:
    """Begin a checklist with a draft of its version 1.

    Raises:
        ChecklistCodeTaken: another checklist has the code.
        ChecklistItemInvalid: an item contradicts itself.
    """
    _require_well_formed(items)
    checklist = Checklist(code=code, title=title)
    checklist.versions.append(ChecklistVersion(version=1, title=title, items=_plain(items)))
    db.session.add(checklist)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise ChecklistCodeTaken from error
    log.audit("checklist.created", "checklist", checklist.id)
    return checklist


def install_shipped(code: str) -> ChecklistVersion:
    """Begin a checklist that comes with the product; returns the draft of its version 1.

    Raises:
        KeyError: the library has no checklist of that code.
        ChecklistCodeTaken: it, or another one with its code, is there already.
    """
    entry = shipped(code)
    return create_checklist(entry.code, entry.title, entry.items).versions[0]


def draft_next_version(checklist: Checklist) -> ChecklistVersion:
    """Begin the next version as a copy of the newest.

    Raises:
        ChecklistDraftExists: the newest version is itself a draft.
    """
    newest = checklist.versions[-1]
    if newest.published_at is None:
        raise ChecklistDraftExists
    draft = ChecklistVersion(
        version=newest.version + 1, title=newest.title, items=_plain(newest.items)
    )
    checklist.versions.append(draft)
    db.session.flush()
    log.audit("checklist.drafted", "checklist_version", draft.id)
    return draft


def change_draft(version: ChecklistVersion, title: str, items: Sequence[Mapping[str, Any]]) -> None:
    """Replace a draft's title and items.

    Raises:
        ChecklistVersionPublished: it is no draft any more.
        ChecklistItemInvalid: an item contradicts itself.
    """
    _require_draft(version)
    _require_well_formed(items)
    version.title, version.items = title, _plain(items)
    db.session.flush()
    log.audit("checklist.changed", "checklist_version", version.id)


def publish(version: ChecklistVersion) -> None:
    """Freeze a draft; from now on campaigns may use it, and its title is the checklist's.

    Raises:
        ChecklistVersionPublished: it has been published before.
        ChecklistEmpty: it has no items.
    """
    _require_draft(version)
    if not version.items:
        raise ChecklistEmpty
    version.published_at = now()
    version.checklist.title = version.title
    db.session.flush()
    log.audit("checklist.published", "checklist_version", version.id)


def score(version: ChecklistVersion, answers: Iterable[Mapping[str, Any]]) -> Score:
    """Score answers `[{"item","value"}]` of a visit by the rules of `scoring`."""
    return scoring.score(version.items, answers)


def photos_due(
    version: ChecklistVersion, answers: Iterable[Mapping[str, Any]], pictured: Iterable[str]
) -> tuple[str, ...]:
    """Return the ids of items that want a photo and have none; `pictured`: items that have one."""
    return scoring.photos_due(version.items, answers, pictured)


def _require_draft(version: ChecklistVersion) -> None:
    if version.published_at is not None:
        raise ChecklistVersionPublished


def _require_well_formed(items: Sequence[Mapping[str, Any]]) -> None:
    found = faults(items)
    if found:
        raise ChecklistItemInvalid(
            pointers={pointer: translate(reason) for pointer, reason in found.items()}
        )


def _plain(items: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [dict(item) for item in items]
