"""Checkpoints are stamped by a foreign authority; one that is away delays and loses nothing."""

import base64
import zipfile
from contextlib import contextmanager

import pytest
import time_machine

from anfang.jobs import service as jobs
from anfang.kit.config import ConfigurationError, load_settings
from anfang.kit.db import db, transaction
from anfang.kit.stamps import read_authority, verify_stamp
from anfang.log import service as log
from anfang.log.models import LogCheckpoint, LogStamp
from anfang.packs.verify import verify_pack
from factories import packs, review, setup
from support.authority import Authority, redirector, served

NOBODY = "http://127.0.0.1:8239/stamp"


@pytest.fixture
def configured(app, authority, monkeypatch):
    """Return a function that configures an address of the authority."""

    def configure(url, pem=None):
        path = authority.folder / "trusted.pem"
        path.write_bytes(pem or authority.root)
        monkeypatch.setitem(app.config, "TSA_URL", url)
        monkeypatch.setitem(app.config, "TSA_CERTIFICATE", path)

    return configure


@pytest.fixture
def stamps(app):
    """Return a function: the sizes that are stamped."""

    def read():
        with transaction(write=False):
            return sorted(db.session.scalars(db.select(LogStamp.size)))

    return read


@pytest.fixture
def seal_one(app, run_jobs):
    def seal(subject):
        with transaction():
            log.queue("pack", subject, "a" * 64)
            log.seal()
        run_jobs()

    return seal


@contextmanager
def in_an_hour():
    with time_machine.travel("2026-11-22T09:45:00Z", tick=False):
        yield


def test_a_checkpoint_is_stamped_soon_after_it_was_sealed(
    configured, authority, seal_one, stamps, faults
):
    with served(authority, 8231) as url:
        configured(url)
        seal_one("a")
    assert stamps() == [2]
    with transaction(write=False):
        stamp = db.session.scalars(db.select(LogStamp)).one()
        checkpoint = db.session.get(LogCheckpoint, 2)
        token = base64.b64decode(stamp.stamp)
    moment = verify_stamp(token, checkpoint.note.encode(), read_authority(authority.root))
    assert moment == stamp.stamped_at
    assert faults() == set()


def test_an_authority_that_is_away_only_delays(configured, authority, seal_one, stamps, faults):
    configured(NOBODY)
    seal_one("a")
    seal_one("b")
    assert stamps() == []
    with served(authority, 8231) as url, in_an_hour():
        configured(url)
        jobs.run_pending()
    assert stamps() == [2, 3], "what waited, too"
    with time_machine.travel("2026-12-22T00:00:00Z"):
        assert faults() == set()


def test_a_missing_stamp_is_a_fault_after_two_days(configured, seal_one, faults):
    configured(NOBODY)
    seal_one("a")
    assert faults() == set()
    with time_machine.travel("2026-11-24T08:31:00Z"):
        assert faults() == {("stamp-missing", "checkpoint 2")}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stamp: b"<html>down for maintenance</html>",
        lambda stamp: b"",
        lambda stamp: stamp[:-20],
        lambda stamp: bytes(1 << 19),
    ],
)
def test_an_answer_that_is_no_stamp_is_not_kept(configured, authority, seal_one, stamps, spoil):
    with served(authority, 8232, spoil) as url:
        configured(url)
        seal_one("a")
    assert stamps() == []


def test_a_replayed_stamp_is_not_kept(configured, authority, seal_one, stamps):
    """Of the same bytes, but an answer to another request."""
    with transaction():
        log.queue("pack", "a", "a" * 64)
        note = log.seal().note
    old = authority.stamp(note.encode())
    with served(authority, 8232, lambda _: old) as url:
        configured(url)
        jobs.run_pending()
    assert stamps() == []


def test_another_authority_is_not_believed(
    configured, authority, seal_one, stamps, tmp_path_factory
):
    with served(authority, 8232) as url:
        configured(url, Authority(tmp_path_factory.mktemp("other")).root)
        seal_one("a")
    assert stamps() == []


def test_a_redirection_is_not_followed(configured, authority, seal_one, stamps):
    elsewhere = []
    with served(authority, 8233, seen=elsewhere) as url, redirector(8232, url) as door:
        configured(door)
        seal_one("a")
    assert (elsewhere, stamps()) == ([], [])


def test_a_changed_stamp_is_found(configured, authority, seal_one, faults, tamper):
    with served(authority, 8231) as url:
        configured(url)
        seal_one("a")
        seal_one("b")
    tamper("UPDATE log_stamps SET stamp = (SELECT stamp FROM log_stamps WHERE size = 3)")
    assert faults() == {("stamp-invalid", "stamp of checkpoint 2")}


def test_a_stamp_says_when_it_was_made(configured, authority, seal_one, faults, tamper):
    with served(authority, 8231) as url:
        configured(url)
        seal_one("a")
    tamper("UPDATE log_stamps SET stamped_at = '2020-01-01 00:00:00.000000'")
    assert faults() == {("stamp-invalid", "stamp of checkpoint 2")}


def test_a_forger_who_brings_certificates_along_is_found(
    configured, authority, seal_one, faults, tamper, tmp_path_factory
):
    with served(authority, 8231) as url:
        configured(url)
        seal_one("a")
    other = Authority(tmp_path_factory.mktemp("other"))
    with transaction(write=False):
        note = db.session.get(LogCheckpoint, 2).note
    forged = base64.b64encode(other.stamp(note.encode())).decode("ascii")
    tamper(
        "UPDATE log_stamps SET stamp = :stamp, certificates = :pem",
        stamp=forged,
        pem=other.root.decode(),
    )
    assert faults() == {("stamp-invalid", "stamp of checkpoint 2")}


def test_a_pack_carries_the_stamps_and_its_verifier_holds_them(
    configured, authority, office, phone, tmp_path
):
    campaign = setup.running_campaign(office)
    record = review.accepted_record(office, phone(), campaign)
    with served(authority, 8231) as url:
        configured(url)
        packs.seal()
        jobs.run_pending()
    pack = packs.ordered(campaign.lead, "full", records=[record.id])
    path = packs.downloaded(campaign.lead, pack, tmp_path)
    with zipfile.ZipFile(path) as bag:
        names = [name.split("/", 1)[1] for name in bag.namelist()]
    assert {"data/log/01.tsr", "keys/tsa.pem"} <= set(names)
    assert not verify_pack(path).faults


@pytest.mark.parametrize(
    ("url", "pem", "said"),
    [
        ("https://tsa.example", None, "go together"),
        ("ftp://tsa.example", "root", "not an http"),
        ("https://", "root", "not an http"),
        ("https://tsa.example", "missing", "ANFANG_TSA_CERTIFICATE"),
        ("https://tsa.example", "empty", "no PEM"),
        ("https://tsa.example", "signer", "self-signed"),
    ],
)
def test_a_configuration_that_cannot_work_is_refused_at_the_start(
    monkeypatch, tmp_path, authority, url, pem, said
):
    files = {"root": authority.root, "empty": b"", "signer": (authority.folder / "tsa.pem")}
    if pem in files:
        content = files[pem]
        (tmp_path / pem).write_bytes(
            content if isinstance(content, bytes) else content.read_bytes()
        )
    monkeypatch.setenv("ANFANG_TSA_URL", url)
    if pem:
        monkeypatch.setenv("ANFANG_TSA_CERTIFICATE", str(tmp_path / pem))
    with pytest.raises(ConfigurationError, match=said):
        load_settings()
