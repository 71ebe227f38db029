"""Verbs of flagging: what is compared when pictures are decoded and other visits are known.

These flags are computed by jobs, as often as something new is known: each time those of a group
are written anew, so that repeating it is harmless. None of them is a verdict.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, SQLColumnExpression, delete, select

from anfang.evidence import queries as evidence
from anfang.inspections import queries
from anfang.inspections.flags import habits, pictures, place
from anfang.inspections.flags.flag import Flag
from anfang.inspections.flags.habits import Presence
from anfang.inspections.flags.pictures import DeclaredPicture, SeenBefore
from anfang.inspections.models import Record, RecordFlag, RecordVersion
from anfang.kit.clock import parse_rfc3339
from anfang.kit.db import db

_MOST_NEIGHBOURS: Final = 60
PICTURE_CODES: Final = (
    "picture-before-visit",
    "picture-time-differs",
    "picture-place-differs",
    "picture-edited",
    "picture-screenshot",
    "picture-from-file",
    "picture-not-decoded",
    "picture-kind-differs",
    "picture-seen-before",
)
TRAVEL_CODES: Final = ("travel-impossible",)
PLACE_CODES: Final = ("place-repeated",)
REPETITION_CODES: Final = ("answers-repeated",)
VISIT_CODES: Final = (*REPETITION_CODES, *PLACE_CODES, *TRAVEL_CODES)

# Of other visits only what is compared is read: a version holds many times as much.
_PLACE: Final = RecordVersion.content["place"].label("place")
_CLOCK: Final = RecordVersion.content["clock"].label("clock")
_GIVEN: Final = RecordVersion.content["answers"].label("answers")


def flag_received(record_id: UUID) -> None:
    """Compare a record that has come in: with its inspector's other visits, its pictures with it.

    An unknown record is none of this room.
    """
    record = queries.record_for_update(record_id)
    if record is None:
        return
    versions = queries.versions(record_id)
    _flag_visit(record, versions[-1])
    _flag_pictures(record, versions)


def flag_pictures(record_id: UUID) -> None:
    """Compare the pictures of every version of a record; an unknown record is none of this room."""
    record = queries.record_for_update(record_id)
    if record is not None:
        _flag_pictures(record, queries.versions(record_id))


def flag_lookalikes(sha256: str) -> None:
    """Compare all records whose pictures look like one that has just been decoded."""
    for record_id in evidence.owners_alike(sha256):
        flag_pictures(record_id)


def _flag_visit(record: Record, newest: RecordVersion) -> None:
    """Compare the newest version with the inspector's other visits, and those with it."""
    travel, implicated = _travel(record, newest)
    flags = [*_repetition(record, newest), *_repeated_place(record, newest), *travel]
    _write(newest.record_sha256, VISIT_CODES, flags)
    for other in implicated:
        found = queries.record_for_update(other)
        if found is not None:
            _flag_travel(found)


def _flag_pictures(record: Record, versions: Iterable[RecordVersion]) -> None:
    for version in versions:
        if not version.media:
            continue
        clock = version.content["clock"] or {}
        started = clock.get("started_at")
        frame = pictures.VisitFrame(
            started_at=None if started is None else parse_rfc3339(started),
            place=version.content["place"] or {},
            zone=current_app.config["ZONE"],
        )
        flags = pictures.compare_pictures(_declared(record, version), frame)
        _write(version.record_sha256, PICTURE_CODES, flags)


def _declared(record: Record, version: RecordVersion) -> list[DeclaredPicture]:
    details = {one["sha256"]: one for one in version.content["media_details"] or []}
    return [
        DeclaredPicture(
            sha256=one.sha256,
            detail=details.get(one.sha256, {}),
            state=one.state,
            failure=one.failure,
            kind_mismatch=one.kind_mismatch,
            exif=one.exif or {},
            seen_before=_seen_before(record, one),
        )
        for one in queries.pictures_of(record, version)
    ]


def _seen_before(record: Record, picture: evidence.Picture) -> SeenBefore | None:
    if picture.held_at is None:
        return None
    earlier = evidence.seen_before(record.id, picture.sha256, picture.held_at)
    known = queries.records_of({one.owner_id for one in earlier})
    owners = [one for one in earlier if one.owner_id in known]
    if not owners:
        return None
    nearest = min(owners, key=lambda one: one.bits)
    return SeenBefore(
        records=list(dict.fromkeys(str(one.owner_id) for one in owners)),
        day=str(known[nearest.owner_id].day or "?"),
        bits=nearest.bits,
    )


