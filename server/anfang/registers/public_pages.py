"""Addresses of registers for the public: rows in public states, their public columns. No script.

The pages stand among the other public pages (`/p/`) and share their frame and style sheet.
"""

from typing import Any
from uuid import UUID

from flask import Response

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import CampaignState
from anfang.kit.errors import Problem
from anfang.kit.http import PUBLIC, Room
from anfang.kit.pages import page
from anfang.kit.public_html import LanguageQuery, render_page
from anfang.registers import queries
from anfang.registers.values import words_of

pages = Room(
    "public_registers",
    __name__,
    url_prefix="/p/registers",
    template_folder="templates",
    description="Public pages of registers",
)


@pages.get("/", permission=PUBLIC)
def list_public() -> Response:
    """List the registers that publish rows."""
    return render_page("registers/list.html", registers=queries.public_registers())


@pages.get("/<uuid:campaign_id>/<string:code>", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def show_public(query: dict[str, Any], campaign_id: UUID, code: str) -> Response:
    """Show a register's published rows; only the columns that its rulebook makes public."""
    try:
        campaign = campaigns.campaign(campaign_id)
        register = queries.register(campaign_id, code)
    except Problem:
        return render_page("registers/missing.html", status=404)
    if not register.public_states() or campaign.state == CampaignState.DRAFT.value:
        return render_page("registers/missing.html", status=404)
    listed = queries.public_rows(campaign_id, register)
    found = page(listed, cursor=query["cursor"], limit=query["limit"])
    columns = [one for one in register.columns if one.public]
    names = queries.names_of(register, found.items)
    rows = [
        {
            "unit": row.unit.name,
            "cells": [_cell(row.values.get(one.code), names) for one in columns],
            "state": register.state(row.state).title,
        }
        for row in found.items
    ]
    return render_page(
        "registers/register.html",
        campaign=campaign,
        register=register,
        columns=columns,
        rows=rows,
        following=found.next,
    )


def _cell(value: Any, names: dict[str, str]) -> str:
    said = words_of(value)
    return names.get(said, said)
