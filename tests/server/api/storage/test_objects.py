"""Objects by content address on the embedded store."""

import errno
import os

import obstore
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


def test_a_full_disk_is_told_and_leaves_nothing(app, monkeypatch):
    def full(*_arguments, **_options):
        raise obstore.exceptions.GenericError(os.strerror(errno.ENOSPC))

    monkeypatch.setattr(obstore, "put", full)
    with pytest.raises(StorageFull):
        service.put_bytes("originals/b", b"bytes")
    assert not service.exists("originals/b")
