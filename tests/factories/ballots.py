"""Boxes of sealed appraisals, set up and used through the API and the raters' page."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.test import TestResponse

from anfang.kit.principal import Role
from factories import rulebooks
from factories.setup import OPEN_OFFICE, Campaign, created
from support.server import PASSWORD, Office

DAY = "2026-11-16"
OFFICES = ("纪检监察组", "统计部门", "评议员代表")
PASSPHRASES = (
    "纸船 走过 七座 石桥 之后 停在 灯下",
    "a quiet lamp above nine grey stairs",
    "三更 有 雨 打在 铁皮 屋檐 上 十一声",
)
CODE = re.compile(r"(?:[2-9A-Z]{4}-){6}[2-9A-Z]{4}")


@dataclass(frozen=True)
class Witness:
    """A witness: in what office, under which account, with which passphrase."""

    office: str
    username: str
    passphrase: str

    @property
    def pledge(self) -> dict[str, str]:
        """What a witness enters to take a share."""
        return {"office": self.office, "password": PASSWORD, **self.present}

    @property
    def present(self) -> dict[str, str]:
        """What a witness enters at the opening."""
        return {"username": self.username, "passphrase": self.passphrase}


@dataclass(frozen=True)
class Box:
    """A box that is open for ballots, with its witnesses."""

    id: str
    lead: Office
    campaign: Campaign
    witnesses: tuple[Witness, ...]

    @property
    def path(self) -> str:
        """The box's address."""
        return f"/ballot-boxes/{self.id}"

    def told(self) -> dict[str, Any]:
        """Return the box as its address tells it."""
        answer: dict[str, Any] = created(self.lead.get(self.path))
        return answer

    def opening(self, *present: Witness, by: Office | None = None) -> TestResponse:
        """Try to open the box before witnesses, by default all of them."""
        body = {"present": [one.present for one in present or self.witnesses]}
        return (by or self.lead).post(f"{self.path}/opening", body)

    def opened(self) -> dict[str, Any]:
        """Open the box; returns its tally."""
        answer: dict[str, Any] = created(self.opening())
        return answer

    def sealed(self) -> dict[str, Any]:
        """Seal the box; returns it."""
        answer: dict[str, Any] = created(self.lead.post(f"{self.path}/seal"))
        return answer


def today() -> str:
    """Return the office's day."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


def judged(office: OPEN_OFFICE, campaign: Campaign) -> Campaign:
    """List the units that the shipped appraisal judges: two bureaus below the city."""
    tree = campaign.tree
    below = [tree.transport, tree.service_centre]
    rulebooks.assign(campaign.lead, campaign.id, bureau=[tree.city], construction=below)
    return campaign


def try_set_up(campaign: Campaign, by: Office | None = None, **members: Any) -> TestResponse:
    """Set up the box of a meeting."""
    body = {"campaign_id": campaign.id, "appraisal": "appraisal", "day": DAY, **members}
    return (by or campaign.lead).post("/ballot-boxes", body)


def witness(office: OPEN_OFFICE, number: int = 0) -> Witness:
    """Open a witness's account."""
    desk = office(Role.AUDITOR)
    username = desk.get("/session").json["username"]
    return Witness(OFFICES[number], username, PASSPHRASES[number])


def open_box(office: OPEN_OFFICE, campaign: Campaign, **members: Any) -> Box:
    """Set up a box and let three witnesses take their shares."""
    box = created(try_set_up(campaign, **members))["id"]
    witnesses = tuple(witness(office, number) for number in range(3))
    body = {"witnesses": [one.pledge for one in witnesses]}
    created(campaign.lead.post(f"/ballot-boxes/{box}/witnesses", body))
    return Box(box, campaign.lead, campaign, witnesses)


def slips(box: Box, count: int, group: str = "assessors") -> list[str]:
    """Have slips printed; returns the codes that stand on them."""
    body = {"group": group, "count": count}
    answer = box.lead.post(f"{box.path}/slips", body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=answer.data, capture_output=True, check=True
    )
    # A code takes two lines of its slip.
    codes = CODE.findall("".join(read.stdout.decode().split()))
    assert len(codes) == count
    return codes


def marks(paper: Mapping[str, Any], grade: str, **others: str) -> dict[str, str]:
    """Fill a page in with one grade; `others` are fields by name (`_` for `-`)."""
    fields = {
        f"m-{unit}-{criterion}": grade
        for unit in range(len(paper["units"]))
        for criterion in range(len(paper["criteria"]))
    }
    return fields | {name.replace("_", "-"): value for name, value in others.items()}


def vote(box: Box, code: str, fields: Mapping[str, str]) -> TestResponse:
    """Send a filled-in page as somebody who is not signed in."""
    stranger = box.lead.client.application.test_client()
    return stranger.post("/p/ballots/", data={"code": code, **fields})


def cast(box: Box, code: str, grade: str = "satisfied", **others: str) -> None:
    """Cast a ballot that must be taken."""
    answer = vote(box, code, marks(box.told(), grade, **others))
    assert answer.status_code == 303, answer.get_data(as_text=True)
