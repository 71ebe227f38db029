"""Addresses of rulebooks: those shipped, the schema, a campaign's versions and parts."""

from typing import Any
from uuid import UUID

from flask import jsonify
from flask.wrappers import Response

from anfang.campaigns import parts, queries, rulebook_reads, rulebooks
from anfang.campaigns.models import RulebookVersion
from anfang.campaigns.rulebook_explaining import explain
from anfang.campaigns.rulebook_schemas import (
    NewPartsSchema,
    PartsSchema,
    RulebookLoadSchema,
    RulebookSectionSchema,
    RulebookTextSchema,
    RulebookVerdictSchema,
    RulebookVersionQuerySchema,
    RulebookVersionSchema,
    RulebookVersionSummarySchema,
    ShippedRulebooksSchema,
)
from anfang.campaigns.rulebook_validating import check, schema
from anfang.campaigns.shipped import shipped
from anfang.kit.errors import InvalidInput, required
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of

room = Room("rulebooks", __name__, description="Rulebooks of campaigns")


@room.get("/rulebook-schema", permission="campaign.read")
@room.response(200)
def show_schema() -> Response:
    """Return the JSON Schema (2020-12) of rulebooks."""
    return jsonify(schema())


@room.get("/shipped-rulebooks", permission="campaign.read")
@room.response(200, ShippedRulebooksSchema)
def list_shipped() -> dict[str, Any]:
    """List the rulebooks that come with the product."""
    return {"items": shipped()}


@room.get("/shipped-rulebooks/<string:code>", permission="campaign.read")
@room.response(200, RulebookTextSchema)
def show_shipped(code: str) -> dict[str, str]:
    """Return the text of a rulebook that comes with the product, to begin one's own from."""
    found = required(next((one for one in shipped() if one.code == code), None))
    return {"text": found.text}


@room.post("/rulebook-checks", permission="campaign.read")
@room.arguments(RulebookTextSchema)
@room.response(200, RulebookVerdictSchema)
def check_text(body: dict[str, str]) -> dict[str, Any]:
    """Look at a text: what is wrong with it, or what it says; nothing is stored."""
    verdict = check(body["text"])
    sound = not verdict.faults
    said = explain(verdict.content) if sound else []
    return {"sound": sound, "faults": verdict.faults, "explained": said}


@room.get("/campaigns/<uuid:campaign_id>/rulebook", permission="campaign.read")
@room.response(200, RulebookVersionSchema)
def show_rulebook(campaign_id: UUID) -> dict[str, Any]:
    """Return the version in force."""
    queries.campaign(campaign_id)
    version = required(queries.rulebook_version(campaign_id))
    return _told(version)


@room.put("/campaigns/<uuid:campaign_id>/rulebook", permission="campaign.manage")
@room.arguments(RulebookLoadSchema)
@room.response(200, RulebookVersionSchema)
def load_rulebook(body: dict[str, Any], campaign_id: UUID) -> dict[str, Any]:
    """Put a version in force: a text, or a rulebook that comes with the product."""
    campaign = queries.campaign(campaign_id)
    text, code = body.pop("text", None), body.pop("shipped", None)
    if (text is None) == (code is None):
        raise InvalidInput(pointers={"/text": "input-required"})
    if text is None:
        return _told(rulebooks.load_shipped(campaign, code, **body))
    return _told(rulebooks.load(campaign, text, **body))


@room.patch("/campaigns/<uuid:campaign_id>/rulebook", permission="campaign.manage")
@room.arguments(RulebookSectionSchema)
@room.response(200, RulebookVersionSchema)
def change_section(body: dict[str, Any], campaign_id: UUID) -> dict[str, Any]:
    """Put a version in force that differs in one section."""
    return _told(rulebooks.replace_section(queries.campaign(campaign_id), **body))


@room.get("/campaigns/<uuid:campaign_id>/rulebook/versions", permission="campaign.read")
@room.arguments(RulebookVersionQuerySchema, location="query")
@room.response(200, page_of(RulebookVersionSummarySchema))
def list_versions(query: dict[str, Any], campaign_id: UUID) -> Page:
    """List the versions, the one in force first."""
    queries.campaign(campaign_id)
    return page(queries.rulebook_versions(campaign_id), **query)


@room.get(
    "/campaigns/<uuid:campaign_id>/rulebook/versions/<int:number>", permission="campaign.read"
)
@room.response(200, RulebookVersionSchema)
def show_version(campaign_id: UUID, number: int) -> dict[str, Any]:
    """Return one version."""
    return _told(queries.numbered_rulebook(campaign_id, number))


@room.get("/campaigns/<uuid:campaign_id>/parts", permission="campaign.read")
@room.response(200, PartsSchema)
def list_parts(campaign_id: UUID) -> dict[str, Any]:
    """Return the parts that the rulebook writes, with the units that play them."""
    queries.campaign(campaign_id)
    return {"items": rulebook_reads.parts(campaign_id)}


@room.put("/campaigns/<uuid:campaign_id>/parts", permission="campaign.manage")
@room.arguments(NewPartsSchema)
@room.response(200, PartsSchema)
def assign_parts(body: dict[str, Any], campaign_id: UUID) -> dict[str, Any]:
    """Say which units play which parts; the themes' units follow."""
    parts.assign(queries.campaign(campaign_id), body["units"])
    return {"items": rulebook_reads.parts(campaign_id)}


def _told(version: RulebookVersion) -> dict[str, Any]:
    return rulebook_reads.whole(version, explain(version.content))
