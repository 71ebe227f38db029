"""Campaigns that run by a rulebook, set up through the API."""

from dataclasses import replace
from typing import Any

from anfang.kit.principal import Role
from factories import setup
from factories.setup import OPEN_OFFICE, Campaign, created
from support.server import Office


def loaded(
    office: OPEN_OFFICE, code: str, *, lead: Office | None = None, **members: Any
) -> Campaign:
    """Set up and start a campaign by a rulebook that comes with the product.

    Args:
        members: members of the campaign (`starts_on`, `ends_on` …) that differ from `setup`'s.
    """
    lead = lead or office(Role.LEAD)
    campaign = drafted(lead, code, **members)
    started = created(lead.post(f"/campaigns/{campaign.id}/start"))
    return replace(campaign, theme=started["themes"][0]["id"])


def drafted(lead: Office, code: str, **members: Any) -> Campaign:
    """Set up a campaign by a rulebook that comes with the product, and do not start it."""
    tree = setup.unit_tree(lead)
    taxi, window = (setup.published_checklist(lead, one) for one in ("taxi", "window"))
    campaign = setup.draft_campaign(lead, tree, [taxi, window], **members)
    created(setup.file_plan(lead, campaign["id"]))
    load(lead, campaign["id"], shipped=code)
    return Campaign(
        id=campaign["id"],
        theme=campaign["themes"][0]["id"],
        tree=tree,
        sites=setup.sites(lead, tree),
        taxi=taxi,
        window=window,
        lead=lead,
    )


def load(lead: Office, campaign: str, **body: Any) -> dict[str, Any]:
    """Put a version of a rulebook in force (`text` or `shipped`, `reason`, `replaces`)."""
    answer: dict[str, Any] = created(lead.put(f"/campaigns/{campaign}/rulebook", body))
    return answer


def change(lead: Office, campaign: str, section: str, content: Any, **body: Any) -> dict[str, Any]:
    """Put a version in force that differs in one section."""
    sent = {"section": section, "content": content, **body}
    answer: dict[str, Any] = created(lead.patch(f"/campaigns/{campaign}/rulebook", sent))
    return answer


def section(lead: Office, campaign: str, name: str) -> Any:
    """Return a section of the rulebook in force."""
    return created(lead.get(f"/campaigns/{campaign}/rulebook"))["content"][name]


def assign(lead: Office, campaign: str, **units: list[str]) -> dict[str, list[dict[str, str]]]:
    """Say which units play which parts (`_` for `-`); returns the units of each part."""
    body = {"units": {code.replace("_", "-"): ids for code, ids in units.items()}}
    answer = created(lead.put(f"/campaigns/{campaign}/parts", body))
    return {one["code"]: one["units"] for one in answer["items"]}


def stage(lead: Office, campaign: str, code: str) -> dict[str, Any]:
    """Return one stage as it stands."""
    answer = created(lead.get(f"/campaigns/{campaign}/stages"))
    return next(one for one in answer["stages"] if one["code"] == code)


def enter_next(lead: Office, campaign: str) -> str:
    """Enter the next stage, whose gates must be open; returns its code."""
    code: str = created(lead.post(f"/campaigns/{campaign}/stages/next"))["current"]
    return code


def carry_out_points(lead: Office, campaign: str, code: str) -> None:
    """Mark every key point of a stage as carried out, with the number that is asked for."""
    for point in stage(lead, campaign, code)["points"]:
        body = {"note": "会议纪要", "count": point["at_least"]}
        created(lead.put(f"/campaigns/{campaign}/stages/{code}/points/{point['code']}", body))


def confirm_gates(approver: Office, campaign: str, code: str) -> None:
    """Confirm every gate of a stage that a second person must confirm."""
    for gate in stage(approver, campaign, code)["gates"]:
        if gate["kind"] == "campaigns.confirmed":
            path = f"/campaigns/{campaign}/stages/{code}/gates/{gate['code']}"
            created(approver.put(path, {"note": "批示"}))
