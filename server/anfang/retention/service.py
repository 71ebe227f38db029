"""Verbs of retention: hold, lift, delete what is due."""

from collections.abc import Callable
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.cases import queries as cases
from anfang.evidence import deleting
from anfang.inspections import queries as inspections
from anfang.kit.clock import now
from anfang.kit.db import db, transaction
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.retention import queries
from anfang.retention.errors import HoldLifted
from anfang.retention.models import HoldOn, LegalHold
from anfang.retention.sources import SOURCES, Due


def hold(object_kind: HoldOn, object_id: UUID, reason: str) -> LegalHold:
    """Keep everything of a record, a case or a campaign until the hold is lifted.

    Raises:
        NotFound: there is no such object.
    """
    known: dict[HoldOn, Callable[[UUID], object]] = {
        HoldOn.RECORD: inspections.record,
        HoldOn.CASE: cases.case,
        HoldOn.CAMPAIGN: campaigns.campaign,
    }
    known[object_kind](object_id)
    made = LegalHold(
        object_kind=object_kind.value, object_id=object_id, reason=reason, set_by=person().id
    )
    db.session.add(made)
    db.session.flush()
    log.audit("hold.set", object_kind.value, object_id, hold=str(made.id))
    return made


def lift(held: LegalHold, reason: str) -> None:
    """Lift a hold: its object's media follow their rules again.

    Raises:
        HoldLifted: it was lifted before.
    """
    if held.lifted_at is not None:
        raise HoldLifted
    held.lift_reason, held.lifted_by, held.lifted_at = reason, person().id, now()
    db.session.flush()
    log.audit("hold.lifted", held.object_kind, held.object_id, hold=str(held.id))


def delete_due() -> list[Due]:
    """Delete everything whose time has run out; returns what this call certified.

    Opens its own transactions. What is due is looked at again with its rows locked, so that a hold
    or a delivery that comes meanwhile is never missed. Repeating it is harmless [Note: Deletion].

    Raises:
        OfficeKeyMissing: the office cannot sign; nothing more was deleted.
    """
    with transaction(write=False):
        waiting = list(queries.due())
    certified = [one for one in waiting if _certify(one)]
    deleting.remove_certified(lambda deletion: SOURCES[deletion.kind].is_kept(deletion.sha256))
    return certified


def _certify(one: Due) -> bool:
    with transaction():
        return SOURCES[one.kind].certify(one)
