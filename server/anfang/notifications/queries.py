"""Reads of notifications."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select

from anfang.cases import queries as cases
from anfang.cases.followup_models import CaseShare
from anfang.cases.models import Case
from anfang.identity.models import User
from anfang.kit.clock import now
from anfang.kit.db import db, found_by, locked
from anfang.kit.i18n import LOCALES
from anfang.kit.principal import Role
from anfang.notifications.kinds import News
from anfang.notifications.models import NotificationChannel, NotificationWishes, ToldDeadline
from anfang.registry import queries as registry


def channel(channel_id: UUID, *within: ColumnElement[bool]) -> NotificationChannel:
    """Return a channel, locked; raises NotFound."""
    statement = locked(
        select(NotificationChannel).where(NotificationChannel.id == channel_id, *within)
    )
    return found_by(statement)


def channels_of(user_id: UUID) -> Sequence[NotificationChannel]:
    """Return an account's channels, the oldest first."""
    return db.session.scalars(_channels().where(NotificationChannel.user_id == user_id)).all()


def channels_listed() -> Select[NotificationChannel]:
    """Return the statement of all channels, the oldest first."""
    return _channels()


def channels_to_tell(user_ids: Collection[UUID]) -> Sequence[NotificationChannel]:
    """Return the channels of some accounts, locked."""
    statement = _channels().where(NotificationChannel.user_id.in_(user_ids))
    return db.session.scalars(locked(statement)).all()


def due_channels() -> Sequence[UUID]:
    """Return the ids of the channels whose news leave now; closed accounts are told nothing."""
    statement = (
        select(NotificationChannel.id)
        .join(NotificationChannel.user)
        .where(NotificationChannel.due_at <= now(), User.active)
        .order_by(NotificationChannel.due_at)
    )
    return db.session.scalars(statement).all()


def wishes_of(user_id: UUID) -> NotificationWishes:
    """Return when an account wants to be told; the defaults, not yet kept, if it never said."""
    found = db.session.get(NotificationWishes, user_id)
    return found or default_wishes(user_id)


def default_wishes(user_id: UUID) -> NotificationWishes:
    """Return the wishes of who never said any."""
    made = NotificationWishes(user_id=user_id, locale=LOCALES[0])
    for column in NotificationWishes.__table__.columns:
        if column.default is not None:
            setattr(made, column.key, column.default.arg)
    return made


def listeners(role: Role, *, unit_id: UUID | None = None) -> set[UUID]:
    """Return the active accounts of a role that have a channel.

    Args:
        unit_id: those confined to this unit or one above it; None: the office's own.
    """
    heard = select(NotificationChannel.user_id)
    people = db.session.scalars(select(User).where(User.active, User.id.in_(heard)))
    confined = {None} if unit_id is None else _line_of(unit_id)
    return {one.id for one in people if role.value in one.roles and one.unit_id in confined}


def deadlines_to_tell() -> Sequence[tuple[Case, News]]:
    """Return the cases whose deadline is near or past and was not told so yet."""
    waiting = db.session.scalars(cases.running_out().where(~_told(News.CASE_OVERDUE))).unique()
    found = [(one, _news(one)) for one in waiting]
    near = {one.id for one, news in found if news is News.CASE_NEAR}
    known = set(db.session.scalars(select(Case.id).where(Case.id.in_(near), _told(News.CASE_NEAR))))
    return [(one, news) for one, news in found if news is News.CASE_OVERDUE or one.id not in known]


def supporting_units(case_ids: Collection[UUID]) -> Mapping[UUID, Sequence[UUID]]:
    """Return the units that have a part in cases of others, by case; none for a case without."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    shares = select(CaseShare.case_id, CaseShare.unit_id).where(CaseShare.case_id.in_(case_ids))
    for case_id, unit_id in db.session.execute(shares):
        found[case_id].append(unit_id)
    return found


def _news(case: Case) -> News:
    return News.CASE_OVERDUE if case.due_at < now() else News.CASE_NEAR


def _told(news: News) -> ColumnElement[bool]:
    return exists().where(
        ToldDeadline.case_id == Case.id,
        ToldDeadline.due_at == Case.due_at,
        ToldDeadline.news == news.value,
    )


def _channels() -> Select[NotificationChannel]:
    return select(NotificationChannel).order_by(
        NotificationChannel.added_at, NotificationChannel.id
    )


def _line_of(unit_id: UUID) -> set[UUID | None]:
    """Return the ids of a unit and of all above it."""
    return {UUID(one) for one in registry.unit(unit_id).path.strip("/").split("/")}
