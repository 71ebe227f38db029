"""What is no well-formed, owned, rightly signed record is refused, and nothing of it is stored."""

import base64
import hashlib
import json
import secrets

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.inspections import PHOTO, place
from support.phone import (
    b64url,
    jwk_of,
    jws,
    new_id,
    new_key,
    sha256,
    thumbprint,
)


@pytest.fixture
def device(phone):
    return phone()


@pytest.fixture
def refused(device, rows, subtests):
    """Return a function that sends a body and expects a refusal that stores nothing."""

    def check(what, body, status, code, pointer=None):
        with subtests.test(what):
            before = rows()
            answer = device.send(body)
            assert (answer.status_code, answer.json["code"]) == (status, code), answer.json
            assert answer.mimetype == "application/problem+json"
            assert rows() == before
            if pointer is not None:
                pointers = {error["pointer"] for error in answer.json["errors"]}
                assert pointer in pointers

    return check


def disclosure(name, value):
    return b64url(json.dumps([b64url(secrets.token_bytes(16)), name, value]).encode())


def flipped(token, at=-10):
    return token[:at] + ("A" if token[at] != "A" else "B") + token[at:][1:]


def signed(key, clear, encoded, header=None, **payload):
    """Sign an SD-JWT with just these disclosures and header members."""
    digests = sorted(b64url(hashlib.sha256(part.encode()).digest()) for part in encoded)
    claims = {**clear, "_sd": digests, "_sd_alg": "sha-256", **payload}
    head = {"typ": "inspection+sd-jwt", "jwk": jwk_of(key), **(header or {})}
    return "~".join([jws(key, head, claims), *encoded, ""])


def test_signatures_and_certificates_must_hold_together(device, visit, phone, refused):
    clear, disclosures = visit(device)
    body = device.submission(clear, disclosures)
    key, stranger = device.record_keys[clear["id"]], new_key()
    token, rest = body["record"].split("~", 1)

    def certificate(signer=device.key, kid=device.device, record=clear["id"], **changes):
        typ = changes.pop("typ", "record-key+jwt")
        claims = {"record": record, "jkt": thumbprint(jwk_of(key)), **changes}
        return jws(signer, {"typ": typ, "kid": kid}, claims)

    def with_certificate(made):
        return {**body, "certificate": made, "link": device.link(made)}

    def link(signer=device.key, typ="device-chain+jwt", **changes):
        claims = {"certificate_sha256": sha256(body["certificate"]), "seq": 0, "prev": None}
        return {**body, "link": jws(signer, {"typ": typ}, {**claims, **changes})}

    foreign = device.sd_jwt(clear, disclosures, stranger)
    other_device = phone("乙")
    cases = {
        "forged record": {**body, "record": f"{flipped(token)}~{rest}"},
        "another key's jwk": {**body, "record": foreign},
        "key of another device": with_certificate(certificate(other_device.key)),
        "kid of another device": with_certificate(certificate(kid=other_device.device)),
        "another record": with_certificate(certificate(record=new_id())),
        "another record key": with_certificate(certificate(jkt=thumbprint(jwk_of(stranger)))),
        "certificate of another kind": with_certificate(certificate(typ="login+jwt")),
        "forged certificate": {**body, "certificate": flipped(body["certificate"])},
        "certificate is no token": {**body, "certificate": "certificate"},
        "forged link": {**body, "link": flipped(body["link"])},
        "link of another device": link(other_device.key),
        "link of another kind": link(typ="record-key+jwt"),
        "link for another certificate": link(certificate_sha256="0" * 64),
        "place is no number": link(seq="0"),
        "place is a boolean": link(seq=True),
        "place below zero": link(seq=-1),
        "link before is no hash": link(prev="x"),
        "another device's certificate and link": {
            **other_device.submission(clear, disclosures),
            "record": body["record"],
        },
    }
    for what, wrong in cases.items():
        refused(what, wrong, 403, "certificate-invalid")
    assert device.send(body).status_code == 201


