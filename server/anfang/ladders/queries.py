"""Reads of ladders."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import RulebookVersion
from anfang.kit.db import db, found_by, locked
from anfang.kit.errors import required
from anfang.kit.pages import filled
from anfang.ladders.models import (
    AttestedFact,
    Measure,
    MeasureCase,
    MeasureState,
    Nature,
    Referral,
    Review,
    ReviewOutcome,
    UnitRule,
)
from anfang.ladders.rules import PUBLIC_KINDS, LadderRules, ladder_rules

STANDING = (MeasureState.IN_FORCE.value, MeasureState.DONE.value)
"""States of a measure that has taken effect and was not taken back."""


def rules_of(campaign_id: UUID) -> LadderRules:
    """Return what a campaign's rulebook says about ladders today."""
    return ladder_rules(campaigns.rulebook_section(campaign_id, "ladders"))


def rules_for(measure: Measure) -> LadderRules:
    """Return what the rulebook said when a measure was proposed: rules bind as they were."""
    version = db.session.get_one(RulebookVersion, measure.rulebook_version_id)
    return ladder_rules(version.content.get("ladders"))


def measure(measure_id: UUID, *within: ColumnElement[bool]) -> Measure:
    """Return a measure, locked; raises NotFound, also when it is outside `within`."""
    return found_by(locked(select(Measure).where(Measure.id == measure_id, *within)))


def measures_listed(
    *within: ColumnElement[bool],
    state: str | None = None,
    nature: str | None = None,
    campaign: UUID | None = None,
    unit: UUID | None = None,
    case: UUID | None = None,
) -> Select[Measure]:
    """Return the statement of measures, the newest first."""
    equal = {
        Measure.state: state,
        Measure.nature: nature,
        Measure.campaign_id: campaign,
        Measure.unit_id: unit,
    }
    statement = (
        select(Measure)
        .where(*within, *(column == value for column, value in equal.items() if value is not None))
        .order_by(Measure.proposed_at.desc(), Measure.id)
    )
    if case is None:
        return statement
    about = select(MeasureCase.measure_id).filter_by(case_id=case)
    return statement.where(Measure.id.in_(about))


def reached(ladder: str, case_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return the highest standing position of each case on a ladder; 0 where there is none."""
    ids = list(case_ids)
    rows = db.session.execute(
        select(MeasureCase.case_id, func.max(MeasureCase.position))
        .join(Measure, Measure.id == MeasureCase.measure_id)
        .where(
            MeasureCase.ladder == ladder,
            MeasureCase.case_id.in_(ids),
            MeasureCase.live,
            Measure.state.in_(STANDING),
        )
        .group_by(MeasureCase.case_id)
    )
    return dict.fromkeys(ids, 0) | {row[0]: row[1] for row in rows}


def waiting_on(ladder: str, case_ids: Iterable[UUID]) -> bool:
    """Tell whether a step of a ladder is proposed or approved for any of these cases."""
    return bool(
        db.session.scalar(
            select(func.count())
            .select_from(MeasureCase)
            .join(Measure, Measure.id == MeasureCase.measure_id)
            .where(
                MeasureCase.ladder == ladder,
                MeasureCase.case_id.in_(list(case_ids)),
                Measure.state.in_((MeasureState.PROPOSED.value, MeasureState.APPROVED.value)),
            )
        )
    )


def review_waits(case_ids: Iterable[UUID]) -> bool:
    """Tell whether a review of a measure on any of these cases waits for its decision."""
    return bool(
        db.session.scalar(
            select(func.count())
            .select_from(Review)
            .join(MeasureCase, MeasureCase.measure_id == Review.measure_id)
            .where(MeasureCase.case_id.in_(list(case_ids)), Review.outcome.is_(None))
        )
    )


def above(measure: Measure, position: int) -> Sequence[Measure]:
    """Return the standing measures of a measure's ladder and cases above a position."""
    ids = [one.case_id for one in measure.cases]
    return (
        db.session.scalars(
            select(Measure)
            .join(MeasureCase, MeasureCase.measure_id == Measure.id)
            .where(
                MeasureCase.case_id.in_(ids),
                MeasureCase.ladder == measure.ladder,
                MeasureCase.position > position,
                Measure.state.in_(STANDING),
            )
            .distinct()
        )
        .unique()
        .all()
    )


def review(review_id: UUID, *within: ColumnElement[bool]) -> Review:
    """Return a review; raises NotFound, also when its measure is outside `within`."""
    return found_by(
        select(Review)
        .join(Measure, Measure.id == Review.measure_id)
        .where(Review.id == review_id, *within)
    )


def reviews_of(measure_ids: Iterable[UUID]) -> dict[UUID, Review]:
    """Return the reviews of measures, by the measure."""
    found = db.session.scalars(select(Review).where(Review.measure_id.in_(list(measure_ids))))
    return {one.measure_id: one for one in found}


def corrections() -> Select[Review]:
    """Return the statement of published corrections, the latest first."""
    return (
        select(Review)
        .join(Measure, Measure.id == Review.measure_id)
        .where(
            Review.outcome.in_((ReviewOutcome.LIGHTENED.value, ReviewOutcome.LIFTED.value)),
            Measure.step_kind.in_(PUBLIC_KINDS),
        )
        .order_by(filled(Review.decided_at).desc(), Review.id)
    )


def facts_listed(campaign_id: UUID, unit_id: UUID | None = None) -> Select[AttestedFact]:
    """Return the statement of attested facts, the newest first."""
    statement = (
        select(AttestedFact)
        .where(AttestedFact.campaign_id == campaign_id)
        .order_by(AttestedFact.at.desc(), AttestedFact.id)
    )
    return statement if unit_id is None else statement.where(AttestedFact.unit_id == unit_id)


def standing_count(campaign_id: UUID, unit_id: UUID) -> int:
    """Return how many sanctions stand against a unit in a campaign."""
    statement = (
        select(func.count())
        .select_from(Measure)
        .where(
            Measure.campaign_id == campaign_id,
            Measure.unit_id == unit_id,
            Measure.nature == Nature.SANCTION.value,
            Measure.state.in_(STANDING),
        )
    )
    return db.session.scalar(statement) or 0


def referral(referral_id: UUID) -> Referral:
    """Return a referral; raises NotFound."""
    return required(db.session.get(Referral, referral_id))


def referrals_listed(state: str | None = None) -> Select[Referral]:
    """Return the statement of referrals, the newest first."""
    statement = select(Referral).order_by(Referral.proposed_at.desc(), Referral.id)
    return statement if state is None else statement.where(Referral.state == state)


def live_referral(case_id: UUID) -> Referral | None:
    """Return a case's referral that was not rejected."""
    return db.session.scalar(
        select(Referral).where(Referral.case_id == case_id, Referral.state != "rejected")
    )


def unit_rules(campaign_id: UUID, unit_id: UUID) -> Sequence[UnitRule]:
    """Return a unit's own rules of accountability, oldest first."""
    return db.session.scalars(
        select(UnitRule)
        .filter_by(campaign_id=campaign_id, unit_id=unit_id)
        .order_by(UnitRule.at, UnitRule.id)
    ).all()
