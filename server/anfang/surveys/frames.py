"""Verbs of frames: take one from a sheet, freeze it with the form, draw the sample.

[Note: Frozen frame] what is asked of whom is settled by a hash in the public log before anybody is
asked; a draw's seed is committed to with it and needs entropy that was unknown then (PROTOCOL §9).
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, select, update

from anfang.kit import jcs
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.drawing import SECRET_BYTES, seed_of
from anfang.kit.ids import sha256_hex
from anfang.kit.sheets import Fault
from anfang.log import queries as log_reads
from anfang.log import service as log
from anfang.surveys import contacts, form, sampling
from anfang.surveys.errors import (
    SurveyFormFaulty,
    SurveyFrameChanged,
    SurveyFrameFaulty,
    SurveyFrozen,
    SurveyGroupTooSmall,
    SurveyNotFrozen,
    SurveySampleDrawn,
)
from anfang.surveys.frame_sheet import RaterLine
from anfang.surveys.models import RoundState, SurveyRater, SurveyRound
from anfang.surveys.sampling import FrameRater
from anfang.surveys.service import LOG_KIND


@dataclass
class FramePlan:
    """What a sheet would do: how many raters each group would have; the frame is replaced whole."""

    raters: int
    groups: dict[str, int]
    contacts: int
    digest: str
    faults: list[Fault] = field(default_factory=list)
    done: bool = False


def take(
    one: SurveyRound,
    lines: Sequence[RaterLine],
    faults: Sequence[Fault] = (),
    digest: str | None = None,
) -> FramePlan:
    """Show what a frame's sheet holds, or make it the round's frame, in place of another.

    Args:
        one: locked (`queries.round_for_update`).
        digest: of the sheet that was shown; None only shows.

    Raises:
        SurveyFrozen: the frame no longer changes.
        SurveyFrameFaulty: there are faults; nothing was taken.
        SurveyFrameChanged: this is not what was shown.
    """
    if one.state != RoundState.DRAFT.value:
        raise SurveyFrozen
    told = [[line.number, line.group, line.stratum, line.contact] for line in lines]
    plan = FramePlan(
        raters=len(lines),
        groups=dict(Counter(line.group for line in lines)),
        contacts=sum(bool(line.contact) for line in lines),
        digest=sha256_hex(jcs.canonical({"lines": told})),
        faults=sorted(faults, key=lambda fault: fault.row),
    )
    if digest is None:
        return plan
    if plan.faults:
        pointers = {f"/{fault.row}/{fault.column or ''}": fault.code for fault in plan.faults[:100]}
        raise SurveyFrameFaulty(pointers=pointers)
    if digest != plan.digest:
        raise SurveyFrameChanged
    _replace(one.id, lines)
    plan.done = True
    log.audit("survey.frame_taken", "survey_round", one.id, raters=len(lines))
    return plan


def freeze(one: SurveyRound) -> None:
    """Freeze form and frame, and queue the commitment to both for the log [Note: Frozen frame].

    Where no group has a quota, everybody in the frame is asked.

    Args:
        one: locked (`queries.round_for_update`).

    Raises:
        SurveyFrozen: it is frozen.
        SurveyFormFaulty: the form cannot be asked.
        SurveyGroupTooSmall: a group has fewer raters than its quota, or asks so few that an answer
            could be guessed.
    """
    if one.state != RoundState.DRAFT.value:
        raise SurveyFrozen
    read = form.read_form(one.form)
    faults = form.faults(read)
    if faults:
        raise SurveyFormFaulty(pointers=dict(faults))
    raters = frame_of(one.id)
    short = sampling.too_small(read, raters)
    if short is not None:
        raise SurveyGroupTooSmall(group=_title(read, short), count=sampling.sizes(raters)[short])
    secret = secrets.token_bytes(SECRET_BYTES)
    one.secret, one.frame_sha256 = secret.hex(), sampling.frame_hash(raters)
    one.commitment = _commitment(one, secret)
    one.state = RoundState.FROZEN.value
    if not sampling.is_drawn(read):
        _mark(one, sampling.everybody(raters))
    db.session.flush()
    log.queue(LOG_KIND, str(one.id), commitment_hash(one.commitment))
    log.audit("survey.frozen", "survey_round", one.id, raters=len(raters))


def draw(one: SurveyRound, entropy: str, witness: str) -> None:
    """Draw the sample with public entropy.

    Args:
        one: locked (`queries.round_for_update`).
        entropy: a text that was published after the frame was frozen.
        witness: who watched.

    Raises:
        SurveyNotFrozen: the frame is not frozen, or the round is open already.
        SurveySampleDrawn: the sample is drawn, or there is none to draw.
        NotYetLogged: the commitment has no place in the log yet.
    """
    if one.state != RoundState.FROZEN.value or one.secret is None or one.commitment is None:
        raise SurveyNotFrozen
    if one.sample_sha256 is not None:
        raise SurveySampleDrawn
    log_reads.prove([(LOG_KIND, str(one.id), commitment_hash(one.commitment))])
    one.entropy, one.witness = entropy, witness
    _mark(one, repeated(one))
    db.session.flush()
    log.queue(LOG_KIND, str(one.id), one.sample_sha256 or "")
    log.audit("survey.sample_drawn", "survey_round", one.id)


def repeated(one: SurveyRound) -> list[str]:
    """Return the sample that secret and entropy give, drawn anew."""
    seed = seed_of(bytes.fromhex(one.secret or ""), one.entropy or "")
    return sampling.sample(form.read_form(one.form), frame_of(one.id), seed)


def frame_of(round_id: UUID) -> list[FrameRater]:
    """Return a round's frame."""
    rows = db.session.execute(
        select(SurveyRater.group, SurveyRater.stratum, SurveyRater.number).where(
            SurveyRater.round_id == round_id
        )
    )
    return [FrameRater(row.group, row.stratum, row.number) for row in rows]


def commitment_hash(commitment: dict[str, Any]) -> str:
    """Hex SHA-256 of a commitment's canonical form."""
    return sha256_hex(jcs.canonical(commitment))


def _replace(round_id: UUID, lines: Sequence[RaterLine]) -> None:
    db.session.execute(delete(SurveyRater).where(SurveyRater.round_id == round_id))
    db.session.add_all(
        SurveyRater(
            round_id=round_id,
            number=line.number,
            group=line.group,
            stratum=line.stratum,
            contact=contacts.sealed(round_id, line.number, line.contact) if line.contact else None,
        )
        for line in lines
    )
    db.session.flush()


def _commitment(one: SurveyRound, secret: bytes) -> dict[str, Any]:
    return {
        "v": sampling.VERSION,
        "kind": "survey-commitment",
        "round": str(one.id),
        "form_sha256": sampling.form_hash(one.form),
        "frame_sha256": one.frame_sha256,
        "secret_sha256": sha256_hex(secret),
        "committed_on": local_day(now(), current_app.config["ZONE"]).isoformat(),
    }


def _mark(one: SurveyRound, numbers: Sequence[str]) -> None:
    """Mark who is in the sample."""
    for first in range(0, len(numbers), 500):
        db.session.execute(
            update(SurveyRater)
            .where(
                SurveyRater.round_id == one.id,
                SurveyRater.number.in_(numbers[first : first + 500]),
            )
            .values(drawn=True)
        )
    one.sample_sha256 = sampling.sample_hash(numbers)


def _title(read: form.Form, code: str) -> str:
    found = read.group(code)
    return found.title if found else code
