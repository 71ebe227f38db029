"""Reads of complaints."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import Campaign
from anfang.cases import queries as cases
from anfang.complaints.models import (
    ClusterMember,
    Complaint,
    ComplaintCluster,
    ComplaintEntry,
    InformantRelease,
    ReceiptSalt,
)
from anfang.complaints.rules import ComplaintRules, complaint_rules
from anfang.complaints.words import ENDED, Channel, Entry, State, Verdict
from anfang.kit.clock import now
from anfang.kit.db import db, found_by, locked
from anfang.kit.deadlines import Deadline, colour_bounds, deadline_of
from anfang.kit.errors import required
from anfang.kit.figures import Figure
from anfang.kit.names import Names
from anfang.registry import queries as registry

_NUMBERS: Final = Names(Complaint.id, Complaint.number)


def complaint(complaint_id: UUID, *within: ColumnElement[bool]) -> Complaint:
    """Return a complaint; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(Complaint).where(Complaint.id == complaint_id, *within))


def complaint_for_update(complaint_id: UUID, *within: ColumnElement[bool]) -> Complaint:
    """Return a complaint, locked and read anew; raises NotFound like `complaint`."""
    return found_by(locked(select(Complaint).where(Complaint.id == complaint_id, *within)))


def by_number(number: str) -> Complaint:
    """Return the complaint with the office's number; raises NotFound."""
    return found_by(select(Complaint).filter_by(number=number))


def by_hash(code_hash: str) -> Complaint | None:
    """Return the complaint that a receipt code's hash belongs to."""
    return db.session.scalar(select(Complaint).filter_by(code_hash=code_hash))


def receipt_salt() -> str | None:
    """Return the salt of receipt codes; None while nobody has complained."""
    found = db.session.get(ReceiptSalt, 1)
    return None if found is None else found.salt


def listed(
    *within: ColumnElement[bool],
    campaign: UUID | None = None,
    state: Sequence[str] = (),
    channel: str | None = None,
    kind: str | None = None,
    verdict: str | None = None,
    unit: UUID | None = None,
    overdue: bool | None = None,
    extension: str | None = None,
    q: str | None = None,
) -> Select[Complaint]:
    """Return the statement of complaints, the nearest deadline first, what has ended last.

    `unit` takes the units beneath it too; `q` is looked for in number and text, where nothing of
    the informant stands.
    """
    statement = select(Complaint).where(*within)
    exact = {Complaint.campaign_id: campaign, Complaint.channel: channel, Complaint.kind: kind,
             Complaint.verdict: verdict, Complaint.extension: extension}  # fmt: skip
    for column, wanted in exact.items():
        if wanted is not None:
            statement = statement.where(column == wanted)
    if state:
        statement = statement.where(Complaint.state.in_(state))
    if unit is not None:
        statement = statement.where(Complaint.unit_id.in_(registry.subtree_ids(unit)))
    if overdue is not None:
        late = Complaint.due_at.is_not(None) & (Complaint.due_at < now())
        statement = statement.where(late if overdue else ~late)
    if q:
        statement = statement.where(
            or_(Complaint.number.contains(q, autoescape=True),
                Complaint.text.icontains(q, autoescape=True))
        )  # fmt: skip
    ended = Complaint.state.in_(ENDED)
    return statement.order_by(ended, func.coalesce(Complaint.due_at, Complaint.received_at),
                              Complaint.id)  # fmt: skip


def rules_of(campaign_id: UUID) -> ComplaintRules:
    """Return what a campaign's rulebook in force says of complaints."""
    return complaint_rules(campaigns.rulebook_section(campaign_id, "complaints"))


def topics_of(campaign_id: UUID) -> dict[str, str]:
    """Return the titles of the topics that complaints of a campaign are sorted by: its cases'."""
    return dict(cases.rules_of(campaign_id).topics)


def open_campaigns(channel: Channel) -> list[Campaign]:
    """Return the running campaigns that take complaints through a channel."""
    return [one for one in campaigns.running() if channel in rules_of(one.id).channels]


def entries_of(complaint_ids: Iterable[UUID]) -> Sequence[ComplaintEntry]:
    """Return what happened to complaints, the oldest first."""
    return db.session.scalars(
        select(ComplaintEntry)
        .where(ComplaintEntry.complaint_id.in_(list(complaint_ids)))
        .order_by(ComplaintEntry.at, ComplaintEntry.complaint_id, ComplaintEntry.number)
    ).all()


def count_of_entries(complaint_id: UUID) -> int:
    """Return how many entries a complaint has."""
    statement = select(func.count()).where(ComplaintEntry.complaint_id == complaint_id)
    return db.session.scalar(statement) or 0


def bounced_by(complaint_id: UUID, unit_id: UUID) -> bool:
    """Tell whether a unit has sent a complaint back before."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    ComplaintEntry.complaint_id == complaint_id,
                    ComplaintEntry.unit_id == unit_id,
                    ComplaintEntry.kind == Entry.BOUNCED.value,
                )
            )
        )
    )


def members_of(head_id: UUID) -> Sequence[Complaint]:
    """Return the complaints that one has taken over, the oldest first."""
    return db.session.scalars(
        select(Complaint)
        .where(Complaint.merged_into_id == head_id)
        .order_by(Complaint.received_at, Complaint.id)
    ).all()


def merged_counts(ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many complaints each of these has taken over; those with none are left out."""
    rows = db.session.execute(
        select(Complaint.merged_into_id, func.count())
        .where(Complaint.merged_into_id.in_(list(ids)))
        .group_by(Complaint.merged_into_id)
    )
    return {head: count for head, count in rows if head is not None}


