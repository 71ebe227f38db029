"""Verbs of rounds: set up, change, open, close, approve, publish."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy import select, update

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import Campaign
from anfang.jobs import service as jobs
from anfang.kit import jcs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.kit.principal import Person, person, principal
from anfang.log import service as log
from anfang.registry import queries as registry
from anfang.surveys import contacts, queries
from anfang.surveys.errors import (
    SurveyClosesEarly,
    SurveyFrozen,
    SurveyHourPast,
    SurveyKnown,
    SurveyNotClosed,
    SurveyNotFrozen,
    SurveyNotOpen,
    SurveyOwnWork,
    SurveyPaperWaiting,
    SurveySampleMissing,
)
from anfang.surveys.form import Form, Panel
from anfang.surveys.models import (
    RoundState,
    SurveyAnswer,
    SurveyRater,
    SurveyRound,
    SurveyToken,
)
from anfang.surveys.rules import Plan, Surveys, parse

LOG_KIND: Final = "survey"
_CLOSING_HOUR: Final = time(18)
"""At which a round closes on its last day, unless it is set otherwise."""


def set_up_planned(campaign_id: UUID, code: str) -> SurveyRound:
    """Set up a round as the campaign's rulebook plans it; it can be changed until it is frozen.

    Raises:
        SurveyMissing: the rulebook plans no such round.
        SurveyKnown: it is set up already.
    """
    plan = queries.plan(campaign_id, code)
    section = parse(campaigns.rulebook_section(campaign_id, "surveys") or {})
    campaign = campaigns.campaign(campaign_id)
    form = _planned_form(campaign_id, section, plan)
    return set_up(campaign_id, code, plan.title, form, _planned_hour(campaign, plan))


def set_up(
    campaign_id: UUID, code: str, title: str, form: Form, closes_at: datetime | None = None
) -> SurveyRound:
    """Set up a round with a form of its own.

    Raises:
        NotFound: there is no such campaign or unit.
        SurveyKnown: the campaign has a round of this code.
    """
    campaign = campaigns.campaign(campaign_id)
    _require_units(form)
    if code in queries.rounds_by_code(campaign_id):
        raise SurveyKnown
    version = campaigns.rulebook_version(campaign_id)
    made = SurveyRound(
        campaign=campaign,
        rulebook_version_id=None if version is None else version.id,
        code=code,
        title=title,
        form=form.as_json(),
        closes_at=closes_at,
        created_by=person().id,
    )
    db.session.add(made)
    db.session.flush()
    log.audit("survey.set_up", "survey_round", made.id)
    return made


def change(one: SurveyRound, members: Mapping[str, Any]) -> None:
    """Change a round that is not frozen: `title`, `form`, `closes_at`.

    The hour may still be moved while nobody has been asked.

    Raises:
        SurveyFrozen: title and form are frozen, or the round is open.
        NotFound: the form names a unit that does not exist.
    """
    asked = {name for name in ("title", "form") if name in members}
    if one.state not in (RoundState.DRAFT.value, RoundState.FROZEN.value):
        raise SurveyFrozen
    if asked and one.state == RoundState.FROZEN.value:
        raise SurveyFrozen
    if "form" in members:
        _require_units(members["form"])
        one.form = members["form"].as_json()
    one.title = members.get("title", one.title)
    one.closes_at = members.get("closes_at", one.closes_at)
    db.session.flush()
    log.audit("survey.changed", "survey_round", one.id)


def open_round(one: SurveyRound) -> None:
    """Let the sample answer until the round's hour.

    Args:
        one: locked (`queries.round_for_update`).

    Raises:
        SurveyNotFrozen: form and frame are not frozen, or it was opened before.
        SurveySampleMissing: the sample has not been drawn.
        SurveyHourPast: the hour at which it closes has passed, or is not set.
    """
    if one.state != RoundState.FROZEN.value:
        raise SurveyNotFrozen
    if one.sample_sha256 is None:
        raise SurveySampleMissing
    if one.closes_at is None or one.closes_at <= now():
        raise SurveyHourPast
    one.state, one.opened_at, one.opened_by = RoundState.OPEN.value, now(), person().id
    db.session.flush()
    log.audit("survey.opened", "survey_round", one.id)


def close(one: SurveyRound, reason: str = "") -> None:
    """Close a round: the answers' hash goes to the log, contacts and who held which token go.

    Args:
        one: locked (`queries.round_for_update`).
        reason: why before its hour.

    Raises:
        SurveyNotOpen: it is not open.
        SurveyClosesEarly: its hour has not come and there is no reason.
        SurveyPaperWaiting: paper ballots wait for a second entry or a third look.
    """
    if one.state != RoundState.OPEN.value:
        raise SurveyNotOpen
    early = one.closes_at is not None and now() < one.closes_at
    if early and not reason.strip():
        raise SurveyClosesEarly
    if queries.paper_waiting(one.id):
        raise SurveyPaperWaiting
    caller = principal()
    one.closed_by = caller.id if isinstance(caller, Person) else None
    one.state, one.closed_at, one.box_sha256 = RoundState.CLOSED.value, now(), box_hash(one.id)
    _forget(one.id)
    db.session.flush()
    log.queue(LOG_KIND, str(one.id), one.box_sha256)
    log.audit("survey.closed", "survey_round", one.id, early=early)
    jobs.emit("survey.closed", round=str(one.id))


def approve(one: SurveyRound) -> None:
    """Approve the results for publication (审定), as somebody who had no hand in the round.

    Args:
        one: locked (`queries.round_for_update`).

    Raises:
        SurveyNotClosed: there are no results to approve, or they are approved.
        SurveyOwnWork: the caller set the round up, opened or closed it.
    """
    if one.state != RoundState.CLOSED.value:
        raise SurveyNotClosed
    if person().id in (one.created_by, one.opened_by, one.closed_by):
        raise SurveyOwnWork
    one.state, one.approved_at, one.approved_by = RoundState.APPROVED.value, now(), person().id
    db.session.flush()
    log.audit("survey.approved", "survey_round", one.id)


def publish(one: SurveyRound) -> None:
    """Let the public see approved results.

    Args:
        one: locked (`queries.round_for_update`).

    Raises:
        SurveyNotClosed: they are not approved, or public already.
    """
    if one.state != RoundState.APPROVED.value:
        raise SurveyNotClosed
    one.state, one.published_at = RoundState.PUBLISHED.value, now()
    db.session.flush()
    log.audit("survey.published", "survey_round", one.id)


def box_hash(round_id: UUID) -> str:
    """Return SHA-256 over a round's answers, a line each, by their random ids."""
    digest = hashlib.sha256()
    rows = db.session.execute(
        select(SurveyAnswer.id, SurveyAnswer.unit_id, SurveyAnswer.group, SurveyAnswer.marks)
        .where(SurveyAnswer.round_id == round_id)
        .order_by(SurveyAnswer.id)
        .execution_options(yield_per=2000)
    )
    for row in rows:
        members = {"id": str(row.id), "unit": str(row.unit_id), "group": row.group}
        digest.update(jcs.canonical({**members, "marks": row.marks}) + b"\n")
    return digest.hexdigest()


