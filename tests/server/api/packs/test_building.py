"""Packs through the API: from a phone's record to a file that verifies."""

import hashlib
import json
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bagit
import pytest

from anfang.evidence import deleting
from anfang.identity import office_keys
from anfang.identity import queries as identity
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from anfang.log import queries as log
from anfang.packs import building
from anfang.packs.verify import verify_pack
from anfang.storage import service as storage
from factories import documents, inspections, packs, review, setup
from support.phone import payload_of

NOBODY = "0b3c1a52-6f0e-4f0b-8f5e-000000000000"


def kids():
    with transaction(write=False):
        return [key.kid for key in identity.office_keys()]


@pytest.mark.parametrize("profile", ["full", "protected"])
def test_a_pack_of_a_phones_record_is_sound(profile, sealed, tmp_path):
    pack = packs.ordered(sealed.lead, profile, records=[sealed.record.id])
    path = packs.downloaded(sealed.lead, pack, tmp_path)
    verdict = verify_pack(path, office_key=kids()[0])
    assert (verdict.exit_code, verdict.faults) == (0, [])
    assert (pack["state"], pack["records"], pack["profile"]) == ("ready", 1, profile)
    assert pack["progress"]["done"] == pack["progress"]["total"] > 0
    assert (pack["bytes"], pack["sha256"]) == (
        path.stat().st_size,
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )
    assert zipfile.ZipFile(path).namelist()[0].startswith(f"{pack['pack']}/")
    page = packs.unzipped(path)["data/index.html"].decode()
    for name in ("甲市行政服务中心", "服务大厅一层窗口", "窗口"):
        assert name in page
    address = json.loads(packs.unzipped(path)["data/pack.json"])["origin"] + "/verify-pack.html"
    assert address in page
    assert address in packs.unzipped(path)["VERIFY.md"].decode()


def test_stock_tools_accept_a_pack_of_the_office(full_pack, tmp_path):
    with zipfile.ZipFile(full_pack) as archive:
        archive.extractall(tmp_path)
        folder = tmp_path / archive.namelist()[0].partition("/")[0]
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        command = ["sha256sum", "--strict", "--quiet", "-c", manifest]
        assert subprocess.run(command, cwd=folder, check=True).returncode == 0
    signed = subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", f"keys/{kids()[0]}.pem", "-signature",
         "tagmanifest-sha256.sig", "tagmanifest-sha256.txt"],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert signed.stdout == "Verified OK\n"
    assert bagit.Bag(str(folder)).validate()


def test_a_full_pack_holds_originals_and_all_but_what_is_private(full_pack, sealed):
    files = packs.unzipped(full_pack)
    originals = {name for name in files if name.startswith("data/media/")}
    assert originals == {f"data/media/{digest}.jpg" for digest in sealed.record.delivered.pictures}
    record = files[f"data/records/{sealed.record.id}.sdjwt"].decode()
    assert record.startswith(sealed.record.delivered.filed.body["record"].split("~")[0])
    shown = packs.disclosed(record)
    assert "private" not in shown
    assert (shown["note"], len(shown)) == ("SECRETNOTE", 12)
    assert payload_of(files[f"data/receipts/{sealed.record.id}.jwt"].decode())["complete"] is True
    assert not [name for name in files if "certificate" in name]


def test_private_words_are_shown_only_to_who_asks_for_them_in_a_full_pack(sealed, tmp_path):
    body = {"records": [sealed.record.id], "private": True}
    pack = packs.ordered(sealed.lead, "full", **body)
    files = packs.unzipped(packs.downloaded(sealed.lead, pack, tmp_path))
    record = files[f"data/records/{sealed.record.id}.sdjwt"].decode()
    assert packs.disclosed(record)["private"] == {"plate": "甲A·S3CR3T"}
    refused = sealed.lead.post("/packs", {"profile": "protected", **body})
    assert (refused.status_code, refused.json["code"]) == (422, "invalid-input")


def test_a_protected_pack_holds_published_pictures_and_counts_the_others(protected_pack, sealed):
    files = packs.unzipped(protected_pack)
    pictures = {name for name in files if name.startswith("data/redacted/")}
    start = f"data/redacted/{sealed.record.picture}"
    assert pictures == {f"{start}.png", f"{start}.proof.json"}
    assert hashlib.sha256(files[f"{start}.png"]).hexdigest() == sealed.record.png_sha256
    page = files["data/index.html"].decode()
    assert "有 1 张照片不在包中" in page
    record = files[f"data/records/{sealed.record.id}.sdjwt"].decode()
    assert set(packs.disclosed(record)) == {"day", "site", "subject", "visit", "answers"}


