"""Every kind of file of both profiles, flipped, cut, swapped, added to, removed, renamed.

Twice: as a thief would, leaving lists and signature as they are, and as a forger would, who lists
everything anew and signs it with a key of his own. What a forger may then change is only what the
signer vouches for alone (docs/pack-faults.md).
"""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anfang.kit import jose
from anfang.packs.verify import verify_pack
from support import pack_factory as factory
from support import pack_forge as forge

KINDS = {
    "full": (
        r"bagit\.txt", r"bag-info\.txt", r"manifest-sha256\.txt", r"tagmanifest-sha256\.txt",
        r"tagmanifest-sha256\.sig", r"VERIFY\.md", r"keys/.*\.pem", r"keys/log\.pub",
        r"data/index\.html", r"data/pack\.json", r"data/ledger\.xlsx", r"data/records/.*",
        r"data/receipts/.*", r"data/media/.*", r"data/log/checkpoint", r"data/log/proofs\.json",
        r"data/notices/.*", r"data/cases/.*",
    ),
}  # fmt: skip
KINDS["protected"] = (
    *(kind for kind in KINDS["full"] if "media" not in kind),
    r"data/redacted/.*\.png",
    r"data/redacted/.*\.proof\.json",
)
# What the forger's own signature cannot make true; of cases, the words (another test holds them).
BOUND = re.compile(
    r"data/(records|receipts|media|redacted|notices)/.*|data/log/(checkpoint|proofs\.json)"
)
ONES_OWN = factory.key_of("me")


def test_no_kind_of_file_is_forgotten(small_packs):
    for profile, kinds in KINDS.items():
        files = forge.read(small_packs[profile])
        found = {kind: [name for name in files if re.fullmatch(kind, name)] for kind in kinds}
        assert all(found.values())
        assert set(files) == {name for names in found.values() for name in names}


def changed(data, files, name, among):
    """Draw what is done to one file; gives the files and the names of which one must be named.

    `among`: the files that it may be swapped with.
    """
    content = files[name]
    others = sorted(other for other in among if files[other] != content)
    place = data.draw(st.integers(0, len(content) - 1))
    how = data.draw(
        st.sampled_from(["flip", "cut", "insert", "append", "empty", "swap", "remove", "rename"])
    )
    kept = {other: found for other, found in files.items() if other != name}
    if how == "remove":
        return kept, {name}
    if how == "rename":
        new = name + data.draw(st.sampled_from(["x", ".bak", "/x"]))
        return {**kept, new: content}, {name, new}
    if how == "swap":
        other = data.draw(st.sampled_from(others))
        return {**files, name: files[other], other: content}, {name, other}
    flipped = bytes([content[place] ^ 1 << data.draw(st.integers(0, 7))])
    junk = data.draw(st.binary(min_size=1, max_size=9))
    edited = {
        "flip": content[:place] + flipped + content[place + 1 :],
        "cut": content[:place],
        "insert": content[:place] + junk + content[place:],
        "append": content + junk,
        "empty": b"",
    }[how]
    return {**files, name: edited}, {name}


def drawn_name(data, files, kinds):
    kind = data.draw(st.sampled_from(kinds))
    return data.draw(st.sampled_from(sorted(n for n in files if re.fullmatch(kind, n))))


def says_the_same(document, other):
    """Whether two texts are the same JSON: spaces between its parts say nothing."""
    try:
        return json.loads(document) == json.loads(other)
    except (ValueError, TypeError):
        return False


def thief(profile, examples):
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test(small_packs, office, tmp_path_factory, data):
        files, root = forge.read(small_packs[profile]), small_packs[profile].stem
        name = drawn_name(data, files, KINDS[profile])
        edited, suspects = changed(data, files, name, files)
        if edited == files:
            return
        path = tmp_path_factory.getbasetemp() / f"thief-{profile}.zip"
        verdict = verify_pack(forge.repack(path, edited, root), office_key=office.kid)
        assert verdict.exit_code == 1
        if name == "tagmanifest-sha256.txt":
            suspects.add("tagmanifest-sha256.sig")
        assert suspects & {fault.file for fault in verdict.faults}

    return test


def forger(profile, examples):
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test(small_packs, tmp_path_factory, data):
        files = forge.read(small_packs[profile])
        bound = sorted(name for name in files if BOUND.fullmatch(name))
        name = data.draw(st.sampled_from(bound))
        edited, suspects = changed(data, files, name, bound)
        if edited == files or says_the_same(files[name], edited.get(name)):
            return
        pack_id, listed = forge.relist(edited, ONES_OWN)
        path = tmp_path_factory.getbasetemp() / f"forger-{profile}.zip"
        verdict = verify_pack(forge.repack(path, listed, pack_id))
        assert verdict.exit_code == 1
        # A picture and its proof accuse each other; a checkpoint and the proofs under it too.
        stems = {re.sub(r"(\.png|\.proof\.json)$|(checkpoint|proofs\.json)$", "", n)
                 for n in suspects}  # fmt: skip
        named = {fault.file for fault in verdict.faults}
        assert any(file.startswith(stem) for file in named for stem in stems)

    return test


test_a_thief_is_found_in_a_full_pack = thief("full", 60)
test_a_thief_is_found_in_a_protected_pack = thief("protected", 60)
test_a_forger_is_found_in_a_full_pack = forger("full", 60)
test_a_forger_is_found_in_a_protected_pack = forger("protected", 60)
test_a_thief_is_found_in_a_full_pack_at_length = pytest.mark.slow(thief("full", 1500))
test_a_thief_is_found_in_a_protected_pack_at_length = pytest.mark.slow(thief("protected", 1500))
test_a_forger_is_found_in_a_full_pack_at_length = pytest.mark.slow(forger("full", 1500))
test_a_forger_is_found_in_a_protected_pack_at_length = pytest.mark.slow(forger("protected", 1500))


@pytest.mark.parametrize("profile", KINDS)
def test_a_file_that_a_forger_adds_and_lists_is_found(profile, small_packs, tmp_path):
    files = forge.read(small_packs[profile])
    hexed = "ab" * 32
    for name in (
        "run.sh", "data/note.txt", "data/records/x.sdjwt", "data/receipts/x.jwt",
        f"data/media/{hexed}.jpg", f"data/redacted/{hexed}.png", "data/log/99.tsr",
        f"data/redacted/{hexed}.proof.json", "data/notices/x.pdf", "data/cases/x.json",
        "data/certificates/x.json", "keys/x.pem", "keys/tsa.pem",
        f"keys/{jose.key_thumbprint(factory.key_of('stray'))}.pem",
    ):  # fmt: skip
        data = jose.public_pem(factory.key_of("stray")) if name.endswith(".pem") else b"x"
        pack_id, listed = forge.relist({**files, name: data}, ONES_OWN)
        verdict = verify_pack(forge.repack(tmp_path / "x.zip", listed, pack_id))
        assert verdict.exit_code == 1, name
        assert name in {fault.file for fault in verdict.faults}, name


@pytest.mark.parametrize("profile", KINDS)
def test_what_only_the_signer_vouches_for_needs_the_right_signer(
    profile, small_packs, office, tmp_path
):
    """The other side of the same promise: a page of one's own is the forger's, and says so."""
    files = forge.read(small_packs[profile])
    files["data/index.html"] = "<p>另一种说法</p>".encode()
    pack_id, listed = forge.relist(files, ONES_OWN)
    path = forge.repack(tmp_path / "x.zip", listed, pack_id)
    assert verify_pack(path).exit_code == 3
    refused = verify_pack(path, office_key=office.kid)
    assert [fault.code for fault in refused.faults] == ["pack-signer-other"]
