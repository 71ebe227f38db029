"""Notices, from cases whose units were heard, up to publication; through the API."""

from dataclasses import dataclass
from typing import Any

from anfang.kit.principal import Role
from factories import cases, setup
from support.server import Office

LETTERHEAD = {
    "organ": "甲整办通",
    "office": "甲市机关作风整顿办公室",
    "addressees": ["各县（市、区）人民政府", "市政府各部门"],
    "copies_to": ["市委办公室", "市政府办公室"],
    "contact": {"name": "办公室值班员", "phone": "0000-1234567"},
}

PASSED = {"passed": True, "remark": "事实清楚，依据明确"}
ORGANS = {
    "exposure": "甲整办通",
    "rectification": "甲整办改",
    "supervision": "甲整办督",
    "bulletin": "作风整顿简报",
    "reply": "甲整办复",
}
ASKED: dict[str, dict[str, Any]] = {
    "rectification": {
        "subject": "窗口无故空岗问题",
        "basis": "《甲市机关作风整顿实施方案》第八条",
        "demands": ["立即落实AB岗制度", "对窗口人员开展培训"],
    },
    "supervision": {
        "subject": "落实窗口AB岗制度",
        "matter": "督促所属窗口单位落实AB岗制度",
        "supporting": ["甲市政务服务管理局"],
    },
    "bulletin": {
        "theme": "窗口服务作风",
        "view": "多数窗口在岗在位",
        "achievements": ["部分窗口实行延时服务"],
    },
    "reply": {
        "subject": "窗口无人值守问题",
        "raised_on": "2026-11-02",
        "outcome": "已责成该单位落实AB岗制度，并对有关人员批评教育",
    },
}


def letterhead(kind: str) -> dict[str, Any]:
    """Return the letterhead of a kind's first document."""
    shared = {name: LETTERHEAD[name] for name in ("office", "contact")}
    return {**shared, "organ": ORGANS[kind]}


@dataclass
class Desk:
    """Who takes part: the lead drafts, counsel checks, the approver approves, the unit is heard."""

    campaign: setup.Campaign
    lead: Office
    counsel: Office
    approver: Office
    liaison: Office

    @classmethod
    def opened(cls, office: setup.OPEN_OFFICE) -> "Desk":
        campaign = setup.running_campaign(office)
        liaison = setup.liaison(office, campaign.unit)
        return cls(campaign, campaign.lead, office(Role.REVIEWER), office(Role.APPROVER), liaison)

    def case(self, **changes: Any) -> Any:
        """Open a case in which the unit was heard."""
        return cases.defended_case(self.campaign, self.liaison, lead=self.lead, **changes)

    def draft(self, *chosen: Any, **changes: Any) -> Any:
        """Draft an exposure notice from cases, or from a fresh one; returns its body."""
        return setup.created(
            self.lead.post("/notices", notice_body(*(chosen or [self.case()])) | changes)
        )

    def composed(self, kind: str, *chosen: Any, **changes: Any) -> Any:
        """Draft a document of another kind from cases, or from a fresh one; returns its body."""
        cases_of = [case["id"] for case in (chosen or [self.case()])]
        body = {"kind": kind, "case_ids": cases_of, "letterhead": letterhead(kind), **ASKED[kind]}
        return setup.created(self.lead.post("/notices", body | changes))

    def checked(self, notice: Any) -> Any:
        """Submit a draft and pass its legal check."""
        path = f"/notices/{notice['id']}"
        setup.created(self.lead.post(f"{path}/submit"))
        return setup.created(self.counsel.post(f"{path}/legal-check", PASSED))

    def approved(self, notice: Any) -> Any:
        """Submit, check and approve a draft."""
        path = f"/notices/{notice['id']}"
        self.checked(notice)
        return setup.created(self.approver.post(f"{path}/approve"))

    def published(self, notice: Any = None) -> Any:
        """Bring a draft, or a fresh one, to publication; returns its body."""
        notice = self.approved(notice or self.draft())
        return setup.created(self.lead.post(f"/notices/{notice['id']}/publish"))


def notice_body(*chosen: Any) -> dict[str, Any]:
    """Return the body of POST /notices for cases."""
    return {
        "case_ids": [case["id"] for case in chosen],
        "theme": "窗口服务作风",
        "coverage": "全市政务服务窗口",
        "view": "多数窗口在岗在位，少数窗口制度落实不到位",
        "letterhead": LETTERHEAD,
    }
