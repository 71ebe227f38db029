"""Verbs of draws: commit, make, publish; declare a conflict of interest (PROTOCOL §9)."""

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import current_app

from anfang.assignments import draw_files, draw_frames, draw_queries, service
from anfang.assignments.draw_files import Document
from anfang.assignments.draw_plans import DrawPlan, Over
from anfang.assignments.errors import (
    AssignmentDaysReversed,
    ConflictKnown,
    DrawMade,
    DrawNotMade,
    DrawNotReplaceable,
    DrawReasonMissing,
    DrawTooEarly,
    DrawVisitsOutstanding,
)
from anfang.assignments.models import Draw, DrawState, InspectorConflict
from anfang.campaigns import queries as campaigns
from anfang.identity import queries as identity
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.drawing import SECRET_BYTES, seed_of
from anfang.kit.ids import new_id, sha256_hex
from anfang.log import queries as log_reads
from anfang.log import service as log
from anfang.registry import queries as registry


def frames(plan: DrawPlan) -> tuple[Document, Document]:
    """Return the pools of objects and of inspectors as they would be frozen now.

    Raises:
        AssignmentDaysReversed, NotFound, CampaignClosed, ChecklistNotInCampaign: the plan names
        what is not there.
        DrawObjectTwice, DrawStratumTooSmall, DrawInspectorsTooFew: nothing can be drawn so.
    """
    if plan.to_day < plan.from_day:
        raise AssignmentDaysReversed
    campaign = campaigns.campaign(plan.campaign_id)
    for stratum in plan.strata:
        service.require_checklist(campaign, stratum.checklist_version_id)
    objects = draw_frames.objects_frame(plan)
    return objects, draw_frames.inspectors_frame(plan, objects)


def commit_to(plan: DrawPlan) -> Draw:
    """Freeze the pools, make a secret, and queue the commitment to both for the log.

    The draw that it replaces ends here: its visits that were not made are cancelled.

    Raises:
        DrawReasonMissing: objects of the pools are in a standing draw for some of these days.
        DrawNotReplaceable: `plan.replaces` is no standing draw of the campaign.
        Problem: as `frames`.
    """
    replaced = _give_up(plan)
    objects, inspectors = frames(plan)
    _require_not_drawn_before(plan, objects)
    secret, salt = secrets.token_bytes(SECRET_BYTES), secrets.token_bytes(draw_files.SALT_BYTES)
    draw = Draw(
        id=new_id(),
        campaign=campaigns.campaign(plan.campaign_id),
        from_day=plan.from_day,
        to_day=plan.to_day,
        secret=secret.hex(),
        inspectors_salt=salt.hex(),
        checklists={one.code: str(one.checklist_version_id) for one in plan.strata},
        objects_frame=objects,
        inspectors_frame=inspectors,
        replaces_id=None if replaced is None else replaced.id,
    )
    draw.commitment = _commitment(draw, plan, salt)
    db.session.add(draw)
    db.session.flush()
    log.queue("draw", str(draw.id), draw_files.hash_of(draw.commitment))
    log.audit("draw.committed", "draw", draw.id, redraw=replaced is not None)
    return draw


def make(draw: Draw, entropy: str, witness: str) -> None:
    """Draw objects and inspectors with the public entropy, write both halves, hand out the visits.

    Args:
        entropy: the text of the named source, exactly as it was published.
        witness: who watched.

    Raises:
        DrawMade: it was made or replaced.
        NotYetLogged: the commitment has no place in the log yet: entropy that is known before is
            no entropy.
        CampaignClosed, AssignmentPlaceClosed, InspectorInactive: a visit cannot be handed out any
            more; the draw is replaced then, with that reason.
    """
    if draw.state != DrawState.COMMITTED.value:
        raise DrawMade
    seed = seed_of(bytes.fromhex(draw.secret), entropy)
    draw.entropy, draw.witness, draw.drawn_at = entropy, witness, now()
    common = _common(draw)
    drawn = draw_files.drawn_objects(draw.objects_frame, seed)
    visited = draw_files.with_units(draw.objects_frame, drawn)
    sent = draw_files.drawn_inspectors(draw.inspectors_frame, visited, seed)
    inspectors_half = draw_files.sealed(
        {
            **common,
            "kind": draw_files.INSPECTORS,
            "salt": draw.inspectors_salt,
            "frame": draw.inspectors_frame,
            "objects": visited,
            "drawn": sent,
        }
    )
    objects_half = draw_files.sealed(
        {
            **common,
            "kind": draw_files.OBJECTS,
            "frame": draw.objects_frame,
            "drawn": drawn,
            "inspectors_sha256": sha256_hex(inspectors_half),
        }
    )
    draw.objects_file, draw.inspectors_file = objects_half.decode(), inspectors_half.decode()
    draw.state = DrawState.DRAWN.value
    _hand_out(draw, drawn, sent)
    db.session.flush()
    for half in (objects_half, inspectors_half):
        log.queue("draw", str(draw.id), sha256_hex(half))
    log.audit("draw.made", "draw", draw.id, objects=len(drawn))


