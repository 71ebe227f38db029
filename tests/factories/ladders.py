"""Measures, reviews and referrals through the API, by people of their own roles."""

from dataclasses import dataclass
from typing import Any

from anfang.kit.principal import Role
from factories import setup
from factories.setup import OPEN_OFFICE, Campaign, created
from support.server import Office

SHIPPED_FIELDS = {"remedy": "已补齐顶岗人员", "inquiry": "两整办查实", "lesson": "已批评教育"}


@dataclass(frozen=True)
class Bench:
    """Who acts on measures: a lead proposes, an approver approves, another one reviews."""

    lead: Office
    approver: Office
    reviewer: Office
    desk: Office


def bench(office: OPEN_OFFICE, campaign: Campaign) -> Bench:
    """Open the accounts."""
    return Bench(
        lead=campaign.lead,
        approver=office(Role.APPROVER),
        reviewer=office(Role.APPROVER),
        desk=setup.liaison(office, campaign.unit),
    )


def body(case: str, ladder: str, step: str, **changes: Any) -> dict[str, Any]:
    """Return the body of POST /measures."""
    told = {"case_ids": [case], "ladder": ladder, "step": step, "reason": "问题查实"}
    return {**told, **changes}


def proposed(bench: Bench, case: str, ladder: str, step: str, **changes: Any) -> Any:
    """Propose a step."""
    return created(bench.lead.post("/measures", body(case, ladder, step, **changes)))


def approved(bench: Bench, measure: str, **changes: Any) -> Any:
    """Approve a measure."""
    told = {"approved": True, "note": "同意", **changes}
    return created(bench.approver.post(f"/measures/{measure}/decide", told))


def in_force(bench: Bench, case: str, ladder: str, step: str, **changes: Any) -> Any:
    """Propose a step, approve it and put it in force."""
    skip_approval = changes.pop("skip_approval", "")
    measure = proposed(bench, case, ladder, step, **changes)["id"]
    approved(bench, measure, skip_approval=skip_approval)
    return created(bench.lead.post(f"/measures/{measure}/enforce"))


def refused(answer: Any) -> tuple[int, str]:
    """Return status and code of an answer that must be a refusal."""
    assert answer.status_code >= 400, answer.json
    return answer.status_code, answer.json["code"]
