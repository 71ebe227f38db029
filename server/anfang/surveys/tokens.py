"""Verbs of tokens: give one to each rater, another in its place, take the ballot of one.

[Note: One token, one ballot] a token turns from issued to used by one conditional UPDATE in the
transaction that writes the answers: of two ballots with one token the database lets one through.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, select, update

from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.log import service as log
from anfang.surveys import codes, queries
from anfang.surveys.errors import (
    SurveyAnswered,
    SurveyMarksFaulty,
    SurveyNotOpen,
    SurveyRatersUsedUp,
    SurveyTokenUnknown,
    SurveyTokenUsed,
)
from anfang.surveys.form import Marks, MarksFaultyError, checked_marks, read_form
from anfang.surveys.models import (
    Channel,
    RoundState,
    SurveyAnswer,
    SurveyRater,
    SurveyRound,
    SurveyToken,
    TokenState,
)


@dataclass(frozen=True)
class Issued:
    """A token as it is handed out; nowhere kept."""

    number: str
    group: str
    code: str


def hand_out(one: SurveyRound, group: str, limit: int, channel: Channel) -> list[Issued]:
    """Give tokens to raters of the sample who have none yet, by number.

    Args:
        one: locked (`queries.round_for_update`).
        limit: at most so many.

    Raises:
        SurveyNotOpen: the round is not open.
        SurveyRatersUsedUp: everybody of the group has one.
    """
    require_open(one)
    listed = queries.raters_listed(one.id, group=group, drawn=True, channel=Channel.NONE.value)
    raters = db.session.scalars(listed.limit(limit)).all()
    if not raters:
        raise SurveyRatersUsedUp
    issued = [_issue(rater, channel) for rater in raters]
    db.session.flush()
    log.audit("survey.tokens_issued", "survey_round", one.id, tokens=len(issued))
    return issued


def hand_out_by_message(one: SurveyRound, group: str) -> int:
    """Have a message with a link sent to each rater of the sample who has a contact and no token.

    Returns how many will be sent; each token is made when its message goes out.

    Raises:
        SurveyNotOpen: the round is not open.
        SurveyRatersUsedUp: there is nobody left whom a message could reach.
    """
    require_open(one)
    listed = queries.raters_listed(one.id, group=group, drawn=True, channel=Channel.NONE.value)
    raters = db.session.scalars(listed.where(SurveyRater.contact.is_not(None))).all()
    if not raters:
        raise SurveyRatersUsedUp
    for rater in raters:
        rater.channel = Channel.MESSAGE.value
        jobs.emit("survey.message_due", round=str(one.id), number=rater.number)
    db.session.flush()
    log.audit("survey.messages_queued", "survey_round", one.id, messages=len(raters))
    return len(raters)


def hand_out_again(one: SurveyRound, number: str, channel: Channel = Channel.TOKEN) -> Issued:
    """Give a rater of the sample another token; the one before is void from now on.

    Args:
        one: locked (`queries.round_for_update`).

    Raises:
        SurveyNotOpen: the round is not open.
        NotFound: there is no such rater.
        SurveyRatersUsedUp: the rater is not in the sample, or answers on paper.
        SurveyAnswered: the token before was used.
    """
    require_open(one)
    rater = queries.rater(one.id, number)
    if not rater.drawn or rater.channel == Channel.PAPER.value:
        raise SurveyRatersUsedUp
    before = queries.standing_token(rater.id)
    if before is not None and not _turn(before.sha256, TokenState.VOID):
        raise SurveyAnswered
    issued = _issue(rater, channel)
    db.session.flush()
    log.audit("survey.token_reissued", "survey_round", one.id)
    return issued


def take_back(round_id: UUID, issued: Sequence[Issued]) -> None:
    """Make tokens void that reached nobody; their raters can be given others."""
    for one in issued:
        void(one.code)
        queries.rater(round_id, one.number).channel = Channel.NONE.value
    db.session.flush()


def void(code: str) -> None:
    """Make a token void that reached nobody."""
    _turn(codes.hash_of(code), TokenState.VOID)


def ballot_of(code: str) -> tuple[SurveyRound, str]:
    """Return the round that a code opens, and the group of whoever holds it.

    Raises:
        SurveyTokenUnknown: there is no such code, or another has taken its place.
        SurveyTokenUsed: it was used.
        SurveyNotOpen: the round's hour has passed.
    """
    token = queries.token_of(codes.hash_of(code))
    if token is None or token.state == TokenState.VOID.value:
        raise SurveyTokenUnknown
    if token.state == TokenState.USED.value:
        raise SurveyTokenUsed
    one = queries.round_of(token.round_id)
    require_open(one)
    return one, token.group


def cast_ballot(code: str, marks: Mapping[str, Mapping[str, str]]) -> None:
    """Take a ballot [Note: One token, one ballot]; nothing is written down of who, or when.

    Raises:
        SurveyTokenUnknown, SurveyTokenUsed, SurveyNotOpen: as `ballot_of`.
        SurveyMarksFaulty: it holds what is not asked, or nothing.
    """
    sha256 = codes.hash_of(code)
    one, group = ballot_of(code)
    # Closing takes the row for itself: a ballot is in the box before it, or refused.
    held = select(SurveyRound.state).where(SurveyRound.id == one.id).with_for_update(read=True)
    if db.session.scalar(held) != RoundState.OPEN.value:
        raise SurveyNotOpen
    kept = read_marks(one, group, marks)
    if not _turn(sha256, TokenState.USED):
        raise SurveyTokenUsed
    put_in_box(one.id, group, kept)


def read_marks(one: SurveyRound, group: str, marks: Mapping[str, Mapping[str, str]]) -> Marks:
    """Return a ballot without its blanks; raises SurveyMarksFaulty."""
    try:
        return checked_marks(read_form(one.form), group, marks)
    except MarksFaultyError as error:
        raise SurveyMarksFaulty(pointers={"/marks": error.reason}) from error


def put_in_box(round_id: UUID, group: str, marks: Marks) -> None:
    """Write a ballot's answers, a row for each unit, without anything that joins them."""
    db.session.add_all(
        SurveyAnswer(round_id=round_id, unit_id=UUID(unit), group=group, marks=chosen)
        for unit, chosen in marks.items()
    )
    db.session.flush()


def require_open(one: SurveyRound) -> None:
    """Raise SurveyNotOpen unless the round takes answers: its state and its hour say so."""
    if one.state != RoundState.OPEN.value or one.closes_at is None or one.closes_at <= now():
        raise SurveyNotOpen


def _issue(rater: SurveyRater, channel: Channel) -> Issued:
    code = codes.new_code()
    rater.channel = channel.value
    db.session.add(
        SurveyToken(
            sha256=codes.hash_of(code),
            round_id=rater.round_id,
            rater_id=rater.id,
            group=rater.group,
        )
    )
    return Issued(rater.number, rater.group, code)


def _turn(sha256: str, state: TokenState) -> bool:
    """Turn an issued token used or void; False if it is no longer issued."""
    done = db.session.execute(
        update(SurveyToken)
        .where(SurveyToken.sha256 == sha256, SurveyToken.state == TokenState.ISSUED.value)
        .values(state=state.value)
    )
    return cast("CursorResult[None]", done).rowcount == 1
