"""Reads of surveys: rounds, how far they are, what was answered, figures for scoring."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, literal, select

from anfang.campaigns import queries as campaigns
from anfang.kit.clock import now
from anfang.kit.db import db, found_by, locked
from anfang.kit.figures import Figure
from anfang.surveys import results
from anfang.surveys.errors import SurveyMissing, SurveyPaperUnknown, SurveyStillOpen
from anfang.surveys.form import read_form
from anfang.surveys.models import (
    ENDED,
    PaperState,
    RoundState,
    SurveyAnswer,
    SurveyPaperBallot,
    SurveyPaperEntry,
    SurveyRater,
    SurveyReopening,
    SurveyRound,
    SurveyToken,
    TokenState,
)
from anfang.surveys.results import Answer, Cell, UnitResult
from anfang.surveys.rules import Plan, parse

DISSATISFIED = "dissatisfied"
"""The item of a unit's dissatisfied share, in per cent, among its figures."""


def figures(campaign_id: UUID, since: date, until: date) -> list[Figure]:
    """Return what the rounds that closed within these days found, both days included.

    For each unit, question and group that is told, the mean (0–100) under the question's code; for
    each unit that is told, the share of the dissatisfied in per cent under `dissatisfied` and the
    group `""`, which is all groups together. Nothing is told of a unit without answers.
    """
    zone = current_app.config["ZONE"]
    begins = datetime.combine(since, time.min, tzinfo=zone)
    ends = datetime.combine(until + timedelta(days=1), time.min, tzinfo=zone)
    rounds = db.session.scalars(
        select(SurveyRound)
        .where(
            SurveyRound.campaign_id == campaign_id,
            SurveyRound.state.in_(ENDED),
            SurveyRound.closed_at >= begins,
            SurveyRound.closed_at < ends,
        )
        .order_by(SurveyRound.closed_at, SurveyRound.id)
    ).all()
    return [figure for one in rounds for figure in _figures_of(one)]


def plans(campaign_id: UUID) -> tuple[Plan, ...]:
    """Return the rounds that a campaign's rulebook plans."""
    section = campaigns.rulebook_section(campaign_id, "surveys")
    return parse(section).rounds if section is not None else ()


def plan(campaign_id: UUID, code: str) -> Plan:
    """Return one of them; raises SurveyMissing."""
    found = next((one for one in plans(campaign_id) if one.code == code), None)
    if found is None:
        raise SurveyMissing
    return found


def rounds_listed(campaign: UUID | None = None) -> Select[SurveyRound]:
    """Return the statement of rounds, the latest to be set up first."""
    statement = select(SurveyRound).order_by(SurveyRound.created_at.desc(), SurveyRound.id)
    return statement if campaign is None else statement.where(SurveyRound.campaign_id == campaign)


def round_of(round_id: UUID, *within: ColumnElement[bool]) -> SurveyRound:
    """Return a round; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(SurveyRound).where(SurveyRound.id == round_id, *within))


def round_for_update(round_id: UUID) -> SurveyRound:
    """Return a round, locked and read anew; raises NotFound."""
    return found_by(locked(select(SurveyRound).where(SurveyRound.id == round_id)))


def rounds_by_code(campaign_id: UUID) -> dict[str, SurveyRound]:
    """Return a campaign's rounds by their codes."""
    found = db.session.scalars(select(SurveyRound).filter_by(campaign_id=campaign_id))
    return {one.code: one for one in found}


def overdue() -> Sequence[UUID]:
    """Return the open rounds whose hour has passed."""
    return db.session.scalars(
        select(SurveyRound.id).where(
            SurveyRound.state == RoundState.OPEN.value, SurveyRound.closes_at <= now()
        )
    ).all()


def is_overdue(one: SurveyRound) -> bool:
    """Tell whether a round is open beyond its hour."""
    passed = one.closes_at is not None and one.closes_at <= now()
    return one.state == RoundState.OPEN.value and passed


def paper_out(round_id: UUID) -> Select[UUID]:
    """Return the statement of paper ballots that neither count nor are spoilt yet."""
    out = (PaperState.ISSUED.value, PaperState.ONCE.value, PaperState.DIFFERS.value)
    return select(SurveyPaperBallot.id).where(
        SurveyPaperBallot.round_id == round_id, SurveyPaperBallot.state.in_(out)
    )


def published_rounds() -> Select[SurveyRound]:
    """Return the statement of rounds whose results are public, the latest first."""
    return (
        select(SurveyRound)
        .where(SurveyRound.state == RoundState.PUBLISHED.value)
        .order_by(SurveyRound.created_at.desc(), SurveyRound.id)
    )


def raters_listed(
    round_id: UUID,
    *,
    group: str | None = None,
    drawn: bool | None = None,
    channel: str | None = None,
) -> Select[SurveyRater]:
    """Return the statement of a round's raters by group and number."""
    statement = (
        select(SurveyRater)
        .where(SurveyRater.round_id == round_id)
        .order_by(SurveyRater.group, SurveyRater.number, SurveyRater.id)
    )
    if group is not None:
        statement = statement.where(SurveyRater.group == group)
    if drawn is not None:
        statement = statement.where(SurveyRater.drawn == drawn)
    return statement if channel is None else statement.where(SurveyRater.channel == channel)


