"""Uploads: tus 1.0.0 with the rules of PROTOCOL §5, played by an independent phone."""

import base64
import errno
import io
import os
import threading
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from anfang.evidence import spool, tasks, uploads
from anfang.evidence.models import Media, Upload
from anfang.jobs.models import OutboxEvent
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from anfang.log.models import LogEntry
from anfang.storage import service as storage
from factories.evidence import declared, held, metadata, tus
from support.phone import new_id, sha256

PHOTO = bytes(range(256)) * 1200
CHUNK = {"Content-Type": "application/offset+octet-stream"}


def code(answer):
    return answer.status_code, answer.json["code"]


def path_of(created):
    return created.headers["Location"].removeprefix("/api/v1")


def begun(device, record, data=PHOTO):
    created = device.create_upload(record, data)
    assert created.status_code == 201, created.json
    return path_of(created)


def head(device, path):
    return device.call("HEAD", path, headers=tus())


def send(device, path, offset, data, **headers):
    return device.call(
        "PATCH", path, headers={**tus(upload_offset=offset), **CHUNK, **headers}, data=data
    )


def body(stream):
    """Announce the whole photo, whatever the stream then gives."""
    return {"wsgi.input": stream, "CONTENT_LENGTH": str(len(PHOTO))}


def spooled(app):
    return [path.name for path in app.config["SPOOL"].iterdir()]


def stored(app):
    return [path for path in (app.config["SPOOL"].parent / "media").rglob("*") if path.is_file()]


def events(name):
    with transaction(write=False):
        rows = db.session.scalars(select(OutboxEvent).where(OutboxEvent.name == name))
        return [row.payload for row in rows]


def test_the_server_says_what_it_speaks_to_anyone(app):
    answer = app.test_client().options("/api/v1/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "checksum",
        "termination",
        "expiration",
    }
    assert answer.headers["Tus-Max-Size"] == str(64 << 20)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256"


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0.1"])
def test_another_version_of_tus_is_refused_and_the_right_one_named(phone, version):
    device = phone()
    headers = {"Tus-Resumable": version} if version else {}
    for method, path in [("POST", "/uploads"), ("HEAD", f"/uploads/{new_id()}")]:
        answer = device.call(method, path, headers=headers)
        assert answer.status_code == 412
        assert answer.headers["Tus-Version"] == "1.0.0"


def test_a_photo_sent_whole_is_held_durable_logged_and_told(app, phone):
    device = phone()
    record = declared(device, [PHOTO])
    created = device.create_upload(record, PHOTO)
    assert created.headers["Location"].startswith("/api/v1/uploads/")
    assert created.headers["Upload-Offset"] == "0"
    assert "GMT" in created.headers["Upload-Expires"]
    assert held(device, record) == []

    answer = device.patch(created.headers["Location"], 0, PHOTO)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(len(PHOTO)))
    assert held(device, record) == [sha256(PHOTO)]
    assert storage.get_bytes(storage.media_key(sha256(PHOTO))) == PHOTO
    assert spooled(app) == []
    with transaction(write=False):
        entry = db.session.scalars(select(LogEntry).filter_by(kind="media")).one()
        assert (entry.subject, entry.sha256) == (record, sha256(PHOTO))
    inspector = events("media.held")[0].pop("inspector")
    assert UUID(inspector)
    assert [event["sha256"] for event in events("media.stored")] == [sha256(PHOTO)]
    assert events("media.held")[0]["owner"] == record

    again = head(device, path_of(created))
    assert again.headers["Upload-Offset"] == again.headers["Upload-Length"] == str(len(PHOTO))


