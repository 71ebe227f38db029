"""What a protected pack must not carry, searched for in every byte of it."""

import base64
import json
import zlib
from uuid import UUID

import pytest

from anfang.identity import queries as identity
from anfang.inspections import queries as inspections
from anfang.kit.clock import rfc3339
from anfang.kit.db import transaction
from factories import packs
from support.phone import jwk_of, payload_of, sha256, thumbprint


def secrets_of(reviewed):
    """Return every value that names a person, a phone, a minute or a spot."""
    filed = reviewed.record.delivered.filed
    with transaction(write=False):
        record = inspections.record(UUID(reviewed.record.id))
        version = inspections.current_version(record)
        people = [user.display_name for user in identity.db.session.scalars(
            identity.users_listed())]  # fmt: skip
        times = [rfc3339(at) for at in (version.received_at, version.completed_at, version.log_by)]
        salt = version.certificate_salt
    clock, place = filed.disclosures["clock"], filed.disclosures["place"]
    receipt = payload_of(filed.receipt)
    return [
        packs.ALIAS,
        reviewed.phone.device,
        thumbprint(jwk_of(reviewed.phone.key)),
        jwk_of(reviewed.phone.key)["x"],
        reviewed.phone.ticket,
        str(record.inspector_id),
        filed.body["certificate"],
        filed.body["certificate"].split(".")[1],
        sha256(filed.body["certificate"]),
        filed.body["link"],
        sha256(filed.body["link"]),
        salt,
        receipt["certificate_commitment"],
        filed.receipt.split(".")[1],
        *people,
        *times,
        *(moment[11:19] for moment in times),
        clock["started_at"][11:19],
        clock["ended_at"][11:19],
        clock["submitted_at"][11:19],
        str(clock["monotonic_ms"]),
        place["at"][11:19],
        str(place["lat_e7"]),
        str(place["lon_e7"]),
        "29.7001234",
        "115.9905678",
        "SecretPhone",
        "甲A·S3CR3T",
        "REMARKWORDS",
        "SECRETNOTE",
        "captured_at",
    ]


def spellings(secret):
    """Return the bytes in which a value could stand somewhere."""
    plain = secret.encode()
    yield plain
    yield json.dumps(secret)[1:-1].encode()
    yield plain.hex().encode()
    for shift in range(3):
        # Base64 of a text inside another one depends on where it begins.
        encoded = base64.b64encode(b"\0" * shift + plain).rstrip(b"=")
        yield encoded[4 if shift else 0 : -2]
    yield secret.encode("utf-16-le")


def everything_in(path):
    files = packs.every_byte(packs.unzipped(path))
    for name, data in list(files.items()):
        if name.endswith(".png"):
            start = data.index(b"IDAT") + 4
            files[f"{name}!pixels"] = zlib.decompressobj().decompress(data[start:])
        if name.endswith((".jwt", ".sdjwt")):
            parts = data.decode().replace("~", ".").split(".")
            files[f"{name}!decoded"] = b"\n".join(
                base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts[:2]
            ) + b"".join(
                base64.urlsafe_b64decode(part.strip() + "=" * (-len(part.strip()) % 4))
                for part in parts[3:]
            )
    return {**files, "the archive": path.read_bytes()}


def leaks(path, secrets):
    files = everything_in(path)
    return [
        (secret, name)
        for secret in secrets
        for spelling in spellings(secret)
        for name, data in files.items()
        if len(spelling) >= 6 and spelling in data
    ]


def test_the_search_finds_what_a_full_pack_shows(full_pack, sealed):
    found = {secret for secret, _ in leaks(full_pack, secrets_of(sealed))}
    assert {"SECRETNOTE", "REMARKWORDS", "SecretPhone", "297001234"} <= found
    # Even there: neither who it was, nor a certificate, nor what is private.
    assert not {packs.ALIAS, sealed.phone.device, "甲A·S3CR3T"} & found


@pytest.mark.parametrize("selected", ["records", "case", "notice"])
def test_a_protected_pack_names_nobody_no_minute_and_no_spot(selected, sealed, office, tmp_path):
    case, desk = packs.case_of(sealed.record, office)
    number = desk.published(desk.draft(case))["number"]
    chosen = {"records": [sealed.record.id], "case": case["id"], "notice": number}
    pack = packs.ordered(sealed.lead, "protected", seal=True, **{selected: chosen[selected]})
    file = packs.downloaded(sealed.lead, pack, tmp_path)
    assert leaks(file, [*secrets_of(sealed), packs.RESPONSIBLE, "画面中没有个人信息"]) == []
    times = [entry.date_time for entry in packs.entries(file)]
    assert set(times) == {(1980, 1, 1, 0, 0, 0)}
