"""The office itself edits a pack and signs it anew with its own key: the log still knows."""

import hashlib
import json
import zipfile

import pytest

from anfang.kit import jose, minutes, sdjwt
from anfang.packs.content import DISCLOSURES
from anfang.packs.verify import verify_pack
from support import pack_factory as factory
from support import pack_forge as forge

PROFILES = ("full", "protected")
RECORD = f"data/records/{factory.id_of('a')}.sdjwt"
CASE = f"data/cases/{factory.id_of('case')}.json"
PROOFS = "data/log/proofs.json"


@pytest.fixture
def resigned(packs, files, office, tmp_path):
    """Change the files of a pack, have the office sign them; gives what is found wrong."""

    def make(profile, change):
        pack_id, content = forge.relist(change(files(packs[profile])), office.key)
        path = forge.repack(tmp_path / "resigned.zip", content, pack_id)
        verdict = verify_pack(path, office_key=office.kid)
        assert verdict.exit_code == (1 if verdict.faults else 0)
        return {(fault.file, fault.code) for fault in verdict.faults}

    return make


def index(change):
    """Change the line of the first record in `pack.json`."""

    def edit(document):
        line = next(r for r in document["records"] if r["record"] == factory.id_of("a"))
        change(line)

    return lambda content: forge.edit_json(content, "data/pack.json", edit)


def code_of(found):
    return {code for _, code in found}


@pytest.mark.parametrize("profile", PROFILES)
def test_signing_the_same_anew_changes_nothing(profile, resigned):
    assert resigned(profile, lambda content: content) == set()


# --- decisions ------------------------------------------------------------------------------


def test_a_decision_that_was_turned_round(resigned):
    def flip(line):
        line["review"]["decision"] = "rejected"

    assert resigned("full", index(flip)) == {(RECORD, "pack-review-mismatch")}
    assert resigned("protected", index(flip)) == {
        (RECORD, "pack-review-mismatch"),
        (RECORD, "pack-review-missing"),
    }


@pytest.mark.parametrize("profile", PROFILES)
def test_a_decision_that_was_turned_round_in_its_minute_too(profile, resigned):
    def flip(line):
        line["review"]["decision"] = line["review"]["minute"]["decision"] = "returned"

    assert (RECORD, "pack-log-entry-missing") in resigned(profile, index(flip))


@pytest.mark.parametrize(
    "change",
    [
        lambda review: review.update(day="2026-11-01"),
        lambda review: review.update(reason="another reason"),
        lambda review: review.update(details=None),
        lambda review: review["details"].update(reason="another"),
        lambda review: review["details"].update(at="2026-11-22T09:13:47.124Z"),
        lambda review: review.update(salt="00" * 16),
    ],
)
def test_what_stands_beside_the_minute_is_what_it_commits_to(change, resigned):
    found = resigned("full", index(lambda line: change(line["review"])))
    assert found == {(RECORD, "pack-review-mismatch")}


def test_a_minute_of_another_record(resigned):
    def swap(document):
        one, other = document["records"]
        one["review"], other["review"] = other["review"], one["review"]

    for profile in PROFILES:
        found = resigned(profile, lambda content: forge.edit_json(content, "data/pack.json", swap))
        assert {code for _, code in found} >= {"pack-review-mismatch", "pack-log-entry-missing"}


def test_a_protected_pack_needs_the_decision(resigned):
    found = resigned("protected", index(lambda line: line.update(review=None)))
    assert found == {(RECORD, "pack-review-missing"), (PROOFS, "pack-log-entry-unexpected")}


def test_a_redaction_that_is_called_cleared(resigned):
    def call(line):
        line["pictures"][0]["cleared"] = True

    assert code_of(resigned("protected", index(call))) == {"pack-review-mismatch"}

    def call_in_the_minute_too(line):
        review = line["pictures"][0]["review"]
        review["decision"] = review["minute"]["decision"] = "clearance"
        call(line)

    assert code_of(resigned("protected", index(call_in_the_minute_too))) == {
        "pack-log-entry-missing"
    }


def test_words_that_a_protected_pack_must_not_open(resigned):
    def open_details(line):
        line["review"].update(reason="x", details={"reason": "x"}, salt="00" * 16)

    assert resigned("protected", index(open_details)) == {(RECORD, "pack-review-mismatch")}


