"""Objects by content address on the embedded store."""

import errno
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from anfang.storage import service
from anfang.storage.errors import ObjectMissing, StorageFull


def test_an_object_is_never_overwritten_and_its_absence_is_told(app):
    assert not service.exists("originals/a")
    for read in (service.get_bytes, service.stream):
        with pytest.raises(ObjectMissing):
            read("originals/a")
    service.put_bytes("originals/a", b"first")
    service.put_bytes("originals/a", b"second")
    assert service.get_bytes("originals/a") == b"first"
    assert b"".join(service.stream("originals/a")) == b"first"
    service.delete("originals/a")
    service.delete("originals/a")
    assert not service.exists("originals/a")


def test_a_large_file_is_put_once_and_whole(app, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"1" * (9 << 20))
    second.write_bytes(b"2" * (9 << 20))
    service.put_file("packs/a", first)
    service.put_file("packs/a", second)
    assert service.get_bytes("packs/a") == first.read_bytes()


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_told_and_leaves_nothing(app, monkeypatch, fault):
    def full(_file):
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        service.put_bytes("originals/b", b"bytes")
    assert not service.exists("originals/b")
    assert not [one for one in _files(app) if one.name.startswith("b")]


def test_a_name_never_stands_for_less_than_the_whole(app, monkeypatch):
    """A power cut keeps what was named, and of its bytes only what was synced before."""
    synced, named = {}, {}
    fsync, link = os.fsync, os.link

    def note_sync(handle):
        fsync(handle)
        synced[os.fstat(handle).st_ino] = os.fstat(handle).st_size

    def note_name(source, target):
        named[str(target)] = synced.get(source.stat().st_ino)
        link(source, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "link", note_name)
    service.put_bytes("originals/c/d", b"twelve bytes")
    stored = next(one for one in _files(app) if one.name == "d")
    assert named == {str(stored): 12}
    assert {stored.parent.stat().st_ino, stored.parent.parent.stat().st_ino} <= synced.keys()


def test_what_a_dying_process_leaves_is_no_object(app):
    service.put_bytes("originals/e", b"whole")
    stored = next(one for one in _files(app) if one.name == "e")
    stored.with_name("e#7403").write_bytes(b"ha")
    assert [one.key for one in service.objects()] == ["originals/e"]
    service.delete("originals/e")
    assert not [one for one in _files(app) if one.name.startswith("e")]


def _files(app):
    root = Path(urlsplit(app.config["STORAGE_URL"]).path)
    return [one for one in root.rglob("*") if one.is_file()]
