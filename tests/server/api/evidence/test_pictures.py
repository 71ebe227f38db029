"""What becomes of a picture after its upload: decoded in confinement, logged, redacted."""

import hashlib
import io
import threading
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import select

from anfang.evidence import decoder, queries, service
from anfang.evidence.errors import MediaNotDeclared, PictureNotDecoded, RectangleOutside
from anfang.kit import png, tiles
from anfang.kit.db import db, transaction
from anfang.kit.errors import NotFound
from anfang.log.models import LogEntry
from anfang.storage import service as storage
from factories.evidence import caller, declared, held
from support.phone import sha256
from support.pictures import corners, encoded, png_bomb, secret_exif, with_announced_size

JPEG = encoded(corners(), exif=secret_exif(orientation=6))


def delivered(device, data, mime="image/jpeg"):
    record = declared(device, [data], mime=mime)
    assert device.upload(record, data).status_code == 204
    return record


def shown(device, record, data):
    with transaction(write=False):
        (picture,) = queries.pictures(UUID(record), caller(device).inspector, [sha256(data)])
        return picture


def logged(kind):
    with transaction(write=False):
        rows = db.session.scalars(select(LogEntry).filter_by(kind=kind))
        return [(row.subject, row.sha256, bytes.fromhex(row.salt)) for row in rows]


def reading(query, *arguments):
    with transaction(write=False):
        return query(*arguments)


def test_two_workers_that_decode_a_picture_at_once_log_one_root(app, phone, monkeypatch):
    delivered(phone(), JPEG)
    together, decode = threading.Barrier(2), decoder.decode

    def decoding(path, mime):
        together.wait(20)  # both have seen by now that the picture waits
        return decode(path, mime)

    def work():
        with app.app_context():
            service.decode(sha256(JPEG))

    monkeypatch.setattr(decoder, "decode", decoding)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    medium = reading(queries.media, sha256(JPEG))
    ((subject, root, _salt),) = logged("pixels")
    assert (subject, root) == (sha256(JPEG), medium.tile_root)


def test_a_photo_is_decoded_upright_with_clean_derivatives_and_a_logged_root(phone, run_jobs):
    device = phone()
    record = delivered(device, JPEG)
    assert shown(device, record, JPEG).state == "waiting"
    run_jobs()
    picture = shown(device, record, JPEG)
    assert (picture.state, picture.failure, picture.kind_mismatch) == ("decoded", None, False)
    assert (picture.width, picture.height, picture.bytes) == (300, 400, len(JPEG))
    assert len(picture.phash) == 16
    assert picture.exif["make"] == "SecretMake"
    assert picture.exif["lon_e7"] < 0
    for derivative in (queries.preview, queries.thumbnail):
        data = reading(derivative, sha256(JPEG))
        assert b"Secret" not in data
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "JPEG"
            assert not image.getexif()
            assert image.height > image.width
    ((subject, root, _),) = logged("pixels")
    assert (subject, root) == (sha256(JPEG), picture.tile_root)
    assert b"".join(reading(queries.original, sha256(JPEG))) == JPEG


def test_a_picture_is_decoded_once(phone, run_jobs, monkeypatch):
    device = phone()
    record = delivered(device, JPEG)
    run_jobs()
    before = shown(device, record, JPEG)
    monkeypatch.setattr(service.decoder, "decode", None)
    service.decode(sha256(JPEG))
    assert shown(device, record, JPEG) == before
    assert len(logged("pixels")) == 1


def test_the_first_of_two_decoders_that_race_stands(phone, run_jobs, monkeypatch):
    device = phone()
    record = delivered(device, JPEG)
    decode = decoder.decode

    def overtaken(*arguments):
        monkeypatch.undo()
        run_jobs()
        return decode(*arguments)

    monkeypatch.setattr(service.decoder, "decode", overtaken)
    service.decode(sha256(JPEG))
    assert [root for _, root, _ in logged("pixels")] == [shown(device, record, JPEG).tile_root]


