"""Verbs of referrals: a lead on a duty crime leaves for the competent body, and its case locks.

监察法 and 条例 art. 23: the office does not look into it itself. Two people decide it.
"""

from uuid import UUID

from anfang.cases import queries as cases
from anfang.cases import service as case_verbs
from anfang.cases.models import CaseState
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.ladders import queries
from anfang.ladders.errors import (
    CaseOutOfReach,
    NoLadders,
    OwnMeasure,
    ReferralDecided,
    ReferralWaits,
)
from anfang.ladders.models import Referral, ReferralState
from anfang.log import service as log


def propose(case_id: UUID, body: str, basis: str) -> Referral:
    """Propose to refer a case.

    Args:
        body: the code of a competent body of the campaign's rulebook.
        basis: what points to a duty crime; read only by who may refer.

    Raises:
        NotFound: there is no such case.
        NoLadders: the rulebook names no such body.
        ReferralWaits: it is referred, or about to be.
        CaseOutOfReach: the case was merged or closed.
    """
    case = cases.case_for_update(case_id)
    if body not in queries.rules_of(case.campaign_id).bodies:
        raise NoLadders
    if queries.live_referral(case.id) is not None:
        raise ReferralWaits
    if case.state in (CaseState.CLOSED.value, CaseState.MERGED.value):
        raise CaseOutOfReach(numbers=case.number)
    referral = Referral(
        case=case, body=body, basis=basis, proposed_by=person().id, proposed_at=now()
    )
    db.session.add(referral)
    db.session.flush()
    log.audit("referral.proposed", "referral", referral.id)
    jobs.emit("referral.proposed", by=str(referral.proposed_by))
    return referral


def decide(referral: Referral, *, approved: bool, note: str) -> None:
    """Decide on a referral; approved, the case is locked and its unit sees it no more.

    Raises:
        ReferralDecided: it is decided.
        OwnMeasure: the decider proposed it.
        CaseClosed, CaseLocked: the case has ended meanwhile.
    """
    if referral.state != ReferralState.PROPOSED.value:
        raise ReferralDecided
    if referral.proposed_by == person().id:
        raise OwnMeasure
    referral.state = (ReferralState.APPROVED if approved else ReferralState.REJECTED).value
    referral.decided_by, referral.decided_at, referral.decision_note = person().id, now(), note
    if approved:
        case = cases.case_for_update(referral.case_id)
        case_verbs.refer(case, queries.rules_of(case.campaign_id).bodies[referral.body])
    db.session.flush()
    log.audit(f"referral.{referral.state}", "referral", referral.id)
