"""What picture files say is held against the record, once they are decoded."""

import pytest

from anfang.inspections import flagging, queries
from anfang.kit.db import transaction
from factories.inspections import file, place, revise
from support.phone import sha256
from support.pictures import camera_exif, encoded, scene

CODES = set(flagging.PICTURE_CODES)


def detail(data, **changes):
    return {
        "sha256": sha256(data),
        "bytes": len(data),
        "mime": "image/jpeg",
        "item": "on_duty",
        "captured_at": "2026-11-22T08:20:00.000Z",
        "lat_e7": 297_000_000,
        "lon_e7": 1_159_900_000,
        "accuracy_m": 12,
        "source": "camera",
        **changes,
    }


def photo(seed, quality=90, **exif):
    return encoded(scene(seed), quality=quality, exif=camera_exif(**exif))


@pytest.fixture
def filed(phone, campaign, run_jobs, flags, standing_clock):
    """Return a function that files a visit with pictures and returns what is odd about those."""
    device = phone()

    def send(*pictures, by=None, members=None, **changes):
        standing_clock.shift(1)
        sent = file(
            by or device,
            campaign,
            media=pictures,
            media_details=[detail(one, **changes) for one in pictures],
            **(members or {}),
        )
        run_jobs()
        return {code: facts for code, facts in flags(sent.record_sha256).items() if code in CODES}

    return send


def test_a_picture_of_the_visit_is_not_odd(filed):
    assert filed(photo(1, place=(29.7, 115.99))) == {}
    assert filed(encoded(scene(2))) == {}, "without EXIF, as the app's own camera gives it"


def test_a_picture_that_was_taken_before_the_visit(filed):
    old = photo(1, taken="2026:11:20 09:00:00")
    found = filed(old, photo(2))
    assert set(found) == {"picture-before-visit"}
    assert found["picture-before-visit"] == {
        "count": 1,
        "pictures": [sha256(old)],
        "taken_at": "2026-11-20T01:00:00.000Z",
        "started_at": "2026-11-22T08:10:00.000Z",
        "minutes": 3310,
    }


def test_a_capture_that_the_record_itself_dates_before_the_visit(filed):
    found = filed(encoded(scene(1)), captured_at="2026-11-22T07:00:00.000Z")
    assert found["picture-before-visit"]["minutes"] == 70


def test_the_files_time_is_compared_with_the_records(filed):
    found = filed(photo(1, taken="2026:11:22 18:00:00"))
    assert set(found) == {"picture-time-differs"}
    assert found["picture-time-differs"]["minutes"] == 100
    assert filed(photo(2, taken="2026:11:22 16:29:00")) == {}, "within ten minutes"


def test_a_camera_without_zone_is_taken_to_be_the_offices(filed):
    assert filed(photo(1, offset=None)) == {}
    assert filed(photo(2, taken="2026:02:31 16:20:00")) == {}, "no date at all says nothing"


def test_the_files_position_is_compared_with_the_geotag(filed):
    found = filed(photo(1, place=(29.72, 115.99)))
    assert set(found) == {"picture-place-differs"}
    assert found["picture-place-differs"]["distance_m"] == 2217


def test_without_a_geotag_the_visits_position_counts(filed):
    bare = {"lat_e7": None, "lon_e7": None, "accuracy_m": None}
    assert "picture-place-differs" in filed(photo(1, place=(29.72, 115.99)), **bare)
    assert (
        filed(photo(2, place=(29.72, 115.99)), members={"place": {"reason": "denied"}}, **bare)
        == {}
    )
    wide = {"place": place(accuracy_m=3000)}
    assert filed(photo(3, place=(29.72, 115.99)), members=wide, **bare) == {}


@pytest.mark.parametrize(
    ("software", "odd"),
    [("Adobe Photoshop 25.0", True), ("美图秀秀", True), ("HDR+ 1.0.540104767zd", False)],
)
def test_an_editor_named_in_the_file(filed, software, odd):
    found = filed(photo(1, software=software))
    assert set(found) == ({"picture-edited"} if odd else set())
    if odd:
        assert found["picture-edited"]["software"] == [software]


def test_a_screenshot_that_says_so(filed):
    assert set(filed(photo(1, note=b"ASCII\0\0\0Screenshot"))) == {"picture-screenshot"}


