"""Addresses of supervision."""

import tempfile
from typing import Any
from uuid import UUID

from flask import Response, send_file

from anfang.cases.models import Case
from anfang.kit.csv_tables import read_table
from anfang.kit.db import db, transaction
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.principal import principal
from anfang.kit.sheet_routes import XLSX, SheetDigestSchema, SheetFileSchema, takes_workbook
from anfang.kit.workbooks import LARGEST_FILE
from anfang.log import service as log
from anfang.supervision import importing, queries, service, sheet, views
from anfang.supervision.importing import Matter, Step
from anfang.supervision.models import SupervisionCard
from anfang.supervision.policies import visible_cards, visible_matters
from anfang.supervision.schemas import (
    ApprovalMatterSchema,
    BoardSchema,
    CardQuerySchema,
    CardWithdrawalSchema,
    MatterQuerySchema,
    NewMattersSchema,
    SupervisionCardSchema,
    SupervisionCaseSchema,
    SupervisionPlanSchema,
)

room = Room("supervision", __name__, description="Time-limit supervision of approvals")


@room.get("/supervision/<uuid:campaign_id>/board", permission="supervision.read")
@room.response(200, BoardSchema)
def show_board(campaign_id: UUID) -> dict[str, Any]:
    """Return each unit's matters by colour; a liaison sees its own."""
    rules = queries.rules_of(campaign_id)
    within = visible_matters(principal())
    return {
        "promised_share_percent": rules.promised_share_percent,
        "flows": queries.flows(campaign_id, within) if rules.joint else None,
        "units": queries.board(campaign_id, within),
    }


@room.get("/supervision/<uuid:campaign_id>/matters", permission="supervision.read")
@room.arguments(MatterQuerySchema, location="query")
@room.response(200, page_of(ApprovalMatterSchema))
def list_matters(query: dict[str, Any], campaign_id: UUID) -> Page:
    """List matters, the nearest promised end first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    listed = queries.matters_listed(campaign_id, visible_matters(principal()), **query)
    found = page(listed, cursor=cursor, limit=limit)
    return Page(views.matter_views(found.items), found.next)


@room.post("/supervision/<uuid:campaign_id>/matters", permission="supervision.import")
@room.arguments(NewMattersSchema)
@room.response(200, SupervisionPlanSchema)
def take_matters(matters: list[Matter], campaign_id: UUID) -> dict[str, Any]:
    """Take matters over from an approval system, whole or not at all."""
    return views.plan_view(importing.take(campaign_id, matters, at_once=True))


@room.verb(
    "GET",
    "/supervision/<uuid:campaign_id>/sheet",
    permission="supervision.read",
    own_transactions=True,
)
@room.response(200, content_type=XLSX)
def export_sheet(campaign_id: UUID) -> Response:
    """Return the matters as a workbook."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    with transaction():
        listed = queries.matters_listed(campaign_id, visible_matters(principal()))
        matters = db.session.scalars(listed).all()
        sheet.write(file, views.sheet_rows(matters))
        log.audit("supervision.exported", "campaign", campaign_id, matters=len(matters))
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name="supervision.xlsx")


@room.post(
    "/supervision/<uuid:campaign_id>/sheet",
    permission="supervision.import",
    own_transactions=True,
)
@takes_workbook
@room.arguments(SheetFileSchema, location="files")
@room.arguments(SheetDigestSchema, location="query")
@room.response(200, SupervisionPlanSchema)
def import_sheet(files: dict[str, Any], query: dict[str, Any], campaign_id: UUID) -> dict[str, Any]:
    """Show what a workbook or CSV table would do; with the digest of what was shown, do it."""
    read, faults = sheet.read(read_table(files["file"].read(LARGEST_FILE + 1)))
    matters = [] if faults else [_matter(one) for one in read]
    with transaction():
        return views.plan_view(importing.take(campaign_id, matters, faults, query["digest"]))


@room.get("/supervision/<uuid:campaign_id>/cards", permission="supervision.read")
@room.arguments(CardQuerySchema, location="query")
@room.response(200, page_of(SupervisionCardSchema))
def list_cards(query: dict[str, Any], campaign_id: UUID) -> Page:
    """List cards, the latest first."""
    cursor, limit = query.pop("cursor"), query.pop("limit")
    listed = queries.cards_listed(campaign_id, visible_cards(principal()), **query)
    found = page(listed, cursor=cursor, limit=limit)
    return Page(views.card_views(found.items), found.next)


@room.post("/supervision-cards/<uuid:card_id>/withdraw", permission="supervision.withdraw")
@room.arguments(CardWithdrawalSchema)
@room.response(200, SupervisionCardSchema)
def withdraw_card(body: dict[str, Any], card_id: UUID) -> dict[str, Any]:
    """Withdraw a card that was dealt wrongly."""
    card = queries.card_for_update(card_id)
    service.withdraw_card(card, body["reason"])
    return _told(card)


@room.post("/supervision-cards/<uuid:card_id>/case", permission="case.open")
@room.response(201, SupervisionCaseSchema)
def open_case(card_id: UUID) -> Case:
    """Open a case for what a card is about."""
    return service.open_case(queries.card_for_update(card_id))


def _matter(read: dict[str, Any]) -> Matter:
    return Matter(**{**read, "steps": tuple(Step(**one) for one in read["steps"])})


def _told(card: SupervisionCard) -> dict[str, Any]:
    (told,) = views.card_views([card])
    return dict(told)
