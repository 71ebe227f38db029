import json
import random
import stat
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anfang.kit import jose, sdjwt
from anfang.packs.verify import read_office_key, verify_pack
from support import pack_factory as factory
from support import pack_forge as forge

PROFILES = ("full", "protected")


def codes(verdict):
    return {(fault.file, fault.code) for fault in verdict.faults}


@pytest.mark.parametrize("profile", PROFILES)
def test_exit_codes_follow_who_is_trusted(profile, packs, office, tmp_path):
    path = packs[profile]
    stranger = jose.key_thumbprint(factory.key_of("stranger"))
    assert verify_pack(path).exit_code == 3
    assert verify_pack(path, known=[office.kid]).exit_code == 0
    assert verify_pack(path, office_key=office.kid).exit_code == 0
    refused = verify_pack(path, office_key=stranger, known=[office.kid])
    assert (refused.exit_code, refused.signer) == (1, "unknown")
    assert codes(refused) == {("bag-info.txt", "pack-signer-other")}
    pem = tmp_path / "office.pem"
    pem.write_bytes(jose.public_pem(office.key))
    assert read_office_key(str(pem)) == read_office_key(office.kid) == office.kid


def test_the_json_form(packs, office):
    assert verify_pack(packs["full"], office_key=office.kid).as_json() == {
        "sound": True, "signer": "known", "faults": [], "records": 2}  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_pack_is_exit_2(data, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    assert verify_pack(path).exit_code == 2
    assert verify_pack(tmp_path).exit_code == 2
    assert verify_pack(tmp_path / "absent").exit_code == 2


@pytest.mark.parametrize("profile", PROFILES)
def test_a_pack_packed_again_by_another_tool_is_still_sound(
    profile, packs, files, office, tmp_path
):
    path = forge.repack(tmp_path / "x.zip", files(packs[profile]), packs[profile].stem)
    assert verify_pack(path, office_key=office.kid).exit_code == 0


# --- mutations -------------------------------------------------------------------------


def mutants(profile):
    @settings(max_examples=120, deadline=None)
    @given(st.data())
    def test(small_packs, office, tmp_path_factory, data):
        original = small_packs[profile].read_bytes()
        place = data.draw(st.integers(0, len(original) - 1))
        kind = data.draw(st.sampled_from(["flip", "cut", "insert", "drop"]))
        changed = {
            "flip": lambda: (
                original[:place]
                + bytes([original[place] ^ 1 << data.draw(st.integers(0, 7))])
                + original[place + 1 :]
            ),
            "cut": lambda: original[:place],
            "insert": lambda: (
                original[:place] + data.draw(st.binary(min_size=1, max_size=9)) + original[place:]
            ),
            "drop": lambda: original[:place] + original[place + 1 :],
        }[kind]()
        if changed == original:
            return
        path = tmp_path_factory.getbasetemp() / f"mutant-{profile}.zip"
        path.write_bytes(changed)
        verdict = verify_pack(path, office_key=office.kid)
        assert verdict.exit_code in (1, 2)
        assert verdict.faults

    return test


test_no_change_of_a_full_packs_bytes_passes = mutants("full")
test_no_change_of_a_protected_packs_bytes_passes = mutants("protected")


@pytest.mark.parametrize("profile", PROFILES)
def test_every_kind_of_file_is_named_when_flipped_removed_or_swapped(
    profile, packs, files, office, tmp_path
):
    content, root = files(packs[profile]), packs[profile].stem
    rng = random.Random(profile)
    path = tmp_path / "x.zip"
    for name, data in content.items():
        flipped = bytearray(data)
        flipped[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        verdict = verify_pack(forge.repack(path, {**content, name: bytes(flipped)}, root))
        assert verdict.exit_code == 1
        assert name in {fault.file for fault in verdict.faults} or name.startswith("tag"), name
        removed = {other: d for other, d in content.items() if other != name}
        verdict = verify_pack(forge.repack(path, removed, root))
        assert verdict.exit_code == 1
        assert name in {fault.file for fault in verdict.faults}, name
        other = rng.choice([n for n in content if content[n] != data])
        verdict = verify_pack(
            forge.repack(path, {**content, name: content[other], other: data}, root)
        )
        assert verdict.exit_code == 1
        renamed = {(f"{n}x" if n == name else n): d for n, d in content.items()}
        assert verify_pack(forge.repack(path, renamed, root)).exit_code == 1


def added(name, mode=stat.S_IFREG | 0o644, data=b"x"):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.create_system = 3
    return info, data


@pytest.mark.parametrize(
    ("name", "mode", "file", "code"),
    [
        ("{root}/data/extra.txt", stat.S_IFREG, "data/extra.txt", "pack-file-unlisted"),
        ("{root}/run.sh", stat.S_IFREG, "run.sh", "pack-file-unlisted"),
        ("{root}/data/link", stat.S_IFLNK, "data/link", "pack-entry-special"),
        ("{root}/data/pipe", stat.S_IFIFO, "data/pipe", "pack-entry-special"),
        ("{root}/../outside", stat.S_IFREG, "../outside", "pack-path-unsafe"),
        ("/etc/outside", stat.S_IFREG, "etc/outside", "pack-path-unsafe"),
        ("{root}/data\\x", stat.S_IFREG, "data\\x", "pack-path-unsafe"),
        ("{root}/c:x", stat.S_IFREG, "c:x", "pack-path-unsafe"),
        ("elsewhere/x", stat.S_IFREG, "elsewhere/x", "pack-path-unsafe"),
        ("{root}/BAGIT.txt", stat.S_IFREG, "BAGIT.txt", "pack-path-duplicate"),
        ("{root}/bagit.txt", stat.S_IFREG, "bagit.txt", "pack-path-duplicate"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entries_that_do_not_belong_are_named(name, mode, file, code, packs, files, tmp_path):
    root = packs["full"].stem
    extra = [added(name.format(root=root), mode)]
    verdict = verify_pack(forge.repack(tmp_path / "x.zip", files(packs["full"]), root, extra))
    assert verdict.exit_code == 1
    assert (file, code) in codes(verdict)


def test_names_from_a_strangers_archive_cannot_command_a_terminal(packs, files, tmp_path):
    root = packs["full"].stem
    extra = [added(f"{root}/\x1b[2J")]
    verdict = verify_pack(forge.repack(tmp_path / "x.zip", files(packs["full"]), root, extra))
    assert verdict.exit_code == 1
    assert all(fault.file.isprintable() for fault in verdict.faults)


def test_an_encrypted_entry_and_a_bomb_are_refused_unread(packs, files, tmp_path):
    root, content = packs["full"].stem, files(packs["full"])
    path = forge.repack(tmp_path / "x.zip", content, root)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        data[archive.start_dir + 8] |= 1
    path.write_bytes(data)
    assert ("bagit.txt", "pack-entry-encrypted") in codes(verify_pack(path))
    bomb = zipfile.ZipInfo(f"{root}/data/bomb")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    forge.repack(path, content, root, [(bomb, bytes(200 << 20))])
    assert codes(verify_pack(path)) == {("x.zip", "pack-too-large")}


def test_bytes_hidden_before_between_or_behind_are_found(packs, files, tmp_path):
    path = forge.repack(tmp_path / "x.zip", files(packs["full"]), packs["full"].stem)
    clean = path.read_bytes()
    assert verify_pack(path).exit_code == 3
    with zipfile.ZipFile(path) as archive:
        directory = archive.start_dir
    for hidden in (b"#!/bin/sh\n" + clean,
                   clean[:directory] + b"h" * 99 + clean[directory:]):  # fmt: skip
        path.write_bytes(hidden)
        assert verify_pack(path).exit_code == 1


# --- forgeries: everything listed and signed anew by the forger --------------------------


@pytest.fixture
def forged(packs, files, tmp_path):
    """Change a pack's files, list and sign them with a key of one's own, verify."""

    def make(profile, change, key=None):
        pack_id, content = forge.relist(change(files(packs[profile])), key or factory.key_of("me"))
        return verify_pack(forge.repack(tmp_path / "forged.zip", content, pack_id))

    return make


def path_of(content, start, end):
    return next(name for name in sorted(content) if name.startswith(start) and name.endswith(end))


def both(content, start, end):
    return [name for name in sorted(content) if name.startswith(start) and name.endswith(end)][:2]


def test_signing_anew_without_change_is_consistent_but_unknown(forged):
    for profile in PROFILES:
        verdict = forged(profile, lambda content: content)
        assert (verdict.exit_code, verdict.signer) == (3, "unknown")


def test_a_whole_office_of_ones_own_is_unknown_and_refused_when_the_right_key_is_given(
    tmp_path, office
):
    mine = factory.Office(key=factory.key_of("mine"))
    path = factory.write_pack(tmp_path, factory.make_content(mine), mine.key)
    assert verify_pack(path).exit_code == 3
    assert verify_pack(path, known=[office.kid]).exit_code == 3
    assert verify_pack(path, office_key=office.kid).exit_code == 1


def test_a_replayed_receipt(forged):
    for profile in PROFILES:

        def swap(content):
            one, other = both(content, "data/receipts/", ".jwt")
            return {**content, one: content[other], other: content[one]}

        verdict = forged(profile, swap)
        assert {code for _, code in codes(verdict)} == {"pack-receipt-mismatch"}
        assert len({file for file, _ in codes(verdict)}) == 2


def test_a_receipt_by_a_foreign_key(forged):
    def resign(content):
        path = path_of(content, "data/receipts/", ".jwt")
        payload = jose.parse(content[path].decode(), typ="receipt+jwt").payload
        stranger = factory.key_of("stranger")
        token = jose.sign(stranger, payload, typ="receipt+jwt", kid=jose.key_thumbprint(stranger))
        return {**content, path: token.encode()}

    assert {code for _, code in codes(forged("full", resign))} == {"pack-receipt-invalid"}


def test_a_disclosure_of_another_record(forged):
    def move(content):
        one, other = both(content, "data/records/", ".sdjwt")
        stolen = sdjwt.split(content[other].decode())[1][0]
        token, own = sdjwt.split(content[one].decode())
        return {**content, one: "~".join([token, stolen, *own[1:], ""]).encode()}

    for profile in PROFILES:
        found = codes(forged(profile, move))
        assert "pack-record-invalid" in {code for _, code in found}


def test_a_disclosure_too_many_in_a_protected_pack(forged, office):
    whole = factory.make_record(factory.Office(), "a").sdjwt

    def disclose(content):
        shown = sdjwt.present(whole, {"day", "note", "site"})
        return {**content, f"data/records/{factory.id_of('a')}.sdjwt": shown.encode()}

    found = codes(forged("protected", disclose))
    path = f"data/records/{factory.id_of('a')}.sdjwt"
    assert found == {(path, "pack-disclosure-not-allowed"), (path, "pack-disclosure-missing")}


def test_originals_and_unknown_files_do_not_belong_in_a_protected_pack(forged):
    for name in ("data/media/" + "ab" * 32 + ".jpg", "data/certificates/x.json", "data/note.txt"):
        found = codes(forged("protected", lambda content, name=name: {**content, name: b"x"}))
        assert (name, "pack-file-unexpected") in found


def test_an_edited_pixel_outside_the_mask(forged):
    for change in ("edit", "paint"):

        def edit(content, change=change):
            path = path_of(content, "data/redacted/", ".png")
            image = factory.Image.open(factory.io.BytesIO(content[path]))
            place, colour = ((69, 44), (1, 2, 3)) if change == "edit" else ((0, 0), (1, 2, 3))
            image.putpixel(place, colour)
            return {**content, path: factory.png(*image.size, image.tobytes())}

        verdict = forged("protected", edit)
        found = codes(verdict)
        assert {code for _, code in found} == {
            "pack-redaction-invalid", "pack-log-entry-missing", "pack-review-mismatch",
        }  # fmt: skip
        assert len({file for file, _ in found}) == 1


def test_a_proof_for_another_picture(forged):
    def swap(content):
        one, other = both(content, "data/redacted/", ".proof.json")
        return {**content, one: content[other], other: content[one]}

    assert {c for _, c in codes(forged("protected", swap))} == {"pack-redaction-invalid"}


def test_a_root_of_ones_own_is_not_in_the_log(forged):
    data, width, height, rgb = factory.picture("a0")
    forger = factory.Office()
    other = factory.redact(
        forger, data, width, height, bytes(len(rgb)), record_id=factory.id_of("a")
    )

    def replace_picture(content):
        start = f"data/redacted/{other.original_sha256}"
        return {**content, f"{start}.png": next(iter(other.open())),
                f"{start}.proof.json": b"".join(other.proof.open())}  # fmt: skip

    found = codes(forged("protected", replace_picture))
    assert {code for _, code in found} == {"pack-log-entry-missing", "pack-review-mismatch"}


@pytest.mark.parametrize("trick", ["text", "palette", "trailing", "tall"])
def test_a_picture_that_is_more_than_pixels(trick, forged):
    def smuggle(content):
        path = path_of(content, "data/redacted/", ".png")
        data = content[path]
        image = factory.Image.open(factory.io.BytesIO(data))
        if trick == "tall":
            tall = factory.png(1, 4096, bytes(3 * 4096))
            return {**content, path: tall}
        if trick == "trailing":
            return {**content, path: data + b"hidden"}
        file = factory.io.BytesIO()
        if trick == "palette":
            image.convert("P").save(file, "PNG")
        else:
            image.save(file, "PNG", dpi=(72, 72))
        return {**content, path: file.getvalue()}

    assert "pack-picture-invalid" in {code for _, code in codes(forged("protected", smuggle))}


def edit_proofs(change):
    return lambda content: forge.edit_json(content, "data/log/proofs.json", change)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["entries"][0].update(index=d["entries"][0]["index"] + 1),
        lambda d: d["entries"][0].update(salt="00" * 16),
        lambda d: d["entries"][0].update(kind="gossip"),
        lambda d: d["entries"][0]["proof"].pop(),
        lambda d: d["entries"][0]["proof"].append("00" * 32),
        lambda d: d.update(size=d["size"] + 1),
    ],
)
def test_a_false_log_proof(change, forged):
    found = codes(forged("full", edit_proofs(change)))
    assert ("data/log/proofs.json", "pack-log-proof-invalid") in found


def test_everything_shown_must_be_logged(forged):
    for profile in PROFILES:
        verdict = forged(profile, edit_proofs(lambda document: document["entries"].clear()))
        assert {code for _, code in codes(verdict)} == {"pack-log-entry-missing"}
        named = {file.split("/")[1] for file, _ in codes(verdict)}
        pictures = "media" if profile == "full" else "redacted"
        assert named == {"records", "notices", "cases", pictures}


def test_a_checkpoint_of_another_log(forged, files, packs):
    other = factory.Office(log_key=factory.Ed25519PrivateKey.generate())
    for name in ("a", "b"):
        factory.make_record(other, name)
    note = other.sealed().checkpoint.encode()
    found = codes(forged("full", lambda content: {**content, "data/log/checkpoint": note}))
    assert ("data/log/checkpoint", "pack-checkpoint-invalid") in found


def test_dropped_and_planted_pictures(forged):
    def drop(content):
        path = path_of(content, "data/media/", ".jpg")

        def forget(document):
            for record in document["records"]:
                record["media"] = [m for m in record["media"] if m["file"] != path]

        kept = {name: data for name, data in content.items() if name != path}
        return forge.edit_json(kept, "data/pack.json", forget)

    # The log still tells that the office held it.
    assert {code for _, code in codes(forged("full", drop))} == {
        "pack-media-missing", "pack-log-entry-unexpected",
    }  # fmt: skip
    planted = f"data/media/{factory.sha256(b'x')}.jpg"
    found = codes(forged("full", lambda content: {**content, planted: b"x"}))
    assert found == {(planted, "pack-media-foreign")}


def test_an_index_that_is_not_of_the_published_form(forged):
    for change in (lambda d: d.update(v=2), lambda d: d.pop("records"), lambda d: d.update(x=1)):
        found = codes(forged("full", lambda c, f=change: forge.edit_json(c, "data/pack.json", f)))
        assert ("data/pack.json", "pack-document-invalid") in found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_document_makes_the_verifier_crash(packs, tmp_path_factory, data):
    content = forge.read(packs["protected"])
    path = data.draw(st.sampled_from(sorted(n for n in content if n.endswith(".json"))))
    document = json.loads(content[path])
    holder, key = document, data.draw(st.sampled_from(sorted(document)))
    while isinstance(holder[key], (dict, list)) and holder[key] and data.draw(st.booleans()):
        holder = holder[key]
        keys = sorted(holder) if isinstance(holder, dict) else range(len(holder))
        key = data.draw(st.sampled_from(keys))
    holder[key] = data.draw(JSON)
    changed = {**content, path: json.dumps(document).encode()}
    pack_id, listed = forge.relist(changed, factory.key_of("me"))
    target = tmp_path_factory.getbasetemp() / "crash.zip"
    assert verify_pack(forge.repack(target, listed, pack_id)).exit_code in (1, 3)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["v", "id", "media", "campaign", "x"]), JSON),
    st.dictionaries(st.sampled_from(["day", "site", "subject", "visit", "answers"]), JSON),
    st.dictionaries(st.sampled_from(["record", "record_sha256", "day", "media", "x"]), JSON),
)
def test_no_signed_nonsense_makes_the_verifier_crash(
    packs, tmp_path_factory, clear, disclosed, receipt
):
    key = factory.key_of("me")
    for profile, typ in (("full", "receipt+jwt"), ("protected", "day-receipt+jwt")):
        content = forge.read(packs[profile])
        content[path_of(content, "data/records/", "")] = sdjwt.issue(
            key, _writable(clear), _writable(disclosed)
        ).encode()
        content[path_of(content, "data/receipts/", "")] = jose.sign(
            key, _writable(receipt), typ=typ, kid=jose.key_thumbprint(key)
        ).encode()
        pack_id, listed = forge.relist(content, key)
        target = tmp_path_factory.getbasetemp() / "nonsense.zip"
        assert verify_pack(forge.repack(target, listed, pack_id)).exit_code == 1


