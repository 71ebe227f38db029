"""Signed records and their photos as a phone would send them, prepared before the clock starts."""

import json
import os
from functools import cache
from itertools import cycle

from bench.server.load import Call, Submission
from factories import inspections, review
from factories.setup import Campaign
from support.phone import Phone, minimal_record, sha256, tus_headers
from support.pictures import encoded, scene

PHOTO_BYTES = 300_000
_SCENES = 100
"""So many pictures take turns: each that looks like others is compared with their records."""
_turns = cycle(range(_SCENES))


def submission(phone: Phone, campaign: Campaign, photos: int) -> Submission:
    """Return a record of the window's checklist with fresh photos of 300 KB."""
    taken = [photo() for _ in range(photos)]
    clear, disclosures = minimal_record(
        campaign.id,
        campaign.window,
        media=taken,
        answers=[
            {"item": item["id"], "value": inspections.faultless(item)}
            for item in inspections.window_items(campaign)
        ],
        media_details=review.details(taken),
    )
    body = json.dumps(phone.submission(clear, disclosures)).encode()
    bearer = {"Authorization": f"Bearer {phone.access_token}"}
    record = Call("POST", "/api/v1/records", {**bearer, "Content-Type": "application/json"}, body)
    return [record, *(upload(bearer, clear["id"], picture) for picture in taken)]


def upload(bearer: dict[str, str], record: str, photo: bytes) -> Call:
    """Return the one call that creates an upload and brings all its bytes."""
    headers = {
        **bearer,
        **tus_headers(len(photo), {"sha256": sha256(photo), "record": record}),
        "Content-Type": "application/offset+octet-stream",
    }
    return Call("POST", "/api/v1/uploads", headers, photo)


def photo() -> bytes:
    """A JPEG that decodes, with a tail of its own."""
    base = _base(next(_turns))
    return base + os.urandom(PHOTO_BYTES - len(base))


@cache
def _base(number: int) -> bytes:
    """A camera's picture of 2 megapixels in less than 300 KB."""
    return encoded(scene(f"bench {number}", 1600, 1200), quality=85)