def publish(draw: Draw) -> None:
    """Let the public see the objects' half.

    Raises:
        DrawNotMade: there is nothing to show, or it is shown already.
        DrawVisitsOutstanding: a visit is still open and its days are not over.
        DrawTooEarly: the campaign's delay after the visits' last day has not passed; `until` is
            the first day on which it has.
    """
    if draw.objects_file is None or draw.published_at is not None:
        raise DrawNotMade
    today = local_day(now(), current_app.config["ZONE"])
    if today <= draw.to_day and draw_queries.open_visit_count(draw.id):
        raise DrawVisitsOutstanding
    until = publishable_from(draw)
    if until is not None and today < until:
        raise DrawTooEarly(until=until.isoformat())
    draw.published_at = now()
    if draw.state == DrawState.DRAWN.value:
        draw.state = DrawState.PUBLISHED.value
    db.session.flush()
    log.audit("draw.published", "draw", draw.id)


def publishable_from(draw: Draw) -> date | None:
    """Return the first local day on which the public may see who was visited.

    The delay that holds for a visit holds for the sheet that names it, counted
    from the visits' last day: on which of them a visit was made, the office knows only later.
    None where the campaign has no delay: the sheet waits for the visits alone.
    """
    delay = draw.campaign.publication_delay_days
    return draw.to_day + timedelta(days=delay) if delay else None


def declare_conflict(inspector_id: UUID, unit_id: UUID) -> InspectorConflict:
    """Note that an inspector is not sent to a unit or what stands below it.

    Raises:
        NotFound: there is no such inspector or unit.
        ConflictKnown: it was declared before.
    """
    inspector, unit = identity.inspector(inspector_id), registry.unit(unit_id)
    if db.session.get(InspectorConflict, (inspector_id, unit_id)) is not None:
        raise ConflictKnown
    conflict = InspectorConflict(inspector=inspector, unit=unit)
    db.session.add(conflict)
    db.session.flush()
    log.audit("conflict.declared", "inspector", inspector_id)
    return conflict


def withdraw_conflict(conflict: InspectorConflict) -> None:
    """Take a declared conflict back; draws that were committed to keep it."""
    db.session.delete(conflict)
    db.session.flush()
    log.audit("conflict.withdrawn", "inspector", conflict.inspector_id)


def _give_up(plan: DrawPlan) -> Draw | None:
    """End the draw that the plan replaces."""
    if plan.replaces is None:
        return None
    draw = draw_queries.draw(plan.replaces)
    standing = draw.state in (DrawState.COMMITTED.value, DrawState.DRAWN.value)
    if not standing or draw.campaign_id != plan.campaign_id or not plan.reason.strip():
        raise DrawNotReplaceable
    for visit in draw_queries.open_visits(draw.id):
        service.cancel(visit)
    draw.state = DrawState.REPLACED.value
    db.session.flush()
    log.audit("draw.replaced", "draw", draw.id)
    return draw


def _require_not_drawn_before(plan: DrawPlan, objects: Document) -> None:
    """Nobody draws until they like the result: the same objects and days take a reason."""
    wanted = _object_ids(objects)
    for other in draw_queries.standing_draws(plan.campaign_id, plan.from_day, plan.to_day):
        if wanted & _object_ids(other.objects_frame):
            raise DrawReasonMissing


def _object_ids(frame: Mapping[str, Any]) -> set[str]:
    return {one["id"] for stratum in frame["strata"] for one in stratum["objects"]}


def _commitment(draw: Draw, plan: DrawPlan, salt: bytes) -> Document:
    replaces = None
    if draw.replaces_id is not None:
        replaces = {"draw": str(draw.replaces_id), "reason": plan.reason}
    return {
        "v": draw_files.VERSION,
        "kind": draw_files.COMMITMENT,
        "draw": str(draw.id),
        "campaign": str(plan.campaign_id),
        "campaign_name": draw.campaign.name,
        "from": plan.from_day.isoformat(),
        "to": plan.to_day.isoformat(),
        "committed_on": _today(),
        "secret_sha256": sha256_hex(bytes.fromhex(draw.secret)),
        "entropy_source": plan.entropy_source,
        "objects_frame_sha256": draw_files.hash_of(draw.objects_frame),
        "inspectors_frame_c": draw_files.salted_hash_of(draw.inspectors_frame, salt),
        "replaces": replaces,
    }


def _common(draw: Draw) -> Document:
    """Return what both halves hold: the commitment with its place in the log, and the seed."""
    key = ("draw", str(draw.id), draw_files.hash_of(draw.commitment))
    checkpoint, (entry,) = log_reads.prove([key])
    return {
        "v": draw_files.VERSION,
        "commitment": draw.commitment,
        "log": {
            "checkpoint": checkpoint.note,
            "salt": entry.salt.hex(),
            "index": entry.index,
            "proof": [node.hex() for node in entry.proof],
        },
        "secret": draw.secret,
        "entropy": draw.entropy,
        "witness": draw.witness,
        "drawn_on": _today(),
    }


def _hand_out(draw: Draw, drawn: list[Document], sent: list[Document]) -> None:
    over_sites = draw.objects_frame["over"] == Over.SITES
    strata = {one["object"]: one["stratum"] for one in drawn}
    for visit in sent:
        object_ = UUID(visit["object"])
        for inspector in visit["inspectors"]:
            service.assign(
                draw.campaign_id,
                UUID(draw.checklists[strata[visit["object"]]]),
                UUID(inspector),
                draw.from_day,
                draw.to_day,
                site_id=object_ if over_sites else None,
                unit_id=None if over_sites else object_,
                draw_id=draw.id,
            )


def _today() -> str:
    return local_day(now(), current_app.config["ZONE"]).isoformat()
