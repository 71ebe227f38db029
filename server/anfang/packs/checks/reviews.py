"""Decisions: what the pack says of them is what the log holds (PROTOCOL §6 `review`)."""

from collections.abc import Iterator
from typing import Any

from anfang.kit import minutes
from anfang.packs.checks.reading import Reading, ReadRecord
from anfang.packs.verdict import Finding


def check_reviews(reading: Reading) -> Iterator[Finding]:
    """Compare every decision shown with its minute; `logproofs` requires the minute's log entry.

    A protected pack shows accepted records only, each with that decision.
    """
    for _, record in reading.records.in_turn():
        path, review = record.line["file"], record.line["review"]
        if reading.profile == "protected" and (review is None or review["decision"] != "accepted"):
            yield Finding(path, "pack-review-missing")
        if review is not None:
            for member in _about_record(reading, record, review):
                yield Finding(path, "pack-review-mismatch", member)
        for picture in record.line["pictures"]:
            for member in _about_picture(reading, picture):
                yield Finding(picture["file"], "pack-review-mismatch", member)


def _about_record(reading: Reading, record: ReadRecord, review: dict[str, Any]) -> Iterator[str]:
    minute = review["minute"]
    if minute["record"] != record.line["record"]:
        yield "record"
    if minute["record_sha256"] != record.record_sha256:
        yield "record_sha256"
    yield from _shown(reading, review)


def _about_picture(reading: Reading, picture: dict[str, Any]) -> Iterator[str]:
    review = picture["review"]
    minute = review["minute"]
    # A picture of two records stands once, by the later of the decisions about it.
    decider = reading.records.get(minute["record"])
    if decider is None or minute["original_sha256"] not in decider.media:
        yield "record"
    if minute["original_sha256"] != picture["original_sha256"]:
        yield "original_sha256"
    if minute["png_sha256"] != reading.payload.get(picture["file"]):
        yield "png_sha256"
    if picture["cleared"] != (minute["decision"] == "clearance"):
        yield "cleared"
    yield from _shown(reading, review)


def _shown(reading: Reading, review: dict[str, Any]) -> Iterator[str]:
    """What stands beside the minute: decision, day, and its details as this profile has them."""
    minute, details, salt = review["minute"], review["details"], review["salt"]
    for member in ("decision", "day"):
        if review[member] != minute[member]:
            yield member
    if review["reason"] != (details or {}).get("reason"):
        yield "reason"
    if reading.profile == "protected":
        if details is not None or salt is not None:
            yield "details"
    elif details is None or salt is None or not minutes.opens(minute, details, salt):
        yield "details"
