"""Addresses of ladders for the public: what was taken back after it had been public. No script.

The page stands among the other public pages (`/p/`) and shares their frame and style sheet.
"""

from typing import Any

from flask import Response

from anfang.kit.http import PUBLIC, Room
from anfang.kit.pages import page
from anfang.kit.public_html import LanguageQuery, render_page
from anfang.ladders import queries, views

pages = Room(
    "public_corrections",
    __name__,
    url_prefix="/p/corrections",
    template_folder="templates",
    description="Public page of corrections",
)


@pages.get("/", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def list_corrections(query: dict[str, Any]) -> Response:
    """List what was taken back or lightened, the latest first."""
    found = page(queries.corrections(), cursor=query["cursor"], limit=query["limit"])
    return render_page(
        "corrections/list.html",
        corrections=views.corrections_view(found.items),
        following=found.next,
    )
