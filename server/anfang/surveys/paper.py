"""Verbs of paper ballots: hand out numbers, enter each twice, settle by a third look.

[Note: Entered twice] two people enter a ballot without seeing what the other read. Where they agree
it counts; where they differ a third person looks at the differing places alone, and each of these
must be what one of the two had read. What nobody can read is spoilt and does not count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.surveys import queries, tokens
from anfang.surveys.errors import (
    SurveyMarksFaulty,
    SurveyNothingToSettle,
    SurveyNotOpen,
    SurveyPaperEntered,
    SurveyRatersUsedUp,
    SurveySamePerson,
)
from anfang.surveys.form import Marks
from anfang.surveys.models import (
    Channel,
    PaperState,
    RoundState,
    SurveyPaperBallot,
    SurveyPaperEntry,
    SurveyRater,
    SurveyRound,
)


@dataclass(frozen=True)
class Difference:
    """A place that two people read differently; an empty option is a blank."""

    unit: str
    question: str
    first: str
    second: str


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[Difference]:
    """Return where two readings of a ballot differ, by unit and question."""
    places = {(unit, question) for one in (first, second) for unit in one for question in one[unit]}
    found = [
        Difference(
            unit,
            question,
            first.get(unit, {}).get(question, ""),
            second.get(unit, {}).get(question, ""),
        )
        for unit, question in sorted(places)
    ]
    return [one for one in found if one.first != one.second]


def issue(one: SurveyRound, group: str, count: int) -> list[int]:
    """Hand out numbered paper ballots, each in place of a rater of the sample without a token.

    Which of the raters get paper is not noted: the last numbers stand for them.

    Args:
        one: locked (`queries.round_for_update`).

    Raises:
        SurveyNotOpen: the round is not open.
        SurveyRatersUsedUp: fewer than `count` raters of the group are left.
    """
    tokens.require_open(one)
    listed = queries.raters_listed(one.id, group=group, drawn=True, channel=Channel.NONE.value)
    last = listed.order_by(None).order_by(SurveyRater.number.desc()).limit(count)
    raters = db.session.scalars(last).all()
    if len(raters) < count:
        raise SurveyRatersUsedUp
    for rater in raters:
        rater.channel = Channel.PAPER.value
    used = db.session.scalar(
        select(func.max(SurveyPaperBallot.number)).where(SurveyPaperBallot.round_id == one.id)
    )
    first = (used or 0) + 1
    numbers = list(range(first, first + count))
    db.session.add_all(
        SurveyPaperBallot(round_id=one.id, number=number, group=group) for number in numbers
    )
    db.session.flush()
    log.audit("survey.paper_issued", "survey_round", one.id, ballots=count)
    return numbers


def enter(
    one: SurveyRound, number: int, marks: Mapping[str, Mapping[str, str]]
) -> SurveyPaperBallot:
    """Enter what a paper ballot says, as the first or the second of two people.

    Paper may be entered after the hour, until the round is closed.

    Raises:
        SurveyNotOpen: the round is not open.
        SurveyPaperUnknown: no ballot of this number was handed out.
        SurveyPaperEntered: it was entered twice, or is spoilt.
        SurveySamePerson: the caller entered it before.
        SurveyMarksFaulty: it holds what is not asked, or nothing.
    """
    _require_not_closed(one)
    ballot = queries.paper_ballot(one.id, number)
    if ballot.state not in (PaperState.ISSUED.value, PaperState.ONCE.value):
        raise SurveyPaperEntered
    before = queries.entries_of(ballot.id)
    if any(entry.by_user == person().id for entry in before):
        raise SurveySamePerson
    kept = tokens.read_marks(one, ballot.group, marks)
    _add(ballot, len(before) + 1, kept)
    if not before:
        ballot.state = PaperState.ONCE.value
    elif differences(before[0].marks, kept):
        ballot.state = PaperState.DIFFERS.value
    else:
        ballot.state = PaperState.AGREED.value
        tokens.put_in_box(one.id, ballot.group, kept)
    db.session.flush()
    log.audit("survey.paper_entered", "survey_round", one.id, number=number, state=ballot.state)
    return ballot


def to_settle(one: SurveyRound, number: int) -> list[Difference]:
    """Return what a third look must decide on a ballot.

    Raises:
        SurveyPaperUnknown, SurveyNothingToSettle: there is nothing.
        SurveySamePerson: the caller is one of the two.
    """
    first, second = _two(queries.paper_ballot(one.id, number))
    return differences(first.marks, second.marks)


def settle(one: SurveyRound, number: int, chosen: Sequence[Mapping[str, str]]) -> SurveyPaperBallot:
    """Decide by a third look what a ballot says where two people differ.

    Args:
        chosen: `unit`, `question` and the `option` that stands there, for every difference.

    Raises:
        SurveyNotOpen, SurveyPaperUnknown, SurveyNothingToSettle, SurveySamePerson: as `to_settle`.
        SurveyMarksFaulty: a difference is left open, or settled by what neither had read.
    """
    _require_not_closed(one)
    ballot = queries.paper_ballot(one.id, number)
    first, second = _two(ballot)
    said = {(look["unit"], look["question"]): look["option"] for look in chosen}
    settled = {unit: dict(marks) for unit, marks in first.marks.items()}
    for place in differences(first.marks, second.marks):
        option = said.get((place.unit, place.question))
        if option not in (place.first, place.second):
            raise SurveyMarksFaulty(pointers={f"/{place.unit}/{place.question}": "difference"})
        settled.setdefault(place.unit, {})[place.question] = option
    kept: Marks = tokens.read_marks(one, ballot.group, settled)
    _add(ballot, 3, kept)
    ballot.state = PaperState.SETTLED.value
    tokens.put_in_box(one.id, ballot.group, kept)
    db.session.flush()
    log.audit("survey.paper_settled", "survey_round", one.id, number=number)
    return ballot


def spoil(one: SurveyRound, number: int, reason: str) -> SurveyPaperBallot:
    """Set a ballot aside that cannot be read or was never given back; it does not count.

    Raises:
        SurveyNotOpen, SurveyPaperUnknown: as `enter`.
        SurveyPaperEntered: it counts, or is spoilt already.
        SurveySamePerson: of one that was entered, a third person decides.
    """
    _require_not_closed(one)
    ballot = queries.paper_ballot(one.id, number)
    counts = (PaperState.AGREED.value, PaperState.SETTLED.value, PaperState.SPOILT.value)
    if ballot.state in counts:
        raise SurveyPaperEntered
    if any(entry.by_user == person().id for entry in queries.entries_of(ballot.id)):
        raise SurveySamePerson
    ballot.state = PaperState.SPOILT.value
    db.session.flush()
    log.audit("survey.paper_spoilt", "survey_round", one.id, number=number, reason=reason)
    return ballot


def _two(ballot: SurveyPaperBallot) -> tuple[SurveyPaperEntry, SurveyPaperEntry]:
    if ballot.state != PaperState.DIFFERS.value:
        raise SurveyNothingToSettle
    first, second = queries.entries_of(ballot.id)
    if person().id in (first.by_user, second.by_user):
        raise SurveySamePerson
    return first, second


def _add(ballot: SurveyPaperBallot, look: int, marks: Marks) -> None:
    db.session.add(
        SurveyPaperEntry(ballot_id=ballot.id, look=look, by_user=person().id, marks=marks)
    )


def _require_not_closed(one: SurveyRound) -> None:
    if one.state != RoundState.OPEN.value:
        raise SurveyNotOpen
