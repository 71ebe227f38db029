"""The queue and one record's page: what a reviewer is shown, and what others are not."""

from datetime import timedelta
from uuid import UUID

import pytest

from anfang.kit.db import transaction
from anfang.kit.principal import Role
from anfang.log import queries as log
from factories import inspections, review
from factories.review import FAILED_ITEM
from support.phone import sha256

OFFSET = {"lat_e7": 297_000_000, "lon_e7": 1_160_000_000, "accuracy_m": 12, "source": "gps"}


def queue(desk, **filters):
    return desk.get("/review/queue", query_string=filters).json["items"]


def view(desk, record, **options):
    return desk.get(f"/review/records/{record}", **options).json


# --- the queue ---------------------------------------------------------------------------


def test_the_longest_waiting_record_comes_first(reviewer, phone, campaign, clock):
    pocket = phone("甲")
    first = review.delivered_record(pocket, campaign, photos=[])
    clock.shift(timedelta(minutes=5))
    second = review.delivered_record(pocket, campaign, photos=[], failed=[])
    lines = queue(reviewer)
    assert [line["id"] for line in lines] == [first.id, second.id]
    line = lines[0]
    assert (line["alias"], line["state"], line["outcome"]) == ("甲", "complete", "done")
    assert line["campaign"] == {"id": campaign.id, "name": "作风整顿和专项整治"}
    assert line["unit"]["name"] == "甲市行政服务中心"
    assert line["site"]["name"] == "服务大厅一层窗口"
    assert line["checklist"] == {"id": campaign.window, "title": "窗口服务"}
    assert lines[0]["points"] < lines[1]["points"] == 100
    page = reviewer.get("/review/queue?limit=1").json
    rest = reviewer.get("/review/queue", query_string={"limit": 1, "cursor": page["next"]}).json
    assert [one["id"] for one in page["items"] + rest["items"]] == [first.id, second.id]
    assert rest["next"] is None


def test_what_is_not_complete_or_decided_does_not_wait(reviewer, phone, campaign):
    photos = [review.photo("late")]
    pocket = phone()
    partial = inspections.file(pocket, campaign, media=photos, deliver=False)
    decided = review.delivered_record(pocket, campaign, photos=[])
    review.returned_record(reviewer, decided.id)
    assert queue(reviewer) == []
    assert [line["id"] for line in queue(reviewer, state="received")] == [partial.id]
    assert [line["id"] for line in queue(reviewer, state="returned")] == [decided.id]
    assert {line["id"] for line in queue(reviewer, state="any")} == {partial.id, decided.id}


def test_the_queue_is_narrowed(reviewer, campaign, record):
    here, elsewhere = campaign.tree.city, campaign.tree.transport
    assert len(queue(reviewer, unit=here)) == 1
    assert queue(reviewer, unit=elsewhere) == []
    assert len(queue(reviewer, campaign=campaign.id, checklist=campaign.window)) == 1
    assert queue(reviewer, checklist=campaign.taxi) == []
    assert queue(reviewer, from_day="2026-11-23") == []
    assert len(queue(reviewer, to_day="2026-11-22", quarantined="false")) == 1


def test_the_queue_shows_who_is_judging(office, reviewer, record):
    assert queue(reviewer)[0]["claim"] is None
    review.take(reviewer, record.id)
    name = reviewer.get("/session").json["display_name"]
    assert queue(office(Role.REVIEWER))[0]["claim"]["by"] == name


def test_an_auditor_reads_everything_but_the_alias(office, record):
    auditor, lead = office(Role.AUDITOR), office(Role.LEAD)
    assert queue(lead)[0]["alias"] == view(lead, record.id)["alias"] == "甲"
    assert queue(auditor)[0]["alias"] is view(auditor, record.id)["alias"] is None
    assert view(auditor, record.id)["answers"]


@pytest.mark.parametrize("path", ["/review/queue", "/review/findings", "/review/records/{}"])
def test_units_never_reach_this_room(office, campaign, record, path):
    desk = office(Role.LIAISON, unit=UUID(campaign.unit))
    assert desk.get(path.format(record.id)).status_code == 403


def test_whoever_is_confined_to_a_unit_sees_no_record_whatever_the_roles(office, campaign, record):
    desk = office(Role.LIAISON, Role.REVIEWER, unit=UUID(campaign.unit))
    for path in ("/review/queue", f"/review/records/{record.id}"):
        assert desk.get(path).status_code == 403
    assert desk.post(f"/review/records/{record.id}/claim").status_code == 403


# --- one record --------------------------------------------------------------------------


