"""The standards' own test data, which nobody here wrote (`tests/vectors/published`)."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from anfang.kit import jcs, jose, merkle, sdjwt

PUBLISHED = Path(__file__).parents[3] / "vectors" / "published"


def vectors(name):
    return json.loads((PUBLISHED / f"{name}.json").read_text("utf-8"))


WYCHEPROOF = vectors("wycheproof_ecdsa_p256_sha256_p1363")
JCS = vectors("rfc8785_jcs")
RFC9901 = vectors("rfc9901_sdjwt")
TREE = vectors("rfc6962_tree")


def test_wycheproof_signatures_are_judged_as_wycheproof_does():
    judged = 0
    for group in WYCHEPROOF["groups"]:
        point = bytes.fromhex(group["key"])
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        for number, comment, message, signature, result in group["tests"]:
            jws = jose.Jws("", {}, {}, bytes.fromhex(message), bytes.fromhex(signature))
            judged += 1
            if result == "valid":
                jose.check_signature(jws, key)
                continue
            with pytest.raises(jose.JoseError) as refused:
                jose.check_signature(jws, key)
            assert refused.value.reason == "signature", (number, comment)
    assert judged == WYCHEPROOF["numberOfTests"] == 262


@pytest.mark.parametrize("case", JCS["cases"], ids=lambda case: case["name"])
def test_canonical_forms_are_those_of_the_authors_of_rfc8785(case):
    assert jcs.canonical(json.loads(case["input"])).decode() == case["canonical"]


@pytest.mark.parametrize("case", JCS["cases"], ids=lambda case: case["name"])
def test_only_fractions_keep_a_published_document_from_being_read_strictly(case):
    data = case["input"].encode()
    if case["name"] in {"values", "structures"}:
        with pytest.raises(jcs.StrictJsonError) as refused:
            jcs.loads(data)
        assert refused.value.reason == "json-number"
    else:
        assert jcs.canonical(jcs.loads(data)).decode() == case["canonical"]


def test_disclosures_of_rfc9901_have_its_digests():
    for published in RFC9901["disclosures"]:
        contents, encoded = published["contents"], published["disclosure"]
        if len(contents) == 2:  # of an array's element: packs and records have none
            with pytest.raises(sdjwt.SdJwtError) as refused:
                sdjwt.parse_disclosure(encoded)
            assert refused.value.reason == "disclosure"
            continue
        disclosure = sdjwt.parse_disclosure(encoded)
        assert [disclosure.salt, disclosure.name, disclosure.value] == contents
        assert disclosure.digest == published["digest"]


def test_a_disclosure_may_be_spelt_in_several_ways_of_which_each_has_its_own_digest():
    spellings = RFC9901["other_spellings"]
    read = [sdjwt.parse_disclosure(encoded) for encoded in spellings["disclosures"]]
    assert {(one.salt, one.name, one.value) for one in read} == {tuple(spellings["contents"])}
    assert len({one.digest for one in read}) == len(read) == 3


def test_the_sd_jwt_of_rfc9901_verifies_and_is_no_record():
    issued = RFC9901["issued"]
    key = jose.key_from_jwk(issued["issuer_key"])
    payload = jose.verify(issued["jws"], typ=issued["typ"], key=key).payload
    digests = {one["digest"] for one in RFC9901["disclosures"] if one["section"] == "§5.1"}
    nested = {element["..."] for element in payload["nationalities"]}
    assert set(payload["_sd"]) | nested == digests
    text = "~".join([issued["jws"], RFC9901["disclosures"][0]["disclosure"], ""])
    # It names its key elsewhere, and a record holds its key itself.
    with pytest.raises(jose.JoseError) as refused:
        sdjwt.verify(text, typ=issued["typ"], complete=False)
    assert refused.value.reason == "jwk"


def test_trees_and_proofs_are_those_of_the_reference_implementation():
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in TREE["leaves"]]
    tree, roots = merkle.Tree(leaves), [bytes.fromhex(root) for root in TREE["roots"]]
    assert [tree.root(size) for size in range(1, 9)] == roots
    assert tree.root(0).hex() == TREE["empty_root"]
    for case in TREE["inclusion"]:
        index, size = case["index"], case["size"]
        proof = [bytes.fromhex(node) for node in case["proof"]]
        assert tree.inclusion_proof(index, size) == proof
        assert merkle.verify_inclusion(leaves[index], index, size, proof, roots[size - 1])
    for case in TREE["consistency"]:
        old, new = case["old"], case["new"]
        proof = [bytes.fromhex(node) for node in case["proof"]]
        assert tree.consistency_proof(old, new) == proof
        assert merkle.verify_consistency(old, new, roots[old - 1], roots[new - 1], proof)