def test_the_minutes_hash_is_what_the_log_holds(packs, files):
    for profile in PROFILES:
        content = files(packs[profile])
        document, proofs = (json.loads(content[p]) for p in ("data/pack.json", PROOFS))
        logged = {entry["sha256"] for entry in proofs["entries"] if entry["kind"] == "review"}
        shown = [line["review"] for line in document["records"]]
        shown += [p["review"] for line in document["records"] for p in line["pictures"]]
        assert {minutes.sha256_of(review["minute"]) for review in shown} == logged


# --- disclosures ----------------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
def test_every_disclosure_of_the_profile_is_demanded(profile, resigned, packs, files):
    shown = set(sdjwt.verify(files(packs[profile])[RECORD].decode(), complete=False).disclosed)
    assert len(shown) == {"full": 12, "protected": 5}[profile]
    for name in shown:

        def withhold(content, name=name):
            fewer = sdjwt.present(content[RECORD].decode(), shown - {name})
            return {**content, RECORD: fewer.encode()}

        assert resigned(profile, withhold) == {(RECORD, "pack-disclosure-missing")}


@pytest.mark.parametrize("profile", PROFILES)
def test_no_disclosure_beyond_the_profile_passes(profile, resigned, packs, files):
    whole = factory.make_record(factory.Office(), "a").sdjwt
    shown = set(sdjwt.verify(files(packs[profile])[RECORD].decode(), complete=False).disclosed)
    for name in set(DISCLOSURES) - shown:
        more = sdjwt.present(whole, shown | {name}).encode()
        found = resigned(profile, lambda content, more=more: {**content, RECORD: more})
        assert found == {(RECORD, "pack-disclosure-not-allowed")}


def test_private_is_shown_exactly_where_it_was_asked_for(resigned):
    def claim(document):
        document["private"] = True

    def edit(content):
        return forge.edit_json(content, "data/pack.json", claim)

    assert code_of(resigned("full", edit)) == {"pack-disclosure-missing"}
    assert resigned("protected", edit) == {("data/pack.json", "pack-document-invalid")}


def test_a_record_with_a_decoy(office, tmp_path):
    made = factory.Office()
    record = factory.make_record(made, "a", pictures=0)
    jws = jose.parse(record.sdjwt.split("~")[0], typ=sdjwt.RECORD_TYP)
    decoy = jose.b64url_encode(hashlib.sha256(b"decoy").digest())
    payload = {**jws.payload, "_sd": sorted([*jws.payload["_sd"], decoy])}
    key = factory.key_of("record a")
    token = jose.sign(key, payload, typ=sdjwt.RECORD_TYP, jwk=jose.public_jwk(key))
    text = "~".join([token, *record.sdjwt.split("~")[1:]])
    data = factory.make_content(made, records=())
    data = factory.replace(data, records=(factory.replace(record, sdjwt=text),))
    verdict = verify_pack(factory.write_pack(tmp_path, data, office.key))
    path = f"data/records/{factory.id_of('a')}.sdjwt"
    assert (path, "pack-record-mismatch") in {(f.file, f.code) for f in verdict.faults}


# --- cases, notices -------------------------------------------------------------------------


def case(change):
    return lambda content: forge.edit_json(content, CASE, change)


@pytest.mark.parametrize("profile", PROFILES)
def test_what_was_said_in_a_case_is_what_was_logged(profile, resigned):
    found = resigned(profile, case(lambda d: d["steps"][0].update(text="未作整改")))
    assert found == {(CASE, "pack-log-entry-missing")}
    found = resigned(profile, case(lambda d: d["steps"].clear()))
    assert found == {(PROOFS, "pack-log-entry-unexpected")}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.update(number="甲督〔2026〕4号"), "pack-case-mismatch"),
        (lambda d: d.update(id="x"), "pack-case-mismatch"),
        (lambda d: d["records"].append("another"), "pack-case-mismatch"),
        (lambda d: d.update(v=2), "pack-document-invalid"),
        (lambda d: d.update(reviewer="x"), "pack-document-invalid"),
        (lambda d: d["steps"][0].pop("text"), "pack-document-invalid"),
    ],
)
def test_a_case_is_the_one_that_the_index_names(change, code, resigned):
    assert (CASE, code) in resigned("protected", case(change))


