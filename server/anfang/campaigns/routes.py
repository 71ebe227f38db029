"""Addresses of campaigns."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar
from urllib.parse import quote
from uuid import UUID

from flask import Response, request
from sqlalchemy import Select

from anfang.campaigns import queries, service
from anfang.campaigns.models import Campaign, CampaignState
from anfang.campaigns.schemas import (
    CampaignChangeSchema,
    CampaignPlanSchema,
    CampaignQuerySchema,
    CampaignSchema,
    CampaignSummarySchema,
    NewCampaignSchema,
)
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import Principal
from anfang.kit.waiting import waits

room = Room("campaigns", __name__, description="Campaigns")

View = TypeVar("View", bound=Callable[..., Any])
_ENVELOPE: Final = 64 << 10


def _takes_plan(view: View) -> View:
    """Let the request be as large as a plan and its multipart envelope."""

    @wraps(view)
    def larger(*args: Any, **kwargs: Any) -> Any:
        request.max_content_length = service.LARGEST_PLAN + _ENVELOPE
        return view(*args, **kwargs)

    return larger  # type: ignore[return-value]


@room.get("/campaigns", permission="campaign.read")
@room.arguments(CampaignQuerySchema, location="query")
@room.response(200, page_of(CampaignSummarySchema))
def list_campaigns(query: dict[str, Any]) -> Page:
    """List campaigns, the latest first day first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    return page(queries.campaigns_listed(**query), cursor=cursor, limit=limit)


@waits("drafts", permission="campaign.manage")
def _drafts(_caller: Principal) -> Select[Any]:
    return queries.campaigns_listed(CampaignState.DRAFT.value).with_only_columns(Campaign.id)


@room.post("/campaigns", permission="campaign.manage")
@room.arguments(NewCampaignSchema)
@room.response(201, CampaignSchema)
def create_campaign(body: dict[str, Any]) -> Campaign:
    """Draft a campaign."""
    return service.create_campaign(**body)


@room.get("/campaigns/<uuid:campaign_id>", permission="campaign.read")
@room.etag
@room.response(200, CampaignSchema)
def show_campaign(campaign_id: UUID) -> Campaign:
    """Return one campaign."""
    return queries.campaign(campaign_id)


@room.patch("/campaigns/<uuid:campaign_id>", permission="campaign.manage")
@room.etag
@room.arguments(CampaignChangeSchema)
@room.response(200, CampaignSchema)
def change_campaign(body: dict[str, Any], campaign_id: UUID) -> Campaign:
    """Change a campaign that is not closed."""
    campaign = queries.campaign(campaign_id)
    room.check_etag(campaign, CampaignSchema)
    service.change_campaign(campaign, **body)
    return campaign


@room.post(
    "/campaigns/<uuid:campaign_id>/plan", permission="campaign.manage", own_transactions=True
)
@_takes_plan
@room.arguments(CampaignPlanSchema, location="files")
@room.response(200, CampaignSchema)
def put_plan(files: dict[str, Any], campaign_id: UUID) -> Campaign:
    """Put the file of a draft's plan on file."""
    upload = files["file"]
    return service.put_plan(campaign_id, upload.filename, upload.read())


@room.get("/campaigns/<uuid:campaign_id>/plan", permission="campaign.read")
@room.response(200, content_type="application/octet-stream")
def show_plan(campaign_id: UUID) -> Response:
    """Return the file of the plan as a download."""
    campaign = queries.campaign(campaign_id)
    name = quote(campaign.plan_name or "", safe="")
    return Response(
        service.plan(campaign),
        mimetype="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@room.post("/campaigns/<uuid:campaign_id>/start", permission="campaign.manage")
@room.response(200, CampaignSchema)
def start_campaign(campaign_id: UUID) -> Campaign:
    """Open a drafted campaign to phones."""
    campaign = queries.campaign(campaign_id)
    service.start(campaign)
    return campaign


@room.post("/campaigns/<uuid:campaign_id>/close", permission="campaign.manage")
@room.response(200, CampaignSchema)
def close_campaign(campaign_id: UUID) -> Campaign:
    """End a running campaign."""
    campaign = queries.campaign(campaign_id)
    service.close(campaign)
    return campaign