def test_only_the_newest_decision_about_a_picture_counts(sealed, tmp_path):
    path = f"/review/records/{sealed.record.id}/pictures/{sealed.record.picture}"
    rectangle = {"x": 0, "y": 0, "w": 400, "h": 300}
    decision = setup.created(sealed.reviewer.post(f"{path}/redact", {"rectangles": [rectangle]}))
    packs.seal()
    pack = packs.ordered(sealed.lead, "protected", records=[sealed.record.id])
    file = packs.downloaded(sealed.lead, pack, tmp_path)
    png = packs.unzipped(file)[f"data/redacted/{sealed.record.picture}.png"]
    assert hashlib.sha256(png).hexdigest() == decision["png_sha256"] != sealed.record.png_sha256
    assert verify_pack(file, office_key=kids()[0]).exit_code == 0


def test_a_picture_of_two_records_stands_once_as_it_was_decided_last(
    sealed, office, phone, tmp_path
):
    taken, records = [review.photo("of two records")], []
    for alias, how in (("丙", "redacted"), ("丁", "cleared"), ("戊", "redacted")):
        records.append(
            review.accepted_record(
                office, phone(alias), sealed.campaign, photos=taken, publish=how,
                reviewer=sealed.reviewer,
            )
        )  # fmt: skip
    for chosen in (records[:2], records):
        body = {"records": [record.id for record in chosen], "seal": True}
        file = packs.downloaded(
            sealed.lead, packs.ordered(sealed.lead, "protected", **body), tmp_path
        )
        assert verify_pack(file, office_key=kids()[0]).faults == []
        files = packs.unzipped(file)
        pictures = [data for name, data in files.items() if name.endswith(".png")]
        assert [hashlib.sha256(data).hexdigest() for data in pictures] == [chosen[-1].png_sha256]


@pytest.mark.parametrize("profile", ["full", "protected"])
def test_a_case_brings_its_records_its_steps_and_what_was_published(
    profile, sealed, office, tmp_path
):
    case, desk = packs.case_of(sealed.record, office)
    notice = desk.published(desk.draft(case))
    setup.created(sealed.lead.post(f"/cases/{case['id']}/close", {"reply": "整改属实，予以销号。"}))
    pack = packs.ordered(sealed.lead, profile, case=case["id"], seal=True)
    file = packs.downloaded(sealed.lead, pack, tmp_path)
    assert verify_pack(file, office_key=kids()[0]).faults == []
    files = packs.unzipped(file)
    told = json.loads(files[f"data/cases/{case['id']}.json"])
    assert (told["number"], told["unit"]) == ("2026-0001", "甲市行政服务中心")
    assert (told["state"], told["state_label"]) == ("closed", "已办结")
    assert told["records"] == [sealed.record.id]
    assert [(step["kind"], step["text"]) for step in told["steps"]] == [
        ("defence", packs.DEFENCE),
        ("reply", "整改属实，予以销号。"),
    ]
    assert {len(step["day"]) for step in told["steps"]} == {len("2026-11-22")}
    pdf = files[f"data/notices/{notice['number']}.pdf"]
    assert pdf.startswith(b"%PDF-")
    index = json.loads(files["data/pack.json"])
    assert index["office"] == documents.LETTERHEAD["office"]
    (line,) = index["notices"]
    assert (line["number"], line["state"]) == (notice["number"], "published")
    assert line["sha256"] == hashlib.sha256(pdf).hexdigest()
    kinds = {entry["kind"] for entry in json.loads(files["data/log/proofs.json"])["entries"]}
    picture_kinds = {"full": {"media"}, "protected": {"redaction", "pixels"}}[profile]
    assert kinds == {"record", "review", "reply", "notice"} | picture_kinds
    page = files["data/index.html"].decode()
    assert "陈述申辩" in page
    assert "账号" not in page


def test_a_notice_brings_its_cases_their_records_and_what_withdrew_it(sealed, office, tmp_path):
    case, desk = packs.case_of(sealed.record, office)
    notice = desk.published(desk.draft(case))
    path = f"/notices/{notice['id']}/withdraw"
    draft = setup.created(sealed.lead.post(path, {"reason": "所涉单位有误。"}))
    withdrawal = desk.published(draft)
    pack = packs.ordered(sealed.lead, "protected", notice=notice["number"], seal=True)
    file = packs.downloaded(sealed.lead, pack, tmp_path)
    verdict = verify_pack(file, office_key=kids()[0])
    assert (verdict.exit_code, verdict.records) == (0, 1)
    files = packs.unzipped(file)
    assert f"data/cases/{case['id']}.json" in files
    told = json.loads(files["data/pack.json"])["notices"]
    assert [(one["number"], one["state"]) for one in told] == [
        (notice["number"], "withdrawn"),
        (withdrawal["number"], "published"),
    ]


