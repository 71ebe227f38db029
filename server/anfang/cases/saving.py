"""Verbs of saved views: ways to look at the ledger, kept under a name."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from anfang.cases.errors import ViewNameTaken, ViewNotShareable
from anfang.cases.models import LedgerView
from anfang.kit.db import db
from anfang.kit.ids import new_id
from anfang.kit.principal import at_the_desk, person


def save_view(name: str, settings: dict[str, object], *, shared: bool) -> LedgerView:
    """Keep a way to look at the ledger under a name.

    Args:
        settings: filters, order and grouping, as the ledger's query has them.
        shared: let the whole office use it.

    Raises:
        ViewNameTaken: the person has a view of this name.
        ViewNotShareable: a unit's account shares nothing with the office.
    """
    _require_shareable(shared)
    view = LedgerView(
        id=new_id(), owner_id=person().id, name=name, settings=settings, shared=shared
    )
    _flush(lambda: db.session.add(view))
    return view


def change_view(view: LedgerView, name: str, settings: dict[str, object], *, shared: bool) -> None:
    """Put other settings, another name or another audience into a view.

    Raises:
        ViewNameTaken: the person has another view of this name.
        ViewNotShareable: a unit's account shares nothing with the office.
    """
    _require_shareable(shared)

    def write() -> None:
        view.name, view.settings, view.shared = name, settings, shared

    _flush(write)


def forget_view(view: LedgerView) -> None:
    """Delete a saved view."""
    db.session.delete(view)
    db.session.flush()


def _require_shareable(shared: bool) -> None:
    if shared and at_the_desk(person()):
        raise ViewNotShareable


def _flush(write: Callable[[], None]) -> None:
    try:
        with db.session.begin_nested():
            write()
    except IntegrityError as error:
        raise ViewNameTaken from error
