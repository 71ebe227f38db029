"""Verbs of rulebooks: load a version of a campaign's rulebook, or of one section of it."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final

from anfang.campaigns import parts, queries, service
from anfang.campaigns.errors import (
    RulebookInvalid,
    RulebookMissing,
    RulebookOfAnother,
    RulebookPassed,
    RulebookReasonMissing,
    RulebookUnknown,
    StageDaysDisordered,
    StagesEnteredMissing,
)
from anfang.campaigns.models import Campaign, CampaignStage, RulebookVersion
from anfang.campaigns.rulebook_editing import with_section
from anfang.campaigns.rulebook_texts import fault_text
from anfang.campaigns.rulebook_validating import check
from anfang.campaigns.shipped import shipped_text
from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import caller_id
from anfang.log import service as log

_MOST_POINTERS: Final = 50


def load(
    campaign: Campaign, text: str, *, reason: str = "", replaces: int | None = None
) -> RulebookVersion:
    """Put a version of the rulebook in force; the same text again changes nothing.

    Args:
        reason: why; demanded once a stage has been entered, for the rules were frozen then.
        replaces: number of the version that the caller saw; None: looked at nothing before.

    Raises:
        CampaignClosed: too late.
        RulebookInvalid: the text is refused; every fault with line, column and rule.
        RulebookPassed: another version is in force than the caller saw.
        RulebookReasonMissing, RulebookOfAnother, StagesEnteredMissing: see there.
        StageDaysDisordered: by this campaign's first day the stages' days are in no order.
    """
    service.require_open(campaign)
    content = _sound(text)
    newest = queries.rulebook_version(campaign.id)
    _require_seen(newest, replaces)
    digest = sha256_hex(text.encode())
    if newest is not None and newest.sha256 == digest:
        return newest
    if queries.current_stage(campaign.id) is not None:
        _require_change_allowed(newest, content, reason)
    version = RulebookVersion(
        campaign_id=campaign.id,
        version=1 if newest is None else newest.version + 1,
        code=content["code"],
        title=content["title"],
        text=text,
        content=content,
        sha256=digest,
        reason=reason.strip() or None,
        loaded_by=caller_id(),
    )
    db.session.add(version)
    _set_stages(campaign, content)
    db.session.flush()
    parts.renew_themes(campaign, content)
    log.audit(
        "rulebook.loaded", "campaign", campaign.id, version=version.version, sha256=digest,
        reason=version.reason,
    )  # fmt: skip
    return version


def load_shipped(
    campaign: Campaign, code: str, *, reason: str = "", replaces: int | None = None
) -> RulebookVersion:
    """Put a rulebook that comes with the product in force, by the rules of `load`.

    Raises:
        RulebookUnknown: there is none of that code.
    """
    try:
        text = shipped_text(code)
    except KeyError as error:
        raise RulebookUnknown from error
    return load(campaign, text, reason=reason, replaces=replaces)


def replace_section(
    campaign: Campaign, section: str, content: Any, *, reason: str = "", replaces: int | None = None
) -> RulebookVersion:
    """Put a version in force that differs in one section, by the rules of `load`.

    The text of the other sections, with their comments, stays as it is.

    Raises:
        RulebookMissing: the campaign has no rulebook yet.
    """
    newest = queries.rulebook_version(campaign.id)
    if newest is None:
        raise RulebookMissing
    text = with_section(newest.text, section, content)
    return load(campaign, text, reason=reason, replaces=replaces)


def _sound(text: str) -> dict[str, Any]:
    verdict = check(text)
    if verdict.faults:
        shown = verdict.faults[:_MOST_POINTERS]
        pointers = {f"{one.line}:{one.column} {one.rule}": fault_text(one) for one in shown}
        raise RulebookInvalid(pointers=pointers, count=len(verdict.faults))
    return verdict.content


def _require_seen(newest: RulebookVersion | None, replaces: int | None) -> None:
    if newest is not None and replaces is not None and newest.version != replaces:
        raise RulebookPassed


def _require_change_allowed(
    newest: RulebookVersion | None, content: Mapping[str, Any], reason: str
) -> None:
    if newest is not None and newest.code != content["code"]:
        raise RulebookOfAnother
    if not reason.strip():
        raise RulebookReasonMissing


def _set_stages(campaign: Campaign, content: Mapping[str, Any]) -> None:
    """Make the campaign's stages these; what was entered stays in its place."""
    wanted = content.get("stages", [])
    known = {stage.code: stage for stage in queries.stages(campaign.id)}
    entered = [code for code, stage in known.items() if stage.entered_at is not None]
    if entered != [one["code"] for one in wanted[: len(entered)]]:
        raise StagesEnteredMissing
    for stage in known.values():
        if stage.code not in {one["code"] for one in wanted}:
            db.session.delete(stage)
    made = []
    for position, one in enumerate(wanted):
        stage = known.get(one["code"]) or CampaignStage(campaign_id=campaign.id, code=one["code"])
        stage.position, stage.title = position, one["title"]
        stage.from_day, stage.to_day = _day(campaign, one, "from"), _day(campaign, one, "to")
        made.append(stage)
    _require_days_in_order(made)
    db.session.add_all(made)


def _day(campaign: Campaign, stage: Mapping[str, Any], member: str) -> date | None:
    return queries.rulebook_day(campaign, stage[member]) if member in stage else None


def _require_days_in_order(stages: list[CampaignStage]) -> None:
    for stage in stages:
        if stage.from_day and stage.to_day and stage.to_day < stage.from_day:
            raise StageDaysDisordered(stage=stage.title)
    dated = [stage for stage in stages if stage.from_day]
    for earlier, later in pairwise(dated):
        if later.from_day and earlier.from_day and later.from_day < earlier.from_day:
            raise StageDaysDisordered(stage=later.title)