def _flag_travel(record: Record) -> None:
    version = queries.newest_version(record)
    flags, _ = _travel(record, version)
    _write(version.record_sha256, TRAVEL_CODES, flags)


def _travel(record: Record, version: RecordVersion) -> tuple[Iterable[Flag], list[UUID]]:
    """Return the travel flag of a record, and the records that it cannot agree with."""
    content = version.content
    here = habits.presence(
        str(record.id), str(version.device_id), content["place"], content["clock"]
    )
    if here is None:
        return (), []
    others = list(_neighbours(record))
    implicated = [UUID(one) for one in habits.implicated(here, others)]
    return habits.compare_travel(here, others), implicated


def _repetition(record: Record, version: RecordVersion) -> Iterable[Flag]:
    if record.outcome != "done" or record.site_id is None:
        return ()
    return habits.compare_repetition(
        _by_item(version.content["answers"]), _answers_elsewhere(record)
    )


def _repeated_place(record: Record, version: RecordVersion) -> Iterable[Flag]:
    """Compare the fix with those of earlier visits: none is the same to the last digit."""
    fix = place.measured(version.content["place"])
    return place.compare_repeats(fix, _fixes_elsewhere(record)) if fix is not None else ()


def _fixes_elsewhere(record: Record) -> dict[str, Mapping[str, Any]]:
    """Return what was measured on the same inspector's last visits, by record."""
    statement = (
        _of_newest_versions(Record.id, _PLACE)
        .where(
            Record.inspector_id == record.inspector_id,
            Record.received_at < record.received_at,
        )
        .order_by(Record.received_at.desc(), Record.id)
        .limit(_MOST_NEIGHBOURS)
    )
    fixes = {str(one.id): place.measured(one.place) for one in db.session.execute(statement)}
    return {known: fix for known, fix in fixes.items() if fix is not None}


def _neighbours(record: Record) -> Iterable[Presence]:
    """Return where the same inspector was on the same day, the day before and the day after."""
    if record.day is None:
        return
    day = timedelta(days=1)
    statement = (
        _of_newest_versions(Record.id, RecordVersion.device_id, _PLACE, _CLOCK)
        .where(
            Record.inspector_id == record.inspector_id,
            Record.id != record.id,
            Record.day.between(record.day - day, record.day + day),
        )
        .order_by(Record.day, Record.id)
        .limit(_MOST_NEIGHBOURS)
    )
    for one in db.session.execute(statement):
        found = habits.presence(str(one.id), str(one.device_id), one.place, one.clock)
        if found is not None:
            yield found


def _answers_elsewhere(record: Record) -> Sequence[habits.Answers]:
    """Return the answers of the inspector's last visits at other sites with this checklist."""
    statement = (
        _of_newest_versions(_GIVEN)
        .where(
            Record.inspector_id == record.inspector_id,
            Record.id != record.id,
            Record.checklist_version_id == record.checklist_version_id,
            Record.outcome == "done",
            Record.site_id.is_not(None),
            Record.site_id != record.site_id,
            Record.received_at <= record.received_at,
        )
        .order_by(Record.received_at.desc(), Record.id)
        .limit(habits.REPEATED_VISITS)
    )
    return [_by_item(answers) for answers in db.session.scalars(statement)]


def _by_item(answers: Iterable[Mapping[str, Any]] | None) -> habits.Answers:
    return {one["item"]: one["value"] for one in answers or []}


def _of_newest_versions(*asked: SQLColumnExpression[Any]) -> Select[*tuple[Any, ...]]:
    return (
        select(*asked)
        .select_from(RecordVersion)
        .join(Record, Record.newest_sha256 == RecordVersion.record_sha256)
    )


def _write(record_sha256: str, codes: Sequence[str], flags: Iterable[Flag]) -> None:
    db.session.execute(
        delete(RecordFlag).where(
            RecordFlag.record_sha256 == record_sha256, RecordFlag.code.in_(codes)
        )
    )
    db.session.add_all(
        RecordFlag(record_sha256=record_sha256, code=flag.code, facts=dict(flag.facts))
        for flag in flags
    )
    db.session.flush()
