"""Reads of inspections."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, or_, select

from anfang.evidence import queries as evidence
from anfang.inspections.flags.flag import text_of
from anfang.inspections.flags.place import Area, distance_of
from anfang.inspections.models import (
    ChainLink,
    Disclosure,
    Record,
    RecordFlag,
    RecordReturn,
    RecordVersion,
    Witness,
)
from anfang.kit.db import db, found_by, locked
from anfang.kit.errors import NotFound
from anfang.registry import queries as registry
from anfang.registry.models import Site

PRIVATE = "private"
"""The disclosure that nobody reads without asking for it."""

_BATCH: Final = 200

# [Note: Statements built once]
_LOCKED: Final = locked(select(Record).where(Record.id == bindparam("id")))
_SIGNED_BY: Final = select(func.count(RecordVersion.record_id.distinct())).where(
    RecordVersion.jkt == bindparam("jkt"), RecordVersion.record_id != bindparam("other_than")
)
_LINK: Final = select(ChainLink.link_sha256, ChainLink.device_id, ChainLink.seq, ChainLink.prev)
_OF_PHONE: Final = ChainLink.device_id == bindparam("device")
_BESIDE: Final = (
    # Each with the phone by itself, so that each finds its index.
    and_(_OF_PHONE, ChainLink.seq == bindparam("seq")),
    and_(_OF_PHONE, ChainLink.prev == bindparam("link")),
    ChainLink.link_sha256 == bindparam("link"),
)
_NEAR_FIRST: Final = _LINK.where(or_(*_BESIDE, and_(_OF_PHONE, ChainLink.prev.is_(None))))
_NEAR_LATER: Final = _LINK.where(
    or_(
        *_BESIDE,
        and_(_OF_PHONE, ChainLink.prev == bindparam("prev")),
        ChainLink.link_sha256 == bindparam("prev"),
    )
)


@dataclass(frozen=True)
class ExplainedFlag:
    """A flag with its text in the reader's language and the figures behind it."""

    code: str
    text: str
    facts: Mapping[str, Any]


def record(record_id: UUID, *within: ColumnElement[bool]) -> Record:
    """Return a record; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(Record).where(Record.id == record_id, *within))


def record_for_update(record_id: UUID) -> Record | None:
    """Return a record, locked and read anew, or None."""
    return db.session.scalar(_LOCKED, {"id": record_id})


def records_of(ids: Iterable[UUID]) -> dict[UUID, Record]:
    """Return records by id; unknown ids are left out."""
    found = db.session.scalars(select(Record).where(Record.id.in_(list(ids))))
    return {one.id: one for one in found}


def each_record_of(ids: Iterable[UUID]) -> Iterator[Record]:
    """Give records, one after the other, in the order asked; unknown ids are left out."""
    waiting = iter(ids)
    while some := list(islice(waiting, _BATCH)):
        found = records_of(some)
        yield from (found[one] for one in some if one in found)


def records_listed(
    *within: ColumnElement[bool],
    campaign: UUID | None = None,
    state: str | None = None,
    unit: UUID | None = None,
    checklist: UUID | None = None,
    site: UUID | None = None,
    quarantined: bool | None = None,
    from_day: date | None = None,
    to_day: date | None = None,
) -> Select[Record]:
    """Return the statement of records, the longest waiting first, narrowed by what is given.

    Args:
        within: the policy's predicate for the caller (`policies.visible_records`).
        unit: of this unit and all beneath it.
        checklist: a checklist's version.
        from_day, to_day: days of the visit, both included.
    """
    equal = {
        Record.campaign_id: campaign,
        Record.state: state,
        Record.checklist_version_id: checklist,
        Record.site_id: site,
        Record.quarantined: quarantined,
    }
    statement = select(Record).where(*within).order_by(Record.received_at, Record.id)
    statement = statement.where(
        *(column == value for column, value in equal.items() if value is not None)
    )
    if unit is not None:
        statement = statement.where(Record.unit_id.in_(registry.subtree_ids(unit)))
    if from_day is not None:
        statement = statement.where(Record.day >= from_day)
    return statement if to_day is None else statement.where(Record.day <= to_day)


def version(record_sha256: str) -> RecordVersion | None:
    """Return a version by its hash, or None."""
    return db.session.get(RecordVersion, record_sha256)


def version_of(record_id: UUID, record_sha256: str) -> RecordVersion:
    """Return a version of a record; raises NotFound."""
    found = version(record_sha256)
    if found is None or found.record_id != record_id:
        raise NotFound
    return found


def newest_version(record: Record) -> RecordVersion:
    """Return the newest version of a record."""
    return version_of(record.id, record.newest_sha256)


def current_version(record: Record) -> RecordVersion:
    """Return the version that counts: the one that was decided, else the newest."""
    return version_of(record.id, record.decided_sha256 or record.newest_sha256)


def versions(record_id: UUID) -> Sequence[RecordVersion]:
    """Return all versions of a record, the first one first."""
    return db.session.scalars(
        select(RecordVersion).filter_by(record_id=record_id).order_by(RecordVersion.number)
    ).all()


def versions_waiting_for(record_id: UUID) -> Sequence[RecordVersion]:
    """Return the versions of a record without a complete receipt, the first one first."""
    return db.session.scalars(
        select(RecordVersion)
        .filter_by(record_id=record_id, completed_at=None)
        .order_by(RecordVersion.number)
    ).all()


def content_of(version: RecordVersion, *, private: bool = False) -> dict[str, Any]:
    """Return the disclosed members of a version; `private` only if asked for."""
    return {name: value for name, value in version.content.items() if private or name != PRIVATE}


def missing_media(record: Record, version: RecordVersion) -> list[str]:
    """Return the hashes that a version declares and its inspector still owes, ascending."""
    return evidence.missing(record.id, record.inspector_id, version.media)


def pictures_of(record: Record, version: RecordVersion) -> list[evidence.Picture]:
    """Return the pictures that a version declares, in the record's order."""
    return evidence.pictures(record.id, record.inspector_id, version.media)


