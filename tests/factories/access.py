"""A whole office for sweeps: somebody of every kind, and objects that are somebody's own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask

from anfang.kit.principal import Role
from factories import (
    claims,
    complaints,
    documents,
    inspections,
    ladders,
    registers,
    rulebooks,
    setup,
)
from factories.setup import OPEN_OFFICE, Campaign, created
from support.phone import Phone
from support.server import ORIGIN, PASSWORD, Office, accounts_of, sign_in

Objects = dict[str, str]
"""Ids by the name that routes give them."""

_TASK = {
    "level": "person", "title": "补齐顶岗人员", "holder": "值班员", "due_on": "2026-11-24",
    "result": "在岗", "watched_by": "督查组", "accountability": "批评",
}  # fmt: skip


@dataclass(frozen=True)
class Owned:
    """Objects, whom they belong to, and people to whom they do not exist."""

    objects: Objects
    owner: Any
    strangers: tuple[Any, ...]


@dataclass(frozen=True)
class World:
    """Who calls, and what is somebody's own.

    Attributes:
        people: one account of each role.
        short: sessions that lack their second factor: `prove`, `set_up`.
    """

    app: Flask
    people: dict[Role, Office]
    short: dict[str, Office]
    phone: Phone
    owned: list[Owned]


def world(app: Flask) -> World:
    """Set everything up; in an app context, at `inspections.NOW`."""
    office = accounts_of(app)
    campaign = rulebooks.loaded(office, "s0-liangzheng")
    people = {role: office(role) for role in Role if role is not Role.LIAISON}
    people[Role.LIAISON] = setup.liaison(office, campaign.unit)
    phone, other_phone = (Phone.enrolled(app, alias, origin=ORIGIN) for alias in "甲乙")
    return World(
        app=app,
        people=people,
        short={
            "prove": sign_in(app, people[Role.CUSTODIAN].username),
            "set_up": _without_factor(app, people[Role.ADMINISTRATOR]),
        },
        phone=phone,
        owned=[
            Owned(
                _of_a_unit(campaign, people, office),
                people[Role.LIAISON],
                _at_a_sister_unit(office, UUID(campaign.tree.transport)),
            ),
            Owned(_of_a_person(app, campaign.lead), campaign.lead, (office(Role.LEAD),)),
            Owned(_of_a_phone(campaign, phone), phone, (other_phone,)),
        ],
    )


def _at_a_sister_unit(office: OPEN_OFFICE, unit: UUID) -> tuple[Office, Office]:
    """The unit's liaison, and an account of every role that is confined to the unit."""
    return office(Role.LIAISON, unit=unit), office(*Role, unit=unit)


def _without_factor(app: Flask, administrator: Office) -> Office:
    members = {"username": "bare", "display_name": "未设", "roles": ["approver"]}
    created(administrator.post("/users", {**members, "password": PASSWORD}))
    return sign_in(app, "bare")


def _of_a_unit(campaign: Campaign, people: dict[Role, Office], office: OPEN_OFFICE) -> Objects:
    """Objects of the service centre: its liaison sees them, a sister unit's does not."""
    lead, liaison = campaign.lead, people[Role.LIAISON]
    desk = documents.Desk(campaign, lead, people[Role.REVIEWER], people[Role.APPROVER], liaison)
    case = desk.case(fields=ladders.SHIPPED_FIELDS)["id"]
    broken = created(liaison.post(f"/cases/{case}/subtasks", {"subtasks": [_TASK]}))
    bench = ladders.Bench(lead, desk.approver, office(Role.APPROVER), liaison)
    complaint = complaints.taken_down(lead, campaign)["id"]
    complaints.transferred(lead, campaign, complaint)
    return {
        "case_id": case,
        "task_id": broken["subtasks"][0]["id"],
        "measure_id": ladders.in_force(bench, case, "not-carried-out", "circular")["id"],
        "notice_id": desk.published(desk.composed("rectification", {"id": case}))["id"],
        "sheet_id": claims.sheet_of(liaison, claims.ask(lead, campaign))["id"],
        "complaint_id": complaint,
        "row_id": registers.file(lead, campaign, "meetings", held_on="2026-11-10", attended=300),
        "unit_id": campaign.unit,
    }


def _of_a_person(app: Flask, lead: Office) -> Objects:
    """Objects of one account."""
    sign_in(app, lead.username)
    sessions = created(lead.get("/account/sessions"))["items"]
    view = {"name": "我的", "settings": {}, "shared": False}
    return {
        "session_id": next(one["id"] for one in sessions if not one["present"]),
        "view_id": created(lead.post("/ledger-views", view))["id"],
    }


def _of_a_phone(campaign: Campaign, phone: Phone) -> Objects:
    """Objects of one inspector: a record whose photo has not come yet, and its upload."""
    photo = inspections.PHOTO
    record = inspections.file(phone, campaign, media=[photo], deliver=False).id
    upload = phone.create_upload(record, photo).headers["Location"]
    return {"record_id": record, "upload_id": upload.rpartition("/")[2]}
