"""Rounds of surveys set up through the API: rated, opened, answered, closed."""

import io
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from factories import setup
from factories.setup import created
from support.server import Office

HOUR = "2027-06-30T10:00:00Z"
"""When rounds close, unless a test says otherwise."""

SCALE = [
    {"code": "good", "title": "满意", "title_en": "Satisfied", "points": 100},
    {"code": "fair", "title": "基本满意", "title_en": "Fairly", "points": 60},
    {"code": "bad", "title": "不满意", "title_en": "Not", "points": 0, "dissatisfied": True},
    {"code": "unknown", "title": "不了解", "title_en": "Unknown"},
]
QUESTIONS = [
    {"code": "overall", "title": "总体", "title_en": "As a whole", "decides": True},
    {"code": "speed", "title": "效率", "title_en": "Speed"},
]
GROUPS = [
    {"code": "served", "title": "服务对象", "title_en": "People served"},
    {"code": "grassroots", "title": "基层单位", "title_en": "Grass-roots"},
]


@dataclass(frozen=True)
class Round:
    """A round and who set it up."""

    id: str
    lead: Office
    units: list[str]

    def path(self, rest: str = "") -> str:
        """Return an address of the round."""
        return f"/survey-rounds/{self.id}{rest}"


def form(units: list[str], **members: Any) -> dict[str, Any]:
    """Return a form in which both groups judge all units."""
    panels = [{"groups": ["served", "grassroots"], "units": units}]
    whole = {"questions": QUESTIONS, "scale": SCALE, "groups": GROUPS, "panels": panels}
    return {**whole, **members}


def drafted(
    campaign: setup.Campaign, *, code: str = "first", units: list[str] | None = None, **members: Any
) -> Round:
    """Set up a round with a form of its own; `members` are the form's that differ."""
    judged = units or [campaign.tree.service_centre, campaign.tree.transport]
    body = {
        "campaign_id": campaign.id,
        "code": code,
        "title": "第一次满意度调查",
        "form": form(judged, **members),
    }
    made = created(campaign.lead.post("/survey-rounds", body))
    return Round(made["id"], campaign.lead, judged)


def planned(campaign: setup.Campaign, code: str) -> Round:
    """Set up a round as the campaign's rulebook plans it."""
    body = {"campaign_id": campaign.id, "code": code}
    made = created(campaign.lead.post("/survey-rounds", body))
    return Round(made["id"], campaign.lead, [one["id"] for one in made["units"]])


def frame_csv(counts: dict[str, int], *, contact: bool = False) -> bytes:
    """Return a frame with so many raters of each group (by its title), numbered through."""
    lines = ["编号,组别,分层,联系方式"]
    for group, count in counts.items():
        for _ in range(count):
            number = len(lines)
            mail = f"rater{number}@example.org" if contact else ""
            lines.append(f"R-{number:04d},{group},层{number % 2},{mail}")
    return "\n".join(lines).encode()


def send_frame(one: Round, data: bytes, digest: str | None = None, name: str = "名单.csv") -> Any:
    """Send a frame's sheet, for a preview or to be taken."""
    return one.lead.call(
        "POST",
        one.path("/frame") + (f"?digest={digest}" if digest else ""),
        data={"file": (io.BytesIO(data), name)},
        content_type="multipart/form-data",
    )


def take_frame(one: Round, data: bytes) -> dict[str, Any]:
    """Have a frame taken."""
    shown = created(send_frame(one, data))
    assert not shown["faults"], shown
    answer: dict[str, Any] = created(send_frame(one, data, shown["digest"]))
    return answer


def opened(one: Round, counts: dict[str, int] | None = None, *, closes_at: str = HOUR) -> Round:
    """Give a drafted round a frame, freeze and open it."""
    take_frame(one, frame_csv(counts or {"服务对象": 12, "基层单位": 8}))
    created(one.lead.change(one.path(), {"closes_at": closes_at}))
    created(one.lead.post(one.path("/freeze")))
    created(one.lead.post(one.path("/open")))
    return one


def codes(one: Round, group: str = "served", limit: int = 100) -> list[str]:
    """Hand tokens out as links; returns their codes in the order of the raters' numbers."""
    answer = one.lead.post(one.path("/links"), {"group": group, "limit": limit})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    sheet = load_workbook(io.BytesIO(answer.get_data())).worksheets[0]
    links = [row[2].value for row in sheet.iter_rows(min_row=2)]
    return [link.rpartition("/")[2] for link in links]


def ballot(one: Round, overall: str, speed: str = "", units: list[str] | None = None) -> dict:
    """Return a ballot's form members: the same marks for every unit."""
    marks: dict[str, str] = {}
    for unit in units or one.units:
        marks[f"{unit}.overall"] = overall
        if speed:
            marks[f"{unit}.speed"] = speed
    return marks


def cast(app: Any, code: str, marks: dict[str, str], **options: Any) -> Any:
    """Send a ballot as a browser without script does."""
    data = {"code": code, **marks}
    return app.test_client().post("/p/surveys/ballot", data=data, **options)


def answered(app: Any, one: Round, said: list[str], group: str = "served") -> None:
    """Have a ballot cast for each option, by as many raters of a group."""
    for code, option in zip(codes(one, group, len(said)), said, strict=True):
        answer = cast(app, code, ballot(one, option))
        assert answer.status_code == 303, answer.get_data(as_text=True)


def closed(one: Round, reason: str = "提前结束") -> dict[str, Any]:
    """Close a round and return its results."""
    created(one.lead.post(one.path("/close"), {"reason": reason}))
    answer: dict[str, Any] = created(one.lead.get(one.path("/results")))
    return answer


def polled(
    app: Any, one: Round, satisfied: dict[str, int], *, closes_at: str = HOUR, raters: int = 6
) -> None:
    """Open a planned round, have so many raters of each group satisfied with each unit, close it.

    All others are dissatisfied.
    """
    form_ = created(one.lead.get(one.path()))["form"]
    opened(one, {group["title"]: raters for group in form_["groups"]}, closes_at=closes_at)
    for group in form_["groups"]:
        for place, code in enumerate(codes(one, group["code"], raters)):
            marks = {
                f"{unit}.{question['code']}": "satisfied" if place < count else "dissatisfied"
                for unit, count in satisfied.items()
                for question in form_["questions"]
            }
            answer = cast(app, code, marks)
            assert answer.status_code == 303, answer.get_data(as_text=True)
    created(one.lead.post(one.path("/close"), {"reason": "名单上的人都答了"}))
