"""The logs: JSON lines under a request's id, and nothing of anybody in them."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from anfang.kit.logs import configure_logs
from factories import packs, review, setup
from support.phone import payload_of
from support.postgres import free_port
from support.server import PASSWORD


@pytest.fixture
def lines(app, capsys):
    """Return what was logged so far at the finest level, as one text and as events."""
    configure_logs("DEBUG")
    yield lambda: capsys.readouterr().err
    configure_logs("WARNING")


def test_the_whole_main_job_leaves_no_secret_in_the_logs(
    app, office, phone, run_jobs, lines, settings
):
    campaign = setup.running_campaign(office)
    device = phone("夜莺七号")
    record = review.accepted_record(
        office,
        device,
        campaign,
        note="SECRETNOTE",
        private={"plate": "甲A·S3CR3T"},
        place={
            "lat_e7": 297_001_234, "lon_e7": 1_159_905_678, "accuracy_m": 17,
            "source": "gps", "at": "2026-11-22T08:27:10.123Z", "measured": None,
        },
    )  # fmt: skip
    run_jobs()
    packs.seal()
    packs.ordered(campaign.lead, "full", records=[record.id])
    device.call("POST", "/records", json={"record": "x" * 50, "certificate": "y", "link": "z"})
    client = app.test_client()
    client.post("/api/v1/session", json={"username": "account-1", "password": "WRONGPASSWORD"})
    client.get("/api/v1/records/not-an-id?token=QUERYSECRET")
    text = lines()
    events = [json.loads(line) for line in text.splitlines()]
    assert len([one for one in events if one["event"] == "request"]) > 20
    key = next(settings.keys.glob("office-*.pem")).read_text().splitlines()[1]
    secrets = [
        "夜莺七号", PASSWORD, "WRONGPASSWORD", "QUERYSECRET", "SECRETNOTE", "S3CR3T", "297001234",
        device.access_token, device.ticket, device.device, record.id, campaign.lead.csrf_token,
        "127.0.0.1", "account-1", key, payload_of(device.ticket)["nonce"],
    ]  # fmt: skip
    assert not [secret for secret in secrets if secret in text]


def test_each_answer_carries_the_id_under_which_its_lines_stand(app, lines, monkeypatch):
    client = app.test_client()
    first = client.get("/healthz", headers={"X-Request-Id": "chosen-by-a-caller"})
    second = client.get("/api/v1/nowhere/4711")
    ids = [answer.headers["X-Request-Id"] for answer in (first, second)]
    assert len({*ids, "chosen-by-a-caller"}) == 3
    events = {one["request"]: one for one in map(json.loads, lines().splitlines())}
    assert events[ids[0]]["route"] == "/healthz"
    assert (events[ids[1]]["route"], events[ids[1]]["status"]) == ("-", 404)


def test_a_fault_is_told_by_its_lines_of_code_without_what_was_sent(app, lines, phone, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("SECRET-FROM-A-ROW")

    device = phone()
    monkeypatch.setattr("anfang.inspections.routes.bundle", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = device.bundle()
    assert (answer.status_code, answer.json["code"]) == (500, "internal")
    text = lines()
    fault = next(one for one in map(json.loads, text.splitlines()) if one["event"] == "fault")
    assert fault["fault"] == ["RuntimeError"]
    assert fault["at"][-1].endswith("broken")
    assert fault["request"] == answer.headers["X-Request-Id"]
    assert "SECRET-FROM-A-ROW" not in text


@pytest.mark.slow
def test_the_web_servers_own_lines_quote_no_caller(settings, tmp_path):
    port = free_port()
    options = ["-b", f"127.0.0.1:{port}", "-k", "gthread", "--log-level", "warning"]
    options += ["--logger-class", "anfang.web_logs.WebLogger"]
    log = tmp_path / "log"
    with log.open("wb") as sink:
        server = subprocess.Popen(
            [Path(sys.executable).with_name("gunicorn"), *options, "anfang.wsgi:app"],
            env={**os.environ, "ANFANG_DATA": str(settings.data)},
            stderr=sink,
        )
        try:
            _wait(port)
            with socket.create_connection(("127.0.0.1", port)) as line:
                line.sendall(b"GET / HTTP/1.1\r\nAuthorization : Bearer TOKEN\r\n\r\n")
                assert b" 400 " in line.recv(200)
        finally:
            server.terminate()
            assert server.wait(20) == 0
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert "Invalid request" in [one["event"] for one in events]
    assert "TOKEN" not in log.read_text()
    assert "127.0.0.1" not in log.read_text()


def _wait(port):
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")
