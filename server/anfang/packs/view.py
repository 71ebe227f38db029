"""A record in words, for the page and the ledger: labels for ids, words for values. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anfang.packs import document
from anfang.packs.content import Many, PackContent
from anfang.packs.prepared import PreparedRecord


@dataclass(frozen=True)
class Answer:
    """One answered item; `value` is text, or the code `yes`, `no`, `na` to be translated."""

    text: str
    value: str
    coded: bool
    remark: str | None

    @property
    def met(self) -> bool:
        """Whether the requirement was met, as far as the answer says so."""
        return not (self.coded and self.value == "no")


@dataclass(frozen=True)
class Picture:
    """A picture by its path relative to `data/`; `shows` is false for what browsers cannot."""

    path: str
    sha256: str
    shows: bool
    provable: bool | None
    cleared: bool = False


@dataclass(frozen=True)
class RecordView:
    """One record as a person reads it; empty text where the pack does not disclose.

    `remarks` are those on no answered item; the others stand with their answers.
    """

    id: str
    day: str
    unit: str
    site: str
    subject: str
    checklist: str
    outcome: str
    reason: str
    answers: Sequence[Answer]
    remarks: Sequence[str]
    pictures: Sequence[Picture]
    absent: int
    place: str
    submitted: str
    note: str
    review: str
    review_reason: str


class RecordViews:
    """Every record in words, made anew each time they are gone through: never all at once."""

    def __init__(self, content: PackContent, records: Many[PreparedRecord]) -> None:
        """Hold what the words are made of."""
        self._content, self.records = content, records

    def __len__(self) -> int:
        """Count the records."""
        return len(self.records)

    def __iter__(self) -> Iterator[RecordView]:
        """Put one record after the other into words."""
        return (_view(self._content, record) for record in self.records)


def _view(content: PackContent, record: PreparedRecord) -> RecordView:
    read, labels = record.shown(), content.labels
    clear, shown = read.clear, read.disclosed
    checklist: Mapping[str, Any] = next(
        (c for c in labels.checklists if c.get("id") == clear.get("checklist")), {}
    )
    visit, subject = _mapping(shown.get("visit")), _mapping(shown.get("subject"))
    review = record.source.review
    return RecordView(
        id=record.id,
        day=str(shown.get("day") or ""),
        unit=labels.units.get(str(clear.get("unit")), ""),
        site=labels.sites.get(str(shown.get("site")), ""),
        subject=str(subject.get("label") or ""),
        checklist=str(checklist.get("title") or ""),
        outcome=str(visit.get("outcome") or ""),
        reason=str(visit.get("reason") or ""),
        answers=_answers(checklist, shown),
        remarks=_other_remarks(checklist, shown),
        pictures=_pictures(record),
        absent=_absent(record, clear.get("media")),
        place=_place(_mapping(shown.get("place"))),
        submitted=str(_mapping(shown.get("clock")).get("submitted_at") or ""),
        note=str(shown.get("note") or ""),
        review=review.decision if review else "",
        review_reason=(review.reason or "") if review else "",
    )


def _answers(checklist: Mapping[str, Any], shown: Mapping[str, Any]) -> list[Answer]:
    items = {item["id"]: item for item in _mappings(checklist.get("items"))}
    remarks = {r.get("item"): str(r.get("text") or "") for r in _mappings(shown.get("remarks"))}
    views = []
    for answer in _mappings(shown.get("answers")):
        item = items.get(answer.get("item"), {})
        value, coded = _value(item, answer.get("value"))
        text = str(item.get("text") or answer.get("item"))
        views.append(Answer(text, value, coded, remarks.get(answer.get("item"))))
    return views


def _other_remarks(checklist: Mapping[str, Any], shown: Mapping[str, Any]) -> list[str]:
    items = {item["id"]: str(item["text"]) for item in _mappings(checklist.get("items"))}
    answered = {answer.get("item") for answer in _mappings(shown.get("answers"))}
    return [
        "：".join(part for part in (items.get(str(one.get("item"))), str(one.get("text"))) if part)
        for one in _mappings(shown.get("remarks"))
        if one.get("item") not in answered and one.get("text")
    ]


def _value(item: Mapping[str, Any], value: object) -> tuple[str, bool]:
    if value in ("yes", "no", "na"):
        return str(value), True
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{_scaled(value, item.get('scale'))} {item.get('unit') or ''}".strip(), False
    options = {
        option.get("value"): option.get("label") for option in _mappings(item.get("options"))
    }
    chosen = value if isinstance(value, list) else [] if value is None else [value]
    return "、".join(str(options.get(choice) or choice) for choice in chosen), False


def _scaled(value: int, scale: object) -> str:
    if not isinstance(scale, int) or not 0 < scale < 10:
        return str(value)
    whole, part = divmod(abs(value), 10**scale)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{scale}d}"


def _pictures(record: PreparedRecord) -> list[Picture]:
    originals = [
        Picture(_below_data(document.media_file(media)), media.sha256,
                media.extension in {"jpg", "jpeg", "png", "webp"}, None)
        for media in record.source.media
        if media.open is not None
    ]  # fmt: skip
    redacted = [
        Picture(_below_data(document.picture_file(picture)), picture.png_sha256, True,
                picture.proof is not None, picture.cleared)
        for picture in record.source.redacted
    ]  # fmt: skip
    return originals + redacted


def _absent(record: PreparedRecord, declared: object) -> int:
    """How many pictures the record declares that this pack does not hold, for whatever reason."""
    held = {media.sha256 for media in record.source.media if media.open is not None}
    held |= {picture.original_sha256 for picture in record.source.redacted}
    return len(set(declared) - held) if isinstance(declared, list) else 0


def _below_data(path: str) -> str:
    return path.removeprefix("data/")


def _place(place: Mapping[str, Any]) -> str:
    lat, lon, accuracy = (place.get(name) for name in ("lat_e7", "lon_e7", "accuracy_m"))
    if not isinstance(lat, int) or not isinstance(lon, int):
        return str(place.get("reason") or "")
    return f"{_scaled(lat, 7)}, {_scaled(lon, 7)} (WGS-84, ±{accuracy} m)"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return (
        [entry for entry in value if isinstance(entry, Mapping)]
        if isinstance(value, list | tuple)
        else []
    )