def _writable(value):
    """Integers that have a canonical form."""
    if isinstance(value, dict):
        return {name: _writable(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_writable(member) for member in value]
    return value % 1000 if isinstance(value, int) else value


# --- keys and certificates ---------------------------------------------------------------


def test_a_rotated_key_still_verifies_and_trust_runs_forward_only(tmp_path):
    old = factory.Office()
    new = factory.key_of("new office key")
    data = factory.make_content(old)
    introduced = factory.content.OfficeKey(jose.public_pem(new), factory.introduction(old.key, new))
    rotated = replace(data, office_keys=(*data.office_keys, introduced))
    path = factory.write_pack(tmp_path, rotated, new)
    assert verify_pack(path, office_key=jose.key_thumbprint(new)).exit_code == 0
    assert verify_pack(path, office_key=old.kid).exit_code == 0
    assert verify_pack(path, known=[old.kid]).exit_code == 0
    backwards = factory.write_pack(tmp_path, rotated, old.key)
    assert verify_pack(backwards, office_key=jose.key_thumbprint(new)).exit_code == 1
    stranger = factory.content.OfficeKey(
        jose.public_pem(new), factory.introduction(factory.key_of("stranger"), new)
    )
    false = replace(data, office_keys=(*data.office_keys, stranger))
    verdict = verify_pack(factory.write_pack(tmp_path, false, new), office_key=old.kid)
    assert ("data/pack.json", "pack-introduction-invalid") in codes(verdict)


def test_a_released_certificate_is_bound_to_receipt_and_key(tmp_path):
    for changes, sound in (({}, True), ({"jkt": "x"}, False), ({"record": "x"}, False)):
        office = factory.Office()
        record = factory.released(office, **changes)
        data = replace(factory.make_content(office, records=()), records=(record,))
        verdict = verify_pack(factory.write_pack(tmp_path, data, office.key))
        assert verdict.sound is sound
        if not sound:
            assert {code for _, code in codes(verdict)} == {"pack-certificate-invalid"}


def test_a_certificate_needs_the_custodians_release_in_the_log(tmp_path):
    office = factory.Office()
    record = factory.released(office, logged=False)
    data = replace(factory.make_content(office, records=()), records=(record,))
    verdict = verify_pack(factory.write_pack(tmp_path, data, office.key), office_key=office.kid)
    path = f"data/certificates/{factory.id_of('a')}.json"
    assert codes(verdict) == {(path, "pack-log-entry-missing")}


@pytest.mark.parametrize("certified", [True, False])
def test_a_deleted_original_is_accounted_for_by_its_certificate(certified, tmp_path):
    office = factory.Office()
    made = factory.make_record(office, "a")
    gone, *rest = made.media
    certificate = factory.sha256(b"certificate of deletion")
    office.log("deletion", gone.sha256, certificate)
    deleted = replace(
        gone, open=None, absent="deleted", deletion=certificate if certified else None
    )
    data = replace(
        factory.make_content(office, records=()),
        records=(replace(made, media=(deleted, *rest)),),
    )
    verdict = verify_pack(factory.write_pack(tmp_path, data, office.key), office_key=office.kid)
    assert verdict.sound == certified
    if not certified:
        assert {code for _, code in codes(verdict)} == {
            "pack-media-missing", "pack-log-entry-unexpected",
        }  # fmt: skip
