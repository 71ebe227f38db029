"""What nearly every test needs set up, through the API: units, sites, a checklist, a campaign.

Every builder takes the `office` fixture (or a signed-in lead) and returns ids as strings. Nothing
here judges: a refusal fails at once with the problem's text.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from anfang.checklists.library import shipped
from anfang.kit.principal import Role
from support.server import Office

OPEN_OFFICE = Callable[..., Office]
PLAN = "示范方案：暗访内容、范围、方式、纪律。".encode()
LEGAL_BASIS = "《政府督查工作条例》第十二条；本级人民政府批准的暗访工作方案。"
FIRST_DAY, LAST_DAY = "2026-11-01", "2027-01-31"
POSITION = {"lat_e7": 297_000_000, "lon_e7": 1_159_900_000, "radius_m": 150}


@dataclass(frozen=True)
class Tree:
    """A city, its transport bureau with the road transport office below it, its service centre."""

    city: str
    transport: str
    road_transport: str
    service_centre: str


@dataclass(frozen=True)
class Sites:
    """A mobile site without position, two with, and one where capture is forbidden."""

    taxi_fleet: str
    window: str
    office: str
    changing_room: str


@dataclass(frozen=True)
class Campaign:
    """A running campaign and all that it stands on; `taxi` and `window` are checklist versions."""

    id: str
    theme: str
    tree: Tree
    sites: Sites
    taxi: str
    window: str
    lead: Office

    @property
    def unit(self) -> str:
        """The unit that answers for the window."""
        return self.tree.service_centre


@dataclass(frozen=True)
class Assignment:
    """An open visit of one inspector."""

    id: str
    inspector: str
    campaign: Campaign


def created(answer: TestResponse) -> Any:
    """Return the body of an answer that must have succeeded."""
    assert answer.status_code in (200, 201), (answer.status_code, answer.get_data(as_text=True))
    return answer.json


def unit_tree(lead: Office) -> Tree:
    """Make the tree."""
    city = _unit(lead, "甲市", "jia")
    transport = _unit(lead, "甲市交通运输局", "jia-jt", city)
    return Tree(
        city=city,
        transport=transport,
        road_transport=_unit(lead, "甲市道路运输服务中心", "jia-jt-cz", transport),
        service_centre=_unit(lead, "甲市行政服务中心", "jia-fw", city),
    )


def sites(lead: Office, tree: Tree) -> Sites:
    """Make the sites."""
    return Sites(
        taxi_fleet=_site(lead, tree.road_transport, "示范路一带出租汽车", "taxi"),
        window=_site(lead, tree.service_centre, "服务大厅一层窗口", "window", **POSITION),
        office=_site(lead, tree.transport, "交通运输局办公楼", "office", **POSITION),
        changing_room=_site(lead, tree.service_centre, "更衣室", "changing_room", **POSITION),
    )


def published_checklist(
    lead: Office,
    code: str = "window",
    *,
    items: list[dict[str, Any]] | None = None,
    title: str = "",
) -> str:
    """Publish version 1 of a checklist; without `items` it is the shipped one of that code.

    Returns the version's id.
    """
    if items is None:
        items, title = list(shipped(code).items), title or shipped(code).title
    body = {"code": code, "title": title or code, "items": items}
    version: str = created(lead.post("/checklists", body))["versions"][0]["id"]
    created(lead.post(f"/checklist-versions/{version}/publish"))
    return version


def draft_campaign(
    lead: Office, tree: Tree, checklist_versions: list[str], **members: Any
) -> dict[str, Any]:
    """Draft a campaign with one theme; returns its body."""
    units = [
        {"unit_id": tree.service_centre, "role": "lead"},
        {"unit_id": tree.transport, "role": "support"},
    ]
    body = {
        "name": "作风整顿和专项整治",
        "legal_basis": LEGAL_BASIS,
        "starts_on": FIRST_DAY,
        "ends_on": LAST_DAY,
        "themes": [{"code": "service", "title": "窗口服务整治", "units": units}],
        "checklist_version_ids": checklist_versions,
        "publication_delay_days": 0,
    }
    answer: dict[str, Any] = created(lead.post("/campaigns", {**body, **members}))
    return answer


def file_plan(lead: Office, campaign: str, data: bytes = PLAN) -> TestResponse:
    """Send the file of a plan."""
    return lead.call(
        "POST",
        f"/campaigns/{campaign}/plan",
        data={"file": (io.BytesIO(data), "方案.txt")},
        content_type="multipart/form-data",
    )


def running_campaign(office: OPEN_OFFICE, lead: Office | None = None) -> Campaign:
    """Set up and start a campaign with the taxi and window checklists.

    Args:
        lead: a signed-in office lead; by default one is made and kept in `.lead`.
    """
    lead = lead or office(Role.LEAD)
    tree = unit_tree(lead)
    taxi, window = published_checklist(lead, "taxi"), published_checklist(lead, "window")
    campaign = draft_campaign(lead, tree, [taxi, window])
    created(file_plan(lead, campaign["id"]))
    created(lead.post(f"/campaigns/{campaign['id']}/start"))
    return Campaign(
        id=campaign["id"],
        theme=campaign["themes"][0]["id"],
        tree=tree,
        sites=sites(lead, tree),
        taxi=taxi,
        window=window,
        lead=lead,
    )


def liaison(office: OPEN_OFFICE, unit: str) -> Office:
    """Sign in a liaison of a unit."""
    return office(Role.LIAISON, unit=UUID(unit))


def inspector(lead: Office, alias: str = "甲") -> str:
    """Return the id of the inspector with an alias, registered if need be."""
    for known in created(lead.get("/inspectors?limit=200"))["items"]:
        if known["alias"] == alias:
            return str(known["id"])
    return str(created(lead.post("/inspectors", {"alias": alias}))["id"])


def assignment(campaign: Campaign, alias: str = "甲", **members: Any) -> Assignment:
    """Hand the window's visit to the inspector with an alias."""
    who = inspector(campaign.lead, alias)
    body = {
        "campaign_id": campaign.id,
        "checklist_version_id": campaign.window,
        "site_id": campaign.sites.window,
        "inspector_id": who,
        "from_day": FIRST_DAY,
        "to_day": LAST_DAY,
        **members,
    }
    return Assignment(created(campaign.lead.post("/assignments", body))["id"], who, campaign)


def _unit(
    lead: Office,
    name: str,
    code: str,
    parent: str | None = None,
    category: str = "government_functional",
) -> str:
    body = {"name": name, "code": code, "category": category, "parent_id": parent}
    return str(created(lead.post("/units", body))["id"])


def _site(lead: Office, unit: str, name: str, kind: str, **position: int) -> str:
    body = {"unit_id": unit, "name": name, "kind": kind, **position}
    return str(created(lead.post("/sites", body))["id"])
