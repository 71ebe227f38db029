"""Verbs of taking matters over from approval systems: whole or not at all, shown before."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.kit.sheets import Fault
from anfang.log import service as log
from anfang.registry import queries as registry
from anfang.supervision import queries
from anfang.supervision.errors import MattersChanged, MattersFaulty
from anfang.supervision.joint import Flow, departments_of, flow_of
from anfang.supervision.models import ApprovalMatter
from anfang.supervision.rules import Joint, Rules, limits_of


@dataclass(frozen=True)
class Step:
    """A step of a matter; days as ISO 8601, `left_on` empty while it is open.

    `department` examines, empty where the accepting window itself has the matter; `early` marks
    involvement before its examination begins.
    """

    name: str
    handler: str
    entered_on: str
    left_on: str = ""
    department: str = ""
    early: bool = False


@dataclass(frozen=True)
class Matter:
    """A matter as a system tells it; `place` is its row or its place in the list.

    `lead_post` leads it where several departments examine it.
    """

    place: int
    unit_code: str
    number: str
    item: str
    accepted_on: date
    legal_working_days: int
    promised_working_days: int
    paused_working_days: int = 0
    finished_on: date | None = None
    lead_post: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def flow(self) -> Flow | None:
        """The way that it took through several departments."""
        return flow_of([asdict(step) for step in self.steps])


@dataclass
class Plan:
    """What was sent would do: how many matters are new, changed, marked.

    `excessive`: for what they promise; `serial`: for going from department to department.
    """

    matters: int
    new: int = 0
    changed: int = 0
    excessive: int = 0
    serial: int = 0
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""
    done: bool = False


def take(
    campaign_id: UUID,
    matters: Sequence[Matter],
    faults: Sequence[Fault] = (),
    digest: str | None = None,
    *,
    at_once: bool = False,
) -> Plan:
    """Show what matters would change, or take them over: new ones added, known ones overwritten.

    Args:
        faults: what reading them has found already.
        digest: of the plan that was shown; None only shows.
        at_once: take them without a preview (another system sends them).

    Raises:
        NoSupervision: the rulebook has none.
        MattersFaulty: there are faults; nothing was taken.
        MattersChanged: this is not what was shown.
    """
    campaigns.campaign(campaign_id)
    rules = queries.rules_of(campaign_id)
    plan = Plan(len(matters), faults=list(faults))
    units = _units(matters)
    plan.faults += _faults(matters, units, rules)
    if not plan.faults:
        _compare(campaign_id, plan, matters, units, rules)
    plan.faults.sort(key=lambda one: one.row)
    apply = at_once or digest is not None
    if apply and plan.faults:
        pointers = {f"/{one.row}/{one.column or ''}": one.code for one in plan.faults[:100]}
        raise MattersFaulty(pointers=pointers)
    if apply and not at_once and digest != plan.digest:
        raise MattersChanged
    if apply:
        _write(campaign_id, matters, units, rules)
        plan.done = True
        log.audit("supervision.imported", "campaign", campaign_id, matters=len(matters))
    return plan


def _faults(matters: Sequence[Matter], units: Mapping[str, UUID], rules: Rules) -> list[Fault]:
    often = Counter((one.unit_code, one.number) for one in matters)
    today = queries.today()
    found = []
    for one in matters:
        for column, code, value in _faults_of(one, today):
            found.append(Fault(one.place, column, code, value))
        if one.unit_code not in units:
            found.append(Fault(one.place, "unit", "unit-unknown", one.unit_code))
        if often[one.unit_code, one.number] > 1:
            found.append(Fault(one.place, "number", "matter-twice", one.number))
        too_long = rules.exceeds(one.legal_working_days, one.promised_working_days)
        if too_long and rules.refuses_excess:
            days = str(one.promised_working_days)
            found.append(Fault(one.place, "promised_working_days", "promise-too-long", days))
        if rules.joint is not None:
            found += _joint_faults(one, rules.joint)
    return found


def _joint_faults(one: Matter, joint: Joint) -> Iterator[Fault]:
    """Yield what is wrong where several departments examine: nobody leads, or each waits."""
    departments = departments_of(asdict(step) for step in one.steps)
    if len(departments) > 1 and not one.lead_post:
        yield Fault(one.place, "lead_post", "lead-post-missing", "、".join(sorted(departments)))
    if joint.refuses_serial and one.flow is Flow.SERIAL:
        yield Fault(one.place, "department", "serial-approval", "、".join(sorted(departments)))


def _faults_of(one: Matter, today: date) -> list[tuple[str, str, str]]:
    found = []
    if one.accepted_on > today:
        found.append(("accepted_on", "day-ahead", one.accepted_on.isoformat()))
    if one.finished_on is not None and not one.accepted_on <= one.finished_on <= today:
        found.append(("finished_on", "days-out-of-order", one.finished_on.isoformat()))
    if one.promised_working_days > one.legal_working_days:
        days = str(one.promised_working_days)
        found.append(("promised_working_days", "promise-beyond-law", days))
    if any(step.left_on and step.left_on < step.entered_on for step in one.steps):
        found.append(("left_on", "days-out-of-order", ""))
    return found


def _compare(
    campaign_id: UUID,
    plan: Plan,
    matters: Sequence[Matter],
    units: Mapping[str, UUID],
    rules: Rules,
) -> None:
    known = queries.matters_of(campaign_id, [(units[m.unit_code], m.number) for m in matters])
    told = []
    for one in matters:
        before = known.get((units[one.unit_code], one.number))
        members = _members(one, rules)
        plan.excessive += members["excessive"]
        plan.serial += members["flow"] == Flow.SERIAL.value
        if before is None:
            plan.new += 1
        elif any(getattr(before, name) != value for name, value in members.items()):
            plan.changed += 1
        told.append([one.unit_code, one.number, before and str(before.id), str(members)])
    plan.digest = sha256_hex(json.dumps(told, ensure_ascii=False).encode())


def _write(
    campaign_id: UUID, matters: Sequence[Matter], units: Mapping[str, UUID], rules: Rules
) -> None:
    known = queries.matters_of(campaign_id, [(units[m.unit_code], m.number) for m in matters])
    for one in matters:
        unit_id = units[one.unit_code]
        row = known.get((unit_id, one.number))
        if row is None:
            row = ApprovalMatter(campaign_id=campaign_id, unit_id=unit_id, number=one.number)
            db.session.add(row)
        for name, value in _members(one, rules).items():
            setattr(row, name, value)
    db.session.flush()


def _members(one: Matter, rules: Rules) -> dict[str, Any]:
    limits = limits_of(
        one.accepted_on, one.promised_working_days, one.legal_working_days, one.paused_working_days
    )
    return {
        "item": one.item,
        "accepted_on": one.accepted_on,
        "legal_working_days": one.legal_working_days,
        "promised_working_days": one.promised_working_days,
        "paused_working_days": one.paused_working_days,
        "promised_until": limits.promised,
        "legal_until": limits.legal,
        "finished_on": one.finished_on,
        "lead_post": one.lead_post,
        "steps": [asdict(step) for step in one.steps],
        "flow": one.flow.value if rules.joint is not None and one.flow else "",
        "excessive": rules.exceeds(one.legal_working_days, one.promised_working_days),
    }


def _units(matters: Sequence[Matter]) -> dict[str, UUID]:
    codes = {one.unit_code for one in matters}
    found = {code: registry.unit_by_code(code) for code in codes}
    return {code: unit.id for code, unit in found.items() if unit is not None}
