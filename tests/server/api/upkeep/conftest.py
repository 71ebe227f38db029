"""A small installation worth looking after, and its commands."""

import json

import pytest
from click.testing import CliRunner

from anfang.cli import cli
from factories import packs, review, setup


@pytest.fixture
def anfang(settings, monkeypatch):
    """Run a command of this installation."""
    monkeypatch.setenv("ANFANG_DATA", str(settings.data))
    monkeypatch.setenv("LANG", "en")

    def run(*words, **environment):
        return CliRunner().invoke(cli, [str(word) for word in words], env=environment)

    return run


@pytest.fixture
def record(office, phone, run_jobs):
    """An accepted record with a redacted picture, a case with a reply, all of it sealed."""
    campaign = setup.running_campaign(office)
    found = review.accepted_record(office, phone(), campaign)
    run_jobs()
    packs.seal()
    run_jobs()
    return found


@pytest.fixture
def examined(anfang):
    """Run the doctor and return its exit code and its findings as code and level."""

    def run(*options):
        done = anfang("doctor", "--json", *options)
        answer = json.loads(done.stdout)
        assert answer["sound"] is (done.exit_code == 0)
        return done.exit_code, {one["code"]: one for one in answer["findings"]}

    return run
