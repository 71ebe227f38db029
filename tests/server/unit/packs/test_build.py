import io
import json
import subprocess
import zipfile
from dataclasses import replace

import bagit
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.packs import build, container
from anfang.packs.verify import verify_pack
from support import pack_factory as factory

PROFILES = ("full", "protected")


@pytest.fixture(params=PROFILES)
def pack(request, packs):
    return packs[request.param]


@pytest.fixture
def unpacked(pack, tmp_path):
    with zipfile.ZipFile(pack) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    return tmp_path / pack.stem


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_stock_tools_accept_it(unpacked, office):
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        checked = run("sha256sum", "--strict", "--quiet", "-c", manifest, cwd=unpacked)
        assert (checked.returncode, checked.stderr) == (0, "")
    signed = run("openssl", "dgst", "-sha256", "-verify", f"keys/{office.kid}.pem", "-signature",
                 "tagmanifest-sha256.sig", "tagmanifest-sha256.txt", cwd=unpacked)  # fmt: skip
    assert signed.stdout == "Verified OK\n"
    assert bagit.Bag(str(unpacked)).validate()


def test_the_commands_of_verify_md_are_the_ones_that_work(unpacked):
    text = (unpacked / "VERIFY.md").read_text("utf-8")
    commands = {line.strip() for line in text.splitlines() if line.startswith("    ")}
    for command in commands:
        if command.startswith(("sha256sum", "openssl dgst")):
            assert run(*command.split(), cwd=unpacked).returncode == 0, command


@pytest.mark.parametrize("profile", PROFILES)
def test_building_twice_gives_the_same_bytes(profile, office, tmp_path):
    made = [factory.make_content(factory.Office(), profile) for _ in range(2)]
    archives = []
    for number, data in enumerate(made):
        folder = tmp_path / str(number)
        folder.mkdir()
        shuffled = replace(data, records=data.records[:: 1 - 2 * number])
        archives.append(factory.write_pack(folder, shuffled, office.key))
    assert archives[0].name == archives[1].name
    # Labels and log are given in the same order; records may come in any.
    assert archives[0].read_bytes() == archives[1].read_bytes()


def test_a_full_pack_withholds_only_private(packs, files):
    content = files(packs["full"])
    record = next(data for name, data in content.items() if name.endswith(".sdjwt")).decode()
    shown = factory.sdjwt.verify(record, complete=False).disclosed
    assert "private" not in shown
    assert shown["note"].startswith("SECRETNOTE")


def test_private_is_shown_when_asked_for(office, tmp_path, files):
    data = factory.make_content(factory.Office(), records=("a",), include_private=True)
    path = factory.write_pack(tmp_path, data, office.key)
    record = next(d for name, d in files(path).items() if name.endswith(".sdjwt")).decode()
    assert "private" in factory.sdjwt.verify(record, complete=False).disclosed
    assert verify_pack(path, office_key=office.kid).exit_code == 0


def test_a_protected_pack_holds_no_secret_in_any_encoding(packs, files):
    content = files(packs["protected"])
    record = factory.sdjwt.verify(
        next(d for name, d in content.items() if name.endswith(".sdjwt")).decode(), complete=False
    )
    assert set(record.disclosed) <= {"day", "site", "subject", "visit", "answers"}
    sheet = zipfile.ZipFile(io.BytesIO(content["data/ledger.xlsx"]))
    everything = b"".join([*content.values(), *(sheet.read(name) for name in sheet.namelist())])
    for secret in (*factory.SECRETS, "T09:00:00", "T08:15:30", "OTHERSITE", "OTHERUNIT",
                   "certificate_commitment", "log_by", "无人在岗"):  # fmt: skip
        for encoded in (secret, json.dumps(secret)[1:-1]):
            assert encoded.encode() not in everything, secret


def test_profiles_do_not_mix(office):
    full = factory.make_content(factory.Office(), "full")
    for mixed in (
        replace(full, profile="protected"),
        replace(factory.make_content(factory.Office(), "protected"), profile="full"),
        replace(full, profile="protected", records=(), include_private=True),
    ):
        with pytest.raises(ValueError, match=r"protected"):
            build.build_bag(mixed, office.key)


def test_the_page_escapes_and_needs_nothing(packs, files):
    page = files(packs["full"])["data/index.html"].decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "3号窗口&lt;b&gt;" in page
    # One address stands there to be read, not to be asked for.
    page, told, rest = page.partition("<code>https://office.example/verify-pack.html</code>")
    assert told
    page += rest
    for word in ("http:", "https:", 'src="//', "url(", "@import"):
        assert word not in page
    for text in ("示范路大厅", "窗口有人在岗", "12.5 分钟", "已安排 A/B 岗", 'lang="en"'):
        assert text in page


def test_the_ledger_is_a_table_of_text(packs, files):
    sheet = openpyxl.load_workbook(io.BytesIO(files(packs["full"])["data/ledger.xlsx"])).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "日期"
    assert [row[0] for row in rows[1:]] == ["2026-11-21"] * 2
    assert rows[1][6] == "窗口有人在岗"


def test_a_stored_file_that_changed_stops_the_build(office, tmp_path):
    data = factory.make_content(factory.Office(), records=("a",))
    original = data.records[0].media[0]
    rotten = replace(original, open=factory.in_one_piece(b"x" * original.size))
    record = replace(data.records[0], media=(rotten, *data.records[0].media[1:]))
    with pytest.raises(container.SourceChanged) as stopped:
        factory.write_pack(tmp_path, replace(data, records=(record,)), office.key)
    assert original.sha256 in stopped.value.path


@given(
    st.lists(
        st.tuples(st.text("ab/暗", min_size=1, max_size=9), st.binary(max_size=99)),
        unique_by=lambda entry: entry[0],
        max_size=6,
    )
)
def test_the_container_is_a_zip_that_any_reader_opens(entries):
    made = [container.from_bytes(path, data) for path, data in entries]
    data = b"".join(container.write("root", made))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"root/{path}": content for path, content in entries
        }


def test_a_pack_may_hold_more_than_65535_files():
    many = b"".join(container.write("r", [container.from_bytes(str(n), b"") for n in range(65536)]))
    with zipfile.ZipFile(io.BytesIO(many)) as archive:
        assert len(archive.namelist()) == 65536
