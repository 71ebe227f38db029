"""Verbs of releases: the two custodians look together who complains, and both say why.

[Note: Informant protection] one asks, the other opens, both give their passphrases; the reading
stands in the audit trail, and what was read is kept nowhere.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from anfang.complaints import queries
from anfang.complaints.errors import NothingSealed, OwnRelease, ReleaseOver
from anfang.complaints.models import Complaint, InformantRelease
from anfang.complaints.receiving import informant_context
from anfang.identity import custody
from anfang.identity import queries as identity
from anfang.kit.clock import now
from anfang.kit.db import db, lock_row, transaction
from anfang.kit.errors import required
from anfang.kit.principal import person
from anfang.log import service as log

LIFETIME: Final = timedelta(days=3)
"""How long a request waits for the other custodian."""


@dataclass(frozen=True)
class Shown:
    """What the two custodians see, once; `informant` holds the text as it came, too."""

    release: InformantRelease
    number: str
    informant: dict[str, str]


def ask(number: str, reason: str) -> InformantRelease:
    """Ask to see who brought the complaint of a number.

    Raises:
        NotFound: there is no such complaint.
        NothingSealed: it is anonymous.
        CustodyMissing, CustodiansNeeded: the caller holds no half of the key.
    """
    caller = person()
    custody.require_holder(caller.id)
    complaint = queries.by_number(number)
    if complaint.informant_box is None:
        raise NothingSealed
    release = InformantRelease(
        complaint_id=complaint.id, reason=reason, asked_by=caller.id, expires_at=now() + LIFETIME
    )
    db.session.add(release)
    db.session.flush()
    log.audit("informant.asked", "complaint", complaint.id, release=str(release.id))
    return release


def open_(release_id: UUID, reason: str, passphrase: str, asker_passphrase: str) -> Shown:
    """Open what the other custodian asked for. Opens its own transactions.

    Raises:
        NotFound: no such request.
        OwnRelease: nobody opens what they asked for themselves.
        ReleaseOver: opened before, or the request's time has run out.
        CustodyMissing, CustodiansNeeded, PassphraseWrong, TooManyAttempts: see `custody.unlock`.
    """
    caller = person()
    with transaction(write=False):
        asked = _waiting(release_id)
        if asked.asked_by == caller.id:
            raise OwnRelease
        asker = identity.user(asked.asked_by).username
    keyring = custody.unlock({caller.username: passphrase, asker: asker_passphrase})
    with transaction():
        release = _waiting(release_id)
        complaint = db.session.get_one(Complaint, release.complaint_id)
        if complaint.informant_box is None:
            raise NothingSealed
        informant = custody.open_members(
            keyring, complaint.informant_box, informant_context(complaint.id)
        )
        release.opened_by, release.open_reason, release.opened_at = caller.id, reason, now()
        log.audit("informant.read", "complaint", complaint.id, release=str(release.id))
        return Shown(release, complaint.number, informant)


def _waiting(release_id: UUID) -> InformantRelease:
    found = required(lock_row(InformantRelease, release_id))
    if found.opened_at is not None or found.expires_at <= now():
        raise ReleaseOver
    return found