def head_of(complaint_: Complaint) -> Complaint:
    """Return the complaint by which this one is handled: itself, or what has taken it over."""
    if complaint_.merged_into_id is None:
        return complaint_
    return db.session.get_one(Complaint, complaint_.merged_into_id)


def of_case(case_id: UUID) -> Sequence[Complaint]:
    """Return the running complaints that a case answers, or that cases merged into it would."""
    running = (
        select(Complaint)
        .where(Complaint.case_id.in_(cases.taken_over_by(case_id)))
        .where(Complaint.state == State.IN_CASE.value)
    )
    return db.session.scalars(locked(running)).all()


def has_ended(one: type[Complaint]) -> ColumnElement[bool]:
    """Return the predicate that a complaint has ended: nothing of it is due any more."""
    return one.state.in_(ENDED)


def deadline(found: Complaint) -> Deadline | None:
    """Return how near a complaint's present deadline is; None once it has ended."""
    if found.due_at is None:
        return None
    return deadline_of(found.due_at, found.due_from, now(), current_app.config["ZONE"])


def running_out() -> Sequence[Complaint]:
    """Return the complaints past their deadline of which nobody was told yet."""
    return db.session.scalars(
        select(Complaint)
        .where(Complaint.due_at < now(), Complaint.overdue_told_at.is_(None))
        .order_by(Complaint.due_at, Complaint.id)
    ).all()


def coming_due() -> Sequence[Complaint]:
    """Return the complaints whose deadline is near, as cases' is, of which nobody was told yet."""
    bounds = colour_bounds(now(), current_app.config["ZONE"])
    return db.session.scalars(
        select(Complaint)
        .where(Complaint.due_at >= bounds.now, Complaint.due_at < bounds.far)
        .where(Complaint.near_told_at.is_(None))
        .order_by(Complaint.due_at, Complaint.id)
    ).all()


def figures(campaign_id: UUID, since: date, until: date) -> list[Figure]:
    """Return each complaint that was found true from one day to another, both included.

    Many complaints that became one matter count once. `group` is the channel, `item` the topic or,
    without one, the kind.
    """
    zone = current_app.config["ZONE"]
    first = datetime.combine(since, time.min, tzinfo=zone)
    end = datetime.combine(until + timedelta(days=1), time.min, tzinfo=zone)
    verified = db.session.scalars(
        select(Complaint)
        .where(
            Complaint.campaign_id == campaign_id,
            Complaint.verdict == Verdict.VERIFIED.value,
            Complaint.verdict_at >= first,
            Complaint.verdict_at < end,
            Complaint.merged_into_id.is_(None),
            Complaint.unit_id.is_not(None),
        )
        .order_by(Complaint.verdict_at, Complaint.id)
    )
    return [
        Figure(one.unit_id, "complaint", one.channel, one.topic or one.kind, 1.0, 1,
               "complaint", one.id)
        for one in verified
        if one.unit_id is not None
    ]  # fmt: skip


def clusters_listed(
    campaign: UUID | None = None, state: str | None = None
) -> Select[ComplaintCluster]:
    """Return the statement of clusters, the newest first."""
    statement = select(ComplaintCluster).order_by(
        ComplaintCluster.found_at.desc(), ComplaintCluster.id
    )
    if campaign is not None:
        statement = statement.where(ComplaintCluster.campaign_id == campaign)
    return statement if state is None else statement.where(ComplaintCluster.state == state)


def cluster_for_update(cluster_id: UUID) -> ComplaintCluster:
    """Return a cluster, locked and read anew; raises NotFound."""
    return found_by(locked(select(ComplaintCluster).where(ComplaintCluster.id == cluster_id)))


def cluster(cluster_id: UUID) -> ComplaintCluster:
    """Return a cluster; raises NotFound."""
    return required(db.session.get(ComplaintCluster, cluster_id))


def cluster_members(cluster_ids: Iterable[UUID]) -> dict[UUID, list[Complaint]]:
    """Return the complaints of clusters, by cluster."""
    rows = db.session.execute(
        select(ClusterMember.cluster_id, Complaint)
        .join(Complaint, Complaint.id == ClusterMember.complaint_id)
        .where(ClusterMember.cluster_id.in_(list(cluster_ids)))
        .order_by(Complaint.received_at, Complaint.id)
    )
    found: dict[UUID, list[Complaint]] = {}
    for cluster_id, one in rows:
        found.setdefault(cluster_id, []).append(one)
    return found


def releases_listed() -> Select[InformantRelease]:
    """Return the statement of the readings of informants, the newest request first."""
    return select(InformantRelease).order_by(InformantRelease.asked_at.desc(), InformantRelease.id)


def numbers_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the numbers of complaints."""
    return _NUMBERS.of(ids)
