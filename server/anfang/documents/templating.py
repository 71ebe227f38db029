"""Verbs of documents: draft, change and publish templates."""

from typing import Any

from anfang.documents import template_queries as queries
from anfang.documents.content import NoticeKind
from anfang.documents.errors import TemplateDraftExists, TemplatePublished, UnknownTemplateField
from anfang.documents.template_models import TemplateVersion
from anfang.documents.templates import shipped, unknown_fields
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log


def install_shipped() -> None:
    """Give every kind without a template the one that comes with the product, as version 1."""
    known = queries.kinds_with_template()
    db.session.add_all(
        TemplateVersion(kind=kind.value, version=1, content=shipped(kind), published_at=now())
        for kind in NoticeKind
        if kind.value not in known
    )
    db.session.flush()


def draft_next(kind: NoticeKind) -> TemplateVersion:
    """Begin a kind's next version as a copy of the newest.

    Raises:
        TemplateDraftExists: the newest version is itself a draft.
    """
    newest = queries.current_version(kind.value)
    if queries.newest_version(kind.value) is not newest:
        raise TemplateDraftExists
    draft = TemplateVersion(
        kind=kind.value,
        version=newest.version + 1,
        content=newest.content,
        made_by=person().id,
        made_at=now(),
    )
    db.session.add(draft)
    db.session.flush()
    log.audit("template.drafted", "document_template", draft.id, kind=kind.value)
    return draft


def change_draft(version: TemplateVersion, content: dict[str, Any], note: str) -> None:
    """Replace a draft's content and its note of what changed.

    Raises:
        TemplatePublished: it is no draft any more.
        UnknownTemplateField: `pointers` name the places and the fields.
    """
    _require_draft(version)
    _require_known_fields(version.kind, content)
    version.content, version.note = content, note
    db.session.flush()
    log.audit("template.changed", "document_template", version.id)


def publish(version: TemplateVersion) -> None:
    """Freeze a draft: from now on documents of its kind are drafted by it.

    Raises:
        TemplatePublished: it has been published before.
        UnknownTemplateField: as `change_draft`, after the product has changed.
    """
    _require_draft(version)
    _require_known_fields(version.kind, version.content)
    version.published_by, version.published_at = person().id, now()
    db.session.flush()
    log.audit("template.published", "document_template", version.id, kind=version.kind)


def _require_draft(version: TemplateVersion) -> None:
    if version.published_at is not None:
        raise TemplatePublished


def _require_known_fields(kind: str, content: dict[str, Any]) -> None:
    unknown = unknown_fields(NoticeKind(kind), content)
    if unknown:
        raise UnknownTemplateField(
            pointers=unknown, fields="、".join(sorted(set(unknown.values())))
        )