def test_a_picture_from_the_gallery(filed):
    assert filed(photo(1), photo(2), source="file")["picture-from-file"]["count"] == 2


def test_what_cannot_be_decoded_and_what_is_of_another_kind(filed):
    broken = b"\xff\xd8\xff\xe0 not really a picture"
    found = filed(broken)
    assert set(found) == {"picture-not-decoded"}
    assert found["picture-not-decoded"]["reasons"] == ["undecodable"]
    png = encoded(scene(1), "PNG")
    assert set(filed(png)) == {"picture-kind-differs"}


class TestSeenBefore:
    def test_a_recompressed_picture_of_another_campaigns_record_is_found(self, filed, phone, flags):
        assert filed(photo("hall")) == {}
        smaller = encoded(scene("hall").resize((512, 384)), quality=55)
        found = filed(smaller, photo(2), by=phone("乙"))
        assert set(found) == {"picture-seen-before"}
        figures = found["picture-seen-before"]
        assert (figures["count"], figures["records"]) == (1, 1)
        assert figures["pictures"] == [sha256(smaller)]
        assert figures["day"] == "2026-11-22"
        assert figures["bits"] <= 3

    def test_the_very_same_bytes_are_found(self, filed, phone):
        assert filed(photo(1)) == {}
        again = filed(photo(1), by=phone("乙"))
        assert again["picture-seen-before"]["bits"] == 0

    def test_the_first_is_not_blamed_and_repeating_changes_nothing(
        self, phone, campaign, run_jobs, flags, standing_clock
    ):
        first = file(phone(), campaign, media=[photo(1)], media_details=[detail(photo(1))])
        run_jobs()
        standing_clock.shift(60)
        second = file(
            phone("乙"), campaign, media=[photo(1, 60)], media_details=[detail(photo(1, 60))]
        )
        run_jobs()
        seen = flags(second.record_sha256)
        assert set(seen) == {"picture-seen-before"}
        assert seen["picture-seen-before"]["earlier"] == [first.id]
        for record in (first, second):
            with transaction():
                flagging.flag_pictures(queries.version(record.record_sha256).record_id)
        assert flags(first.record_sha256) == {}
        assert flags(second.record_sha256) == seen

    def test_a_new_version_of_the_same_record_is_not_a_duplicate(
        self, phone, campaign, run_jobs, flags
    ):
        device = phone()
        first = file(device, campaign, media=[photo(1)], media_details=[detail(photo(1))])
        run_jobs()
        second = revise(device, first, note="more")
        run_jobs()
        assert flags(second.record_sha256) == {}

    def test_bare_walls_are_not_compared(self, filed, phone):
        wall = encoded(scene(1).resize((1, 1)).resize((640, 480)))
        other = encoded(scene(2).resize((1, 1)).resize((640, 480)))
        assert filed(wall) == {}
        assert filed(other, by=phone("乙")) == {}

    def test_different_scenes_are_not_taken_for_one_another(self, filed):
        assert filed(*[photo(f"scene {n}") for n in range(12)]) == {}
        assert filed(*[photo(f"other {n}") for n in range(12)]) == {}


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_every_picture_flag_speaks_plainly(phone, campaign, run_jobs, standing_clock, locale):
    pictures = [
        photo(1, taken="2026:11:20 09:00:00", place=(29.9, 115.99), software="GIMP 2.10"),
        photo(2, taken="2026:11:22 19:00:00", note=b"ASCII\0\0\0Screenshot"),
        b"no picture",
        encoded(scene(3), "PNG"),
    ]
    details = [detail(one, source="file") for one in pictures]
    for alias in "甲乙":
        standing_clock.shift(1)
        sent = file(phone(alias), campaign, media=pictures, media_details=details)
        run_jobs()
    with transaction(write=False):
        found = queries.explained_flags(sent.record_sha256, locale)
    texts = {one.code: one.text for one in found if one.code in CODES}
    assert texts.keys() == CODES
    assert not [text for code, text in texts.items() if code in text or "{" in text]
    assert not [text for text in texts.values() if sha256(pictures[0])[:8] in text]
    assert "GIMP 2.10" in texts["picture-edited"]