def test_one_answer_holds_all_that_a_reviewer_needs(reviewer, campaign, record):
    found = view(reviewer, record.id)
    assert (found["id"], found["record_sha256"]) == (record.id, record.record_sha256)
    assert (found["state"], found["alias"], found["day"]) == ("complete", "甲", "2026-11-22")
    assert found["site"]["lat_e7"] == 297_000_000
    assert (found["distance_m"], found["flags"]) == (0, [])
    assert found["checklist"]["items"] == inspections.window_items(campaign)
    assert found["score"]["failed"] == [FAILED_ITEM]
    assert found["remarks"][0]["text"] == "2号窗口无人"
    assert found["clock"] == record.filed.disclosures["clock"]
    assert [one["sha256"] for one in found["media"]] == sorted(record.pictures)
    medium = found["media"][0]
    assert (medium["item"], medium["width"], medium["height"]) == (FAILED_ITEM, 400, 300)
    assert (medium["held"], medium["decoded"], medium["mime"]) == (True, True, "image/jpeg")
    for form in ("preview_url", "thumbnail_url", "original_url"):
        assert reviewer.client.get(medium[form]).status_code == 200
    (suggested,) = found["suggested_findings"]
    assert (suggested["item"], suggested["pictures"]) == (FAILED_ITEM, sorted(record.pictures))
    assert (found["decisions"], found["findings"], found["claim"]) == ([], [], None)


def test_pictures_belong_to_an_item_through_a_remark_too(reviewer, phone, campaign):
    data = review.photo("remark")
    remarks = [{"item": FAILED_ITEM, "text": "无人", "media": [sha256(data)]}]
    record = review.delivered_record(
        phone(),
        campaign,
        photos=[data],
        media_details=review.details([data], item=None),
        remarks=remarks,
    )
    found = view(reviewer, record.id)
    assert found["suggested_findings"][0]["pictures"] == list(record.pictures)
    assert (found["media"][0]["item"], found["media"][0]["items"]) == (FAILED_ITEM, [FAILED_ITEM])


def test_flags_speak_the_readers_language_and_distance_is_measured(reviewer, phone, campaign):
    record = review.delivered_record(phone(), campaign, photos=[], place=OFFSET)
    chinese = view(reviewer, record.id)
    english = view(reviewer, record.id, headers={"Accept-Language": "en"})
    # 0.01 degree of longitude at 29.7 degrees north on the WGS-84 ellipsoid.
    assert chinese["distance_m"] == pytest.approx(968, abs=2)
    texts = [{one["code"]: one["text"] for one in each["flags"]} for each in (chinese, english)]
    assert texts[0]["far-from-site"].startswith("定位距点位")
    assert texts[1]["far-from-site"].startswith("The position is")


def test_what_the_office_does_not_know_is_shown_without_a_name(reviewer, phone, campaign):
    nowhere = "0f1a3a52-6a84-4e0e-9a3e-1d0a6d0b7c11"
    record = review.delivered_record(
        phone(), campaign, photos=[], checklist=nowhere, site=nowhere, unit=None
    )
    found = view(reviewer, record.id)
    assert found["checklist"] == {"id": nowhere, "title": None, "items": []}
    assert (found["site"], found["unit"], found["score"]) == (None, None, None)
    assert (found["suggested_findings"], found["distance_m"]) == ([], None)
    assert queue(reviewer)[0]["site"] == {"id": nowhere, "name": None}


def test_private_notes_are_read_on_request_only_and_that_is_written_down(reviewer, phone, campaign):
    record = review.delivered_record(phone(), campaign, photos=[], private={"plate": "示例牌照"})
    path = f"/review/records/{record.id}"
    assert "示例牌照" not in reviewer.get(path).get_data(as_text=True)
    assert "private" not in reviewer.get(path).json
    assert reviewer.get(path).json["has_private"] is True
    assert read_privately(record.id) == 0
    assert reviewer.get(f"{path}?private=1").json["private"] == {"plate": "示例牌照"}
    assert read_privately(record.id) == 1
    version = f"{path}/versions/{record.record_sha256}"
    assert "private" not in reviewer.get(version).json
    assert reviewer.get(f"{version}?private=1").json["private"] == {"plate": "示例牌照"}
    assert read_privately(record.id) == 2


def test_a_version_is_found_under_its_own_record_only(reviewer, phone, campaign, record):
    other = review.delivered_record(phone("乙"), campaign, photos=[])
    path = f"/review/records/{record.id}/versions"
    assert reviewer.get(f"{path}/{record.record_sha256}").status_code == 200
    assert reviewer.get(f"{path}/{other.record_sha256}").status_code == 404
    assert reviewer.get(f"/review/records/{'0' * 8}-0000-4000-8000-{'0' * 12}").status_code == 404


def read_privately(record):
    with transaction(write=False):
        trail = log.audit_trail("record", record)
        return sum(entry.action == "record.private-read" for entry in trail)