def _forget(round_id: UUID) -> None:
    """Erase how to reach the raters, and who of them held which token."""
    db.session.execute(
        update(SurveyRater).where(SurveyRater.round_id == round_id).values(contact=None)
    )
    db.session.execute(
        update(SurveyToken).where(SurveyToken.round_id == round_id).values(rater_id=None)
    )
    contacts.destroy_key(round_id)


def _planned_form(campaign_id: UUID, section: Surveys, plan: Plan) -> Form:
    panels = tuple(
        Panel(one.groups, tuple(_units_of(campaign_id, one.actors))) for one in plan.judged
    )
    judging = {code for one in panels for code in one.groups}
    groups = tuple(
        replace(one, quota=plan.quotas.get(one.code))
        for one in section.groups
        if one.code in judging
    )
    return Form(
        questions=section.questions,
        scale=section.scale,
        groups=groups,
        panels=panels,
        smallest_group=section.smallest_group,
        reopen_above_percent=section.reopen_above_percent,
        intro=section.intro,
        intro_en=section.intro_en,
    )


def _units_of(campaign_id: UUID, actors: tuple[str, ...]) -> list[UUID]:
    found = (unit for one in actors for unit in campaigns.units_of_actor(campaign_id, one))
    return list(dict.fromkeys(found))


def _planned_hour(campaign: Campaign, plan: Plan) -> datetime | None:
    if not plan.until_day:
        return None
    day = campaigns.rulebook_day(campaign, plan.until_day)
    return datetime.combine(day, _CLOSING_HOUR, tzinfo=current_app.config["ZONE"])


def _require_units(form: Form) -> None:
    units = form.units()
    if len(registry.units_of(units)) < len(units):
        raise NotFound
