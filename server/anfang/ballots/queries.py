"""Reads of sealed appraisals: boxes, witnesses, slips by state, figures for scoring."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, inspect, select, true
from sqlalchemy.exc import DatabaseError

from anfang.ballots import rules
from anfang.ballots.box_tables import metadata
from anfang.ballots.errors import AppraisalUnknown, SlipUnknown
from anfang.ballots.models import BallotBox, BallotSlip, BallotWitness, SlipState, Stage
from anfang.ballots.rules import Appraisal
from anfang.campaigns import queries as campaigns
from anfang.kit.clock import local_day, now
from anfang.kit.db import BALLOTS, db, found_by, locked
from anfang.kit.figures import Figure
from anfang.registry import queries as registry


def figures(campaign_id: UUID, since: date, until: date) -> list[Figure]:
    """Return what opened boxes say of units, by group of raters and criterion.

    Args:
        since, until: the meetings' first and last day.

    There is none of a box before its opening, and none of marks by fewer raters than the rulebook
    tells.
    """
    opened = db.session.scalars(
        select(BallotBox)
        .where(
            BallotBox.campaign_id == campaign_id,
            BallotBox.stage == Stage.OPENED.value,
            BallotBox.day.between(since, until),
        )
        .order_by(BallotBox.day, BallotBox.id)
    )
    return [one for box in opened for one in _figures(box)]


def appraisals(campaign_id: UUID) -> dict[str, Appraisal]:
    """Return the sealed appraisals that a campaign's rulebook declares, by code."""
    return rules.parse(campaigns.rulebook_section(campaign_id, "ballots") or ())


def appraisal(campaign_id: UUID, code: str) -> Appraisal:
    """Return one appraisal; raises AppraisalUnknown."""
    found = appraisals(campaign_id).get(code)
    if found is None:
        raise AppraisalUnknown
    return found


def units_judged(campaign_id: UUID, asked: Appraisal) -> list[dict[str, str]]:
    """Return id and name of the units that play an appraisal's parts, each once, in their order."""
    ids = list(
        dict.fromkeys(
            unit for part in asked.parts for unit in campaigns.units_of_actor(campaign_id, part)
        )
    )
    names = {one.id: one.name for one in registry.units_of(ids)} if ids else {}
    return [{"id": str(one), "name": names[one]} for one in ids]


def boxes_listed(campaign_id: UUID | None = None) -> Select[BallotBox]:
    """Return the statement of the boxes, the newest first."""
    listed = select(BallotBox).order_by(BallotBox.created_at.desc(), BallotBox.id.desc())
    return listed if campaign_id is None else listed.where(BallotBox.campaign_id == campaign_id)


def is_opened(campaign_id: UUID, appraisal: str) -> bool:
    """Tell whether a box of an appraisal was opened."""
    asked = select(BallotBox.id).filter_by(
        campaign_id=campaign_id, appraisal=appraisal, stage=Stage.OPENED.value
    )
    return db.session.scalar(asked.limit(1)) is not None


def every_box() -> Sequence[BallotBox]:
    """Return all boxes, for the log's verification."""
    return db.session.scalars(select(BallotBox).order_by(BallotBox.created_at)).all()


def box(
    box_id: UUID, within: ColumnElement[bool] | None = None, *, for_update: bool = False
) -> BallotBox:
    """Return a box; raises NotFound.

    Args:
        within: the policy's predicate for the caller.
    """
    asked = select(BallotBox).where(BallotBox.id == box_id, true() if within is None else within)
    asked = asked.execution_options(populate_existing=True)
    return found_by(locked(asked) if for_update else asked)


def witnesses(box_id: UUID) -> Sequence[BallotWitness]:
    """Return a box's witnesses by their number."""
    asked = select(BallotWitness).filter_by(box_id=box_id).order_by(BallotWitness.number)
    return db.session.scalars(asked).all()


def slip(code_sha256: str, *, for_update: bool = False) -> BallotSlip:
    """Return a slip by what its code is known by; raises SlipUnknown."""
    asked = select(BallotSlip).where(BallotSlip.code_sha256 == code_sha256)
    asked = asked.execution_options(populate_existing=True)
    found = db.session.scalar(locked(asked) if for_update else asked)
    if found is None:
        raise SlipUnknown
    return found


def slip_numbered(box_id: UUID, number: int) -> BallotSlip:
    """Return a slip by the number that is printed on it, locked; raises SlipUnknown."""
    asked = select(BallotSlip).filter_by(box_id=box_id, number=number)
    found = db.session.scalar(locked(asked))
    if found is None:
        raise SlipUnknown
    return found


def slips(box_id: UUID) -> Sequence[BallotSlip]:
    """Return every slip of a box."""
    return db.session.scalars(select(BallotSlip).filter_by(box_id=box_id)).all()


def highest_number(box_id: UUID) -> int:
    """Return the highest number that was printed on a slip of a box, 0 before the first."""
    asked = select(func.max(BallotSlip.number)).filter_by(box_id=box_id)
    return db.session.scalar(asked) or 0


def counted(box_id: UUID) -> Mapping[str, Mapping[SlipState, int]]:
    """Count slips by group and state. What is on the way into the box is not told as used yet."""
    asked = (
        select(BallotSlip.group, BallotSlip.state, func.count())
        .where(BallotSlip.box_id == box_id)
        .group_by(BallotSlip.group, BallotSlip.state)
    )
    found: dict[str, dict[SlipState, int]] = defaultdict(lambda: dict.fromkeys(SlipState, 0))
    for group, state, count in db.session.execute(asked):
        found[group][SlipState(state)] = count
    return found


def totals(box_id: UUID) -> dict[SlipState, int]:
    """Count slips by state."""
    groups = counted(box_id).values()
    return {state: sum(one[state] for one in groups) for state in SlipState}


def today(moment: datetime | None = None) -> date:
    """Return the office's day."""
    return local_day(moment or now(), current_app.config["ZONE"])


def _figures(opened: BallotBox) -> list[Figure]:
    lines = (opened.result or {})["tally"]["lines"]
    return [
        Figure(
            unit_id=UUID(one["unit"]),
            source="ballot",
            group=one["group"],
            item=one["criterion"],
            value=one["mean"],
            count=one["count"],
            object_kind="ballot_box",
            object_id=opened.id,
        )
        for one in lines
        if one["mean"] is not None
    ]


def is_store_ready() -> bool:
    """Tell whether the ballot box's own store answers and has its tables."""
    try:
        found = inspect(db.engines[BALLOTS]).get_table_names()
    except DatabaseError:
        return False
    return set(metadata.tables) <= set(found)
