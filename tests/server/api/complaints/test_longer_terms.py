"""A unit's term is made longer once, by a leader, with a reason that whoever complained reads."""

import pytest
from sqlalchemy import select

from anfang.jobs.models import OutboxEvent
from anfang.kit.db import db
from anfang.kit.principal import Role
from factories import complaints as desk
from factories.complaints import Citizen, at_desk, done, verb
from factories.setup import created
from support.clockwork import work_by_clock

WHY = "事项涉及两个部门，需要现场核查，延长三十日。"


@pytest.fixture
def receipt(app, campaign):
    return Citizen(app).complains()


@pytest.fixture
def one(campaign, receipt):
    """A complaint that a unit was given and has not taken."""
    (line,) = created(campaign.lead.get("/complaints"))["items"]
    desk.transferred(campaign.lead, campaign, line["id"])
    return line["id"]


def code(answer):
    return answer.status_code, answer.json["code"]


def decide(who, one, granted, text=WHY):
    return verb(who, one, "extension", granted=granted, text=text)


def test_a_term_is_longer_by_thirty_days_once_and_the_complainant_reads_why(
    app, office, campaign, unit, receipt, one
):
    leader = office(Role.APPROVER)
    ask = {"name": "extension", "reason": "要会同交通部门核查。"}
    assert code(at_desk(unit, one, **ask)) == (409, "complaint-wrong-state")
    assert code(decide(leader, one, True)) == (409, "complaint-extension-not-asked")
    assert created(at_desk(unit, one, "take"))["may_extend"]
    assert at_desk(unit, one, "extension", reason=" ").status_code == 422
    asked = created(at_desk(unit, one, **ask))
    assert (asked["extension"], asked["may_extend"]) == ("asked", False)
    assert asked["due_at"].startswith("2026-11-23T10:00")
    assert code(at_desk(unit, one, **ask)) == (409, "complaint-extension-asked")
    assert len(desk.listed(leader, extension="asked")) == 1
    assert decide(campaign.lead, one, True).status_code == 403
    shown = decide(leader, one, True, "请与 13800001234 联系")
    assert code(shown) == (422, "complaint-text-shows-person")
    granted = created(decide(leader, one, True))
    assert granted["due_at"].startswith("2026-12-23T10:00")
    assert granted["finish_due_at"].startswith("2027-02-15T10:00")
    assert code(decide(leader, one, True)) == (409, "complaint-extension-not-asked")
    assert code(at_desk(unit, one, **ask)) == (409, "complaint-extension-asked")
    page = Citizen(app).follows(receipt).text
    assert WHY in page
    assert ask["reason"] not in page


def test_what_is_refused_stays_due_and_what_is_late_is_not_asked_for(
    clock, app, office, unit, receipt, one
):
    created(at_desk(unit, one, "take"))
    created(at_desk(unit, one, "extension", reason="人手不够。"))
    refused = created(decide(office(Role.APPROVER), one, False, "人手不够不是理由。"))
    assert (refused["extension"], refused["due_at"][:10]) == ("refused", "2026-11-23")
    assert "人手不够" not in Citizen(app).follows(receipt).text
    assert code(at_desk(unit, one, "extension", reason="再问")) == (
        409,
        "complaint-extension-asked",
    )


def test_a_request_ends_with_its_step_and_a_late_one_is_none(clock, office, campaign, unit, one):
    created(at_desk(unit, one, "take"))
    created(at_desk(unit, one, "extension", reason="还要核查。"))
    created(at_desk(unit, one, "answer", text="已经查清。"))
    leader = office(Role.APPROVER)
    assert code(decide(leader, one, True)) == (409, "complaint-extension-not-asked")
    done(campaign.lead, one, "transfer", unit_id=campaign.unit)
    assert created(at_desk(unit, one, "take"))["may_extend"]
    clock.move_to("2026-11-23T11:00:00Z")
    late = at_desk(unit.signed_in_again(), one, "extension", reason="来不及了。")
    assert code(late) == (409, "complaint-extension-late")


def test_near_deadlines_are_told_once_and_anew_after_an_extension(
    clock, office, campaign, unit, one, run_jobs
):
    created(at_desk(unit, one, "take"))
    work_by_clock("complaints")
    assert told("complaint.near") == []
    clock.move_to("2026-11-19T03:00:00Z")
    work_by_clock("complaints")
    work_by_clock("complaints")
    assert told("complaint.near") == [{"unit": campaign.unit}]
    created(at_desk(unit.signed_in_again(), one, "extension", reason="还要核查。"))
    created(decide(office(Role.APPROVER), one, True))
    run_jobs()
    clock.move_to("2026-12-22T03:00:00Z")
    work_by_clock("complaints")
    assert told("complaint.near") == [{"unit": campaign.unit}] * 2
    assert told("complaint.overdue") == []


def told(event):
    found = db.session.scalars(select(OutboxEvent.payload).filter_by(name=event)).all()
    db.session.rollback()
    return found