def test_the_first_bytes_may_come_with_the_creation(app, phone):
    device = phone()
    record = declared(device, [PHOTO, PHOTO[:9]])
    headers = {
        **tus(upload_length=len(PHOTO)),
        **CHUNK,
        "Upload-Metadata": metadata(sha256=sha256(PHOTO), record=record),
    }
    part = device.call("POST", "/uploads", headers=headers, data=PHOTO[:1000])
    assert (part.status_code, part.headers["Upload-Offset"]) == (201, "1000")
    assert head(device, path_of(part)).headers["Upload-Offset"] == "1000"

    whole = device.call("POST", "/uploads", headers=headers, data=PHOTO)
    assert (whole.status_code, whole.headers["Upload-Offset"]) == (201, str(len(PHOTO)))
    assert held(device, record) == [sha256(PHOTO)]
    assert spooled(app) == [part.headers["Location"].split("/")[-1]]

    wrong = {**headers, "Upload-Metadata": metadata(sha256=sha256(PHOTO[:9]), record=record)}
    refused = device.call("POST", "/uploads", headers=wrong, data=PHOTO)
    assert code(refused) == (460, "media-hash-mismatch")
    assert len(spooled(app)) == 1


def test_an_upload_goes_on_in_pieces_and_head_says_from_where(phone):
    device = phone()
    record = declared(device, [PHOTO])
    path = begun(device, record)
    for start in range(0, len(PHOTO), 100_000):
        assert head(device, path).headers["Upload-Offset"] == str(start)
        assert send(device, path, start, PHOTO[start : start + 100_000]).status_code == 204
    assert held(device, record) == [sha256(PHOTO)]


def test_a_large_photo_comes_in_one_piece(phone):
    device = phone()
    large = PHOTO * 40
    assert len(large) > 8 << 20
    record = declared(device, [large])
    assert device.upload(record, large).status_code == 204
    assert held(device, record) == [sha256(large)]


def test_head_gives_the_metadata_back_and_is_never_cached(phone):
    device = phone()
    record = declared(device, [PHOTO])
    answer = head(device, begun(device, record))
    assert answer.headers["Upload-Metadata"] == metadata(sha256=sha256(PHOTO), record=record)
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_what_a_record_of_the_inspector_declares_is_taken(phone):
    device, stranger = phone("甲"), phone("乙")
    record = declared(device, [PHOTO])
    for answer in (
        device.create_upload(record, b"another picture"),
        device.create_upload(new_id(), PHOTO),
        stranger.create_upload(record, PHOTO),
    ):
        assert code(answer) == (409, "media-not-declared")


def test_a_picture_has_at_most_sixty_four_mebibytes(phone):
    device = phone()
    record = declared(device, [PHOTO])
    details = {"Upload-Metadata": metadata(sha256=sha256(PHOTO), record=record)}
    for length, status in ((64 << 20, 201), ((64 << 20) + 1, 413)):
        headers = {**tus(upload_length=length), **details}
        answer = device.call("POST", "/uploads", headers=headers)
        assert answer.status_code == status
    assert answer.json["code"] == "upload-too-large"


@pytest.mark.parametrize("length", [None, "", "-1", "1.5", "+7", "1_000", "٣"])
def test_a_length_that_is_no_number_is_refused(phone, length):
    device = phone()
    headers = {**tus(), "Upload-Metadata": metadata(sha256="0" * 64, record=new_id())}
    if length is not None:
        headers["Upload-Length"] = length.encode().decode("latin-1")
    assert code(device.call("POST", "/uploads", headers=headers)) == (422, "invalid-input")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "sha256",
        "sha256 !!!",
        metadata(sha256="0" * 64),
        metadata(record=new_id()),
        metadata(sha256="0" * 63, record=new_id()),
        metadata(sha256="A" * 64, record=new_id()),
        metadata(sha256="0" * 64, record="../../etc/passwd"),
        metadata(sha256="0" * 64, record=new_id()) + "," + metadata(sha256="1" * 64),
        metadata(sha256="0" * 64, record=new_id(), more="x" * 5000),
        "sha256 " + base64.b64encode(b"\xff" * 64).decode(),
    ],
    ids=range(11),  # some hold a random id, and a test keeps its name
)
def test_metadata_that_cannot_be_read_is_refused(phone, value):
    headers = {**tus(upload_length=5), "Upload-Metadata": value}
    answer = phone().call("POST", "/uploads", headers=headers)
    assert code(answer) == (422, "invalid-input")
    assert answer.json["errors"][0]["pointer"].startswith("/headers/Upload-Metadata")


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_an_upload_of_another_inspector_or_of_nobody_is_not_found(phone, method):
    device, stranger = phone("甲"), phone("乙")
    path = begun(device, declared(device, [PHOTO]))
    headers = {**tus(upload_offset=0), **CHUNK}
    for caller, place in ((stranger, path), (device, f"/uploads/{new_id()}")):
        assert caller.call(method, place, headers=headers, data=b"x").status_code == 404
    for trick in ("/uploads/..%2f..%2fanfang.sqlite3", "/uploads/1", "/uploads/%00"):
        assert device.call(method, trick, headers=headers, data=b"x").status_code == 404
    assert head(device, path).headers["Upload-Offset"] == "0"