def test_what_is_not_published_is_not_packed(sealed, office):
    case, desk = packs.case_of(sealed.record, office)
    approved = desk.approved(desk.draft(case))
    assert approved["number"] is None
    body = {"profile": "full", "notice": "甲整办通〔2026〕1号", "seal": True}
    assert sealed.lead.post("/packs", body).status_code == 404


@pytest.mark.parametrize("profile", ["full", "protected"])
def test_the_same_state_gives_the_same_bytes_after_later_seals_too(
    profile, sealed, phone, tmp_path
):
    first = packs.ordered(sealed.lead, profile, records=[sealed.record.id])
    inspections.file(phone("丙"), sealed.campaign)
    packs.seal()
    second = packs.ordered(sealed.lead, profile, records=[sealed.record.id])
    assert (first["pack"], first["sha256"]) == (second["pack"], second["sha256"])
    with transaction(write=False):
        manifest = packs.tag_manifest_sha256(packs.downloaded(sealed.lead, second, tmp_path))
        (entry,) = log.entries_of([("pack", second["pack"], manifest)])
        assert entry.position is not None


def test_a_pack_of_several_records_orders_them_and_names_no_other(sealed, office, phone, tmp_path):
    other = review.accepted_record(office, phone("丙"), sealed.campaign, photos=[], publish=None)
    packs.seal()
    files = []
    for ids in ([sealed.record.id, other.id], [other.id, sealed.record.id]):
        pack = packs.ordered(sealed.lead, "protected", records=ids)
        files.append(packs.downloaded(sealed.lead, pack, tmp_path).read_bytes())
    assert files[0] == files[1]
    index = json.loads(packs.unzipped(tmp_path / f"{pack['id']}.zip")["data/pack.json"])
    assert [line["record"] for line in index["records"]] == sorted([sealed.record.id, other.id])
    assert [site["name"] for site in index["sites"]] == ["服务大厅一层窗口"]


def test_an_undecided_record_is_not_for_a_protected_pack(reviewed, phone):
    waiting = inspections.file(phone("丙"), reviewed.campaign)
    body = {"records": [reviewed.record.id, waiting.id], "seal": True}
    refused = reviewed.lead.post("/packs", {"profile": "protected", **body})
    assert (refused.status_code, refused.json["code"]) == (409, "not-reviewed")
    assert refused.json["errors"] == [{"pointer": f"/records/{waiting.id}", "detail": "complete"}]
    assert "1" in refused.json["title"]
    assert packs.ordered(reviewed.lead, "full", **body)["state"] == "ready"


def test_what_is_not_logged_is_not_packed(reviewed):
    body = {"profile": "full", "records": [reviewed.record.id]}
    refused = reviewed.lead.post("/packs", body)
    assert (refused.status_code, refused.json["code"]) == (409, "not-yet-logged")
    assert reviewed.lead.get("/packs").json["items"] == []
    assert packs.ordered(reviewed.lead, **body, seal=True)["state"] == "ready"


def test_a_picture_that_never_came_is_accounted_for(sealed, phone, tmp_path):
    photo = review.photo("late")
    record = inspections.file(phone("丙"), sealed.campaign, media=[photo], deliver=False)
    packs.seal()
    pack = packs.ordered(sealed.lead, "full", records=[record.id])
    file = packs.downloaded(sealed.lead, pack, tmp_path)
    assert verify_pack(file, office_key=kids()[0]).exit_code == 0
    (line,) = json.loads(packs.unzipped(file)["data/pack.json"])["records"]
    assert [(media["file"], media["absent"]) for media in line["media"]] == [(None, "not-received")]


def test_a_deleted_original_is_accounted_for_by_its_certificate(sealed, tmp_path):
    gone = sealed.record.delivered.pictures[0]
    with transaction():
        certificate = deleting.certify(deleting.lock(gone), "unused").certificate_sha256
    assert deleting.remove_certified(lambda _deletion: False) == 1
    body = {"profile": "full", "records": [sealed.record.id]}
    refused = sealed.lead.post("/packs", body)
    assert (refused.status_code, refused.json["code"]) == (409, "not-yet-logged")
    file = packs.downloaded(sealed.lead, packs.ordered(sealed.lead, **body, seal=True), tmp_path)
    assert verify_pack(file, office_key=kids()[0]).faults == []
    (line,) = json.loads(packs.unzipped(file)["data/pack.json"])["records"]
    told = {media["sha256"]: media for media in line["media"]}[gone]
    assert (told["file"], told["absent"], told["deletion"]) == (None, "deleted", certificate)


