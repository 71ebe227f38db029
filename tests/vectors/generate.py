"""Write the shared vectors that the Python and the TypeScript tests both read.

Run `python tests/vectors/generate.py` after a change of format; the files are committed and a
test checks that they are fresh. Everything is derived from constants: no clock, no randomness.
The keys are for tests only.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from anfang.kit import introductions, jcs, jose, leaves, merkle, notes, sdjwt

HERE = Path(__file__).parent
TYP = "receipt+jwt"


def key_of(name: str) -> jose.PrivateKey:
    scalar = int.from_bytes(hashlib.sha256(f"anfang test key {name}".encode()).digest(), "big")
    return ec.derive_private_key(scalar >> 1, ec.SECP256R1())


def salt_of(name: str) -> bytes:
    return hashlib.sha256(f"salt {name}".encode()).digest()[:16]


def raw_jws(key: jose.PrivateKey, header: bytes, payload: bytes) -> str:
    """Sign exactly these header and payload bytes, however wrong they are."""
    donor = jose.sign(key, {}, typ="x")
    signing_input = f"{jose.b64url_encode(header)}.{jose.b64url_encode(payload)}"
    der = jose.sign_der(key, signing_input.encode())
    jws = jose.parse(donor, typ="x")
    assert len(jws.signature) == 64
    r, s = decode_dss_signature(der)
    return f"{signing_input}.{jose.b64url_encode(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def described(key: jose.PrivateKey) -> dict[str, Any]:
    jwk = jose.public_jwk(key)
    return {
        "private_pem": jose.private_pem(key).decode(),
        "public_pem": jose.public_pem(key).decode(),
        "jwk": jwk,
        "thumbprint": jose.jwk_thumbprint(jwk),
        "comparison_number": jose.comparison_number(jwk),
    }


def jose_vectors() -> dict[str, Any]:
    office, other = key_of("office"), key_of("other")
    jwk = jose.public_jwk(office)
    payload = {"record": "4b4f6c5e-0d1a-4c1e-9a51-0a8c5f1f9a01", "complete": True, "备注": "车"}
    good = jose.sign(office, payload, typ=TYP, kid=jose.jwk_thumbprint(jwk))
    header, body, signature = good.split(".")
    body_bytes = jose.b64url_decode(body)

    def with_header(members: dict[str, Any]) -> str:
        return raw_jws(office, jcs.canonical(members), body_bytes)

    def refused(name: str, reason: str, token: str) -> dict[str, str]:
        return {"name": name, "reason": reason, "token": token}

    base = {"alg": "ES256", "typ": TYP}
    zero = jose.b64url_encode(bytes(64))
    return {
        "keys": {"office": described(office), "other": described(other)},
        "typ": TYP,
        "accepted": [
            {"name": "kid header", "token": good, "payload": payload},
            {
                "name": "own key in header",
                "token": with_header({**base, "jwk": jwk}),
                "payload": payload,
            },
            {
                "name": "free whitespace",
                "token": raw_jws(office, b'{ "typ":"receipt+jwt",\n "alg":"ES256" }', b'{"a": 1}'),
                "payload": {"a": 1},
            },
        ],
        "refused": [
            refused("signed by another key", "signature", jose.sign(other, payload, typ=TYP)),
            refused(
                "flipped payload",
                "signature",
                f"{header}.{jose.b64url_encode(body_bytes.replace(b'true', b'null'))}.{signature}",
            ),
            refused("zero signature", "signature", f"{header}.{body}.{zero}"),
            refused(
                "short signature", "signature", f"{header}.{body}.{jose.b64url_encode(bytes(63))}"
            ),
            refused(
                "DER signature",
                "signature",
                f"{header}.{body}."
                + jose.b64url_encode(jose.sign_der(office, f"{header}.{body}".encode())),
            ),
            refused("alg none", "alg", with_header({**base, "alg": "none"})),
            refused("alg HS256", "alg", with_header({**base, "alg": "HS256"})),
            refused("alg missing", "alg", with_header({"typ": TYP})),
            refused("another typ", "typ", with_header({**base, "typ": "ticket+jwt"})),
            refused("typ missing", "typ", with_header({"alg": "ES256"})),
            refused("crit", "crit", with_header({**base, "crit": ["exp"], "exp": 1})),
            refused("empty crit", "crit", with_header({**base, "crit": []})),
            refused("two parts", "compact", f"{header}.{body}"),
            refused("four parts", "compact", f"{good}.{signature}"),
            refused("padding", "base64url", f"{header}.{body}.{signature}=="),
            refused("plain base64", "base64url", f"{header}.{body}.{'+' + signature[1:]}"),
            refused(
                "second spelling of the last bits", "base64url", f"{header}.{body}.{zero[:-1]}B"
            ),
            refused("header is a list", "json", raw_jws(office, b"[]", body_bytes)),
            refused("payload is not JSON", "json", raw_jws(office, jcs.canonical(base), b"hello")),
            refused(
                "doubled name in header",
                "json-duplicate",
                raw_jws(office, b'{"alg":"none","alg":"ES256","typ":"receipt+jwt"}', body_bytes),
            ),
            refused(
                "doubled name in payload",
                "json-duplicate",
                raw_jws(office, jcs.canonical(base), b'{"a":1,"a":2}'),
            ),
            refused(
                "float in payload",
                "json-number",
                raw_jws(office, jcs.canonical(base), b'{"a":1.5}'),
            ),
            refused(
                "integer beyond 2^53-1",
                "json-number",
                raw_jws(office, jcs.canonical(base), b'{"a":9007199254740992}'),
            ),
            refused(
                "lone surrogate",
                "json",
                raw_jws(office, jcs.canonical(base), b'{"a":"\\ud800"}'),
            ),
        ],
        "jwks_refused": [
            {"name": "private member", "reason": "jwk-private", "jwk": {**jwk, "d": jwk["x"]}},
            {"name": "symmetric", "reason": "jwk-private", "jwk": {"kty": "oct", "k": "AAAA"}},
            {"name": "another curve", "reason": "jwk", "jwk": {**jwk, "crv": "P-384"}},
            {"name": "RSA", "reason": "jwk", "jwk": {"kty": "RSA", "n": "AQ", "e": "AQAB"}},
            {
                "name": "coordinate missing",
                "reason": "jwk",
                "jwk": {"kty": "EC", "crv": "P-256", "x": jwk["x"]},
            },
            {"name": "short coordinate", "reason": "jwk", "jwk": {**jwk, "y": "AA"}},
            {"name": "not on the curve", "reason": "jwk", "jwk": {**jwk, "y": jwk["x"]}},
            {"name": "not an object", "reason": "jwk", "jwk": "P-256"},
        ],
        "published": [
            {
                "source": "RFC 9449 §6.1",
                "thumbprint": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
                "jwk": {
                    "kty": "EC",
                    "crv": "P-256",
                    "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
                    "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
                },
            },
        ],
    }


def sdjwt_vectors() -> dict[str, Any]:
    key = key_of("record")
    clear = {"v": 1, "id": "7d3f8a52-3f1b-4c39-8f0e-5a5b0c9d1e02", "unit": None, "media": []}
    values: dict[str, Any] = {
        "day": "2026-11-21",
        "subject": {"kind": "window", "label": "3号窗口"},
        "private": None,
        "answers": [{"item": "a1", "value": "yes"}],
    }
    salts = {name: salt_of(name) for name in values}
    good = sdjwt.issue(key, clear, values, salts=salts)
    token, encoded = sdjwt.split(good)
    foreign = sdjwt.split(sdjwt.issue(key, clear, {"note": "x"}, salts={"note": salt_of("note")}))[
        1
    ][0]
    payload = jose.parse(token, typ=sdjwt.RECORD_TYP).payload

    def signed(change: Callable[[dict[str, Any]], None], disclosures: list[str]) -> str:
        changed = json.loads(json.dumps(payload))
        change(changed)
        jws = jose.sign(key, changed, typ=sdjwt.RECORD_TYP, jwk=jose.public_jwk(key))
        return "~".join([jws, *disclosures, ""])

    def made(*parts: Any) -> tuple[str, str]:
        text = jose.b64url_encode(jcs.canonical(list(parts)))
        return text, jose.b64url_encode(hashlib.sha256(text.encode()).digest())

    def with_made(*parts: Any) -> str:
        text, digest = made(*parts)
        return signed(lambda p: p.update(_sd=sorted([*p["_sd"], digest])), [*encoded, text])

    def refused(name: str, reason: str, text: str) -> dict[str, str]:
        return {"name": name, "reason": reason, "sdjwt": text}

    without_jwk = jose.sign(key, payload, typ=sdjwt.RECORD_TYP)
    private = jose.sign(
        key,
        payload,
        typ=sdjwt.RECORD_TYP,
        jwk={**jose.public_jwk(key), "d": jose.public_jwk(key)["x"]},
    )
    return {
        "key": described(key),
        "typ": sdjwt.RECORD_TYP,
        "salts": {name: jose.b64url_encode(salt) for name, salt in salts.items()},
        "complete": [
            {
                "name": "all disclosed",
                "sdjwt": good,
                "clear": clear,
                "disclosed": values,
                "record_sha256": sdjwt.record_sha256(good),
            },
        ],
        "presented": [
            {
                "name": f"only {sorted(names)}",
                "names": sorted(names),
                "sdjwt": sdjwt.present(good, names),
                "from": good,
                "clear": clear,
                "disclosed": {name: values[name] for name in values if name in names},
                "record_sha256": sdjwt.record_sha256(good),
            }
            for names in ({"day", "answers"}, set[str](), {"day", "unknown"})
        ],
        "refused": [
            refused("no trailing tilde", "form", good[:-1]),
            refused("key binding", "form", good + token),
            refused("only a JWS", "form", token),
            refused("empty disclosure", "form", good + "~"),
            refused("foreign disclosure", "disclosure-foreign", f"{good}{foreign}~"),
            refused("disclosure twice", "disclosure-name", f"{good}{encoded[0]}~"),
            refused(
                "flipped disclosure",
                "disclosure-foreign",
                good.replace(
                    encoded[0],
                    jose.b64url_encode(jose.b64url_decode(encoded[0]).replace(b"2026", b"2025")),
                ),
            ),
            refused("two of one name", "disclosure-name", with_made("c2FsdA", "day", "x")),
            refused("name already in clear", "disclosure-name", with_made("c2FsdA", "id", "x")),
            refused("reserved name", "disclosure-name", with_made("c2FsdA", "_sd", [])),
            refused("array element form", "disclosure", with_made("c2FsdA", "x")),
            refused("salt is a number", "disclosure", with_made(1, "note", "x")),
            refused("nested disclosure", "nested", with_made("c2FsdA", "note", {"_sd": []})),
            refused(
                "nested in clear",
                "nested",
                signed(lambda p: p.update(media=[{"...": "x"}]), encoded),
            ),
            refused(
                "descending digests",
                "sd-list",
                signed(lambda p: p.update(_sd=p["_sd"][::-1]), encoded),
            ),
            refused(
                "doubled digest",
                "sd-list",
                signed(lambda p: p.update(_sd=sorted([*p["_sd"], p["_sd"][0]])), encoded),
            ),
            refused("digest list missing", "sd-list", signed(lambda p: p.pop("_sd"), encoded)),
            refused(
                "digest is no hash", "sd-list", signed(lambda p: p.update(_sd=["AAAA"]), encoded)
            ),
            refused(
                "another digest algorithm",
                "sd-alg",
                signed(lambda p: p.update(_sd_alg="sha-512"), encoded),
            ),
            refused("no key in header", "jwk", "~".join([without_jwk, *encoded, ""])),
            refused("private key in header", "jwk-private", "~".join([private, *encoded, ""])),
            refused(
                "another typ",
                "typ",
                "~".join(
                    [jose.sign(key, payload, typ="sd-jwt", jwk=jose.public_jwk(key)), *encoded, ""]
                ),
            ),
        ],
        "incomplete": [
            refused(
                "disclosure left out", "disclosure-missing", "~".join([token, *encoded[1:], ""])
            ),
            refused(
                "decoy digest",
                "disclosure-missing",
                signed(lambda p: p.update(_sd=sorted([*p["_sd"], made("d", "e", 1)[1]])), encoded),
            ),
        ],
        "published": [
            {
                "source": "RFC 9901 §5.1",
                "name": "given_name",
                "value": "John",
                "disclosure": "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd",
                "digest": "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4",
            },
        ],
    }


def merkle_vectors() -> dict[str, Any]:
    data = [
        bytes.fromhex(text)
        for text in (
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        )
    ]
    tree = merkle.Tree(merkle.leaf_hash(entry) for entry in data)
    size = len(tree)
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"anfang test log key").digest())
    checkpoint = notes.Checkpoint("log.example", size, tree.root())
    entry = {
        "kind": "media",
        "subject": "7d3f8a52-3f1b-4c39-8f0e-5a5b0c9d1e02",
        "sha256": "ab" * 32,
        "salt": salt_of("leaf").hex(),
    }
    return {
        "source": "leaves and roots as in RFC 6962's reference implementation",
        "empty_root": merkle.EMPTY_ROOT.hex(),
        "leaves": [entry.hex() for entry in data],
        "leaf_hashes": [merkle.leaf_hash(entry).hex() for entry in data],
        "roots": {str(n): tree.root(n).hex() for n in range(1, size + 1)},
        "inclusion": [
            {
                "index": index,
                "size": n,
                "leaf": merkle.leaf_hash(data[index]).hex(),
                "root": tree.root(n).hex(),
                "proof": [digest.hex() for digest in tree.inclusion_proof(index, n)],
            }
            for n in range(1, size + 1)
            for index in range(n)
        ],
        "consistency": [
            {
                "old": old,
                "new": n,
                "old_root": tree.root(old).hex(),
                "new_root": tree.root(n).hex(),
                "proof": [digest.hex() for digest in tree.consistency_proof(old, n)],
            }
            for n in range(1, size + 1)
            for old in range(n + 1)
        ],
        "checkpoint": {
            "verifier": str(notes.verifier_of("log.example", key)),
            "note": notes.sign_checkpoint(checkpoint, key),
            "size": size,
            "root": tree.root().hex(),
        },
        "log_entry": {
            **entry,
            "leaf": leaves.leaf_bytes(
                "media", leaves.commitment(salt_of("leaf"), entry["subject"], entry["sha256"])
            ).decode(),
            "leaf_hash": leaves.leaf_hash(
                "media", entry["subject"], entry["sha256"], salt_of("leaf")
            ).hex(),
        },
    }


def jcs_vectors() -> dict[str, Any]:
    documents: list[tuple[str, str]] = [
        (
            "RFC 8785 §3.2.3: names sort by UTF-16 units",
            '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With '
            'Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control",'
            '"\\u00f6":"Latin Small Letter O With Diaeresis"}',
        ),
        ("literals and escapes", '{"b":[null,true,false],"a":"\\u000f\\n\\"\\\\\\/\\u20ac"}'),
        ("numbers", "[0,-1,9007199254740991,-9007199254740991]"),
        ("hanzi stay", '{"暗访":"出租车","字":"𠮷"}'),
        ("empty", "{}"),
    ]
    return {
        "canonical": [
            {"name": name, "json": text, "canonical": jcs.canonical(json.loads(text)).decode()}
            for name, text in documents
        ],
        "refused": [
            {"name": "doubled name", "reason": "json-duplicate", "json": '{"a":1,"a":1}'},
            {
                "name": "doubled name by escape",
                "reason": "json-duplicate",
                "json": '{"a":1,"\\u0061":1}',
            },
            {"name": "float", "reason": "json-number", "json": "[0.5]"},
            {"name": "NaN", "reason": "json-number", "json": "[NaN]"},
            {"name": "big integer", "reason": "json-number", "json": "[9007199254740992]"},
            {"name": "lone surrogate", "reason": "json", "json": '["\\udc00"]'},
            {"name": "lone surrogate, name", "reason": "json", "json": '{"a":1,"\\udabe":1}'},
            {"name": "trailing text", "reason": "json", "json": "{} {}"},
            {"name": "trailing comma", "reason": "json", "json": "[1,]"},
        ],
    }


def introduction_vectors() -> dict[str, Any]:
    """Which keys a phone trusts that pinned one, given what the office publishes."""
    names = ("office", "second", "third", "other")
    keys = {name: key_of(name) for name in names}
    thumbprints = {name: jose.key_thumbprint(key) for name, key in keys.items()}

    def introduced(earlier: str, later: str) -> str:
        return introductions.introduce(keys[earlier], keys[later].public_key())

    def posing(typ: str, signer: str) -> str:
        """As if the first key had introduced the second."""
        payload = {"jwk": jose.public_jwk(keys["second"])}
        return jose.sign(keys[signer], payload, typ=typ, kid=thumbprints["office"])

    def case(name: str, pinned: str, tokens: list[str], trusted: set[str]) -> dict[str, Any]:
        return {
            "name": name,
            "pinned": thumbprints[pinned],
            "introductions": tokens,
            "trusted": sorted(thumbprints[one] for one in trusted),
        }

    first, then = introduced("office", "second"), introduced("second", "third")
    back, strange = introduced("second", "office"), introduced("other", "second")
    return {
        "keys": [jose.public_jwk(key) for key in keys.values()],
        "cases": [
            case("the next key", "office", [first], {"office", "second"}),
            case(
                "step by step, in any order", "office", [then, first], {"office", "second", "third"}
            ),
            case("forward only", "second", [first, then], {"second", "third"}),
            case("a circle", "office", [first, back], {"office", "second"}),
            case("a theft: nobody introduced the next key", "office", [], {"office"}),
            case("a theft: nor those that follow it", "office", [then], {"office"}),
            case("by a stranger", "office", [strange], {"office"}),
            case("forged", "office", [posing(introductions.TYP, "other")], {"office"}),
            case("another kind of document", "office", [posing(TYP, "office")], {"office"}),
            case(
                "one that is none beside one that is", "office", ["x", first], {"office", "second"}
            ),
        ],
    }


def documents() -> dict[str, dict[str, Any]]:
    return {
        "jose.json": jose_vectors(),
        "sdjwt.json": sdjwt_vectors(),
        "merkle.json": merkle_vectors(),
        "jcs.json": jcs_vectors(),
        "introductions.json": introduction_vectors(),
    }


def rendered(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name, document in documents().items():
        (HERE / name).write_text(rendered(document), encoding="utf-8")
