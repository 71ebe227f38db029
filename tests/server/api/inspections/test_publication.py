"""A visit is published late enough or among enough others, never on its own day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from anfang.campaigns.models import Campaign
from anfang.inspections import publication
from anfang.inspections.models import Record
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from factories import cases, setup
from factories.documents import Desk

MONDAY = datetime(2026, 11, 9, 3, tzinfo=UTC)
VISITED = cases.DAY  # that Monday


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(clock, office):
    return Desk.opened(office)


def set_rule(desk, delay, group):
    """Set a rule as if it had been set before the campaign started."""
    with transaction():
        campaign = db.session.query(Campaign).one()
        campaign.publication_delay_days, campaign.publication_group = delay, group


def refusal(desk, notice):
    answer = desk.lead.post(f"/notices/{notice['id']}/publish")
    return answer.status_code, answer.json.get("code"), answer.json["title"]


def on(clock, office, desk, day):
    """Go on to another day; sign-ins last ten hours."""
    clock.move_to(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))
    desk.lead = office(Role.LEAD)


def test_a_notice_waits_for_the_campaigns_delay_and_says_until_when(desk, clock, office):
    set_rule(desk, delay=7, group=5)
    notice = desk.approved(desk.draft())
    status, code, title = refusal(desk, notice)
    assert (status, code) == (409, "publication-too-early")
    assert "2026-11-16" in title
    on(clock, office, desk, date(2026, 11, 15))
    assert refusal(desk, notice)[1] == "publication-too-early"
    on(clock, office, desk, date(2026, 11, 16))
    setup.created(desk.lead.post(f"/notices/{notice['id']}/publish"))


def test_enough_visits_of_the_same_week_shorten_the_wait_to_the_next_day(desk, clock, office):
    set_rule(desk, delay=7, group=3)
    notice = desk.approved(desk.draft())
    cases.confirmed_finding(desk.campaign)
    assert refusal(desk, notice)[2].count("2026-11-16") == 1
    cases.confirmed_finding(desk.campaign)
    assert "2026-11-10" in refusal(desk, notice)[2]
    on(clock, office, desk, date(2026, 11, 10))
    setup.created(desk.lead.post(f"/notices/{notice['id']}/publish"))


def test_once_it_runs_the_rule_only_becomes_stricter(desk):
    path = f"/campaigns/{desk.campaign.id}"
    set_rule(desk, delay=7, group=5)
    for lower in ({"publication_delay_days": 6}, {"publication_group": 4}):
        refused = desk.lead.change(path, lower)
        assert (refused.status_code, refused.json["code"]) == (409, "campaign-started")
    raised = desk.lead.change(path, {"publication_delay_days": 14, "publication_group": 9})
    assert (raised.json["publication_delay_days"], raised.json["publication_group"]) == (14, 9)


def test_a_new_campaign_has_the_rule_unless_it_says_otherwise(office):
    lead = office(Role.LEAD)
    plain = {"name": "活动", "starts_on": "2026-11-01", "ends_on": "2026-12-01"}
    made = setup.created(lead.post("/campaigns", plain))
    assert (made["publication_delay_days"], made["publication_group"]) == (7, 5)
    assert lead.post("/campaigns", {**plain, "publication_group": 1}).status_code == 422


def test_the_first_day_is_never_the_visits_own(desk):
    """Whatever the rule and the company, as long as there is a delay at all."""
    record = Record(day=VISITED, campaign_id=db.session.query(Campaign).one().id)

    @settings(deadline=None)
    @given(delay=st.integers(1, 90), group=st.integers(2, 100), others=st.integers(0, 200))
    def holds(delay, group, others):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(publication, "_rule", lambda _: (delay, group))
            patch.setattr(publication, "_accepted_in_week", lambda *_: others)
            day = publication.publishable_from(record)
        assert VISITED < day <= VISITED + timedelta(days=delay)
        assert day == VISITED + timedelta(days=delay) or others >= group

    holds()