def test_a_later_key_is_introduced_by_the_one_that_signed_the_receipts(sealed, tmp_path):
    with transaction():
        office_keys.rotate_office_key()
    earlier, later = kids()
    for profile in ("full", "protected"):
        pack = packs.ordered(sealed.lead, profile, records=[sealed.record.id])
        file = packs.downloaded(sealed.lead, pack, tmp_path)
        files = packs.unzipped(file)
        assert {f"keys/{earlier}.pem", f"keys/{later}.pem"} <= set(files)
        assert f"Office-Key: {later}\n" in files["bag-info.txt"].decode()
        for trusted in (earlier, later):
            assert verify_pack(file, office_key=trusted).exit_code == 0
        assert verify_pack(file, known=[]).exit_code == 3


def test_a_stored_picture_that_rotted_ends_the_pack_with_its_name(sealed, app):
    digest = sealed.record.delivered.pictures[0]
    folder = Path(app.config["STORAGE_URL"].removeprefix("file://"))
    with (folder / storage.media_key(digest)).open("r+b") as file:
        file.seek(100)
        file.write(b"\0\0\0\0")
    pack = packs.ordered(sealed.lead, "full", records=[sealed.record.id])
    assert (pack["state"], pack["file"]) == ("failed", None)
    assert pack["failure"]["code"] == "pack-source-changed"
    assert digest in pack["failure"]["text"]
    refused = sealed.lead.get(f"/packs/{pack['id']}/file")
    assert (refused.status_code, refused.json["code"]) == (409, "pack-not-ready")
    assert not list(app.config["SPOOL"].glob("pack-*"))


def test_a_killed_build_starts_over_and_never_runs_twice_at_once(sealed, app, monkeypatch):
    pack = setup.created(
        sealed.lead.post("/packs", {"profile": "full", "records": [sealed.record.id]})
    )
    pack_id = building.UUID(pack["id"])
    leftover = app.config["SPOOL"] / f"pack-{pack['id']}.zip"
    leftover.write_bytes(b"half a pack that a killed process left" * 100_000)
    whole = building.build_to_file

    def meanwhile():
        with app.app_context(), pytest.raises(building.BuildUnderWayError):
            building.build_requested(pack_id)

    def interrupted(*arguments):
        monkeypatch.setattr(building, "build_to_file", whole)
        built = whole(*arguments)
        with ThreadPoolExecutor() as pool:
            pool.submit(meanwhile).result()
        return built

    monkeypatch.setattr(building, "build_to_file", interrupted)
    building.build_requested(pack_id)
    assert setup.created(sealed.lead.get(f"/packs/{pack['id']}"))["state"] == "ready"
    assert not leftover.exists()
    monkeypatch.setattr(building, "collect", None)
    building.build_requested(pack_id)


def test_who_may_order_and_read_packs(sealed, office):
    body = {"profile": "full", "records": [sealed.record.id]}
    pack = packs.ordered(sealed.lead, **body)
    for role in Role:
        account = office(role)
        assert (account.post("/packs", body).status_code == 201) == (role is Role.LEAD)
        reads = role in {Role.LEAD, Role.AUDITOR}
        for path in ("/packs", f"/packs/{pack['id']}", f"/packs/{pack['id']}/file"):
            assert (account.get(path).status_code == 200) == reads
    confined = office(Role.LEAD, unit=building.UUID(sealed.campaign.unit))
    for path in ("/packs", f"/packs/{pack['id']}", f"/packs/{pack['id']}/file"):
        assert confined.get(path).status_code == 403


@pytest.mark.parametrize(
    "selected",
    [{}, {"records": []}, {"case": "x"}, {"records": ["{id}"], "notice": "甲〔2026〕1号"}],
)
def test_a_pack_is_of_exactly_one_thing(selected, office):
    lead = office(Role.LEAD)
    body = json.loads(json.dumps(selected).replace("{id}", NOBODY))
    assert lead.post("/packs", {"profile": "full", **body}).status_code == 422


def test_what_does_not_exist_is_not_packed(office):
    lead = office(Role.LEAD)
    for selected in ({"records": [NOBODY]}, {"case": NOBODY}):
        assert lead.post("/packs", {"profile": "full", **selected}).status_code == 404
    assert lead.get(f"/packs/{NOBODY}").status_code == 404
