"""Addresses of registry."""

from typing import Any
from uuid import UUID

from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import principal
from anfang.registry import queries, service
from anfang.registry.models import Site, Unit
from anfang.registry.policies import visible_sites, visible_units
from anfang.registry.schemas import (
    NewSiteSchema,
    NewUnitSchema,
    SiteChangeSchema,
    SiteQuerySchema,
    SiteSchema,
    UnitChangeSchema,
    UnitQuerySchema,
    UnitSchema,
)

room = Room("registry", __name__, description="Units and sites")


@room.get("/units", permission="unit.read")
@room.arguments(UnitQuerySchema, location="query")
@room.response(200, page_of(UnitSchema))
def list_units(query: dict[str, Any]) -> Page:
    """List units by code; a liaison sees its own subtree."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    statement = queries.units_listed(visible_units(principal()), **query)
    return page(statement, cursor=cursor, limit=limit)


@room.post("/units", permission="unit.manage")
@room.arguments(NewUnitSchema)
@room.response(201, UnitSchema)
def create_unit(body: dict[str, Any]) -> Unit:
    """Put a unit into the tree."""
    return service.create_unit(**body)


@room.get("/units/<uuid:unit_id>", permission="unit.read")
@room.etag
@room.response(200, UnitSchema)
def show_unit(unit_id: UUID) -> Unit:
    """Return one unit."""
    return queries.unit(unit_id, visible_units(principal()))


@room.patch("/units/<uuid:unit_id>", permission="unit.manage")
@room.etag
@room.arguments(UnitChangeSchema)
@room.response(200, UnitSchema)
def change_unit(body: dict[str, Any], unit_id: UUID) -> Unit:
    """Change or move a unit."""
    unit = queries.unit(unit_id, visible_units(principal()))
    room.check_etag(unit, UnitSchema)
    service.change_unit(unit, **body)
    return unit


@room.get("/sites", permission="unit.read")
@room.arguments(SiteQuerySchema, location="query")
@room.response(200, page_of(SiteSchema))
def list_sites(query: dict[str, Any]) -> Page:
    """List sites by name; a liaison sees those of its own subtree."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    statement = queries.sites_listed(visible_sites(principal()), **query)
    return page(statement, cursor=cursor, limit=limit)


@room.post("/sites", permission="unit.manage")
@room.arguments(NewSiteSchema)
@room.response(201, SiteSchema)
def create_site(body: dict[str, Any]) -> Site:
    """Register a site; at a private kind of place capture is always forbidden."""
    return service.create_site(**body)


@room.get("/sites/<uuid:site_id>", permission="unit.read")
@room.etag
@room.response(200, SiteSchema)
def show_site(site_id: UUID) -> Site:
    """Return one site."""
    return queries.site(site_id, visible_sites(principal()))


@room.patch("/sites/<uuid:site_id>", permission="unit.manage")
@room.etag
@room.arguments(SiteChangeSchema)
@room.response(200, SiteSchema)
def change_site(body: dict[str, Any], site_id: UUID) -> Site:
    """Change a site."""
    site = queries.site(site_id, visible_sites(principal()))
    room.check_etag(site, SiteSchema)
    service.change_site(site, **body)
    return site