def test_uploads_need_a_phone(app, office):
    anyone = app.test_client().post("/api/v1/uploads", headers=tus(upload_length=1))
    assert anyone.status_code == 401
    assert office(Role.LEAD).post("/uploads", headers=tus(upload_length=1)).status_code == 403


def test_a_replaced_phone_finishes_what_its_inspector_began(phone):
    old, new = phone("甲"), phone("甲")
    record = declared(old, [PHOTO])
    path = begun(old, record)
    send(old, path, 0, PHOTO[:1000])
    assert send(new, path, 1000, PHOTO[1000:]).status_code == 204
    assert held(new, record) == [sha256(PHOTO)]


def test_a_revoked_phone_may_still_deliver(office, phone):
    device = phone()
    record = declared(device, [PHOTO])
    office(Role.LEAD).post(f"/devices/{device.device}/revoke")
    assert device.log_in().json["scope"] == "deliver"
    assert device.upload(record, PHOTO).status_code == 204
    assert held(device, record) == [sha256(PHOTO)]


def test_a_chunk_must_begin_where_the_upload_ends(phone):
    device = phone()
    path = begun(device, declared(device, [PHOTO]))
    send(device, path, 0, PHOTO[:10])
    for offset in (0, 9, 11, len(PHOTO)):
        assert code(send(device, path, offset, b"x")) == (409, "upload-offset-mismatch")
    assert code(send(device, path, -1, b"x")) == (422, "invalid-input")
    assert head(device, path).headers["Upload-Offset"] == "10"


def test_a_chunk_of_another_type_is_refused(phone):
    device = phone()
    path = begun(device, declared(device, [PHOTO]))
    answer = send(device, path, 0, b"x", **{"Content-Type": "image/jpeg"})
    assert code(answer) == (415, "upload-type-unsupported")


def test_more_than_was_announced_is_dropped(phone):
    device = phone()
    path = begun(device, declared(device, [PHOTO]))
    send(device, path, 0, PHOTO[:10])
    assert code(send(device, path, 10, PHOTO)) == (413, "upload-exceeds-length")
    assert head(device, path).headers["Upload-Offset"] == "10"


def test_a_damaged_chunk_is_dropped_and_the_upload_stays(phone):
    device = phone()
    record = declared(device, [PHOTO])
    path = begun(device, record)
    assert device.patch(f"/api/v1{path}", 0, PHOTO[:1000]).status_code == 204
    checksum = base64.b64encode(bytes.fromhex(sha256(PHOTO[1000:]))).decode()
    damaged = b"?" + PHOTO[1001:]
    answer = send(device, path, 1000, damaged, **{"Upload-Checksum": f"sha256 {checksum}"})
    assert code(answer) == (460, "upload-checksum-mismatch")
    assert head(device, path).headers["Upload-Offset"] == "1000"
    assert device.patch(f"/api/v1{path}", 1000, PHOTO[1000:]).status_code == 204
    assert held(device, record) == [sha256(PHOTO)]


@pytest.mark.parametrize(
    ("value", "status"), [("md5 AAAA", 400), ("sha256", 422), ("sha256 ?", 422), ("", 422)]
)
def test_a_checksum_that_cannot_be_checked_is_refused(phone, value, status):
    device = phone()
    path = begun(device, declared(device, [PHOTO]))
    answer = send(device, path, 0, PHOTO, **{"Upload-Checksum": value})
    assert answer.status_code == status
    assert head(device, path).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize("pieces", [1, 2])