def test_a_notice_is_the_one_that_was_logged(resigned, packs, files):
    path = next(name for name in files(packs["full"]) if name.endswith(".pdf"))
    assert resigned("full", lambda content: {**content, path: b"%PDF-1.7 other"}) == {
        (path, "pack-hash-mismatch"),
        (path, "pack-log-entry-missing"),
    }


# --- log, keys, folders ---------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
def test_every_entry_is_demanded(profile, resigned, packs, files):
    for place, entry in enumerate(json.loads(files(packs[profile])[PROOFS])["entries"]):

        def drop(document, place=place):
            document["entries"].pop(place)

        found = resigned(profile, lambda content, f=drop: forge.edit_json(content, PROOFS, f))
        assert code_of(found) == {"pack-log-entry-missing"}, entry["kind"]
        assert len(found) == 1


def test_an_entry_that_stands_twice_or_belongs_to_nothing(resigned, office, tmp_path):
    def double(document):
        document["entries"].append(document["entries"][0])

    found = resigned("full", lambda content: forge.edit_json(content, PROOFS, double))
    assert found == {(PROOFS, "pack-log-proof-invalid")}
    made = factory.Office()
    made.log("draw", "another matter", "ab" * 32)
    path = factory.write_pack(tmp_path, factory.make_content(made), office.key)
    (fault,) = verify_pack(path).faults
    assert (fault.file, fault.code) == (PROOFS, "pack-log-entry-unexpected")
    assert "another matter" in fault.text


def test_a_key_that_nothing_needs(resigned):
    stray = factory.key_of("stray")
    path = f"keys/{jose.key_thumbprint(stray)}.pem"
    for profile in PROFILES:
        found = resigned(profile, lambda content: {**content, path: jose.public_pem(stray)})
        assert found == {(path, "pack-key-unused")}
    found = resigned("full", lambda content: {**content, "keys/tsa.pem": b"x"})
    assert found == {("keys/tsa.pem", "pack-key-unused")}


def test_folders_of_files_pass_and_empty_ones_do_not(packs, files, office, tmp_path):
    root, content = packs["full"].stem, files(packs["full"])
    for names, expected in (
        (["", "data/", "data/records/"], set()),
        (["data/", "data/hidden/"], {("data/hidden/", "pack-directory-empty")}),
    ):
        folders = [(zipfile.ZipInfo(f"{root}/{name}"), b"") for name in names]
        path = forge.repack(tmp_path / "x.zip", content, root, folders)
        verdict = verify_pack(path, office_key=office.kid)
        assert {(fault.file, fault.code) for fault in verdict.faults} == expected


def test_the_log_of_an_office_is_one(packs, office):
    own = str(factory.notes.verifier_of(office.origin, office.log_key))
    other = str(factory.notes.verifier_of(office.origin, factory.Ed25519PrivateKey.generate()))
    path = packs["full"]
    assert verify_pack(path, known=[office.kid], known_logs=[own]).exit_code == 0
    for trusted in ({}, {"office_key": office.kid}):
        verdict = verify_pack(path, known=[office.kid], known_logs=[other], **trusted)
        assert [(f.file, f.code) for f in verdict.faults] == [
            ("keys/log.pub", "pack-log-key-other")
        ]
    # Another office's pack has another log.
    assert verify_pack(path, known=["another"], known_logs=[other]).exit_code == 3


def test_every_fault_names_a_file(packs, tmp_path):
    whole = packs["full"].read_bytes()
    path = tmp_path / "证据.zip"
    for data in (b"", whole[:-200], whole + b"x", whole[:99] + whole[100:]):
        path.write_bytes(data)
        verdict = verify_pack(path)
        assert verdict.faults
        assert all(fault.file for fault in verdict.faults)
    path.write_bytes(b"no pack")
    assert [fault.file for fault in verify_pack(path).faults] == ["证据.zip"]


def test_a_key_of_an_unheard_of_curve_is_refused(packs, files, office, tmp_path):
    content = files(packs["full"])
    path = f"keys/{office.kid}.pem"
    # One bit of the curve's object identifier.
    damaged = bytearray(content[path])
    damaged[47] ^= 1
    verdict = verify_pack(
        forge.repack(tmp_path / "x.zip", {**content, path: bytes(damaged)}, packs["full"].stem)
    )
    found = {(fault.file, fault.code) for fault in verdict.faults}
    assert {(path, "pack-hash-mismatch"), (path, "pack-key-mismatch")} <= found
