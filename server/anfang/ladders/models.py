"""Tables of ladders.

[Note: A ladder never skips] for one case, a step of a ladder stands once; a step that was reached
without the one before it carries two reasons, its proposer's and its approver's. Both are held by
the tables, whatever the code above does; so is that nobody approves what they proposed, and that a
review never makes anything worse.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, event, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.cases.models import Case
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class Nature(StrEnum):
    """Whether a measure costs a unit something or honours it."""

    SANCTION = "sanction"
    REWARD = "reward"


class MeasureState(StrEnum):
    """A measure is proposed, approved by a second person, in force, then done or lifted."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    IN_FORCE = "in_force"
    DONE = "done"
    LIFTED = "lifted"


class ReviewOutcome(StrEnum):
    """What a review of a conclusion comes to: 维持, 减轻, 撤销; never anything harsher."""

    UPHELD = "upheld"
    LIGHTENED = "lightened"
    LIFTED = "lifted"


class ReferralState(StrEnum):
    """A referral is proposed, then approved or rejected by a second person."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class Measure(Base):
    """A step of a ladder taken, or a reward given, against or to a unit; never to a person.

    `ladder`, `step`, `step_kind`, `title` and `position` (1 is the lowest) are the rulebook's as it
    was then; `facts` what was known when it was proposed. A reward has no position.
    """

    __tablename__ = "ladder_measures"
    __table_args__ = (
        CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected', 'in_force', 'done', 'lifted')",
            name="state",
        ),
        CheckConstraint("nature IN ('sanction', 'reward')", name="nature"),
        CheckConstraint("(nature = 'sanction') = (position IS NOT NULL)", name="position"),
        CheckConstraint("length(trim(reason)) > 0", name="reason"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="second_person"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        CheckConstraint(
            "NOT skips OR length(trim(skip_reason)) > 0"
            " AND (state IN ('proposed', 'rejected') OR length(trim(skip_approval)) > 0)",
            name="skips_with_reasons",
        ),
        CheckConstraint(
            "state NOT IN ('in_force', 'done') OR in_force_at IS NOT NULL", name="in_force_at"
        ),
        Index("ix_ladder_measures_state", "state", "proposed_at", "id"),
        Index("ix_ladder_measures_unit_id", "unit_id", "state"),
        Index("ix_ladder_measures_campaign_id", "campaign_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rulebook_version_id: Mapped[UUID] = mapped_column(ForeignKey("rulebook_versions.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    nature: Mapped[str]
    ladder: Mapped[str]
    step: Mapped[str]
    step_kind: Mapped[str]
    title: Mapped[str]
    position: Mapped[int | None]
    state: Mapped[str] = mapped_column(default=MeasureState.PROPOSED.value)
    reason: Mapped[str]
    facts: Mapped[dict[str, Any]]
    skips: Mapped[bool] = mapped_column(default=False)
    skip_reason: Mapped[str] = mapped_column(default="")
    skip_approval: Mapped[str] = mapped_column(default="")
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(default="")
    enforced_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    in_force_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
    ending: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit] = relationship(lazy="joined")
    cases: Mapped[list["MeasureCase"]] = relationship(lazy="selectin")


class MeasureCase(Base):
    """A case on which a measure rests; `live` until the measure is rejected or lifted."""

    __tablename__ = "ladder_measure_cases"
    __table_args__ = (
        Index(
            "uq_ladder_measure_cases_step",
            "case_id",
            "ladder",
            "position",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
    )

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("ladder_measures.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    ladder: Mapped[str]
    position: Mapped[int]
    live: Mapped[bool] = mapped_column(default=True)

    case: Mapped[Case] = relationship(lazy="joined")


class AttestedFact(Base):
    """What the office attests about a unit, with its basis: a fact that no table here knows."""

    __tablename__ = "ladder_facts"
    __table_args__ = (
        CheckConstraint("length(trim(basis)) > 0", name="basis"),
        Index("ix_ladder_facts_unit_id", "campaign_id", "unit_id", "code"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    code: Mapped[str]
    basis: Mapped[str]
    by_user: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)

    unit: Mapped[Unit] = relationship(lazy="joined")


class Referral(Base):
    """A lead on a duty crime that leaves for the competent body (移送); its case is locked then."""

    __tablename__ = "ladder_referrals"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'approved', 'rejected')", name="state"),
        CheckConstraint("length(trim(basis)) > 0", name="basis"),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="second_person"),
        CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name="decided"),
        Index(
            "uq_ladder_referrals_live",
            "case_id",
            unique=True,
            sqlite_where=text("state <> 'rejected'"),
            postgresql_where=text("state <> 'rejected'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    body: Mapped[str]
    basis: Mapped[str]
    state: Mapped[str] = mapped_column(default=ReferralState.PROPOSED.value)
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship(lazy="joined")


class Review(Base):
    """A unit's request to look at a conclusion again (复核), and what came of it.

    `lightened_to`: the position that is left; lower than the measure's, 0 for nothing.
    `correction`: what is published where the measure had been public.
    """

    __tablename__ = "ladder_reviews"
    __table_args__ = (
        CheckConstraint(
            "outcome IS NULL OR outcome IN ('upheld', 'lightened', 'lifted')", name="outcome"
        ),
        CheckConstraint(
            "(outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)",
            name="decided",
        ),
        CheckConstraint("length(trim(text)) > 0", name="says_something"),
        CheckConstraint("lightened_to IS NULL OR lightened_to < position", name="never_harsher"),
        CheckConstraint(
            "outcome IS NULL OR (outcome = 'upheld') = (lightened_to IS NULL)", name="lightened"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    measure_id: Mapped[UUID] = mapped_column(ForeignKey("ladder_measures.id"), unique=True)
    position: Mapped[int]
    text: Mapped[str]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    decide_by: Mapped[datetime]
    outcome: Mapped[str | None]
    lightened_to: Mapped[int | None]
    answer: Mapped[str] = mapped_column(default="")
    correction: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(index=True)

    measure: Mapped[Measure] = relationship(lazy="joined")


class UnitRule(Base):
    """A unit's own rule of accountability beside the campaign's: stricter or new, never weaker.

    `rule` is the campaign's rule that it makes stricter; empty for one of its own.
    """

    __tablename__ = "ladder_unit_rules"
    __table_args__ = (Index("ix_ladder_unit_rules_unit_id", "campaign_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    rule: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    ladder: Mapped[str]
    step: Mapped[str]
    by_user: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)


@event.listens_for(Measure, "before_delete")
@event.listens_for(MeasureCase, "before_delete")
@event.listens_for(Referral, "before_delete")
@event.listens_for(Review, "before_delete")
@event.listens_for(AttestedFact, "before_delete")
@event.listens_for(AttestedFact, "before_update")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would make a measure, or what it rests on, vanish."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
