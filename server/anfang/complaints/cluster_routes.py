"""Addresses of clusters: what many complain about, proposed and decided by two persons."""

from typing import Any
from uuid import UUID

from anfang.complaints import clustering, queries, views
from anfang.complaints.cluster_schemas import (
    ClusterDecisionSchema,
    ClusterProposalSchema,
    ClusterQuerySchema,
    ComplaintClusterSchema,
)
from anfang.kit.errors import NotFound
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import at_the_desk, principal

room = Room("complaint-clusters", __name__, description="What many complain about")


@room.get("/complaint-clusters", permission="complaint.read")
@room.arguments(ClusterQuerySchema, location="query")
@room.response(200, page_of(ComplaintClusterSchema))
def list_clusters(query: dict[str, Any]) -> Page:
    """List clusters, the newest first."""
    _require_office()
    cursor, limit = query.pop("cursor"), query.pop("limit")
    found = page(queries.clusters_listed(**query), cursor=cursor, limit=limit)
    return Page(views.cluster_views(found.items), found.next)


@room.post("/complaint-clusters/<uuid:cluster_id>/propose", permission="complaint.handle")
@room.arguments(ClusterProposalSchema)
@room.response(200, ComplaintClusterSchema)
def propose(body: dict[str, Any], cluster_id: UUID) -> dict[str, Any]:
    """Propose a special action."""
    _require_office()
    cluster = queries.cluster_for_update(cluster_id)
    clustering.propose(cluster, **body)
    return views.cluster_views([cluster])[0]


@room.post("/complaint-clusters/<uuid:cluster_id>/decide", permission="complaint.decide")
@room.arguments(ClusterDecisionSchema)
@room.response(200, ComplaintClusterSchema)
def decide(body: dict[str, Any], cluster_id: UUID) -> dict[str, Any]:
    """Decide a special action; an approved one is opened as a case."""
    _require_office()
    cluster = queries.cluster_for_update(cluster_id)
    clustering.decide(cluster, **body)
    return views.cluster_views([cluster])[0]


def _require_office() -> None:
    if at_the_desk(principal()):
        raise NotFound