def test_only_the_one_kind_of_token_is_read(device, visit, refused):
    clear, disclosures = visit(device)
    body = device.submission(clear, disclosures)
    key = device.record_keys[clear["id"]]
    encoded = body["record"].split("~")[1:-1]
    numbers = key.private_numbers().private_value.to_bytes(32, "big")

    def made(header=None, **payload):
        return {**body, "record": signed(key, clear, encoded, header, **payload)}

    digests = json.loads(base64.urlsafe_b64decode(body["record"].split(".")[1] + "=="))["_sd"]
    cases = {
        "typ": made({"typ": "JWT"}),
        "alg none": made({"alg": "none"}),
        "alg RS256": made({"alg": "RS256"}),
        "crit": made({"crit": ["b64"]}),
        "private jwk": made({"jwk": {**jwk_of(key), "d": b64url(numbers)}}),
        "no jwk": made({"jwk": None}),
        "other curve": made({"jwk": {**jwk_of(key), "crv": "P-384"}}),
        "off the curve": made({"jwk": {**jwk_of(key), "x": b64url(b"\1" * 32)}}),
        "hash algorithm": made(_sd_alg="sha-512"),
        "digests out of order": made(_sd=digests[::-1]),
        "digest twice": made(_sd=sorted([*digests, digests[0]])),
        "nested disclosures": made(media={"_sd": []}),
        "key binding": {**body, "record": body["record"] + "a.b.c"},
        "no tilde": {**body, "record": body["record"].split("~")[0]},
        "not a token": {**body, "record": "record~"},
        "characters": {**body, "record": "记录~"},
    }
    for what, wrong in cases.items():
        refused(what, wrong, 422, "record-malformed", "/record")


def test_the_thirteen_disclosures_come_each_exactly_once(device, visit, refused):
    clear, disclosures = visit(device)
    body = device.submission(clear, disclosures)
    key = device.record_keys[clear["id"]]
    token, *encoded, _ = body["record"].split("~")
    foreign = disclosure("note", "of another record")
    cases = {
        "one withheld": {
            **body,
            "record": "~".join([body["record"].split("~")[0], *encoded[1:], ""]),
        },
        "one not made": {**body, "record": signed(key, clear, encoded[1:])},
        "a foreign one": {**body, "record": body["record"] + foreign + "~"},
        "a foreign one instead": {
            **body,
            "record": "~".join([token, *encoded[:-1], foreign, ""]),
        },
        "one twice": {**body, "record": body["record"] + encoded[0] + "~"},
        "two of one name": {**body, "record": signed(key, clear, [*encoded, foreign])},
        "an unknown one": {
            **body,
            "record": signed(key, clear, [*encoded, disclosure("alias", "甲")]),
        },
        "an unknown one instead": {
            **body,
            "record": signed(key, clear, [*encoded[:-1], disclosure("alias", "甲")]),
        },
        "one in clear as well": {**body, "record": signed(key, {**clear, "note": "x"}, encoded)},
    }
    for what, wrong in cases.items():
        refused(what, wrong, 422, "disclosures-incomplete")

    decoys = sorted([b64url(secrets.token_bytes(32)), *_digests(body)])
    decoy = {**body, "record": signed(key, clear, encoded, _sd=decoys)}
    refused("a decoy", decoy, 422, "disclosures-incomplete")
    assert device.send(body).status_code == 201


