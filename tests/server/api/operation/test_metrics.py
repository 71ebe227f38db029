"""`/metrics`: for this machine alone, and still while phones deliver."""

from datetime import timedelta

import pytest
import time_machine

from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import transaction
from factories import inspections, packs, setup


@pytest.fixture
def figures(app):
    """Read the figures as a Prometheus on this machine does."""

    def read():
        answer = app.test_client().get("/metrics", base_url="http://127.0.0.1:8000")
        assert answer.status_code == 200
        assert answer.content_type.startswith("text/plain")
        lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.split() for line in lines)}

    return read


def test_nobody_else_reads_it(app):
    client = app.test_client()
    for headers, address, host in (
        ({}, "192.0.2.7", "127.0.0.1"),
        ({}, "127.0.0.1", "office.example"),
        ({"X-Forwarded-For": "192.0.2.7"}, "127.0.0.1", "127.0.0.1"),
        ({"Forwarded": "for=192.0.2.7"}, "127.0.0.1", "localhost"),
    ):
        answer = client.get(
            "/metrics",
            headers=headers,
            base_url=f"http://{host}",
            environ_base={"REMOTE_ADDR": address},
        )
        assert (answer.status_code, answer.json["code"]) == (404, "not-found")
    assert client.get("/metrics", base_url="http://[::1]:8000").status_code == 200


def test_a_visit_moves_no_figure_on_its_day(office, phone, run_jobs, figures):
    campaign = setup.running_campaign(office)
    device = phone("甲")
    run_jobs()
    before = figures()
    assert before["anfang_days_since_record"] == -1
    inspections.file(device, campaign, media=[b"\xff\xd8 a picture"])
    assert figures() == before
    run_jobs()
    assert figures() == before
    with time_machine.travel(now() + timedelta(days=1)):
        packs.seal()
        after = figures()
    assert after["anfang_record_versions"] == 1
    assert after["anfang_originals"] == 1
    assert after["anfang_days_since_record"] == 1
    text = repr(after)
    assert campaign.id not in text


def test_what_is_stuck_is_told(office, phone, figures):
    campaign = setup.running_campaign(office)
    inspections.file(phone("甲"), campaign, media=[b"never comes"], deliver=False)
    with transaction():
        jobs.emit("record.received", record="x")
    assert figures()["anfang_events_stuck"] == 0
    with time_machine.travel(now() + timedelta(days=3)):
        stuck = figures()
    assert stuck["anfang_events_stuck"] >= 1
    assert stuck["anfang_originals_missing"] == 1
    assert stuck["anfang_log_unsealed_days"] == 3
    assert stuck["anfang_disk_free_gibibytes"] > 0
