"""Tables of surveys.

[Note: Anonymous answers] an answer says group, unit, round and what was marked: no token, no rater,
no time. Its id is random, and on SQLite neither answers nor tokens have a row number, so that the
order in which they came is not kept. A token says whether it is used; who was given it is needed
to give another, and is forgotten when the round closes. docs/decisions/0033.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.campaigns.models import Campaign
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id

_UNORDERED: Final = {"sqlite_with_rowid": False}


class RoundState(StrEnum):
    """How far a round is: drafted, frozen with its frame, open to answers, closed, its results
    approved (审定), published."""

    DRAFT = "draft"
    FROZEN = "frozen"
    OPEN = "open"
    CLOSED = "closed"
    APPROVED = "approved"
    PUBLISHED = "published"


ENDED: Final = (RoundState.CLOSED.value, RoundState.APPROVED.value, RoundState.PUBLISHED.value)
"""States in which there are results."""


class TokenState(StrEnum):
    """Whether a token may still be used; a void one was replaced by another."""

    ISSUED = "issued"
    USED = "used"
    VOID = "void"


class PaperState(StrEnum):
    """How far a paper ballot is; only an agreed or a settled one counts."""

    ISSUED = "issued"
    ONCE = "once"
    DIFFERS = "differs"
    AGREED = "agreed"
    SETTLED = "settled"
    SPOILT = "spoilt"


class Channel(StrEnum):
    """How a rater is reached; empty: not yet."""

    NONE = ""
    TOKEN = "token"  # noqa: S105 -- a word, no secret
    MESSAGE = "message"
    PAPER = "paper"


class SurveyRound(Base):
    """A round of a survey.

    `form` is `form.Form` as JSON, `frame_sha256` the hash of the frozen frame, `secret` the draw's
    (hex, 32 bytes), `commitment` what the log holds of both, `sample_sha256` the hash of the drawn
    sample, `box_sha256` that of all answers at closing.
    """

    __tablename__ = "survey_rounds"
    __table_args__ = (
        UniqueConstraint("campaign_id", "code"),
        CheckConstraint(
            "state IN ('draft', 'frozen', 'open', 'closed', 'approved', 'published')", name="state"
        ),
        CheckConstraint("state = 'draft' OR frame_sha256 IS NOT NULL", name="frozen_frame"),
        CheckConstraint(
            "state NOT IN ('closed', 'approved', 'published') OR box_sha256 IS NOT NULL",
            name="closed_box",
        ),
        Index("ix_survey_rounds_closes_at", "state", "closes_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rulebook_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("rulebook_versions.id"))
    code: Mapped[str]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default=RoundState.DRAFT.value)
    form: Mapped[dict[str, Any]]
    closes_at: Mapped[datetime | None]
    frame_sha256: Mapped[str | None]
    secret: Mapped[str | None]
    commitment: Mapped[dict[str, Any] | None]
    entropy: Mapped[str | None]
    witness: Mapped[str | None]
    sample_sha256: Mapped[str | None]
    box_sha256: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    campaign: Mapped[Campaign] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class SurveyRater(Base):
    """Somebody in a round's frame, under an opaque number.

    `contact` is sealed with the round's own key and erased with it when the round closes. `drawn`:
    in the sample. `failure`: why the latest message was not taken.
    """

    __tablename__ = "survey_raters"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint("channel IN ('', 'token', 'message', 'paper')", name="channel"),
        Index("ix_survey_raters_listed", "round_id", "group", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("survey_rounds.id"))
    number: Mapped[str]
    group: Mapped[str]
    stratum: Mapped[str] = mapped_column(default="")
    contact: Mapped[str | None]
    drawn: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(default=Channel.NONE.value)
    failure: Mapped[str | None]


class SurveyToken(Base):
    """A one-time token: its hash, its group, whether it is used. The token itself is not kept.

    `rater_id` is forgotten when the round closes.
    """

    __tablename__ = "survey_tokens"
    __table_args__ = (
        CheckConstraint("state IN ('issued', 'used', 'void')", name="state"),
        Index("ix_survey_tokens_counted", "round_id", "group", "state"),
        Index("ix_survey_tokens_rater_id", "rater_id"),
        _UNORDERED,
    )

    sha256: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("survey_rounds.id"))
    rater_id: Mapped[UUID | None] = mapped_column(ForeignKey("survey_raters.id"))
    group: Mapped[str]
    state: Mapped[str] = mapped_column(default=TokenState.ISSUED.value)


class SurveyAnswer(Base):
    """What a ballot says about one unit [Note: Anonymous answers]; `marks`: option by question."""

    __tablename__ = "survey_answers"
    __table_args__ = (Index("ix_survey_answers_round_id", "round_id"), _UNORDERED)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("survey_rounds.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    group: Mapped[str]
    marks: Mapped[dict[str, Any]]


class SurveyPaperBallot(Base):
    """A numbered paper ballot that was handed out; nobody is noted as its rater."""

    __tablename__ = "survey_paper_ballots"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint(
            "state IN ('issued', 'once', 'differs', 'agreed', 'settled', 'spoilt')", name="state"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("survey_rounds.id"))
    number: Mapped[int]
    group: Mapped[str]
    state: Mapped[str] = mapped_column(default=PaperState.ISSUED.value)


class SurveyPaperEntry(Base):
    """What one person read on a paper ballot: the first, the second, or the third look."""

    __tablename__ = "survey_paper_entries"
    __table_args__ = (
        UniqueConstraint("ballot_id", "look"),
        UniqueConstraint("ballot_id", "by_user"),
        CheckConstraint("look BETWEEN 1 AND 3", name="look"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("survey_paper_ballots.id"))
    look: Mapped[int]
    by_user: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    marks: Mapped[dict[str, Any]]


class SurveyReopening(Base):
    """That a unit's rectification was reopened because most were dissatisfied: once a round."""

    __tablename__ = "survey_reopenings"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("survey_rounds.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))


@event.listens_for(SurveyAnswer, "before_update")
@event.listens_for(SurveyAnswer, "before_delete")
@event.listens_for(SurveyPaperEntry, "before_update")
@event.listens_for(SurveyPaperEntry, "before_delete")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would change or lose an answer."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