def rater(round_id: UUID, number: str) -> SurveyRater:
    """Return a rater by number; raises NotFound."""
    return found_by(select(SurveyRater).filter_by(round_id=round_id, number=number))


def token_of(sha256: str) -> SurveyToken | None:
    """Return a token by its hash."""
    return db.session.get(SurveyToken, sha256)


def standing_token(rater_id: UUID) -> SurveyToken | None:
    """Return the token of a rater that is not void."""
    return db.session.scalar(
        select(SurveyToken).where(
            SurveyToken.rater_id == rater_id, SurveyToken.state != TokenState.VOID.value
        )
    )


def paper_ballot(round_id: UUID, number: int) -> SurveyPaperBallot:
    """Return a paper ballot by number, locked; raises SurveyPaperUnknown."""
    found = db.session.scalar(
        locked(select(SurveyPaperBallot).filter_by(round_id=round_id, number=number))
    )
    if found is None:
        raise SurveyPaperUnknown
    return found


def paper_ballots_listed(round_id: UUID, state: str | None = None) -> Select[SurveyPaperBallot]:
    """Return the statement of paper ballots by number."""
    statement = (
        select(SurveyPaperBallot)
        .where(SurveyPaperBallot.round_id == round_id)
        .order_by(SurveyPaperBallot.number)
    )
    return statement if state is None else statement.where(SurveyPaperBallot.state == state)


def entries_of(ballot_id: UUID) -> Sequence[SurveyPaperEntry]:
    """Return what was read on a paper ballot, the first look first."""
    return db.session.scalars(
        select(SurveyPaperEntry).filter_by(ballot_id=ballot_id).order_by(SurveyPaperEntry.look)
    ).all()


def paper_waiting(round_id: UUID) -> int:
    """Return how many paper ballots were entered, but do not count yet."""
    waiting = (PaperState.ONCE.value, PaperState.DIFFERS.value)
    return (
        db.session.scalar(
            select(func.count()).where(
                SurveyPaperBallot.round_id == round_id, SurveyPaperBallot.state.in_(waiting)
            )
        )
        or 0
    )


def progress(round_id: UUID) -> dict[str, dict[str, int]]:
    """Return by group how many are in the frame, in the sample, hold a token, have answered.

    Members: `frame`, `sample`, and the states of tokens and, prefixed `paper_`, of paper ballots.
    """
    found: dict[str, dict[str, int]] = {}
    for group, name, count in _counted(round_id):
        found.setdefault(group, {})[name] = count
    return found


def answers(round_id: UUID) -> Iterator[Answer]:
    """Return every answer of a round, as it comes."""
    rows = db.session.execute(
        select(SurveyAnswer.unit_id, SurveyAnswer.group, SurveyAnswer.marks)
        .where(SurveyAnswer.round_id == round_id)
        .execution_options(yield_per=2000)
    )
    for row in rows:
        yield row.unit_id, row.group, row.marks


def results_of(one: SurveyRound) -> list[UnitResult]:
    """Return a round's figures; raises SurveyStillOpen."""
    if one.state not in ENDED:
        raise SurveyStillOpen
    return results.results(read_form(one.form), answers(one.id))


def reopenings_of(round_id: UUID) -> dict[UUID, UUID]:
    """Return the case that each reopened unit's rectification goes on in."""
    rows = db.session.scalars(select(SurveyReopening).filter_by(round_id=round_id))
    return {one.unit_id: one.case_id for one in rows}


def _counted(round_id: UUID) -> Iterator[tuple[str, str, int]]:
    """Yield group, what is counted, and how many."""
    of_rater, of_token, of_paper = SurveyRater, SurveyToken, SurveyPaperBallot
    everybody = (
        select(of_rater.group, literal("frame"), func.count())
        .where(of_rater.round_id == round_id)
        .group_by(of_rater.group)
    )
    sample = (
        select(of_rater.group, literal("sample"), func.count())
        .where(of_rater.round_id == round_id, of_rater.drawn)
        .group_by(of_rater.group)
    )
    tokens = (
        select(of_token.group, of_token.state, func.count())
        .where(of_token.round_id == round_id)
        .group_by(of_token.group, of_token.state)
    )
    paper = (
        select(of_paper.group, literal("paper_") + of_paper.state, func.count())
        .where(of_paper.round_id == round_id)
        .group_by(of_paper.group, of_paper.state)
    )
    for statement in (everybody, sample, tokens, paper):
        for row in db.session.execute(statement):
            yield row[0], row[1], row[2]


def _figures_of(one: SurveyRound) -> Iterator[Figure]:
    for found in results_of(one):
        for question in found.questions:
            for group, cell in question.groups.items():
                if cell.mean is not None:
                    yield _figure(one, found.unit, group, question.question, cell.mean, cell)
        share = found.deciding.dissatisfied
        if share is not None:
            percent = share.share * 100
            yield _figure(one, found.unit, "", DISSATISFIED, percent, found.deciding)


def _figure(
    one: SurveyRound, unit: UUID, group: str, item: str, value: float, cell: Cell
) -> Figure:
    return Figure(unit, "survey", group, item, value, cell.rated, "survey_round", one.id)
