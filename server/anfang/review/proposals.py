"""Reads of what a version says item by item: what a reviewer would confirm as findings."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

from anfang.checklists import queries as checklists
from anfang.checklists.models import ChecklistVersion
from anfang.inspections.models import RecordVersion
from anfang.kit.errors import NotFound
from anfang.kit.i18n import translate
from anfang.registry import queries as registry
from anfang.registry.models import Site

_Found = TypeVar("_Found")
_WORDINGS: Final = {"grade": "finding-low-grade"}
"""What a finding says of its item by the item's kind; of any other, that it was not met."""


def checklist_of(version_id: UUID) -> ChecklistVersion | None:
    """Return the checklist that a record was filed on; None for one that is unknown here."""
    return _find(checklists.checklist_version, version_id)


def site_of(site_id: UUID | None) -> Site | None:
    """Return the site that a record names; None for none and for one that is unknown here."""
    return _find(registry.site, site_id)


def suggested_findings(
    version: RecordVersion, checklist: ChecklistVersion | None
) -> list[dict[str, Any]]:
    """Return what a reviewer would confirm by default: failed answers and low grades.

    In the checklist's order, vetoes with the others; empty without a known checklist.
    """
    if checklist is None or version.score is None:
        return []
    failed = set(version.score["failed"])
    return [finding_of(version, item) for item in checklist.items if item["id"] in failed]


def finding_of(version: RecordVersion, item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a version says about one item of its checklist, as a finding would keep it.

    Pictures are the media tied to the item, by their details or by a remark.
    """
    content = version.content
    answers = {one["item"]: one["value"] for one in content["answers"] or []}
    remarks = [one for one in content["remarks"] or [] if one.get("item") == item["id"]]
    texts = [one["text"] for one in remarks if one.get("text")]
    items = items_of_media(version)
    return {
        "item": item["id"],
        "item_text": item["text"],
        "text": translate(_WORDINGS.get(item["kind"], "finding-unmet"), requirement=item["text"]),
        "answer": answers.get(item["id"]),
        "remark": "\n".join(texts) or None,
        "points": item.get("points", 0),
        "veto": item.get("veto", False),
        "pictures": [sha256 for sha256 in version.media if item["id"] in items.get(sha256, ())],
    }


def items_of_media(version: RecordVersion) -> dict[str, list[str]]:
    """Return the items to which each medium belongs, by its details first, then by remarks."""
    found: dict[str, dict[str, None]] = {}
    for detail in version.content["media_details"] or []:
        if detail.get("item") is not None:
            found.setdefault(detail["sha256"], {})[detail["item"]] = None
    for remark in version.content["remarks"] or []:
        for sha256 in remark.get("media") or [] if remark.get("item") is not None else []:
            found.setdefault(sha256, {})[remark["item"]] = None
    return {sha256: list(items) for sha256, items in found.items()}


def _find(read: Callable[[UUID], _Found], reference: UUID | None) -> _Found | None:
    if reference is None:
        return None
    try:
        return read(reference)
    except NotFound:
        return None
