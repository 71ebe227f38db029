"""Addresses of cases for the public: why what is put right step by step takes time. No script.

The page stands among the other public pages (`/p/`) and shares their frame and style sheet.
"""

from typing import Any

from flask import Response

from anfang.cases import followup_views, followups
from anfang.kit.http import PUBLIC, Room
from anfang.kit.pages import page
from anfang.kit.public_html import LanguageQuery, render_page

pages = Room(
    "public_explanations",
    __name__,
    url_prefix="/p/explanations",
    template_folder="templates",
    description="Public page of explanations",
)


@pages.get("/", permission=PUBLIC)
@pages.arguments(LanguageQuery, location="query")
def list_explanations(query: dict[str, Any]) -> Response:
    """List what units explained to the public, the latest first."""
    found = page(followups.explanations(), cursor=query["cursor"], limit=query["limit"])
    return render_page(
        "explanations/list.html",
        explanations=followup_views.explanations_view(found.items),
        following=found.next,
    )
