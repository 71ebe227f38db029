"""Records as a phone files them, through the API; nothing in the plain one is odd.

`NOW` is the office's time at which that holds (`time_machine.travel(NOW, tick=False)`); at another
time the record is the same but for its flags.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from factories.setup import Campaign
from support.phone import Phone, minimal_record, record_sha256

NOW = "2026-11-22T08:30:00.000Z"
DAY = "2026-11-22"
PHOTO = b"\xff\xd8\xff\xe0 not really a picture"


@dataclass(frozen=True)
class Filed:
    """A record that was sent; `body` is what was posted, `receipt` the newest one."""

    id: str
    record_sha256: str
    clear: dict[str, Any]
    disclosures: dict[str, Any]
    body: dict[str, Any]
    receipt: str


def visit(
    phone: Phone, campaign: Campaign, /, *, media: Sequence[bytes] = (), **changes: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return clear members and disclosures of a faultless visit to the campaign's window.

    Args:
        changes: members, in clear or disclosed, that are to be other than that.
    """
    clear, disclosures = minimal_record(campaign.id, campaign.window, media=list(media))
    clear["unit"] = campaign.unit
    disclosures |= {
        "day": DAY,
        "site": campaign.sites.window,
        "answers": [
            {"item": item["id"], "value": faultless(item)} for item in window_items(campaign)
        ],
        "place": place(),
        "clock": clock(),
        "origin": {"assignment": None, "ticket": phone.ticket, "app": "test"},
    }
    for name, value in changes.items():
        (clear if name in clear else disclosures)[name] = value
    return clear, disclosures


def file(
    phone: Phone,
    campaign: Campaign,
    /,
    *,
    media: Sequence[bytes] = (),
    deliver: bool = True,
    **changes: Any,
) -> Filed:
    """File a visit and deliver its photos, until the office has given its complete receipt."""
    return send(phone, *visit(phone, campaign, media=media, **changes), media if deliver else ())


def revise(phone: Phone, filed: Filed, /, media: Sequence[bytes] = (), **changes: Any) -> Filed:
    """File a new version of a record, with some members changed."""
    clear = {**filed.clear, "supersedes": filed.record_sha256}
    disclosures = dict(filed.disclosures)
    for name, value in changes.items():
        (clear if name in clear else disclosures)[name] = value
    return send(phone, clear, disclosures, media)


def send(
    phone: Phone, clear: dict[str, Any], disclosures: dict[str, Any], media: Sequence[bytes] = ()
) -> Filed:
    """Sign and send a record, then its photos."""
    body = phone.submission(clear, disclosures)
    answer = phone.send(body)
    assert answer.status_code == 201, answer.json
    for photo in media:
        assert phone.upload(clear["id"], photo).status_code in (201, 204)
    receipt = phone.state(clear["id"]).json["receipt"]
    return Filed(clear["id"], record_sha256(body["record"]), clear, disclosures, body, receipt)


def window_items(campaign: Campaign) -> list[dict[str, Any]]:
    """Return the items of the campaign's window checklist."""
    answer = campaign.lead.get(f"/checklist-versions/{campaign.window}")
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def faultless(item: dict[str, Any]) -> Any:
    """Return the best answer to an item, or that it does not apply."""
    if item["kind"] == "yes_no" and item.get("photo") != "always":
        return "yes"
    return item["max"] if item["kind"] == "grade" else "na"


def place(**changes: Any) -> dict[str, Any]:
    """Return a fix at the window's site."""
    fix = {"lat_e7": 297_000_000, "lon_e7": 1_159_900_000, "accuracy_m": 12, "source": "gps"}
    return {**fix, "at": "2026-11-22T08:27:10.000Z", "measured": None, **changes}


def clock(**changes: Any) -> dict[str, Any]:
    """Return the phone's clock for a visit that ended just before `NOW`."""
    return {
        "started_at": "2026-11-22T08:10:00.000Z",
        "ended_at": "2026-11-22T08:28:00.000Z",
        "submitted_at": "2026-11-22T08:29:30.000Z",
        "monotonic_ms": 1_080_000,
        **changes,
    }
