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


@dataclass
class Desk:
    """Who takes part in a notice: the lead drafts, the approver approves, the liaison is heard."""

    campaign: setup.Campaign
    lead: Office
    approver: Office
    liaison: Office

    @classmethod
    def opened(cls, office: setup.OPEN_OFFICE) -> "Desk":
        campaign = setup.running_campaign(office)
        liaison = setup.liaison(office, campaign.unit)
        return cls(campaign, campaign.lead, office(Role.APPROVER), liaison)

    def case(self, **changes: Any) -> Any:
        """Open a case in which the unit was heard."""
        return cases.defended_case(self.campaign, self.liaison, lead=self.lead, **changes)

    def draft(self, *chosen: Any, **changes: Any) -> Any:
        """Draft an exposure notice from cases, or from a fresh one; returns its body."""
        return setup.created(
            self.lead.post("/notices", notice_body(*(chosen or [self.case()])) | changes)
        )

    def approved(self, notice: Any) -> Any:
        """Submit and approve a draft."""
        path = f"/notices/{notice['id']}"
        setup.created(self.lead.post(f"{path}/submit"))
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
