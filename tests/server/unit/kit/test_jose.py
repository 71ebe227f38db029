import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as oracle
from joserfc.jwk import ECKey

from anfang.kit import jcs, jose

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "jose.json").read_text("utf-8"))
OFFICE = jose.load_private_pem(VECTORS["keys"]["office"]["private_pem"].encode())


def named(entries):
    return pytest.mark.parametrize("vector", entries, ids=lambda vector: vector["name"])


@named(VECTORS["accepted"])
def test_accepts_good_tokens(vector):
    jws = jose.verify(vector["token"], typ=VECTORS["typ"], key=OFFICE.public_key())
    assert jws.payload == vector["payload"]


@named(VECTORS["refused"])
def test_refuses_bad_tokens_with_their_reason(vector):
    with pytest.raises(jose.JoseError) as refusal:
        jose.verify(vector["token"], typ=VECTORS["typ"], key=OFFICE.public_key())
    assert refusal.value.reason == vector["reason"]


@named(VECTORS["jwks_refused"])
def test_refuses_bad_keys_with_their_reason(vector):
    with pytest.raises(jose.JoseError) as refusal:
        jose.key_from_jwk(vector["jwk"])
    assert refusal.value.reason == vector["reason"]


def test_thumbprints_and_comparison_numbers():
    for key in VECTORS["keys"].values():
        assert jose.jwk_thumbprint(key["jwk"]) == key["thumbprint"]
        assert jose.comparison_number(key["jwk"]) == key["comparison_number"]
        assert jose.public_pem(jose.key_from_jwk(key["jwk"])).decode() == key["public_pem"]
    for published in VECTORS["published"]:
        assert jose.jwk_thumbprint(published["jwk"]) == published["thumbprint"]


def test_rfc7515_appendix_a3_verifies():
    key = jose.key_from_jwk(
        {
            "kty": "EC",
            "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        }
    )
    signing_input = (
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
        "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    )
    signature = (
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    )
    jws = jose.Jws("", {}, {}, signing_input.encode(), jose.b64url_decode(signature))
    jose.check_signature(jws, key)


def test_another_library_reads_ours_and_we_read_theirs():
    pem = VECTORS["keys"]["office"]["private_pem"]
    theirs = ECKey.import_key(pem)
    ours = jose.sign(OFFICE, {"a": "好"}, typ="ticket+jwt")
    assert json.loads(oracle.deserialize_compact(ours, theirs).payload) == {"a": "好"}
    token = oracle.serialize_compact({"alg": "ES256", "typ": "ticket+jwt"}, b'{"b":1}', theirs)
    assert jose.verify(token, typ="ticket+jwt", key=OFFICE.public_key()).payload == {"b": 1}


def test_office_signatures_are_deterministic():
    assert jose.sign(OFFICE, {"a": 1}, typ="x") == jose.sign(OFFICE, {"a": 1}, typ="x")
    assert jose.sign_der(OFFICE, b"x") == jose.sign_der(OFFICE, b"x")


def test_kid_selects_the_key():
    thumbprint = jose.key_thumbprint(OFFICE)
    token = jose.sign(OFFICE, {}, typ="x", kid=thumbprint)
    keys = {thumbprint: OFFICE.public_key()}
    assert jose.verify_by_kid(token, typ="x", keys=keys).header["kid"] == thumbprint
    with pytest.raises(jose.JoseError, match="kid"):
        jose.verify_by_kid(token, typ="x", keys={})


@given(st.data())
def test_any_changed_character_is_refused(data):
    token = VECTORS["accepted"][0]["token"]
    position = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.characters().filter(lambda c: c != token[position]))
    changed = token[:position] + letter + token[position + 1 :]
    with pytest.raises(jose.JoseError):
        jose.verify(changed, typ=VECTORS["typ"], key=OFFICE.public_key())


@given(st.text(max_size=60))
def test_garbage_raises_only_our_error(text):
    with pytest.raises(jose.JoseError):
        jose.verify(text, typ="x", key=OFFICE.public_key())


@given(st.binary(max_size=80))
def test_base64url_round_trip(data):
    assert jose.b64url_decode(jose.b64url_encode(data)) == data


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(JSON)
def test_canonical_json_reads_back_the_same(value):
    assert jcs.loads(jcs.canonical(value)) == value


@pytest.mark.parametrize("nesting", [b"[" * 100_000, b'{"a":' * 100_000])
def test_deep_nesting_is_refused_not_a_crash(nesting):
    with pytest.raises(jcs.StrictJsonError):
        jcs.loads(nesting)
