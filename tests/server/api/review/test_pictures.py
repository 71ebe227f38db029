"""Pictures: seen by whoever may, as harmless bytes; published only redacted or cleared."""

import io
from uuid import UUID

import pytest
from PIL import Image

from anfang.kit import tiles
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from anfang.log import queries as log
from anfang.review import queries
from factories import inspections, review
from factories.review import HEIGHT, RECTANGLE, WIDTH
from support.phone import sha256

SANDBOX = "default-src 'none'; sandbox"


@pytest.fixture
def pictures(record):
    return f"/review/records/{record.id}/pictures"


@pytest.fixture
def original(record):
    return record.pictures[0]


def redact(desk, path, *rectangles):
    return desk.post(f"{path}/redact", {"rectangles": list(rectangles) or [RECTANGLE]})


def pixels(answer):
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.mode == "RGB"
    return picture


def kept(record, original):
    with transaction(write=False):
        decision = queries.picture_decision(UUID(record.id), original)
        return decision, queries.redaction_proof(decision)


# --- looking -----------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "mime"), [("preview", "image/jpeg"), ("thumbnail", "image/jpeg")])
def test_small_pictures_are_jpegs_for_the_reader_alone(reviewer, pictures, original, form, mime):
    answer = reviewer.get(f"{pictures}/{original}/{form}")
    assert (answer.status_code, answer.mimetype) == (200, mime)
    assert Image.open(io.BytesIO(answer.data)).format == "JPEG"
    assert answer.headers["Cache-Control"].startswith("private")
    again = reviewer.get(
        f"{pictures}/{original}/{form}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_the_original_comes_as_it_was_and_is_only_ever_downloaded(reviewer, pictures, original):
    answer = reviewer.get(f"{pictures}/{original}/original")
    assert sha256(answer.data) == original
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{original}.jpg"'
    assert answer.headers["Content-Security-Policy"] == SANDBOX
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"] == f'"{original}"'
    known = reviewer.get(
        f"{pictures}/{original}/original", headers={"If-None-Match": f'"{original}"'}
    )
    assert (known.status_code, known.data) == (304, b"")


@pytest.mark.parametrize("form", ["preview", "thumbnail", "original", "redacted"])
def test_pictures_are_for_readers_of_records(office, campaign, record, pictures, original, form):
    redact(office(Role.REVIEWER), f"{pictures}/{original}")
    path = f"{pictures}/{original}/{form}"
    for role in (Role.LEAD, Role.AUDITOR):
        assert office(role).get(path).status_code == 200
    for desk in (office(Role.APPROVER), office(Role.LIAISON, unit=UUID(campaign.unit))):
        assert desk.get(path).status_code == 403


def test_a_picture_is_seen_through_its_own_record_only(reviewer, phone, campaign, record, original):
    foreign = review.delivered_record(phone("乙"), campaign)
    for form in ("preview", "thumbnail", "original", "redacted"):
        path = f"/review/records/{foreign.id}/pictures/{original}/{form}"
        assert reviewer.get(path).status_code == 404
    assert redact(reviewer, f"/review/records/{foreign.id}/pictures/{original}").status_code == 404


def test_a_picture_that_has_not_arrived_shows_nothing_though_another_record_holds_it(
    reviewer, phone, campaign
):
    shared = review.photo("shared")
    review.delivered_record(phone("乙"), campaign, photos=[shared])
    filed = inspections.file(
        phone("甲"),
        campaign,
        media=[shared],
        deliver=False,
        media_details=review.details([shared]),
    )
    path = f"/review/records/{filed.id}/pictures/{sha256(shared)}"
    assert reviewer.get(f"{path}/preview").status_code == 404
    assert reviewer.get(f"{path}/original").status_code == 404
    (medium,) = reviewer.get(f"/review/records/{filed.id}").json["media"]
    assert (medium["held"], medium["original_url"], medium["width"]) == (False, None, None)


# --- redacting and clearing --------------------------------------------------------------


def test_a_redaction_is_a_plain_png_with_a_proof_that_holds(reviewer, record, pictures, original):
    made = redact(reviewer, f"{pictures}/{original}")
    assert made.status_code == 200
    assert (made.json["kind"], made.json["provable"]) == ("redaction", True)
    answer = reviewer.get(made.json["redacted_url"].removeprefix("/api/v1"))
    assert answer.mimetype == "image/png"
    assert sha256(answer.data) == made.json["png_sha256"]
    assert answer.headers["Cache-Control"].startswith("private")
    picture = pixels(answer)
    assert (picture.size, picture.info) == ((WIDTH, HEIGHT), {})
    masked = picture.crop((64, 32, 160, 96))
    assert masked.getextrema() == ((0, 0),) * 3
    assert picture.crop((160, 32, 192, 64)).getextrema() != ((0, 0),) * 3
    decision, proof = kept(record, original)
    tiles.verify_proof(WIDTH, HEIGHT, picture.tobytes(), proof)
    assert decision.png_bytes == len(answer.data)
    with transaction(write=False):
        log.entries_of([("redaction", original, decision.png_sha256)])


def test_the_newest_redaction_counts_and_the_earlier_is_kept(reviewer, record, pictures, original):
    first = redact(reviewer, f"{pictures}/{original}").json
    second = redact(reviewer, f"{pictures}/{original}", {"x": 0, "y": 0, "w": 400, "h": 300}).json
    assert sha256(reviewer.get(f"{pictures}/{original}/redacted").data) == second["png_sha256"]
    shown = {
        one["sha256"]: one["picture_decision"]
        for one in reviewer.get(f"/review/records/{record.id}").json["media"]
    }
    assert shown[original]["id"] == second["id"]
    assert shown[record.pictures[1]] is None
    with transaction(write=False):
        history = queries.picture_history(UUID(record.id), original)
        kept_pngs = [sha256(queries.redacted_png(one)) for one in history]
    assert {str(one.id): one.superseded_at is None for one in history} == {
        first["id"]: False,
        second["id"]: True,
    }
    assert sorted(kept_pngs) == sorted([first["png_sha256"], second["png_sha256"]])


def test_two_wholly_black_pictures_keep_proofs_of_their_own(reviewer, record, pictures):
    everything = {"x": 0, "y": 0, "w": WIDTH, "h": HEIGHT}
    pngs = {
        redact(reviewer, f"{pictures}/{one}", everything).json["png_sha256"]
        for one in record.pictures
    }
    assert len(pngs) == 1
    for one in record.pictures:
        assert kept(record, one)[1]["original_sha256"] == one


def test_a_cleared_picture_is_whole_and_names_reason_and_reviewer(
    reviewer, record, pictures, original
):
    assert reviewer.post(f"{pictures}/{original}/clear", {"reason": ""}).status_code == 422
    made = reviewer.post(f"{pictures}/{original}/clear", {"reason": "画面中没有个人信息"}).json
    assert (made["kind"], made["reason"]) == ("clearance", "画面中没有个人信息")
    assert made["by"] == reviewer.get("/session").json["display_name"]
    picture = pixels(reviewer.get(f"{pictures}/{original}/redacted"))
    _, proof = kept(record, original)
    tiles.verify_proof(WIDTH, HEIGHT, picture.tobytes(), proof)
    assert all("salt" in tile for tile in proof["tiles"])


@pytest.mark.parametrize(
    ("rectangle", "code"),
    [
        ({"x": 5000, "y": 0, "w": 10, "h": 10}, "rectangle-outside"),
        ({"x": 0, "y": 0, "w": 0, "h": 10}, "invalid-input"),
        ({"x": 0.5, "y": 0, "w": 3, "h": 10}, "invalid-input"),
    ],
)
def test_a_rectangle_that_hides_nothing_is_refused(reviewer, pictures, original, rectangle, code):
    answer = redact(reviewer, f"{pictures}/{original}", rectangle)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert reviewer.get(f"{pictures}/{original}/redacted").status_code == 404


def test_a_redaction_needs_a_rectangle(reviewer, pictures, original):
    answer = reviewer.post(f"{pictures}/{original}/redact", {"rectangles": []})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid-input")


def test_what_cannot_be_decoded_is_downloaded_but_never_published(reviewer, phone, campaign):
    broken = b"\xff\xd8\xff\xe0 not really a picture"
    record = review.delivered_record(phone(), campaign, photos=[broken])
    (medium,) = reviewer.get(f"/review/records/{record.id}").json["media"]
    assert (medium["held"], medium["decoded"], medium["state"]) == (True, False, "not_decoded")
    assert medium["failure"]
    assert (medium["preview_url"], medium["thumbnail_url"]) == (None, None)
    path = f"/review/records/{record.id}/pictures/{sha256(broken)}"
    assert reviewer.get(f"{path}/original").data == broken
    for answer in (
        redact(reviewer, path),
        reviewer.post(f"{path}/clear", {"reason": "?"}),
        reviewer.get(f"{path}/preview"),
    ):
        assert (answer.status_code, answer.json["code"]) == (409, "picture-not-decoded")


def test_pictures_of_a_record_that_another_judges_are_left_alone(
    office, reviewer, record, pictures, original
):
    review.take(office(Role.REVIEWER), record.id)
    for answer in (
        redact(reviewer, f"{pictures}/{original}"),
        reviewer.post(f"{pictures}/{original}/clear", {"reason": "?"}),
    ):
        assert (answer.status_code, answer.json["code"]) == (409, "claimed-by-other")


def test_a_picture_is_still_redacted_after_the_record_was_accepted(office, phone, campaign):
    accepted = review.accepted_record(office, phone(), campaign)
    path = f"/review/records/{accepted.id}/pictures/{accepted.picture}"
    before = accepted.reviewer.get(f"{path}/redacted").headers["ETag"]
    assert before == f'"{accepted.png_sha256}"'
    assert redact(accepted.reviewer, path, {"x": 0, "y": 0, "w": 9, "h": 9}).status_code == 200
    stale = accepted.reviewer.get(f"{path}/redacted", headers={"If-None-Match": before})
    assert stale.status_code == 200
