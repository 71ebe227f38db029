"""Verbs of sealed appraisals: set a box up, hand slips out, declare one spoilt or a box void."""

import secrets
from dataclasses import asdict
from datetime import date
from typing import Final
from uuid import UUID

from anfang.ballots import box as store
from anfang.ballots import queries, slip_codes
from anfang.ballots.errors import (
    CampaignNotRunning,
    GroupUnknown,
    NobodyToJudge,
    NotTheDay,
    SlipSpent,
    SlipSpoilt,
    StoreForged,
    WrongStage,
)
from anfang.ballots.models import BallotBox, BallotSlip, SlipState, Stage
from anfang.ballots.paper import Paper
from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import CampaignState
from anfang.kit.db import db
from anfang.kit.ids import new_id
from anfang.kit.principal import person
from anfang.log import service as log

MOST_SLIPS: Final = 500
"""Slips of one PDF."""


def set_up(campaign_id: UUID, appraisal: str, day: date) -> BallotBox:
    """Set up the box of one meeting; what its papers ask is frozen now.

    Args:
        day: of the meeting, today or later.

    Raises:
        NotFound, CampaignNotRunning, AppraisalUnknown: nothing to set it up by.
        NobodyToJudge: no unit plays a part that is judged.
        NotTheDay: the day is past.
    """
    campaign = campaigns.campaign(campaign_id)
    if campaign.state != CampaignState.RUNNING.value:
        raise CampaignNotRunning
    asked = queries.appraisal(campaign_id, appraisal)
    version = campaigns.rulebook_version(campaign_id)
    units = queries.units_judged(campaign_id, asked)
    if version is None or not units:
        raise NobodyToJudge
    if day < queries.today():
        raise NotTheDay
    paper = Paper(
        about=asked.about,
        units=units,
        groups=[asdict(one) for one in asked.groups],
        criteria=[asdict(one) for one in asked.criteria],
        scale=[asdict(one) for one in asked.scale],
        abstain=asked.abstain,
        fewest=asked.fewest,
    )
    box = BallotBox(
        id=new_id(),
        campaign_id=campaign_id,
        rulebook_version_id=version.id,
        appraisal=appraisal,
        title=asked.title,
        day=day,
        paper=asdict(paper),
        threshold=asked.threshold,
        set_up_by=person().id,
    )
    db.session.add(box)
    db.session.flush()
    log.audit("ballot_box.set_up", "ballot_box", box.id, appraisal=appraisal)
    return box


def issue(box: BallotBox, group: str, count: int) -> list[tuple[int, str]]:
    """Make slips for a group of raters; returns their numbers and codes, which are kept nowhere.

    The codes are drawn anew for each, in no order; whoever hands slips out face down does not know
    who got which.

    Args:
        box: locked (`queries.box(for_update=True)`).

    Raises:
        WrongStage: the witnesses hold no shares yet, or the box is sealed.
        GroupUnknown: the paper knows no such group.
    """
    require_stage(box, Stage.CASTING)
    if group not in {one["code"] for one in box.paper["groups"]}:
        raise GroupUnknown
    first = queries.highest_number(box.id) + 1
    made = [(first + at, slip_codes.new_code()) for at in range(count)]
    key = store.mark_key()
    db.session.add_all(_slip(key, box, group, number, code) for number, code in made)
    db.session.flush()
    log.audit("ballot_slip.issued", "ballot_box", box.id, group=group, count=count)
    secrets.SystemRandom().shuffle(made)
    return made


def spoil(box: BallotBox, number: int, reason: str) -> None:
    """Declare a slip spoilt that was handed back unused.

    Raises:
        WrongStage, SlipUnknown: there is no such slip in a box that is open.
        SlipSpent, SlipSpoilt: it is too late.
    """
    require_stage(box, Stage.CASTING)
    slip = queries.slip_numbered(box.id, number)
    if slip.state == SlipState.SPOILT.value:
        raise SlipSpoilt
    if slip.state != SlipState.ISSUED.value:
        raise SlipSpent
    slip.state, slip.spoilt_because = SlipState.SPOILT.value, reason.strip()
    log.audit("ballot_slip.spoilt", "ballot_box", box.id, number=number)


def void(box: BallotBox, reason: str) -> None:
    """Declare a box void before it was opened: its ballots are never read, its shares destroyed.

    Raises:
        WrongStage: it was opened, or is void.
    """
    require_stage(box, Stage.SET_UP, Stage.CASTING, Stage.SEALED)
    box.stage, box.void_reason = Stage.VOID.value, reason.strip()
    for witness in queries.witnesses(box.id):
        witness.wrapped = None
    log.audit("ballot_box.voided", "ballot_box", box.id)


def require_stage(box: BallotBox, *stages: Stage) -> None:
    """Raise WrongStage unless the box is at one of these stages."""
    if box.stage not in {one.value for one in stages}:
        raise WrongStage


def require_genuine(box: BallotBox, *slips: BallotSlip) -> None:
    """Raise StoreForged unless the office itself wrote these slips' rows."""
    key = store.mark_key()
    if not all(slip_codes.is_marked(key, one.mac, *_said(box, one)) for one in slips):
        raise StoreForged


def _slip(key: bytes, box: BallotBox, group: str, number: int, code: str) -> BallotSlip:
    slip = BallotSlip(
        code_sha256=slip_codes.fingerprint(code), box_id=box.id, group=group, number=number
    )
    slip.mac = slip_codes.mac(key, *_said(box, slip))
    return slip


def _said(box: BallotBox, slip: BallotSlip) -> tuple[str, ...]:
    """Return what a slip's mark answers for; also the key to which its ballot is sealed."""
    return ("slip", box.id.hex, str(box.public_key), slip.code_sha256, slip.group, str(slip.number))
