"""A disk that fills up in the middle of anything: a clear refusal, nothing half-written."""

import os
import shutil
import subprocess
from dataclasses import replace

import pytest

from anfang.app import create_app
from anfang.kit.db import db
from anfang.upkeep.doctor import examine
from anfang.upkeep.findings import Level, Tally
from factories import setup
from support.phone import Phone, minimal_record
from support.server import ORIGIN, accounts_of, close

PHOTO = os.urandom(400_000)
LEFT = (0, 4, 16, 48, 96, 160, 240, 320, 420, 520, 700, 820, 1000, 1400)
"""KiB that are left on the disk when a record with its photo comes."""


@pytest.fixture
def small(settings, tmp_path):
    """An application whose whole folder lies on a disk of its own, of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root and a machine that allows it")
    try:
        data = folder / "data"
        shutil.copytree(settings.data, data)
        made = replace(
            settings,
            data=data,
            database_url=f"sqlite:///{data}/anfang.sqlite3",
            storage_url=f"file://{data}/media",
        )
        app = create_app(made)
        with app.app_context():
            yield app, made
        close(app)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk_refuses_clearly_at_every_write_and_loses_nothing(small):
    app, settings = small
    campaign = setup.running_campaign(accounts_of(app))
    device = Phone.enrolled(app, "甲", origin=ORIGIN)
    filler = settings.data.parent / "filler"
    refused = {}
    for left in LEFT:
        photo = PHOTO + left.to_bytes(2, "big")
        clear, disclosures = minimal_record(campaign.id, campaign.window, media=[photo])
        body = device.submission(clear, disclosures)
        filler.write_bytes(bytes(max(0, shutil.disk_usage(settings.data).free - left * 1024)))
        filed = device.send(body)
        sent = device.upload(clear["id"], photo) if filed.status_code == 201 else None
        filler.unlink()
        for answer in filter(None, (filed, sent)):
            if answer.status_code not in {201, 204}:
                assert (answer.status_code, answer.json["code"]) == (507, "storage-full"), left
                refused[left] = "record" if sent is None else "photo"
        if sent is None:
            assert device.send(body).status_code == 201
        assert device.upload(clear["id"], photo).status_code in {201, 204}
        assert device.state(clear["id"]).json["missing"] == []
    assert set(refused.values()) == {"record", "photo"}, refused
    assert len(refused) < len(LEFT), "the disk was always full"
    db.session.remove()
    found = list(examine(app, settings, Tally(), deep=True))
    broken = [one for one in found if one.level == Level.FAULT and "disk" not in one.code]
    assert not broken
