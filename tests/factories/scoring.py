"""Scores of a small office: units of three categories that were visited, and a rulebook of schemes.

Visits are written as the review room leaves them (`factories.cases`); all else goes by the API.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from anfang.inspections.models import Record
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from factories import cases, rulebooks, setup
from factories.setup import OPEN_OFFICE, created
from support.server import Office

SINCE, UNTIL = "2026-11-01", "2026-11-30"
"""Days of the first run: visits of `factories.cases` lie between them."""

TEXT = """
rulebook: 1
code: marks
title: 走访打分
source: 方案
actors:
  - {code: bureaus, title: 职能部门, kind: inspected}
  - {code: party, title: 党群部门, kind: inspected}
  - {code: vertical, title: 垂直部门, kind: inspected}
  - {code: housing, title: 不参加排名的单位, kind: inspected}
ladders:
  facts:
    - {code: ranked-last, title: 排名末位}
    - {code: ranked-first, title: 排名首位}
  sequences:
    - code: last-places
      title: 末位
      categories: [government_functional, party_mass]
      steps:
        - {code: talk, kind: talk, title: 诫勉谈话, when: [{fact: attested.ranked-last}]}
        - {code: reorganise, kind: organisational, title: 组织处理}
    - code: superior
      title: 垂直部门
      categories: [vertical]
      steps:
        - {code: letter, kind: letter, title: 致函主管部门}
  rewards:
    - {code: commend, title: 表彰, when: [{fact: attested.ranked-first}]}
scoring:
  schemes:
    - code: visits
      title: 走访得分
      of: units
      published: true
      categories: [government_functional, party_mass, vertical]
      parts: [bureaus, party, vertical, housing]
      exclude:
        - {parts: [housing], why: 不参加统一排名}
      components:
        - {code: marks, title: 暗访得分, source: visit, weight: 100, least: 1, too_few: leave_out}
      deductions:
        - {code: problems, title: 每个问题, source: visit, groups: [finding], each: 1, free: 1}
      vetoes:
        - {code: bans, title: 违反禁令, source: visit, groups: [veto], cap: 59}
      bands:
        - {code: good, title: 优, from: 90}
        - {code: fair, title: 良, from: 80}
        - {code: poor, title: 差, from: 0}
      consequences:
        - code: last
          title: 后一位
          categories: [government_functional]
          when: {last: 1, among_at_least: 3}
          then: {ladder: last-places, step: talk}
          fact: ranked-last
        - code: twice
          title: 两次后一位
          categories: [government_functional]
          when: {last: 1, times: 2, among_at_least: 3}
          then: {ladder: last-places, step: reorganise}
        - code: superior
          title: 垂直部门末位
          categories: [vertical]
          when: {last: 1, among_at_least: 2}
          then: {ladder: superior, step: letter}
        - code: best
          title: 前一位
          categories: [government_functional]
          when: {best: 1, among_at_least: 3}
          then: {reward: commend}
          fact: ranked-first
    - code: inside
      title: 内部参考
      of: units
      categories: [government_functional]
      base: 100
"""


@dataclass(frozen=True)
class Bench:
    """Who acts on scores, and the units: three bureaus, and two of each other kind."""

    campaign: setup.Campaign
    lead: Office
    approver: Office
    bureaus: tuple[str, str, str]
    party: tuple[str, str]
    vertical: tuple[str, str]
    housing: str


def bench(office: OPEN_OFFICE) -> Bench:
    """Set up a campaign by the rulebook, its units in their parts."""
    campaign = setup.running_campaign(office)
    lead = campaign.lead
    rulebooks.load(lead, campaign.id, text=TEXT)
    functional = [unit(lead, f"职能{n}局", f"zn-{i}") for i, n in enumerate("一二三四")]
    party = [unit(lead, f"党群{n}部", f"dq-{i}", "party_mass") for i, n in enumerate("一二")]
    vertical = [unit(lead, f"垂直{n}局", f"cz-{i}", "vertical") for i, n in enumerate("一二")]
    rulebooks.assign(
        lead, campaign.id, bureaus=functional[:3], party=party, vertical=vertical,
        housing=functional[3:],
    )  # fmt: skip
    return Bench(
        campaign=campaign,
        lead=lead,
        approver=office(Role.APPROVER),
        bureaus=(functional[0], functional[1], functional[2]),
        party=(party[0], party[1]),
        vertical=(vertical[0], vertical[1]),
        housing=functional[3],
    )


def unit(
    lead: Office, name: str, code: str, category: str = "government_functional", **members: Any
) -> str:
    """Make a unit."""
    body = {"name": name, "code": code, "category": category, "parent_id": None, **members}
    return str(created(lead.post("/units", body))["id"])


def visited(campaign: setup.Campaign, unit_id: str, points: int, **finding: Any) -> cases.Confirmed:
    """Visit a unit: an accepted record of so many points, with one confirmed finding."""
    found = cases.confirmed_finding(campaign, unit=unit_id, **finding)
    with transaction():
        record = db.session.get_one(Record, UUID(found.record))
        record.points = points
        record.day = finding.get("day", cases.DAY)
    return found


def body(campaign: str, scheme: str = "visits", **members: Any) -> dict[str, Any]:
    """Return the body of POST /score-runs."""
    told = {"campaign_id": campaign, "scheme": scheme, "title": "第一次", "since": SINCE}
    return {**told, "until": UNTIL, **members}


def computed(lead: Office, campaign: str, scheme: str = "visits", **members: Any) -> Any:
    """Compute a run."""
    return created(lead.post("/score-runs", body(campaign, scheme, **members)))


def signed(lead: Office, approver: Office, campaign: str, **members: Any) -> Any:
    """Compute a run and sign it off."""
    run = computed(lead, campaign, **members)["id"]
    told = {"approved": True, "note": "审定"}
    return created(approver.post(f"/score-runs/{run}/decide", told))


def published(lead: Office, approver: Office, campaign: str, **members: Any) -> Any:
    """Compute a run, sign it off and publish it."""
    run = signed(lead, approver, campaign, **members)["id"]
    return created(lead.post(f"/score-runs/{run}/publish"))


def places(run: Any) -> dict[str, tuple[int | None, str | None]]:
    """Return rank and score of a run's units."""
    return {one["unit"]["id"]: (one["rank"], one["score"]) for one in run["results"]}


def followed(run: Any) -> set[tuple[str, str]]:
    """Return what follows from a run: rules with their units."""
    return {(one["rule"], one["unit"]["id"]) for one in run["consequences"]}
