"""Tables of scoring.

[Note: A published ranking stays] results never change, a run not after its publication: the mapper
refuses it. What was wrong is corrected by a run of its own, which says what it corrects and why.
That nobody signs off what they computed is held by the tables, whatever the code above does.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    UniqueConstraint,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class RunState(StrEnum):
    """A run is computed, signed off or rejected by a second person, then published."""

    DRAFT = "draft"
    REJECTED = "rejected"
    SIGNED = "signed"
    PUBLISHED = "published"


class ConsequenceState(StrEnum):
    """What became of a consequence; `void`: a correction took the unit's place away."""

    OPEN = "open"
    PROPOSED = "proposed"
    DROPPED = "dropped"
    VOID = "void"


class ScoreRun(Base):
    """A scheme computed for some days, frozen with what it rests on.

    `figures` are `frozen.frozen` as JSON, `figures_sha256` their digest. `reason`: why it corrects
    `corrects_id`.
    """

    __tablename__ = "score_runs"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'rejected', 'signed', 'published')", name="state"),
        CheckConstraint("since <= until", name="days"),
        CheckConstraint("decided_by IS NULL OR decided_by <> computed_by", name="second_person"),
        CheckConstraint("(state = 'draft') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint(
            "(corrects_id IS NULL) = (length(trim(reason)) = 0)", name="corrected_with_reason"
        ),
        Index("ix_score_runs_campaign_id", "campaign_id", "scheme", "state"),
        Index(
            "uq_score_runs_corrects_id",
            "corrects_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rulebook_version_id: Mapped[UUID] = mapped_column(ForeignKey("rulebook_versions.id"))
    scheme: Mapped[str]
    title: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    state: Mapped[str] = mapped_column(default=RunState.DRAFT.value)
    figures: Mapped[list[Any]] = mapped_column(deferred=True)
    figures_sha256: Mapped[str]
    computed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    computed_at: Mapped[datetime] = mapped_column(default=now)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(default="")
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("score_runs.id"))
    reason: Mapped[str] = mapped_column(default="")


class ScoreResult(Base):
    """What a unit came to in a run.

    `score` is a decimal as text, None where there is none; `rank` None where the unit is not
    ranked, for `why_not` (a code of `formula`, or the rulebook's words where it excludes the unit);
    `worse` how many of the `ranked_of` ranked units of its category stand strictly beneath it;
    `explanation` is `nodes.told`.
    """

    __tablename__ = "score_results"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("score_runs.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), primary_key=True)
    category: Mapped[str]
    score: Mapped[str | None]
    rank: Mapped[int | None]
    ranked_of: Mapped[int]
    worse: Mapped[int]
    band: Mapped[str]
    why_not: Mapped[str]
    vetoes: Mapped[list[Any]]
    explanation: Mapped[dict[str, Any]] = mapped_column(deferred=True)

    unit: Mapped[Unit] = relationship(lazy="joined")


class ScoreConsequence(Base):
    """What follows for a unit from its place in a published run; a run fires once.

    `rule` and `title` are the rulebook's. A sanction rests on `case_id`, opened with the
    publication, in which the unit is heard; `measure_id` is what was then proposed.
    """

    __tablename__ = "score_consequences"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'proposed', 'dropped', 'void')", name="state"),
        CheckConstraint("(state = 'proposed') = (measure_id IS NOT NULL)", name="proposed"),
        CheckConstraint(
            "state NOT IN ('dropped', 'void') OR length(trim(note)) > 0", name="ended_with_reason"
        ),
        CheckConstraint("(case_id IS NULL) = (reward <> '')", name="rests_on_case"),
        UniqueConstraint("run_id", "rule", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("score_runs.id"))
    rule: Mapped[str]
    title: Mapped[str]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    ladder: Mapped[str]
    step: Mapped[str]
    reward: Mapped[str]
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    measure_id: Mapped[UUID | None] = mapped_column(ForeignKey("ladder_measures.id"))
    state: Mapped[str] = mapped_column(default=ConsequenceState.OPEN.value)
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now)

    unit: Mapped[Unit] = relationship(lazy="joined")


@event.listens_for(ScoreRun, "before_delete")
@event.listens_for(ScoreResult, "before_delete")
@event.listens_for(ScoreResult, "before_update")
@event.listens_for(ScoreConsequence, "before_delete")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would change a result, or make a run or what followed from it vanish."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")


@event.listens_for(ScoreRun, "before_update")
def _keep_published(_mapper: Mapper[Any], _connection: Connection, run: ScoreRun) -> None:
    """Refuse any change of a run that was published before."""
    published = run.state == RunState.PUBLISHED.value
    if published and not inspect(run).attrs.state.history.deleted:
        raise RuntimeError("score_runs: a published run stays as it was published")