def _digests(body):
    part = body["record"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims["_sd"]


CLEAR = [
    ("v", 2),
    ("v", True),
    ("v", "1"),
    ("id", "00000000-0000-1000-8000-000000000000"),
    ("id", "not an id"),
    ("campaign", None),
    ("campaign", 5),
    ("checklist", "A0000000-0000-4000-8000-000000000000"),
    ("unit", ""),
    ("supersedes", "0" * 63),
    ("supersedes", "A" * 64),
    ("media", None),
    ("media", ["0" * 64, "0" * 64]),
    ("media", ["f" * 64, "0" * 64]),
    ("media", ["0" * 64 + "\n"]),
    ("alias", "甲"),
]

DISCLOSED = [
    ("day", "2026-11-31"),
    ("day", "22.11.2026"),
    ("day", 20261122),
    ("visit", {"outcome": "perhaps"}),
    ("visit", {"reason": "none"}),
    ("visit", "done"),
    ("site", "somewhere"),
    ("subject", {"kind": "taxi", "label": "one", "plate": "secret"}),
    ("private", 5),
    ("answers", {}),
    ("answers", [{"item": "a"}]),
    ("answers", [{"item": "a", "value": True}]),
    ("answers", [{"item": "a", "value": None}]),
    ("answers", [{"item": "a", "value": ["b", 1]}]),
    ("answers", [{"item": "a", "value": "yes", "by": "me"}]),
    ("remarks", [{"item": "a", "text": "b", "media": ["c"]}]),
    ("place", {}),
    ("place", {"lat_e7": 900_000_001, "lon_e7": 0}),
    ("place", {"lat_e7": 0, "lon_e7": -1_800_000_001}),
    ("place", {"lat_e7": "0", "lon_e7": 0}),
    ("place", place(source="satellite")),
    ("place", place(at="2026-11-22 08:00:00Z")),
    ("place", place(at="2026-11-22T08:00:00.000+08:00")),
    ("place", place(at="2026-11-22T25:00:00.000Z")),
    ("place", place(measured={"lat_e7": 1})),
    ("place", {"reason": 5}),
    ("clock", {"started_at": 5}),
    ("clock", {"monotonic_ms": -1}),
    ("ride", {"fare_paid": "12"}),
    ("media_details", [{"bytes": 5}]),
    ("media_details", [{"sha256": "0" * 64, "source": "scanner"}]),
    ("origin", {"assignment": "mine"}),
    ("origin", "web"),
    ("note", ["text"]),
]


def test_members_have_the_form_that_the_page_gives_them(device, visit, refused):
    for member, value in CLEAR:
        clear, disclosures = visit(device)
        clear[member] = value
        key = device.record_keys.setdefault("x", new_key())
        body = _body(device, clear, disclosures, key)
        refused(f"{member}: {value!r}", body, 422, "record-malformed")
    for member, value in DISCLOSED:
        body = device.submission(*visit(device, **{member: value}))
        refused(f"{member}: {value!r}", body, 422, "record-malformed")
    clear, disclosures = visit(device)
    for member in clear:
        short = {name: value for name, value in clear.items() if name != member}
        body = _body(device, short, disclosures, device.record_keys["x"])
        refused(f"without {member}", body, 422, "record-malformed", f"/{member}")


def _body(device, clear, disclosures, key):
    certificate = device.certificate(str(clear.get("id")), key)
    record = device.sd_jwt(clear, disclosures, key)
    return {"record": record, "certificate": certificate, "link": device.link(certificate)}


def test_numbers_are_integers_and_names_stand_once(device, visit, refused):
    clear, disclosures = visit(device)
    body = device.submission(clear, disclosures)
    key = device.record_keys[clear["id"]]
    encoded = [part for part in body["record"].split("~")[1:-1] if '"note"' not in _text(part)]
    for what, text in {
        "a float": '["salt","note",1.5]',
        "an exponent": '["salt","note",1e2]',
        "a large number": '["salt","note",9007199254740992]',
        "not a number": '["salt","note",NaN]',
        "a name twice": '["salt","note",{"a":1,"a":2}]',
        "a lone surrogate": '["salt","note","\\ud800"]',
        "two members": '["note",null]',
        "deep": '["salt","note",' + "[" * 5000 + "]" * 5000 + "]",
    }.items():
        record = signed(key, clear, [*encoded, b64url(text.encode())])
        refused(what, {**body, "record": record}, 422, "record-malformed")


def _text(encoded):
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()


def test_size_and_number_of_media_are_bounded(device, visit, refused):
    large = device.submission(*visit(device, note="x" * (1 << 20)))
    refused("over 1 MiB", large, 413, "record-too-large")
    many = visit(device)
    many[0]["media"] = sorted(sha256(str(number)) for number in range(61))
    refused("61 media", device.submission(*many), 422, "too-many-media")
    many[0]["media"] = many[0]["media"][:60]
    many[0]["id"] = new_id()
    assert device.file(*many).status_code == 201


def test_a_submission_is_three_strings(device, visit, refused):
    body = device.submission(*visit(device))
    for what, wrong in {
        "no link": {name: body[name] for name in ("record", "certificate")},
        "a number": {**body, "certificate": 5},
        "null": {**body, "record": None},
        "empty": {**body, "link": ""},
        "more": {**body, "alias": "甲"},
        "an endless certificate": {**body, "certificate": "a" * 100_000},
    }.items():
        refused(what, wrong, 422, "invalid-input")


def test_only_phones_send_records(app, device, visit, campaign):
    body = device.submission(*visit(device))
    assert app.test_client().post("/api/v1/records", json=body).status_code == 401
    assert campaign.lead.post("/records", body).status_code == 403


def test_undeclared_media_are_not_taken(device, visit):
    clear, disclosures = visit(device)
    device.file(clear, disclosures)
    answer = device.create_upload(clear["id"], PHOTO)
    assert (answer.status_code, answer.json["code"]) == (409, "media-not-declared")


def test_a_submission_with_damaged_bytes_is_never_a_fault(device, visit, rows):
    """Whatever a transfer does to a submission, it is refused, or it is the same submission."""
    body = device.submission(*visit(device))
    assert device.send(body).status_code == 201
    stored = rows()

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(("record", "certificate", "link")),
        st.integers(0, 1 << 16),
        st.sampled_from(("flip", "drop", "double", "cut")),
        st.characters(codec="utf-8"),
    )
    def damage(member, at, how, character):
        text = body[member]
        at %= len(text)
        changed = {
            "flip": text[:at] + character + text[at + 1 :],
            "drop": text[:at] + text[at + 1 :],
            "double": text[:at] + text[at] + text[at:],
            "cut": text[:at],
        }[how]
        answer = device.send({**body, member: changed})
        if changed == text:
            assert answer.status_code == 200
        else:
            assert answer.status_code in (403, 422), answer.json
        assert rows() == stored

    damage()
