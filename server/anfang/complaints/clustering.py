"""Verbs of clusters: many complaints of one kind become a matter that a leader decides (row 82)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from anfang.campaigns import queries as campaigns
from anfang.cases import service as cases
from anfang.cases.models import CaseClass, CaseSource
from anfang.complaints import clusters, queries
from anfang.complaints.errors import ClusterDecided, OwnCluster, UnitUnknown
from anfang.complaints.models import ClusterMember, Complaint, ComplaintCluster
from anfang.complaints.rules import ClusterRule
from anfang.complaints.words import ClusterState, Verdict
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.registry import queries as registry

_COLUMNS: Final = {"unit": Complaint.unit_id, "site": Complaint.site_id, "topic": Complaint.topic}
_LOOKED_BACK: Final = 2
"""Terms of a rule: a cluster whose last complaint is this long ago was found long since."""


def look(campaign_id: UUID) -> None:
    """Look whether there are clusters of a campaign that nobody was told of yet."""
    for rule in queries.rules_of(campaign_id).clusters:
        free, known = _counted(campaign_id, rule)
        for key, ids in clusters.found(rule, free).items():
            fresh = [one for one in ids if one not in known]
            if fresh:
                _keep(campaign_id, rule, key, fresh)


def propose(
    cluster: ComplaintCluster, action: str, proposal: str, unit_id: UUID | None = None
) -> None:
    """Propose a special action (专项整治); somebody else decides.

    Args:
        cluster: locked (`queries.cluster_for_update`).
        action: its title.
        proposal: why, and what is to be done.
        unit_id: who leads it, where the complaints have no unit in common.

    Raises:
        ClusterDecided: it was proposed or decided before.
        UnitUnknown: nobody would lead it.
        NotFound: no such unit.
    """
    if cluster.state != ClusterState.FOUND.value:
        raise ClusterDecided
    if unit_id is not None:
        cluster.unit = registry.unit(unit_id)
        cluster.unit_id = unit_id
    if cluster.unit_id is None:
        raise UnitUnknown
    cluster.action, cluster.proposal = action, proposal
    cluster.proposed_by, cluster.state = person().id, ClusterState.PROPOSED.value
    db.session.flush()
    log.audit("complaint.cluster_proposed", "complaint_cluster", cluster.id)
    jobs.emit("complaint.cluster_proposed", by=str(cluster.proposed_by))


def decide(cluster: ComplaintCluster, *, approved: bool, note: str) -> None:
    """Decide a special action; an approved one is opened as a case of the source clue.

    Args:
        cluster: locked (`queries.cluster_for_update`).

    Raises:
        ClusterDecided: it waits for no decision.
        OwnCluster: the caller proposed it.
        as `cases.open_case`.
    """
    if cluster.state != ClusterState.PROPOSED.value:
        raise ClusterDecided
    if cluster.proposed_by == person().id:
        raise OwnCluster
    if approved:
        cluster.case_id = _open_case(cluster)
    cluster.decided_by, cluster.decided_at, cluster.decision = person().id, now(), note
    cluster.state = (ClusterState.APPROVED if approved else ClusterState.DISMISSED).value
    db.session.flush()
    log.audit("complaint.cluster_decided", "complaint_cluster", cluster.id, approved=approved)


def _open_case(cluster: ComplaintCluster) -> UUID:
    members = queries.cluster_members([cluster.id])[cluster.id]
    case = cases.open_case(
        [],
        cluster.unit_id,
        cluster.action,
        CaseClass.BY_DATE.value,
        campaign_id=cluster.campaign_id,
        source=CaseSource.CLUE.value,
        topic=cluster.topic,
        summary=cluster.proposal,
        raised_by="、".join(one.number for one in members),
        owner_id=cluster.proposed_by,
        key_item=True,
    )
    return case.id


def _counted(
    campaign_id: UUID, rule: ClusterRule
) -> tuple[list[clusters.Counted], frozenset[UUID]]:
    """Return what a rule counts, but for what was decided; and what of it is known already."""
    verified = rule.of == Verdict.VERIFIED.value
    at = Complaint.verdict_at if verified else Complaint.received_at
    column = _COLUMNS[rule.by]
    statement = select(Complaint.id, column, at).where(
        Complaint.campaign_id == campaign_id,
        column.is_not(None),
        at >= now() - timedelta(days=rule.days * _LOOKED_BACK),
    )
    if rule.by == "topic":
        statement = statement.where(Complaint.topic != "")
    if rule.topics:
        statement = statement.where(Complaint.topic.in_(rule.topics))
    if verified:
        statement = statement.where(Complaint.verdict == Verdict.VERIFIED.value,
                                    Complaint.merged_into_id.is_(None))  # fmt: skip
    open_ones, decided = _known(campaign_id, rule)
    counted = [
        clusters.Counted(one, str(key), moment)
        for one, key, moment in db.session.execute(statement)
        if moment is not None and one not in decided
    ]
    return counted, open_ones


def _known(campaign_id: UUID, rule: ClusterRule) -> tuple[frozenset[UUID], frozenset[UUID]]:
    rows = db.session.execute(
        select(ClusterMember.complaint_id, ComplaintCluster.state)
        .join(ComplaintCluster, ComplaintCluster.id == ClusterMember.cluster_id)
        .where(ComplaintCluster.campaign_id == campaign_id, ClusterMember.rule == rule.code)
    ).all()
    waiting = {ClusterState.FOUND.value, ClusterState.PROPOSED.value}
    return (
        frozenset(one for one, state in rows if state in waiting),
        frozenset(one for one, state in rows if state not in waiting),
    )


def _keep(campaign_id: UUID, rule: ClusterRule, key: str, fresh: Iterable[UUID]) -> None:
    """Add complaints to the cluster that waits, or find a new one and tell of it."""
    cluster = _waiting(campaign_id, rule.code, key) or _found(campaign_id, rule, key)
    db.session.add_all(
        ClusterMember(cluster_id=cluster.id, complaint_id=one, rule=rule.code) for one in fresh
    )
    db.session.flush()


def _waiting(campaign_id: UUID, rule: str, key: str) -> ComplaintCluster | None:
    waiting = (ClusterState.FOUND.value, ClusterState.PROPOSED.value)
    return db.session.scalars(
        select(ComplaintCluster)
        .filter_by(campaign_id=campaign_id, rule=rule, key=key)
        .where(ComplaintCluster.state.in_(waiting))
        .limit(1)
    ).first()


def _found(campaign_id: UUID, rule: ClusterRule, key: str) -> ComplaintCluster:
    version = campaigns.rulebook_version(campaign_id)
    cluster = ComplaintCluster(
        campaign_id=campaign_id,
        rulebook_version_id=version.id if version else None,
        rule=rule.code,
        title=rule.title,
        key=key,
        unit_id=_unit_of(rule, key),
        topic=key if rule.by == "topic" else "",
    )
    db.session.add(cluster)
    db.session.flush()
    log.audit("complaint.cluster_found", "complaint_cluster", cluster.id, rule=rule.code)
    jobs.emit("complaint.cluster_found")
    return cluster


def _unit_of(rule: ClusterRule, key: str) -> UUID | None:
    if rule.by == "unit":
        return UUID(key)
    return registry.site(UUID(key)).unit_id if rule.by == "site" else None
