"""What picture files say of themselves, against what the record says of them.

EXIF is a claim that anybody can write: differences are worth a look, agreement proves nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from anfang.inspections.flags.flag import Fact, Flag
from anfang.inspections.flags.place import Area, distance_m
from anfang.kit.clock import parse_rfc3339, rfc3339

TOLERANCE: Final = timedelta(minutes=10)
"""How far a camera's clock may stray from the record's."""
TOLERANCE_M: Final = 300
"""How far a position in EXIF, often some minutes old, may lie beside the record's."""
EDITORS: Final = (
    "adobe", "photoshop", "lightroom", "snapseed", "gimp", "picsart", "pixelmator", "affinity",
    "canva", "vsco", "facetune", "meitu", "xingtu", "b612", "faceu", "camera360", "polarr",
    "photoscape", "photodirector", "picsay", "remini", "pixlr", "paint.net", "darktable",
    "rawtherapee", "acdsee", "imagemagick", "coreldraw", "capcut",
    "美图", "醒图", "剪映", "黄油相机", "轻颜",
)  # fmt: skip
"""Words in a file's `Software` that name an editor; phones write their firmware there."""
_SCREENSHOTS: Final = ("screenshot", "screen shot", "截屏", "截图")


@dataclass(frozen=True)
class SeenBefore:
    """What earlier records hold pictures like this one; `bits` of 64 differ from the nearest."""

    records: Sequence[str]
    day: str
    bits: int


@dataclass(frozen=True)
class DeclaredPicture:
    """One picture: what the record says (`detail` of PROTOCOL §4), what decoding found.

    `state` is None until the bytes are held; `exif` are `decoder.ExifFacts` as JSON.
    """

    sha256: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    state: str | None = None
    failure: str | None = None
    kind_mismatch: bool = False
    exif: Mapping[str, Any] = field(default_factory=dict)
    seen_before: SeenBefore | None = None


@dataclass(frozen=True)
class VisitFrame:
    """When and where the visit was, by the record; `place` as disclosed, zone of the office."""

    started_at: datetime | None
    place: Mapping[str, Any]
    zone: ZoneInfo


Figures = Mapping[str, Any]


def compare_pictures(pictures: Sequence[DeclaredPicture], visit: VisitFrame) -> Iterator[Flag]:
    """Compare the pictures of a version with what it says of them: one flag a kind of difference.

    Each flag counts its pictures and names them (`pictures`, not in the text); its other figures
    are of the picture that differs most.
    """
    if found := _found(pictures, lambda one: _before_visit(one, visit)):
        yield Flag("picture-before-visit", _worst(found, "minutes"))
    if found := _found(pictures, lambda one: _time_differs(one, visit)):
        yield Flag("picture-time-differs", _worst(found, "minutes"))
    if found := _found(pictures, lambda one: _place_differs(one, visit.place)):
        yield Flag("picture-place-differs", _worst(found, "distance_m"))
    if found := _found(pictures, _edited):
        names = sorted({figures["software"] for _, figures in found})
        yield Flag("picture-edited", {**_counted(found), "software": names})
    if found := _found(pictures, _screenshot):
        yield Flag("picture-screenshot", _counted(found))
    if found := _found(pictures, _from_file):
        yield Flag("picture-from-file", _counted(found))
    yield from _files(pictures)
    yield from _seen_before(pictures)


def taken_at(exif: Mapping[str, Any], zone: ZoneInfo) -> datetime | None:
    """Return when the camera says that it took a picture.

    Args:
        zone: of a camera that does not say its own.
    """
    local, offset, satellite = (exif.get(name) for name in ("taken_local", "utc_offset", "gps_at"))
    try:
        if local is not None and offset is not None:
            return parse_rfc3339(local + offset)
        if local is not None:
            return datetime.fromisoformat(local).replace(tzinfo=zone)
        return None if satellite is None else parse_rfc3339(satellite)
    except ValueError:
        return None


Found = Sequence[tuple[str, Figures]]


def _found(
    pictures: Sequence[DeclaredPicture], look: Callable[[DeclaredPicture], Figures | None]
) -> Found:
    looked = ((one.sha256, look(one)) for one in pictures)
    return [(sha256, figures) for sha256, figures in looked if figures is not None]


