"""Addresses of resets: two people together remove the factors of somebody who has lost them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from anfang.identity import factor_queries as factors
from anfang.identity import factor_resets, queries
from anfang.identity.factor_models import FactorReset
from anfang.identity.factor_schemas import FactorResetSchema, ResetRequestSchema
from anfang.kit.http import Room
from anfang.kit.pages import Page, PageQuery, page, page_of

room = Room("factor-resets", __name__, description="Lost second factors")


@room.get("/factor-resets", permission="factor.reset")
@room.arguments(PageQuery, location="query")
@room.response(200, page_of(FactorResetSchema))
def list_resets(query: dict[str, Any]) -> Page:
    """List the resets that wait for their second person."""
    found = page(factors.resets_waiting(), **query)
    return Page(_views(found.items), found.next)


@room.post("/users/<uuid:user_id>/factor-reset", permission="user.manage")
@room.arguments(ResetRequestSchema)
@room.response(201, FactorResetSchema)
def ask_for_reset(body: dict[str, str], user_id: UUID) -> dict[str, Any]:
    """Ask that an account's factors be removed; another person confirms it within a day."""
    return _views([factor_resets.ask(queries.user(user_id), body["reason"])])[0]


@room.post("/factor-resets/<uuid:reset_id>/confirm", permission="factor.reset")
@room.response(200, FactorResetSchema)
def confirm_reset(reset_id: UUID) -> dict[str, Any]:
    """Remove the factors of the account, as the second person; its sessions end."""
    return _views([factor_resets.confirm(reset_id)])[0]


def _views(resets: Sequence[FactorReset]) -> list[dict[str, Any]]:
    names = queries.display_names([one.asked_by for one in resets])
    return [
        {
            "id": one.id,
            "username": one.user.username,
            "display_name": one.user.display_name,
            "reason": one.reason,
            "asked_by": names[one.asked_by],
            "asked_by_id": one.asked_by,
            "asked_at": one.asked_at,
            "expires_at": one.expires_at,
        }
        for one in resets
    ]
