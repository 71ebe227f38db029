"""Reads of documents as the office reads templates: versions with names and what they may use."""

from collections.abc import Sequence
from typing import Any

from anfang.documents import template_queries as queries
from anfang.documents.content import NoticeKind
from anfang.documents.template_models import TemplateVersion
from anfang.documents.templates import SHAPES
from anfang.identity import queries as identity
from anfang.kit.i18n import translate


def summaries(versions: Sequence[TemplateVersion]) -> list[dict[str, Any]]:
    """Return versions as lines of a list; `current` are those by which documents are drafted."""
    kinds = {one.kind for one in versions}
    current = {queries.current_version(kind).id for kind in kinds}
    ids = {who for one in versions for who in (one.made_by, one.published_by) if who}
    people = identity.display_names(list(ids))
    members = ("id", "kind", "version", "note", "made_at", "published_at")
    return [
        {
            **{name: getattr(one, name) for name in members},
            "made_by": people.get(one.made_by) if one.made_by else None,
            "published_by": people.get(one.published_by) if one.published_by else None,
            "current": one.id in current,
        }
        for one in versions
    ]


def template_view(version: TemplateVersion) -> dict[str, Any]:
    """Return a version with everything that a person needs to edit it."""
    shape = SHAPES[NoticeKind(version.kind)]
    return {
        **summaries([version])[0],
        "content": version.content,
        "known_fields": [_field(name) for name in shape.fields],
        "blocks": [_field(name) for name in shape.blocks],
        "phrases": [
            {"name": name, "label": translate(f"document-phrase-{_id(name)}"), "fields": fields}
            for name, fields in shape.phrases.items()
        ],
    }


def _field(name: str) -> dict[str, str]:
    return {"name": name, "label": translate(f"document-field-{_id(name)}")}


def _id(name: str) -> str:
    return name.replace("_", "-")