def _counted(found: Found) -> dict[str, Fact]:
    return {"count": len(found), "pictures": [sha256 for sha256, _ in found]}


def _worst(found: Found, by: str) -> dict[str, Fact]:
    _, figures = max(found, key=lambda one: int(one[1][by]))
    return {**_counted(found), **figures}


def _captured_at(picture: DeclaredPicture) -> datetime | None:
    text = picture.detail.get("captured_at")
    return None if text is None else parse_rfc3339(text)


def _before_visit(picture: DeclaredPicture, visit: VisitFrame) -> Figures | None:
    times = [_captured_at(picture), taken_at(picture.exif, visit.zone)]
    earliest = min((one for one in times if one is not None), default=None)
    if earliest is None or visit.started_at is None:
        return None
    if earliest >= visit.started_at - TOLERANCE:
        return None
    return {
        "taken_at": rfc3339(earliest),
        "started_at": rfc3339(visit.started_at),
        "minutes": (visit.started_at - earliest) // timedelta(minutes=1),
    }


def _time_differs(picture: DeclaredPicture, visit: VisitFrame) -> Figures | None:
    """What is older than the visit is told there."""
    taken, captured = taken_at(picture.exif, visit.zone), _captured_at(picture)
    if taken is None or captured is None or _before_visit(picture, visit) is not None:
        return None
    if abs(taken - captured) <= TOLERANCE:
        return None
    return {
        "taken_at": rfc3339(taken),
        "captured_at": rfc3339(captured),
        "minutes": abs(taken - captured) // timedelta(minutes=1),
    }


def _place_differs(picture: DeclaredPicture, place: Mapping[str, Any]) -> Figures | None:
    """Compare with the picture's own geotag, without one with the visit's position."""
    tag = next((one for one in (picture.detail, place) if one.get("lat_e7") is not None), None)
    lat, lon = (picture.exif.get(name) for name in ("lat_e7", "lon_e7"))
    if tag is None or tag.get("lon_e7") is None or lat is None or lon is None:
        return None
    distance = distance_m(lat, lon, Area(tag["lat_e7"], tag["lon_e7"], 0))
    if distance <= (tag.get("accuracy_m") or 0) + TOLERANCE_M:
        return None
    return {"distance_m": distance}


def _edited(picture: DeclaredPicture) -> Figures | None:
    software = str(picture.exif.get("software") or "")
    named = any(editor in software.lower() for editor in EDITORS)
    return {"software": software} if named else None


def _screenshot(picture: DeclaredPicture) -> Figures | None:
    software = str(picture.exif.get("software") or "").lower()
    named = any(word in software for word in _SCREENSHOTS)
    return {} if picture.exif.get("screenshot") or named else None


def _from_file(picture: DeclaredPicture) -> Figures | None:
    return {} if picture.detail.get("source") == "file" else None


def _files(pictures: Sequence[DeclaredPicture]) -> Iterator[Flag]:
    broken = [one for one in pictures if one.state == "not_decoded"]
    if broken:
        reasons = sorted({one.failure or "-" for one in broken})
        named = [one.sha256 for one in broken]
        yield Flag(
            "picture-not-decoded", {"count": len(broken), "reasons": reasons, "pictures": named}
        )
    other = [one.sha256 for one in pictures if one.kind_mismatch]
    if other:
        yield Flag("picture-kind-differs", {"count": len(other), "pictures": other})


def _seen_before(pictures: Sequence[DeclaredPicture]) -> Iterator[Flag]:
    found = [(one.sha256, one.seen_before) for one in pictures if one.seen_before is not None]
    if not found:
        return
    nearest = min((seen for _, seen in found), key=lambda seen: (seen.bits, seen.day))
    records = list(dict.fromkeys(record for _, seen in found for record in seen.records))
    yield Flag(
        "picture-seen-before",
        {
            "count": len(found),
            "pictures": [sha256 for sha256, _ in found],
            "records": len(records),
            "earlier": records[:_MOST_NAMED],
            "day": nearest.day,
            "bits": nearest.bits,
        },
    )


_MOST_NAMED: Final = 20
