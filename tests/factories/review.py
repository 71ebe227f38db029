"""Records on a reviewer's desk, through a phone and the API: delivered with pictures, accepted.

Every builder takes what the fixtures `office` and `phone` give. Events are delivered here and now,
so that pictures are decoded when a builder returns.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import ImageDraw

from anfang.jobs import service as jobs
from anfang.kit.principal import Role
from factories import inspections
from factories.inspections import Filed
from factories.setup import OPEN_OFFICE, Campaign, created
from support.phone import Phone, sha256
from support.pictures import corners, encoded
from support.server import Office

FAILED_ITEM = "on_duty"
RECTANGLE = {"x": 70, "y": 40, "w": 60, "h": 50}
WIDTH, HEIGHT = 400, 300


@dataclass(frozen=True)
class Delivered:
    """A complete record; `pictures` are the hashes of its originals, tied to `FAILED_ITEM`."""

    id: str
    record_sha256: str
    pictures: tuple[str, ...]
    filed: Filed
    campaign: Campaign


@dataclass(frozen=True)
class Accepted:
    """An accepted record; `findings` are ids, `picture` the original of its published picture."""

    id: str
    record_sha256: str
    findings: tuple[str, ...]
    picture: str | None
    png_sha256: str | None
    delivered: Delivered
    reviewer: Office


def photo(seed: object = 0) -> bytes:
    """Return a small JPEG that differs by seed."""
    picture = corners(WIDTH, HEIGHT)
    draw, chance = ImageDraw.Draw(picture), random.Random(str(seed))
    for _ in range(12):
        x, y = chance.randrange(WIDTH - 40), chance.randrange(HEIGHT - 40)
        shade = tuple(chance.randrange(256) for _ in range(3))
        draw.rectangle((x, y, x + chance.randrange(8, 40), y + chance.randrange(8, 40)), shade)
    return encoded(picture, quality=90)


def failing_answers(campaign: Campaign, failed: Sequence[str]) -> list[dict[str, Any]]:
    """Return answers to the window's checklist in which some `yes_no` items are not met."""
    return [
        {"item": item["id"], "value": "no" if item["id"] in failed else inspections.faultless(item)}
        for item in inspections.window_items(campaign)
    ]


def details(photos: Sequence[bytes], item: str | None = FAILED_ITEM) -> list[dict[str, Any]]:
    """Return `media_details` of photos that belong to an item."""
    return [
        {
            "sha256": sha256(data),
            "bytes": len(data),
            "mime": "image/jpeg",
            "item": item,
            "captured_at": "2026-11-22T08:20:00.000Z",
            "source": "camera",
        }
        for data in photos
    ]


def delivered_record(
    phone: Phone,
    campaign: Campaign,
    *,
    photos: Sequence[bytes] | None = None,
    failed: Sequence[str] = (FAILED_ITEM,),
    **changes: Any,
) -> Delivered:
    """File a visit to the window with a failed item and two pictures of it, until it is complete.

    Args:
        photos: other pictures than the two; an empty list for none.
        changes: members of the record, in clear or disclosed, that are to be other.
    """
    taken = [photo(f"{phone.device} {phone.seq} {n}") for n in (1, 2)] if photos is None else photos
    members = {
        "answers": failing_answers(campaign, failed),
        "media_details": details(taken),
        "remarks": [{"item": FAILED_ITEM, "text": "2号窗口无人", "media": []}],
        **changes,
    }
    filed = inspections.file(phone, campaign, media=taken, **members)
    jobs.run_pending()
    hashes = tuple(sha256(data) for data in taken)
    return Delivered(filed.id, filed.record_sha256, hashes, filed, campaign)


def accepted_record(
    office: OPEN_OFFICE,
    phone: Phone,
    campaign: Campaign,
    *,
    reviewer: Office | None = None,
    publish: str | None = "redacted",
    findings: list[dict[str, str]] | None = None,
    **changes: Any,
) -> Accepted:
    """Deliver a record, make its first picture fit to be published, accept it with its finding.

    Args:
        publish: `redacted`, `cleared`, or None for no published picture.
        findings: what to confirm instead of what the view suggests.
        changes: see `delivered_record`.
    """
    desk = reviewer or office(Role.REVIEWER)
    record = delivered_record(phone, campaign, **changes)
    take(desk, record.id)
    decision = _publish(desk, record, publish) if publish else None
    body = {} if findings is None else {"findings": findings}
    view = created(desk.post(f"/review/records/{record.id}/accept", body))
    return Accepted(
        id=record.id,
        record_sha256=record.record_sha256,
        findings=tuple(finding["id"] for finding in view["findings"]),
        picture=record.pictures[0] if decision else None,
        png_sha256=decision["png_sha256"] if decision else None,
        delivered=record,
        reviewer=desk,
    )


def take(desk: Office, record: str) -> Any:
    """Claim a record."""
    return created(desk.post(f"/review/records/{record}/claim"))


def returned_record(
    desk: Office, record: str, text: str = "请补拍全景", item: str = FAILED_ITEM
) -> Any:
    """Claim a record and give it back with a remark; returns its view."""
    take(desk, record)
    remarks = [{"item": item, "text": text}]
    return created(desk.post(f"/review/records/{record}/return", {"remarks": remarks}))


def _publish(desk: Office, record: Delivered, how: str) -> Any:
    path = f"/review/records/{record.id}/pictures/{record.pictures[0]}"
    if how == "cleared":
        return created(desk.post(f"{path}/clear", {"reason": "画面中没有个人信息"}))
    return created(desk.post(f"{path}/redact", {"rectangles": [RECTANGLE]}))
