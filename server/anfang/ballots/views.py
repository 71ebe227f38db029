"""Reads of sealed appraisals as their addresses tell them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from anfang.ballots import queries
from anfang.ballots.errors import NotOpened
from anfang.ballots.models import BallotBox, SlipState, Stage
from anfang.ballots.rules import Appraisal
from anfang.campaigns import queries as campaigns
from anfang.identity import queries as identity


def appraisal_view(campaign_id: UUID, asked: Appraisal) -> dict[str, Any]:
    """Tell what a rulebook's appraisal asks, and how many units it judges now."""
    return {
        "code": asked.code,
        "title": asked.title,
        "threshold": asked.threshold,
        "groups": [one.title for one in asked.groups],
        "criteria": [one.title for one in asked.criteria],
        "units": len(queries.units_judged(campaign_id, asked)),
    }


def box_views(boxes: Sequence[BallotBox]) -> list[dict[str, Any]]:
    """Tell boxes as a list does."""
    names = campaigns.campaign_names([one.campaign_id for one in boxes])
    return [
        {
            "id": one.id,
            "campaign": {"id": one.campaign_id, "name": names[one.campaign_id]},
            "title": one.title,
            "day": one.day,
            "stage": one.stage,
        }
        for one in boxes
    ]


def box_view(box: BallotBox) -> dict[str, Any]:
    """Tell one box: who witnesses it by office, how many slips; what ballots say is not here.

    While ballots are cast, what is on the way counts as used: it becomes so within a moment.
    """
    (told,) = box_views([box])
    slips = queries.counted(box.id)
    paper = box.paper
    return told | {
        "appraisal": box.appraisal,
        "about": paper["about"],
        "threshold": box.threshold,
        "fewest": paper["fewest"],
        "abstain": paper["abstain"],
        "units": paper["units"],
        "criteria": [_named(one) for one in paper["criteria"]],
        "scale": paper["scale"],
        "witnesses": [
            {"number": one.number, "office": one.office, "holds_share": one.wrapped is not None}
            for one in queries.witnesses(box.id)
        ],
        "groups": [_group_view(one, slips.get(one["code"], {})) for one in paper["groups"]],
        "is_today": box.day == queries.today(),
        "seal": box.seal,
        "sealed_at": box.sealed_at,
        "opened_at": box.opened_at,
        "void_reason": box.void_reason,
        "set_up_by": identity.display_names([box.set_up_by]).get(box.set_up_by, ""),
    }


def tally_view(box: BallotBox) -> dict[str, Any]:
    """Tell what an opened box says; raises NotOpened."""
    result = box.result
    if box.stage != Stage.OPENED.value or result is None:
        raise NotOpened
    return {
        "groups": result["tally"]["groups"],
        "lines": result["tally"]["lines"],
        "present": result["present"],
        "papers_sha256": result["papers_sha256"],
    }


def _group_view(group: dict[str, str], slips: Any) -> dict[str, Any]:
    issued = sum(slips.values()) if slips else 0
    spoilt = slips.get(SlipState.SPOILT, 0)
    unused = slips.get(SlipState.ISSUED, 0)
    return _named(group) | {
        "issued": issued,
        "used": issued - spoilt - unused,
        "unused": unused,
        "spoilt": spoilt,
    }


def _named(one: dict[str, str]) -> dict[str, Any]:
    return {"code": one["code"], "title": one["title"]}
