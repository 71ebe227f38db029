"""Objects in a bucket: created once, never overwritten, linked to for a moment."""

import os
import threading

import httpx
import pytest

from anfang.storage import service
from anfang.storage.errors import ObjectMissing
from support.phone import new_id, sha256

SMALL, LARGE, GIANT = 1000, 20 << 20, 65 << 20
"""In one piece from memory, in one piece from mapped pages, in parts."""


@pytest.fixture
def bucket(app, gateway, monkeypatch):
    for name, value in gateway.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(app.config, "STORAGE_URL", gateway.url(new_id()))
    monkeypatch.setitem(app.config, "STORAGE_LINKS", 60)


def file_of(tmp_path, name, size):
    path = tmp_path / name
    path.write_bytes(os.urandom(size))
    return path


@pytest.mark.parametrize("size", [0, SMALL, LARGE, GIANT])
def test_an_object_is_put_whole_and_never_overwritten(bucket, tmp_path, size):
    first, second = file_of(tmp_path, "first", size), file_of(tmp_path, "second", size)
    service.put_file("originals/a", first)
    service.put_file("originals/a", second)
    assert service.digest("originals/a") == (sha256(first.read_bytes()), size)
    service.delete("originals/a")
    service.delete("originals/a")
    with pytest.raises(ObjectMissing):
        service.get_bytes("originals/a")


def test_of_writers_at_once_one_wins_and_its_bytes_stand(bucket, app, tmp_path):
    """The store itself refuses the others: no look before the write could."""
    files = [file_of(tmp_path, str(n), LARGE) for n in range(6)]
    won, together = [], threading.Barrier(len(files))

    def write(path):
        together.wait()
        with app.app_context():
            service.put_file("originals/b", path)
            won.append(service.digest("originals/b")[0])

    threads = [threading.Thread(target=write, args=(path,)) for path in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == len(files)
    assert len(set(won)) == 1, "an original was overwritten"
    assert won[0] in {sha256(path.read_bytes()) for path in files}


def test_a_link_gives_the_bytes_as_a_download_until_it_is_changed(bucket, tmp_path):
    path = file_of(tmp_path, "pack", SMALL)
    service.put_file("packs/a", path, name="pack-1.zip")
    link = service.link("packs/a")
    answer = httpx.get(link)
    assert answer.content == path.read_bytes()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pack-1.zip"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert httpx.get(link.replace("packs/a", "packs/b")).status_code == 403
    assert httpx.get(link.split("?")[0]).status_code == 403


def test_what_is_held_is_listed(bucket, tmp_path):
    service.put_bytes("originals/c", b"abc")
    assert [(one.key, one.size) for one in service.objects()] == [("originals/c", 3)]
