"""Verbs of reviews: a unit asks to have a conclusion looked at again (复核); others decide it.

政府督查工作条例 art. 17: asked for within 30 days, decided within 30 days, by people who had no
part in the conclusion. 政务处分法 art. 43: nobody is worse off for it.
"""

from datetime import timedelta

from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.ladders import measures, queries
from anfang.ladders.errors import (
    CorrectionMissing,
    MeasureNotThere,
    ReviewAsked,
    ReviewDecided,
    ReviewerTookPart,
    ReviewHarsher,
    ReviewTooLate,
)
from anfang.ladders.models import Measure, Nature, Review, ReviewOutcome
from anfang.ladders.rules import PUBLIC_KINDS, REVIEW_DAYS
from anfang.log import service as log


def ask(measure: Measure, text: str) -> Review:
    """Ask, as the unit, to have a measure looked at again.

    Args:
        measure: locked (`queries.measure`).

    Raises:
        MeasureNotThere: it does not stand, or is a reward.
        ReviewAsked: it was asked for already.
        ReviewTooLate: more than 30 days have passed since it came into force.
    """
    if measure.state not in queries.STANDING or measure.nature != Nature.SANCTION.value:
        raise MeasureNotThere
    if queries.reviews_of([measure.id]):
        raise ReviewAsked
    at, term = now(), timedelta(days=REVIEW_DAYS)
    assert measure.in_force_at is not None
    assert measure.position is not None
    if at > measure.in_force_at + term:
        raise ReviewTooLate(days=REVIEW_DAYS)
    review = Review(
        measure_id=measure.id,
        measure=measure,
        position=measure.position,
        text=text,
        asked_by=person().id,
        asked_at=at,
        decide_by=at + term,
    )
    db.session.add(review)
    db.session.flush()
    log.audit("review.asked", "measure", measure.id)
    jobs.emit("measure.review_asked", by=str(review.asked_by))
    return review


def decide(
    review: Review,
    outcome: ReviewOutcome,
    answer: str,
    lightened_to: str | None = None,
    correction: str = "",
) -> None:
    """Decide a review; what was lifted, and every step above it, stands no longer.

    Args:
        lightened_to: the code of a lower step that is left; only where it is lightened.
        correction: what the public is told; needed where the measure had been public.

    Raises:
        ReviewDecided: it is decided.
        ReviewerTookPart: the decider proposed, approved or enforced the measure.
        ReviewHarsher: the step that would be left is not lower.
        CorrectionMissing: the public would not learn of it.
    """
    if review.outcome is not None:
        raise ReviewDecided
    measure = queries.measure(review.measure_id)
    if person().id in (measure.proposed_by, measure.decided_by, measure.enforced_by):
        raise ReviewerTookPart
    changed = outcome is not ReviewOutcome.UPHELD
    if changed and measure.step_kind in PUBLIC_KINDS and not correction.strip():
        raise CorrectionMissing
    left = _position_left(measure, outcome, lightened_to) if changed else None
    review.outcome, review.answer, review.lightened_to = outcome.value, answer, left
    review.decided_by, review.decided_at = person().id, now()
    if left is not None:
        review.correction = correction
        measures.take_back(measure, left, answer)
    db.session.flush()
    log.audit("review.decided", "measure", measure.id, outcome=outcome.value)


def _position_left(measure: Measure, outcome: ReviewOutcome, lightened_to: str | None) -> int:
    """Return the position that is left: of a lower step, or beneath the measure's own."""
    assert measure.position is not None
    if outcome is ReviewOutcome.LIFTED:
        return measure.position - 1
    step = queries.rules_for(measure).ladders[measure.ladder].step(lightened_to or "")
    if step is None or step.position >= measure.position:
        raise ReviewHarsher
    return step.position
