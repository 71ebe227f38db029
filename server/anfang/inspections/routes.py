"""Addresses of inspections: what phones read and send (PROTOCOL §3–4)."""

from typing import Any
from uuid import UUID

from anfang.identity import service as identity
from anfang.inspections import completion, policies, queries, receiving, witnessing
from anfang.inspections.bundle import bundle
from anfang.inspections.schemas import (
    BundleHeadersSchema,
    BundleSchema,
    ConfirmationSchema,
    ConfirmedSchema,
    ReceivedSchema,
    RecordStateSchema,
    SubmissionSchema,
)
from anfang.kit.db import reading, transaction
from anfang.kit.http import Room
from anfang.kit.principal import device

room = Room("inspections", __name__, description="Records and the phone's bundle")


@room.verb("GET", "/field/bundle", permission="device.sync", own_transactions=True)
@room.etag
@room.arguments(BundleHeadersSchema, location="headers")
@room.response(200, BundleSchema)
def show_bundle(says: dict[str, Any]) -> dict[str, Any]:
    """Return what the calling phone's inspector needs for a day; keep what it says of itself."""
    with transaction(write=False):
        day = bundle(device().inspector)
        news = identity.phone_has_news(device().id, **says)
    if news:
        with transaction():
            identity.note_phone(device().id, **says)
    return day


@room.post("/records", permission="device.deliver", own_transactions=True)
@room.arguments(SubmissionSchema)
@room.alt_response(200, ReceivedSchema)
@room.response(201, ReceivedSchema)
def submit_record(body: dict[str, str]) -> Any:
    """Take a record or a new version; the same once more is answered 200."""
    # Others wait for the end of what writes, so signatures are checked before it begins.
    with reading():
        submission = receiving.check(device(), **body)
    with transaction():
        received = receiving.receive(submission)
    answer = {"receipt": received.receipt, "missing": received.missing}
    return answer if received.new else (answer, 200)


@room.verb("GET", "/records/<uuid:record_id>", permission="device.deliver", own_transactions=True)
@room.response(200, RecordStateSchema)
def show_record(record_id: UUID) -> dict[str, Any]:
    """Tell a phone where its record stands, with the newest receipt.

    A receipt that has become complete since the last photo came in is issued here at the latest.
    """
    with transaction(write=False):
        state, due = _state(record_id)
    if due:
        with transaction():
            completion.complete_versions(record_id)
        with transaction(write=False):
            state, _ = _state(record_id)
    return state


@room.post("/records/<uuid:record_id>/witness", permission="device.deliver")
@room.arguments(ConfirmationSchema)
@room.alt_response(200, ConfirmedSchema)
@room.response(201, ConfirmedSchema)
def confirm_record(body: dict[str, str], record_id: UUID) -> Any:
    """Confirm another inspector's record as the second one present."""
    new = witnessing.confirm(device(), record_id, **body)
    answer = {"record": record_id}
    return answer if new else (answer, 200)


def _state(record_id: UUID) -> tuple[dict[str, Any], bool]:
    """Return the answer, and whether a complete receipt is due."""
    record = queries.record(record_id, policies.own_records(device().inspector))
    version = queries.newest_version(record)
    missing = queries.missing_media(record, version)
    answer = {"state": record.state, "missing": missing, "receipt": version.receipt}
    return answer, not missing and version.completed_at is None
