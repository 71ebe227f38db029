"""Self-reports and the visits they are compared with, set up through the API."""

from collections.abc import Sequence
from typing import Any

from werkzeug.test import TestResponse

from anfang.kit.principal import Role
from factories import inspections, review
from factories.setup import OPEN_OFFICE, Campaign, created
from support.phone import Phone
from support.server import Office

DURING = inspections.NOW
FROM_DAY, TO_DAY = "2026-11-01", "2026-11-30"
HEAD = "中心主任"


def try_ask(lead: Office, campaign: Campaign, **changes: Any) -> TestResponse:
    """Ask the service centre about its window, unless told otherwise."""
    body = {
        "campaign_id": campaign.id,
        "unit_ids": [campaign.unit],
        "from_day": FROM_DAY,
        "to_day": TO_DAY,
        "checklist_version_id": campaign.window,
        **changes,
    }
    return lead.post("/claim-requests", body)


def ask(lead: Office, campaign: Campaign, **changes: Any) -> str:
    """Ask; returns the request's id."""
    return str(created(try_ask(lead, campaign, **changes))["id"])


def sheet_of(who: Office, request: str, unit: str | None = None) -> dict[str, Any]:
    """Return a unit's self-report (the only one, unless a unit is named), with all its versions."""
    listed = created(who.get(f"/claim-sheets?request={request}"))["items"]
    [found] = [one for one in listed if unit is None or one["unit"]["id"] == unit]
    whole: dict[str, Any] = created(who.get(f"/claim-sheets/{found['id']}"))
    return whole


def try_file(desk: Office, sheet: str, answers: Sequence[dict[str, Any]]) -> TestResponse:
    """File answers as the next version."""
    return desk.change(f"/claim-sheets/{sheet}", {"answers": list(answers)}, "PUT")


def claim_all(desk: Office, sheet: dict[str, Any], percent: int = 100, **others: Any) -> None:
    """File and sign the same share for every item; `others` are whole answers by item."""
    answers = [
        {"item": one["id"], **others.get(one["id"], {"percent": percent})}
        for one in sheet["request"]["items"]
    ]
    created(try_file(desk, sheet["id"], answers))
    created(desk.post(f"/claim-sheets/{sheet['id']}/sign", {"signatory": HEAD}))


def visits(
    office: OPEN_OFFICE,
    phone: Phone,
    campaign: Campaign,
    good: int,
    bad: int,
    item: str = review.FAILED_ITEM,
    **changes: Any,
) -> Office:
    """File visits and accept them: in `bad` of them an item was not met, in `good` all was.

    Returns the reviewer who accepted them.
    """
    desk = office(Role.REVIEWER)
    for met in [True] * good + [False] * bad:
        answers = review.failing_answers(campaign, () if met else (item,))
        filed = inspections.file(phone, campaign, answers=answers, **changes)
        review.take(desk, filed.id)
        suggested = [] if met else [{"item": item, "text": "现场不符合要求"}]
        created(desk.post(f"/review/records/{filed.id}/accept", {"findings": suggested}))
    return desk


def comparison(who: Office, request: str) -> dict[str, Any]:
    """Return the table of units and items."""
    answer: dict[str, Any] = created(who.get(f"/claim-requests/{request}/comparison"))
    return answer


def cell(who: Office, request: str, item: str, unit: str | None = None) -> dict[str, Any]:
    """Return one item of one unit (the only one, unless named)."""
    rows = comparison(who, request)["rows"]
    [row] = [one for one in rows if unit is None or one["unit"]["id"] == unit]
    return next(one for one in row["cells"] if one["item"] == item)


def put(who: Office, sheet: str, item: str) -> TestResponse:
    """Ask a unit to explain a difference."""
    return who.post(f"/claim-sheets/{sheet}/questions", {"item": item, "note": "请说明差别原因"})


def judge(who: Office, question: str, verdict: str) -> TestResponse:
    """Give the verdict."""
    return who.post(
        f"/claim-questions/{question}/verdict", {"verdict": verdict, "reason": "核对了台账"}
    )


def later(clock: Any, moment: str, *people: Office) -> None:
    """Move a `time_machine` clock, and sign these people in anew: their sessions are over."""
    clock.move_to(moment)
    for who in people:
        vars(who).update(vars(who.signed_in_again()))
