"""The database: typed base class, column types, and the only place that commits.

One request or one task is one transaction [Note: Unit of work]. Code that must not hold a
transaction while it waits (receiving an upload) opens its own with `transaction()`.

[Note: Statements built once] SQLAlchemy takes longer to build a small statement than SQLite to
answer it. What every record or photo asks is therefore built when its module is read, with
`bindparam` for what differs.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    Select,
    Uuid,
    event,
    inspect,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeDecorator

from anfang.kit.errors import Busy, Problem, required
from anfang.kit.turns import TurnNotHadError, Turns

_NAMES: Final = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Parent of every table."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy's own protocol
        UUID: Uuid(),
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        int: BigInteger().with_variant(Integer(), "sqlite"),
    }


BALLOTS: Final = "ballots"
"""Name of the engine of the ballot box: a store of its own, no table of which is in `Base`."""

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})

_writing: ContextVar[bool] = ContextVar("anfang_writing", default=True)
_turns_held: ContextVar[dict[Turns, Callable[[], None]] | None] = ContextVar(
    "anfang_turns_held", default=None
)
_BUSY_SECONDS: Final = 15
COME_AGAIN_SECONDS: Final = 2
"""After how long a caller who found the database busy comes again."""


_Asked = TypeVar("_Asked", bound="Select[*tuple[Any, ...]]")
_Row = TypeVar("_Row")
_Entity = TypeVar("_Entity", bound=Base)


@contextmanager
def transaction(*, write: bool = True) -> Iterator[None]:
    """Run one unit of work and commit it; anything raised rolls it back.

    Args:
        write: take SQLite's write lock at the first statement, so that a transaction that will
            write never fails half-way because another writer came between.

    A `Problem` with `keeps_changes` is committed and raised again.

    Raises:
        Busy: others kept writing to SQLite all the time that one waits.
    """
    token = _writing.set(write)
    try:
        with _turns_given_back():
            try:
                yield
                db.session.commit()
            except Problem as problem:
                if problem.keeps_changes:
                    db.session.commit()
                raise
            finally:
                db.session.rollback()
    finally:
        _writing.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Run reads that need not agree with each other, and write nothing.

    In PostgreSQL each statement sees a moment of its own anyway; without a transaction around them
    two journeys to the database fall away.
    """
    with transaction(write=False):
        if db.engine.dialect.name == "postgresql":
            db.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        yield


def enter(row: Base) -> bool:
    """Write a new row at once; False if one with its key is there, also if it came just now.

    Asks for no savepoint: where a disk is full, SQLite forgets those. The object itself does not
    become the session's.
    """
    connection = db.session.connection()
    columns = inspect(type(row)).columns
    values = {name: value for name, value in vars(row).items() if name in columns}
    return (
        connection.execute(_entering(type(row), connection.dialect.name), values).first()
        is not None
    )


@cache
def _entering(kind: type[Base], dialect: str) -> ReturningInsert[*tuple[Any, ...]]:
    # See [Note: Statements built once].
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(kind).on_conflict_do_nothing().returning(*inspect(kind).primary_key)


def found_by(statement: Select[_Row]) -> _Row:
    """Return the one row, or the first value, that a statement asks for.

    Raises:
        NotFound: there is none.
    """
    return required(db.session.scalar(statement))


def locked(statement: _Asked) -> _Asked:
    """Return the statement with its rows locked until the transaction ends, and read anew.

    Only rows of the table that is asked for: what is joined for its words must not wait, and
    PostgreSQL locks no side of a join that may be missing. Anew: the session may remember what it
    read before it had to wait.
    """
    asked_for = statement.column_descriptions[0]["entity"]
    return statement.with_for_update(of=asked_for).execution_options(populate_existing=True)


def lock_row(kind: type[_Entity], key: object) -> _Entity | None:
    """Return the row of a key, locked until the transaction ends, and read anew as by `locked`.

    None where there is no such row.
    """
    return db.session.get(kind, key, with_for_update=True, populate_existing=True)


def disconnect() -> None:
    """Close every connection of this process to its databases; the next one asked for is new.

    What is open here must not be used by a process forked from this one.
    """
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


def tune_sqlite(engine: Engine) -> None:
    """Make SQLite durable and orderly: WAL, synchronous FULL, foreign keys, writers in turn."""
    if engine.dialect.name == "sqlite":
        turns = Turns(Path(f"{engine.url.database}-turn"))
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", partial(_on_begin, turns))


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={1000 * _BUSY_SECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(turns: Turns, connection: Connection) -> None:
    if not _writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    held = _turns_held.get()
    if held is not None and turns not in held:
        _take(turns, held)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _take(turns: Turns, held: dict[Turns, Callable[[], None]]) -> None:
    # Where the file cannot be opened (no room, a disk that cannot be written), SQLite says why.
    with suppress(OSError):
        try:
            held[turns] = turns.take(_BUSY_SECONDS)
        except TurnNotHadError as error:
            raise Busy(retry_after=COME_AGAIN_SECONDS) from error


@contextmanager
def _turns_given_back() -> Iterator[None]:
    """Give back, once the outermost transaction has ended, the turns that were taken in it."""
    if _turns_held.get() is not None:
        yield
        return
    held: dict[Turns, Callable[[], None]] = {}
    token = _turns_held.set(held)
    try:
        yield
    finally:
        _turns_held.reset(token)
        for give_back in held.values():
            give_back()