def test_wrong_bytes_are_dropped_with_their_upload_and_the_right_ones_can_be_sent(
    app, phone, pieces
):
    device = phone()
    record = declared(device, [PHOTO])
    path = begun(device, record)
    wrong = PHOTO[:-1] + b"!"
    if pieces == 2:
        assert send(device, path, 0, wrong[:7]).status_code == 204
    answer = send(device, path, 7 * (pieces - 1), wrong[7 * (pieces - 1) :])
    assert code(answer) == (460, "media-hash-mismatch")
    for method in ("HEAD", "PATCH", "DELETE"):
        headers = {**tus(upload_offset=0), **CHUNK}
        assert device.call(method, path, headers=headers, data=b"").status_code == 404
    assert spooled(app) == []
    assert held(device, record) == []
    assert not stored(app)
    assert device.upload(record, PHOTO).status_code == 204
    assert held(device, record) == [sha256(PHOTO)]


def test_what_is_held_is_finished_at_once(phone):
    device = phone()
    record = declared(device, [PHOTO])
    device.upload(record, PHOTO)
    again = device.create_upload(record, PHOTO)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, str(len(PHOTO)))
    assert head(device, path_of(again)).headers["Upload-Offset"] == str(len(PHOTO))
    assert send(device, path_of(again), len(PHOTO), b"").status_code == 204
    assert len(events("media.held")) == 1


def test_the_same_picture_begun_twice_is_held_once(phone):
    device = phone()
    record = declared(device, [PHOTO])
    for path in [begun(device, record), begun(device, record)]:
        assert send(device, path, 0, PHOTO).status_code == 204
    assert len(events("media.held")) == 1


def test_storage_keeps_one_copy_and_possession_is_never_lent(phone):
    first, second = phone("甲"), phone("乙")
    record = declared(first, [PHOTO])
    first.upload(record, PHOTO)
    other, foreign = declared(first, [PHOTO]), declared(second, [PHOTO])
    for device, owner in ((first, other), (second, foreign)):
        created = device.create_upload(owner, PHOTO)
        assert created.headers["Upload-Offset"] == "0"
        assert held(device, owner) == []
        assert device.patch(created.headers["Location"], 0, PHOTO).status_code == 204
        assert held(device, owner) == [sha256(PHOTO)]
    assert len(events("media.stored")) == 1
    assert {event["owner"] for event in events("media.held")} == {record, other, foreign}
    with transaction(write=False):
        assert len(db.session.scalars(select(Media)).all()) == 1


def test_an_upload_can_be_ended(app, phone):
    device = phone()
    record = declared(device, [PHOTO])
    path = begun(device, record)
    send(device, path, 0, PHOTO[:10])
    assert device.call("DELETE", path, headers=tus()).status_code == 204
    assert head(device, path).status_code == 404
    assert spooled(app) == []
    finished = device.create_upload(record, PHOTO)
    device.patch(finished.headers["Location"], 0, PHOTO)
    assert device.call("DELETE", path_of(finished), headers=tus()).status_code == 204
    assert held(device, record) == [sha256(PHOTO)]
    with transaction(write=False):
        assert db.session.scalars(select(Upload)).all() == []


def test_an_upload_expires_after_seven_days_and_is_cleared_away(app, phone):
    device = phone()
    with time_machine.travel("2026-11-01T08:00:00Z", tick=False):
        device.log_in()
        record = declared(device, [PHOTO])
        path = begun(device, record)
        send(device, path, 0, PHOTO[:10])
    leftover = app.config["SPOOL"] / ".decoding-left"
    leftover.write_bytes(b"x")
    os.utime(leftover, (0, 0))
    for moment, status, files in (
        ("2026-11-08T07:59:00Z", 200, 1),
        ("2026-11-08T08:00:00Z", 404, 0),
    ):
        with time_machine.travel(moment, tick=False):
            device.log_in()
            assert head(device, path).status_code == status
            with transaction():
                tasks.remove_expired_uploads()
            assert head(device, path).status_code == status
            assert len(spooled(app)) == files


