"""Turning a visit of the demonstration into the members of a record (PROTOCOL §4). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from anfang.demo import pictures
from anfang.demo.content import Visit
from anfang.kit.clock import rfc3339
from anfang.kit.ids import new_id, sha256_hex

_APP: Final = "anfang-demo/1"
_TYPING: Final = timedelta(minutes=4)


@dataclass(frozen=True)
class Scene:
    """Where and when a visit was made, with the ids that its record names."""

    campaign: str
    checklist: str
    items: Sequence[Mapping[str, Any]]
    unit: str
    site: str
    day: str
    started_at: datetime
    ticket: str

    def ended_at(self, visit: Visit) -> datetime:
        """Return when the inspector left."""
        return self.started_at + timedelta(minutes=visit.minutes)

    def submitted_at(self, visit: Visit) -> datetime:
        """Return when the record was sealed."""
        return self.ended_at(visit) + _TYPING


def drawn(visit: Visit, scene: Scene) -> list[bytes]:
    """Draw a visit's pictures, taken in its middle at its place."""
    place = visit.place
    taken = scene.started_at + timedelta(minutes=visit.minutes) / 2
    return [
        pictures.scene(one.kind, one.seed, taken, place["lat_e7"], place["lon_e7"])
        for one in visit.pictures
    ]


def clear_members(scene: Scene, photos: Sequence[bytes]) -> dict[str, Any]:
    """Return what a record shows in clear."""
    return {
        "v": 1,
        "id": str(new_id()),
        "campaign": scene.campaign,
        "checklist": scene.checklist,
        "unit": scene.unit,
        "supersedes": None,
        "media": sorted(sha256_hex(photo) for photo in photos),
    }


def disclosures(visit: Visit, scene: Scene, photos: Sequence[bytes]) -> dict[str, Any]:
    """Return the thirteen disclosures."""
    done = visit.not_possible is None
    return {
        "day": scene.day,
        "visit": {"outcome": "done" if done else "not_possible", "reason": visit.not_possible},
        "site": scene.site,
        "subject": dict(visit.subject),
        "private": dict(visit.private) if visit.private else None,
        "answers": visit.answers(scene.items),
        "remarks": [
            {"item": one.item, "text": one.text, "media": _of_item(visit, photos, one.item)}
            for one in visit.remarks
        ],
        "place": _place(visit, scene),
        "clock": _clock(visit, scene),
        "ride": dict(visit.ride) if visit.ride else None,
        "media_details": _details(visit, scene, photos),
        "origin": {
            "assignment": None,
            "ticket": scene.ticket,
            "app": _APP,
            "user_agent": _APP,
            "key_protection": "none",
        },
        "note": visit.note,
    }


def _of_item(visit: Visit, photos: Sequence[bytes], item: str) -> list[str]:
    pairs = zip(visit.pictures, photos, strict=True)
    return sorted(sha256_hex(photo) for entry, photo in pairs if entry.item == item)


def _place(visit: Visit, scene: Scene) -> dict[str, Any]:
    at = rfc3339(scene.started_at + timedelta(minutes=1))
    return {**visit.place, "source": "gps", "at": at, "measured": None}


def _clock(visit: Visit, scene: Scene) -> dict[str, Any]:
    ended, submitted = scene.ended_at(visit), scene.submitted_at(visit)
    return {
        "started_at": rfc3339(scene.started_at),
        "ended_at": rfc3339(ended),
        "submitted_at": rfc3339(submitted),
        "monotonic_ms": int((submitted - scene.started_at).total_seconds() * 1000),
    }


def _details(visit: Visit, scene: Scene, photos: Sequence[bytes]) -> list[dict[str, Any]]:
    captured = rfc3339(scene.started_at + timedelta(minutes=visit.minutes) / 2)
    return [
        {
            "sha256": sha256_hex(photo),
            "bytes": len(photo),
            "mime": "image/jpeg",
            "item": entry.item,
            "captured_at": captured,
            **visit.place,
            "source": "camera",
        }
        for entry, photo in zip(visit.pictures, photos, strict=True)
    ]
