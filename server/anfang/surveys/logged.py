"""Reads of what surveys has put into the log: each round's commitment, sample, closed box."""

from collections.abc import Iterator

from sqlalchemy import select

from anfang.kit.db import db
from anfang.kit.ids import sha256_hex
from anfang.log.queries import LoggedRow
from anfang.surveys import frames, sampling, service
from anfang.surveys.models import ENDED, SurveyRater, SurveyRound


def rounds() -> Iterator[LoggedRow]:
    """Return every entry of frozen rounds, sound if frame, form, sample and answers give it."""
    frozen = select(SurveyRound).where(SurveyRound.commitment.is_not(None))
    for one in db.session.scalars(frozen.order_by(SurveyRound.id)).all():
        subject, where, said = str(one.id), f"survey_rounds {one.id}", one.commitment or {}
        sound = (
            said["frame_sha256"] == sampling.frame_hash(frames.frame_of(one.id))
            and said["form_sha256"] == sampling.form_hash(one.form)
            and said["secret_sha256"] == sha256_hex(bytes.fromhex(one.secret or ""))
        )
        yield LoggedRow(subject, frames.commitment_hash(said), where, sound)
        if one.entropy is not None and one.sample_sha256 is not None:
            yield LoggedRow(subject, one.sample_sha256, where, _sample_is_sound(one))
        if one.state in ENDED and one.box_sha256 is not None:
            unchanged = service.box_hash(one.id) == one.box_sha256
            yield LoggedRow(subject, one.box_sha256, where, unchanged)


def _sample_is_sound(one: SurveyRound) -> bool:
    """Tell whether secret and entropy give the sample, and it is those who were asked."""
    asked = db.session.scalars(
        select(SurveyRater.number).where(SurveyRater.round_id == one.id, SurveyRater.drawn)
    ).all()
    drawn = sampling.sample_hash(frames.repeated(one))
    return drawn == one.sample_sha256 == sampling.sample_hash(asked)
