"""Reads of documents: versions of templates."""

from uuid import UUID

from sqlalchemy import Select, func, select

from anfang.documents.template_models import TemplateVersion
from anfang.kit.db import db, found_by
from anfang.kit.errors import required


def template_version(version_id: UUID) -> TemplateVersion:
    """Return one version; raises NotFound."""
    return required(db.session.get(TemplateVersion, version_id))


def versions_listed(kind: str | None = None) -> Select[TemplateVersion]:
    """Return the statement of all versions, kind by kind, the newest first."""
    statement = select(TemplateVersion).order_by(
        TemplateVersion.kind, TemplateVersion.version.desc()
    )
    return statement if kind is None else statement.filter_by(kind=kind)


def newest_version(kind: str) -> TemplateVersion | None:
    """Return the newest version of a kind, a draft perhaps."""
    return db.session.scalar(versions_listed(kind).limit(1))


def current_version(kind: str) -> TemplateVersion:
    """Return the version by which documents of a kind are drafted: the newest published.

    Raises:
        NotFound: the installation was not prepared (`templating.install_shipped`).
    """
    published = versions_listed(kind).where(TemplateVersion.published_at.is_not(None))
    return found_by(published.limit(1))


def kinds_with_template() -> frozenset[str]:
    """Return the kinds that have a template."""
    return frozenset(db.session.scalars(select(func.distinct(TemplateVersion.kind))))
