import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit import leaves, merkle

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "merkle.json").read_text("utf-8"))
# The roots that RFC 6962's reference implementation gives for these eight leaves.
PUBLISHED_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def unhex(digests):
    return [bytes.fromhex(digest) for digest in digests]


def test_published_roots():
    hashes = unhex(VECTORS["leaf_hashes"])
    assert hashes == [merkle.leaf_hash(data) for data in unhex(VECTORS["leaves"])]
    for size, root in PUBLISHED_ROOTS.items():
        assert merkle.tree_root(hashes[:size]).hex() == root == VECTORS["roots"][str(size)]
    assert merkle.tree_root([]).hex() == VECTORS["empty_root"]


def test_vectors_of_inclusion():
    tree = merkle.Tree(unhex(VECTORS["leaf_hashes"]))
    for case in VECTORS["inclusion"]:
        proof, root = unhex(case["proof"]), bytes.fromhex(case["root"])
        assert tree.inclusion_proof(case["index"], case["size"]) == proof
        leaf = bytes.fromhex(case["leaf"])
        assert merkle.verify_inclusion(leaf, case["index"], case["size"], proof, root)


def test_vectors_of_consistency():
    tree = merkle.Tree(unhex(VECTORS["leaf_hashes"]))
    for case in VECTORS["consistency"]:
        proof = unhex(case["proof"])
        assert tree.consistency_proof(case["old"], case["new"]) == proof
        old_root, new_root = bytes.fromhex(case["old_root"]), bytes.fromhex(case["new_root"])
        assert merkle.verify_consistency(case["old"], case["new"], old_root, new_root, proof)


def leaf_list(count):
    return [merkle.leaf_hash(index.to_bytes(4, "big")) for index in range(count)]


@given(st.data())
def test_a_proof_holds_for_its_place_only(data):
    size = data.draw(st.integers(1, 200))
    index = data.draw(st.integers(0, size - 1))
    hashes = leaf_list(size)
    root, proof = merkle.tree_root(hashes), merkle.inclusion_proof(hashes, index)
    assert merkle.verify_inclusion(hashes[index], index, size, proof, root)
    other = data.draw(
        st.integers(0, size - 1).filter(lambda i: i != index) if size > 1 else st.just(1)
    )
    assert not merkle.verify_inclusion(hashes[index], other, size, proof, root)
    assert not merkle.verify_inclusion(hashes[index], index, size, [*proof, root], root)
    assert not merkle.verify_inclusion(bytes(32), index, size, proof, root)


@given(st.data())
def test_a_rewritten_past_is_never_consistent(data):
    new = data.draw(st.integers(2, 200))
    old = data.draw(st.integers(1, new - 1))
    hashes = leaf_list(new)
    forged = [*hashes]
    forged[data.draw(st.integers(0, old - 1))] = bytes(32)
    before, after = merkle.tree_root(hashes[:old]), merkle.tree_root(forged)
    honest = merkle.consistency_proof(hashes, old)
    assert merkle.verify_consistency(old, new, before, merkle.tree_root(hashes), honest)
    for proof in (honest, merkle.consistency_proof(forged, old), []):
        assert not merkle.verify_consistency(old, new, before, after, proof)


def test_places_outside_the_tree_are_refused():
    tree = merkle.Tree(leaf_list(3))
    for call in (
        lambda: tree.root(4),
        lambda: tree.inclusion_proof(3),
        lambda: tree.append(b"x"),
        lambda: tree.consistency_proof(4),
        lambda: tree.inclusion_proof(-1),
    ):
        with pytest.raises(ValueError, match=r"outside|bytes"):
            call()


def test_log_leaf_is_bound_to_kind_subject_hash_and_salt():
    entry = VECTORS["log_entry"]
    salt = bytes.fromhex(entry["salt"])
    c = leaves.commitment(salt, entry["subject"], entry["sha256"])
    assert leaves.leaf_bytes(entry["kind"], c).decode() == entry["leaf"]
    same = leaves.leaf_hash(entry["kind"], entry["subject"], entry["sha256"], salt)
    assert same.hex() == entry["leaf_hash"]
    others = {
        leaves.leaf_hash("pixels", entry["subject"], entry["sha256"], salt),
        leaves.leaf_hash(entry["kind"], "x", entry["sha256"], salt),
        leaves.leaf_hash(entry["kind"], entry["subject"], "cd" * 32, salt),
        leaves.leaf_hash(entry["kind"], entry["subject"], entry["sha256"], bytes(16)),
    }
    assert len(others | {same}) == 5
    with pytest.raises(ValueError, match="kind"):
        leaves.leaf_bytes("gossip", c)