def flags_of(record_sha256: str) -> Sequence[RecordFlag]:
    """Return the flags of a version, by code."""
    return db.session.scalars(
        select(RecordFlag).filter_by(record_sha256=record_sha256).order_by(RecordFlag.code)
    ).all()


def explained_flags(record_sha256: str, locale: str | None = None) -> list[ExplainedFlag]:
    """Return the flags of a version in plain words, with the figures behind them."""
    return [
        ExplainedFlag(flag.code, text_of(flag.code, flag.facts, locale), flag.facts)
        for flag in flags_of(record_sha256)
    ]


def flag_counts(record_sha256s: Iterable[str]) -> dict[str, int]:
    """Return how many flags versions have; those without any are left out."""
    rows = db.session.execute(
        select(RecordFlag.record_sha256, func.count())
        .where(RecordFlag.record_sha256.in_(list(record_sha256s)))
        .group_by(RecordFlag.record_sha256)
    )
    return {row[0]: row[1] for row in rows}


def area_of(site: Site | None) -> Area | None:
    """Return a site's circle; None for a mobile or unknown one."""
    if site is None or site.lat_e7 is None or site.lon_e7 is None or site.radius_m is None:
        return None
    return Area(site.lat_e7, site.lon_e7, site.radius_m)


def site_distance_m(version: RecordVersion, site: Site | None) -> int | None:
    """Return how far a version's position is from a site, in whole metres; None without one."""
    return distance_of(version.content["place"], area_of(site))


def returns_of(record_id: UUID) -> Sequence[RecordReturn]:
    """Return how often and with what remarks a record was given back, oldest first."""
    return db.session.scalars(
        select(RecordReturn)
        .filter_by(record_id=record_id)
        .order_by(RecordReturn.at, RecordReturn.id)
    ).all()


def newest_return(record: Record) -> RecordReturn:
    """Return what was last remarked on the newest version of a returned record; raises NotFound."""
    found = [one for one in returns_of(record.id) if one.record_sha256 == record.newest_sha256]
    if not found:
        raise NotFound
    return found[-1]


def witnesses_of(record_id: UUID) -> Sequence[Witness]:
    """Return who confirmed a record, oldest first."""
    return db.session.scalars(
        select(Witness).filter_by(record_id=record_id).order_by(Witness.at, Witness.id)
    ).all()


def witness(record_sha256: str, inspector_id: UUID) -> Witness | None:
    """Return an inspector's confirmation of a version, or None."""
    return db.session.scalar(
        select(Witness).filter_by(record_sha256=record_sha256, inspector_id=inspector_id)
    )


def records_signed_by(jkt: str, other_than: UUID) -> int:
    """Count the other records that a record key has signed: there should be none."""
    return db.session.scalar(_SIGNED_BY, {"jkt": jkt, "other_than": other_than}) or 0


def links_near(
    device_id: UUID, link_sha256: str, seq: int, prev: str | None
) -> Sequence[Row[str, UUID, int, str | None]]:
    """Return the links that say where a phone's link stands in its chain, in one read.

    That is the link itself and the one before it, whosever they are; and of this phone those that
    claim its place, follow the same link as it does, or follow it. Rows of `link_sha256`,
    `device_id`, `seq` and `prev`.
    """
    place = {"device": device_id, "link": link_sha256, "seq": seq}
    if prev is None:
        return db.session.execute(_NEAR_FIRST, place).all()
    return db.session.execute(_NEAR_LATER, {**place, "prev": prev}).all()


def disclosures_listed() -> Select[Disclosure]:
    """Return the statement of the custodians' releases, the newest request first."""
    return select(Disclosure).order_by(Disclosure.asked_at.desc(), Disclosure.id)


def released_certificates(record_id: UUID) -> dict[str, dict[str, Any]]:
    """Return the certificates that the custodians have released, by version's hash.

    Each is a `disclosing.ReleasedCertificate` as JSON, as it was released first; `disclosure` is
    that release's hash, which the log holds. What was not released is not there.
    """
    releases = db.session.scalars(
        select(Disclosure)
        .where(Disclosure.record_id == record_id, Disclosure.released.is_not(None))
        .order_by(Disclosure.opened_at.desc(), Disclosure.id)
    )
    return {
        one["record_sha256"]: {**one, "disclosure": release.sha256}
        for release in releases
        for one in release.released or ()
    }