def test_two_calls_never_write_to_one_upload(app, phone):
    device = phone()
    record = declared(device, [PHOTO])
    path = begun(device, record)
    arriving, go_on = threading.Event(), threading.Event()

    class Slow:
        """Gives the first part, then waits until it is told to go on."""

        def __init__(self):
            self.left = io.BytesIO(PHOTO)

        def read(self, size):
            if self.left.tell() > 0:
                arriving.set()
                assert go_on.wait(10)
            return self.left.read(size)

    answers = []

    def slow_patch():
        answers.append(
            device.call(
                "PATCH",
                path,
                headers={**tus(upload_offset=0), **CHUNK},
                environ_overrides=body(Slow()),
            ).status_code
        )

    thread = threading.Thread(target=slow_patch)
    thread.start()
    assert arriving.wait(10)
    assert code(send(device, path, 1000, PHOTO[1000:])) == (423, "upload-locked")
    assert code(device.call("DELETE", path, headers=tus())) == (423, "upload-locked")
    threading.Timer(0.3, go_on.set).start()
    # HEAD waits a moment for the other writer, so that it says where to go on from.
    assert head(device, path).headers["Upload-Offset"] == str(len(PHOTO))
    thread.join(10)
    assert answers == [204]
    assert held(device, record) == [sha256(PHOTO)]


def test_a_body_that_breaks_off_keeps_what_arrived(phone):
    device = phone()
    record = declared(device, [PHOTO])
    path = begun(device, record)
    answer = device.call(
        "PATCH",
        path,
        headers={**tus(upload_offset=0), **CHUNK},
        environ_overrides=body(io.BytesIO(PHOTO[:70_000])),
    )
    assert answer.status_code == 400
    assert head(device, path).headers["Upload-Offset"] == "70000"
    assert send(device, path, 70_000, PHOTO[70_000:]).status_code == 204
    assert held(device, record) == [sha256(PHOTO)]


def test_a_full_disk_is_said_and_leaves_nothing_half_written(app, phone, monkeypatch):
    device = phone()
    record = declared(device, [PHOTO])
    path = begun(device, record)
    send(device, path, 0, PHOTO[:10])
    room = 80_000
    write = os.write

    def filling(handle, data):
        nonlocal room
        if room < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        room -= len(data)
        return write(handle, data)

    monkeypatch.setattr(spool.os, "write", filling)
    assert code(send(device, path, 10, PHOTO[10:])) == (507, "storage-full")
    assert head(device, path).headers["Upload-Offset"] == "10"
    headers = {
        **tus(upload_length=len(PHOTO)),
        **CHUNK,
        "Upload-Metadata": metadata(sha256=sha256(PHOTO), record=record),
    }
    assert code(device.call("POST", "/uploads", headers=headers, data=PHOTO))[0] == 507
    assert len(spooled(app)) == 1
    monkeypatch.undo()
    assert send(device, path, 10, PHOTO[10:]).status_code == 204


def test_dying_between_storage_and_database_harms_nothing(app, phone, monkeypatch):
    device = phone()
    record = declared(device, [PHOTO])
    path = begun(device, record)
    monkeypatch.setattr(uploads.service, "receive", _die)
    assert send(device, path, 0, PHOTO).status_code == 500
    assert held(device, record) == []
    monkeypatch.undo()
    assert head(device, path).headers["Upload-Offset"] == str(len(PHOTO))
    assert held(device, record) == [sha256(PHOTO)]
    assert len(events("media.stored")) == len(events("media.held")) == 1
    assert spooled(app) == []


def _die(*_):
    raise RuntimeError("the process died here")


def test_a_phone_behind_a_narrow_proxy_names_the_method_in_a_header(phone):
    device = phone()
    record = declared(device, [PHOTO])
    path = begun(device, record)
    patch = {**tus(upload_offset=0), **CHUNK, "X-HTTP-Method-Override": "PATCH"}
    assert device.call("POST", path, headers=patch, data=PHOTO).status_code == 204
    assert held(device, record) == [sha256(PHOTO)]
    delete = {**tus(), "X-HTTP-Method-Override": "DELETE"}
    assert device.call("POST", path, headers=delete).status_code == 204
    assert head(device, path).status_code == 404


def test_an_empty_file_needs_no_bytes(phone):
    device = phone()
    record = declared(device, [b""])
    assert device.create_upload(record, b"").status_code == 201
    assert held(device, record) == [sha256(b"")]
