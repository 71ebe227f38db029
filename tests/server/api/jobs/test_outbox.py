"""Events are delivered whatever happens to the worker: at least once, and their effect once."""

import threading
import time
from contextlib import suppress

import pytest
import time_machine
from sqlalchemy import func, select

from anfang.jobs import queries, registry, service
from anfang.kit.db import db, transaction
from anfang.log.models import AuditEntry
from anfang.log.service import audit


@pytest.fixture
def heard(monkeypatch):
    """Handlers of one test: nothing stays registered."""
    monkeypatch.setattr(registry, "ANSWERS", registry.ANSWERS.copy())
    monkeypatch.setattr(service, "ANSWERS", registry.ANSWERS)
    return []


def tell(**payload):
    with transaction():
        service.emit("test.told", **payload)


def trail():
    with transaction(write=False):
        return db.session.scalar(select(func.count()).select_from(AuditEntry))


def test_an_event_of_a_rolled_back_verb_was_never_told(app, heard):
    registry.answers("test.told")(lambda word: heard.append(word))
    with suppress(RuntimeError), transaction():
        service.emit("test.told", word="a")
        raise RuntimeError
    assert service.run_pending() == 0
    assert heard == []


def test_a_failing_handler_leaves_no_trace_comes_again_and_holds_up_no_other(app, heard):
    broken = [True]

    def stumbling(word):
        audit("test.done", "test", word)
        if broken:
            raise RuntimeError

    registry.answers("test.told")(stumbling)
    registry.answers("test.told")(lambda word: heard.append(word))
    before = trail()
    tell(word="a")
    service.run_pending()
    assert (heard, trail()) == (["a"], before)

    broken.clear()
    with time_machine.travel("2030-01-01T00:00:00Z"):
        service.run_pending()
    assert (heard, trail()) == (["a"], before + 1)


def test_the_events_of_a_killed_worker_come_again_and_take_effect_once(app, heard):
    registry.answers("test.told")(lambda word: heard.append(word))
    tell(word="a")
    claimed = service.claim_due()
    assert service.claim_due() == [], "leased: nobody else works on it"
    with time_machine.travel("2030-01-01T00:00:00Z"):
        assert service.claim_due() == claimed, "the lease ran out"
    service.deliver(claimed[0])
    service.deliver(claimed[0])
    assert heard == ["a"]
    with transaction(write=False):
        assert queries.waiting_count() == 0


@pytest.mark.parametrize("others", [0, 1])
def test_two_workers_with_one_event_take_effect_once(app, heard, others):
    def beside():
        with app.app_context():
            service.deliver(event)

    second = threading.Thread(target=beside)

    def answer(word):
        heard.append(word)
        if not second.ident:
            second.start()
            time.sleep(0.5)  # the second one has read the event and waits by now

    registry.answers("test.told")(answer)
    for _ in range(others):
        registry.answers("test.told")(lambda word: heard.append("other"))
    tell(word="a")
    (event,) = service.claim_due()
    service.deliver(event)
    second.join()
    assert heard == ["a"] + ["other"] * others