def test_heic_is_shown_as_what_it_is(phone, run_jobs):
    device = phone()
    heic = encoded(corners(), "HEIF")
    record = delivered(device, heic, "image/jpeg")
    run_jobs()
    picture = shown(device, record, heic)
    assert (picture.state, picture.found_mime) == ("decoded", "image/heic")
    assert picture.kind_mismatch


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (JPEG[: len(JPEG) // 2], "undecodable"),
        (b"%PDF-1.7 not a picture at all", "kind-mismatch"),
        (with_announced_size("JPEG"), "too-many-pixels"),
        (png_bomb(), "too-many-pixels"),
        (b"", "kind-mismatch"),
    ],
    ids=["truncated", "renamed", "announced", "bomb", "empty"],
)
def test_what_cannot_be_decoded_is_held_and_kept_with_its_reason(phone, run_jobs, data, failure):
    device = phone()
    mime = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    record = declared(device, [data], mime=mime)
    assert device.upload(record, data).status_code in (201, 204)
    run_jobs()
    picture = shown(device, record, data)
    assert (picture.state, picture.failure) == ("not_decoded", failure)
    assert held(device, record) == [sha256(data)]
    assert storage.get_bytes(storage.media_key(sha256(data))) == data
    assert logged("media")[0][:2] == (record, sha256(data))
    assert logged("pixels") == []
    with pytest.raises(PictureNotDecoded):
        reading(queries.preview, sha256(data))
    with pytest.raises(PictureNotDecoded):
        service.redact(sha256(data), [])


def test_a_decoder_that_cannot_start_is_tried_again(phone, run_jobs, monkeypatch):
    device = phone()
    record = delivered(device, JPEG)

    def broken(*_):
        raise decoder.DecoderUnavailableError

    monkeypatch.setattr(service.decoder, "decode", broken)
    run_jobs()
    assert shown(device, record, JPEG).state == "waiting"
    monkeypatch.undo()
    service.decode(sha256(JPEG))
    assert shown(device, record, JPEG).state == "decoded"


def test_a_redaction_proves_itself_against_the_logged_root(phone, run_jobs):
    delivered(phone(), JPEG)
    run_jobs()
    ((_, root, salt),) = logged("pixels")
    for rectangles, black in (([(0, 0, 40, 40)], 4), ([], 0)):
        made = service.redact(sha256(JPEG), rectangles)
        assert made.png_sha256 == hashlib.sha256(made.png).hexdigest()
        assert len(made.masked) == black
        width, height, rgb = png.read_rgb(made.png)
        tiles.verify_proof(width, height, rgb, made.proof)
        assert made.proof["root"] == root
        assert made.proof["original_sha256"] == sha256(JPEG)
        assert made.proof["root_salt_c"] == salt.hex()


def test_pixels_that_a_later_decoder_gives_otherwise_are_published_without_proof(
    phone, run_jobs, monkeypatch
):
    delivered(phone(), JPEG)
    run_jobs()
    other = decoder.decode(encoded(corners().rotate(270, expand=True)))
    monkeypatch.setattr(service.decoder, "decode", lambda *_: other)
    made = service.redact(sha256(JPEG), [(0, 0, 10, 10)])
    assert made.proof is None
    assert png.read_rgb(made.png)[:2] == (300, 400)


def test_a_rectangle_that_hides_nothing_and_a_picture_of_nobody_are_refused(phone, run_jobs):
    delivered(phone(), JPEG)
    run_jobs()
    with pytest.raises(RectangleOutside):
        service.redact(sha256(JPEG), [(300, 0, 10, 10)])
    with pytest.raises(NotFound):
        service.redact("0" * 64, [])


def test_a_record_sees_only_what_was_delivered_for_it(phone, run_jobs):
    first, second = phone("甲"), phone("乙")
    record = delivered(first, JPEG)
    run_jobs()
    other = declared(second, [JPEG])
    picture = shown(second, other, JPEG)
    assert (picture.held_at, picture.bytes, picture.state, picture.exif) == (None,) * 4
    assert reading(queries.owners_holding, [sha256(JPEG)]) == {sha256(JPEG): [UUID(record)]}
    inspector = caller(second).inspector
    assert reading(queries.missing, UUID(other), inspector, [sha256(JPEG)]) == [sha256(JPEG)]
    with pytest.raises(MediaNotDeclared):
        reading(queries.pictures, UUID(other), inspector, ["0" * 64])
