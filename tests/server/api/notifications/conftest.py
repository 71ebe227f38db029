"""An office whose operator allows mail and webhooks, and the other sides on this machine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from flask import Flask

from anfang.jobs import service as jobs
from anfang.jobs.registry import PERIODIC
from anfang.kit.config import NotifySettings
from anfang.kit.db import transaction
from factories.setup import created
from support.server import Office
from support.sinks import MailSink, WebSink, mail_sink, web_sink

MONDAY = "2026-11-23T10:00:00+08:00"


@pytest.fixture
def sink() -> Iterator[WebSink]:
    with web_sink() as made:
        yield made


@pytest.fixture
def letters() -> Iterator[MailSink]:
    with mail_sink() as made:
        yield made


@dataclass
class Operator:
    """Who sets `ANFANG_NOTIFY_…`."""

    app: Flask

    def allow(self, **changes: Any) -> None:
        given = {
            "kinds": frozenset({"mail", "dingtalk", "wecom", "feishu", "webhook"}),
            "mail": None,
            "hosts": frozenset(),
            "private_hosts": frozenset({"127.0.0.1"}),
        }
        self.app.config["NOTIFY"] = NotifySettings(**{**given, **changes})


@pytest.fixture
def operator(app: Flask) -> Iterator[Operator]:
    before = app.config["NOTIFY"]
    made = Operator(app)
    made.allow()
    yield made
    app.config["NOTIFY"] = before


@pytest.fixture
def clock() -> Iterator[Any]:
    """A Monday's morning at which a test begins; it moves it."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def work() -> Callable[[], None]:
    """Do what the worker does every minute: answer events, hand out, deliver."""

    def minute() -> None:
        jobs.run_pending()
        for entry in PERIODIC:
            if entry.name.startswith("anfang.notifications."):
                with transaction():
                    entry.work()
        jobs.run_pending()

    return minute


def hook(who: Office, sink: WebSink, path: str = "/hook/very-secret-wxyz") -> Any:
    """Give an account a webhook."""
    return created(
        who.post("/notification-channels", {"kind": "webhook", "address": sink.url(path)})
    )


def channels(who: Office) -> Any:
    """Return an account's channels as it sees them."""
    return created(who.get("/notification-settings"))["channels"]
