"""Act 6: packs are built in the console, handed out, and checked by whoever receives them."""

import json
import re
import subprocess
import sys
import zipfile

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory, story):
    """Folder of a receiver who has the files, the command, and no installation."""
    return tmp_path_factory.mktemp("receiver")


def _verify(folder, file, *words):
    return subprocess.run(
        [sys.executable, "-m", "anfang.cli", "verify", file, *words],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("profile", ["full", "protected"])
def test_a_pack_is_built_and_downloaded(story, console, handed_out, profile):
    lead = console("lead")
    lead.page.goto(f"{lead.origin}/console/packs")
    lead[f"profile-{profile}"].check()
    if profile == "full":
        lead["of-case"].click()
        lead.choose("pack-case", f"{story['case number']} 服务大厅3号窗口空岗")
    else:
        lead["of-notice"].click()
        lead.choose("pack-notice", re.compile(re.escape(story["notice number"])))
    lead["pack-build"].click()
    newest = lead["packs"].locator("tbody tr").first
    expect(newest).to_contain_text("完整" if profile == "full" else "保护")
    with lead.page.expect_download() as download:
        newest.get_by_test_id("pack-download").click()
    download.value.save_as(handed_out / f"{profile}.zip")


@pytest.mark.parametrize("profile", ["full", "protected"])
def test_the_receiver_finds_it_sound(story, handed_out, profile):
    """Trusting only the key thumbprint that the public notice page shows."""
    checked = _verify(handed_out, f"{profile}.zip", "--office-key", story["thumbprint"], "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    answer = json.loads(checked.stdout)
    assert (answer["sound"], answer["signer"], answer["records"]) == (True, "known", 1)
    assert _verify(handed_out, f"{profile}.zip").returncode == 3, "a stranger's key is not trusted"


@pytest.mark.parametrize("profile", ["full", "protected"])
def test_stock_tools_find_it_sound(handed_out, profile):
    folder = handed_out / profile
    with zipfile.ZipFile(handed_out / f"{profile}.zip") as archive:
        archive.extractall(folder)
    (bag,) = folder.iterdir()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "--strict", "-c", manifest], cwd=bag, check=True)


def test_the_full_pack_holds_the_files_as_the_phone_took_them(story, handed_out):
    with zipfile.ZipFile(handed_out / "full.zip") as archive:
        held = {archive.read(name) for name in archive.namelist()}
    for file in story["files"]:
        assert file.read_bytes() in held


def test_the_protected_pack_gives_nobody_away(anfang, story, handed_out):
    devices = anfang.desk("admin").get("/devices", limit=200)["items"]
    secrets = {"暗访员", "甲某", "297012"} | {device["id"] for device in devices}
    with zipfile.ZipFile(handed_out / "protected.zip") as archive:
        for name in archive.namelist():
            content = archive.read(name)
            for secret in secrets:
                assert secret.encode() not in content, f"{secret} in {name}"
            for file in story["files"]:
                assert file.read_bytes() != content, f"an original in {name}"


@pytest.mark.parametrize("profile", ["full", "protected"])
def test_one_flipped_byte_is_found_and_its_file_named(story, handed_out, profile):
    whole = bytearray((handed_out / f"{profile}.zip").read_bytes())
    with zipfile.ZipFile(handed_out / f"{profile}.zip") as archive:
        largest = max(archive.infolist(), key=lambda info: info.compress_size)
    whole[largest.header_offset + 200 + largest.compress_size // 2] ^= 1
    (handed_out / "changed.zip").write_bytes(whole)
    checked = _verify(handed_out, "changed.zip", "--office-key", story["thumbprint"], "--json")
    assert checked.returncode == 1
    named = {fault["file"] for fault in json.loads(checked.stdout)["faults"]}
    assert largest.filename.split("/", 1)[1] in named
