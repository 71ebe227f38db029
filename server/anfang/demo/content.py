"""The demonstration as data: `campaign.yaml` read, checked and frozen.

Nothing here touches the database: the loader plays it through the rooms' verbs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_FILE: Final = Path(__file__).with_name("campaign.yaml")
_YES: Final = "yes"


class ContentError(ValueError):
    """The file contradicts itself; the message says where."""


@dataclass(frozen=True)
class CampaignText:
    """The campaign; its days are counted from the day of loading."""

    name: str
    legal_basis: str
    starts_days_ago: int
    lasts_days: int
    office: str
    rides: dict[str, Any]
    publication_delay_days: int


@dataclass(frozen=True)
class Plan:
    """The plan document, to be filed as UTF-8 text under `name`."""

    name: str
    text: str

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.text.encode()


@dataclass(frozen=True)
class UnitEntry:
    """A unit; `parent` is another one's code, and stands before it in the file."""

    code: str
    name: str
    category: str
    parent: str | None = None


@dataclass(frozen=True)
class ThemeEntry:
    """A theme with the codes of its leading and supporting units."""

    code: str
    title: str
    lead: tuple[str, ...]
    support: tuple[str, ...] = ()


@dataclass(frozen=True)
class SiteEntry:
    """A site of a unit; no position for what moves."""

    key: str
    unit: str
    name: str
    kind: str
    lat_e7: int | None = None
    lon_e7: int | None = None
    radius_m: int | None = None


@dataclass(frozen=True)
class Account:
    """An account to sign in with; the loader makes its password."""

    username: str
    display_name: str
    roles: tuple[str, ...]
    unit: str | None = None


@dataclass(frozen=True)
class AssignmentEntry:
    """An open visit, between days counted from the day of loading."""

    inspector: str
    site: str
    checklist: str
    from_in_days: int
    to_in_days: int


@dataclass(frozen=True)
class Rectangle:
    """Pixels of the upright picture."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True)
class PictureEntry:
    """A picture to draw (`pictures.scene(kind, seed, …)`), its item and what a reviewer masks."""

    kind: str
    seed: int
    item: str
    redact: tuple[Rectangle, ...] = ()


@dataclass(frozen=True)
class ItemText:
    """A sentence at an item: an inspector's remark, a finding, a reviewer's remark."""

    item: str
    text: str


@dataclass(frozen=True)
class Review:
    """What the reviewer decided: `accepted` with findings or `returned` with remarks."""

    decision: str
    findings: tuple[ItemText, ...] = ()
    remarks: tuple[ItemText, ...] = ()


@dataclass(frozen=True)
class Visit:
    """A finished visit; without `review` its record waits in the queue.

    `place`, `subject`, `ride`, `private` are members of PROTOCOL §4's disclosures; `not_possible`
    is the reason of a visit that could not be made.
    """

    key: str
    inspector: str
    site: str
    checklist: str
    days_ago: int
    starts_at: str
    minutes: int
    subject: Mapping[str, str]
    place: Mapping[str, int]
    given: Mapping[str, Any]
    usual_grade: int
    remarks: tuple[ItemText, ...] = ()
    pictures: tuple[PictureEntry, ...] = ()
    ride: Mapping[str, Any] | None = None
    private: Mapping[str, str] | None = None
    note: str | None = None
    not_possible: str | None = None
    review: Review | None = None

    def answers(self, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return PROTOCOL §4's `answers` to a checklist's items; none where no visit was made.

        Raises:
            ContentError: an item that is neither `yes_no` nor `grade` has no answer, or an answer
                has no item.
        """
        if self.not_possible is not None:
            return []
        unknown = self.given.keys() - {item["id"] for item in items}
        if unknown:
            raise ContentError(f"visit {self.key}: no items {sorted(unknown)}")
        return [{"item": item["id"], "value": self._value(item)} for item in items]

    def _value(self, item: Mapping[str, Any]) -> Any:
        usual = {"yes_no": _YES, "grade": self.usual_grade}
        value = self.given.get(item["id"], usual.get(item["kind"]))
        if value is None:
            raise ContentError(f"visit {self.key}: no answer to {item['id']}")
        return value


@dataclass(frozen=True)
class StatementEntry:
    """What the unit's liaison states: `defence` or `rectification`."""

    kind: str
    text: str


@dataclass(frozen=True)
class CaseEntry:
    """The case that is opened from the findings of one visit."""

    visit: str
    unit: str
    title: str
    summary: str
    case_class: str
    working_days: int
    defence_working_days: int
    responsible: str
    statements: tuple[StatementEntry, ...]


@dataclass(frozen=True)
class NoticeEntry:
    """What the drafter adds to the notice about the case (see documents/drafting.py)."""

    organ: str
    addressees: tuple[str, ...]
    copies_to: tuple[str, ...]
    contact: Mapping[str, str]
    theme: str
    coverage: str
    view: str
    deadline_working_days: int
    check_remark: str


@dataclass(frozen=True)
class Content:
    """The whole demonstration."""

    campaign: CampaignText
    plan: Plan
    units: tuple[UnitEntry, ...]
    themes: tuple[ThemeEntry, ...]
    sites: tuple[SiteEntry, ...]
    inspectors: tuple[str, ...]
    accounts: tuple[Account, ...]
    assignments: tuple[AssignmentEntry, ...]
    visits: tuple[Visit, ...]
    case: CaseEntry
    notice: NoticeEntry

    @property
    def checklists(self) -> tuple[str, ...]:
        """Codes of the shipped checklists that are used, each once."""
        assigned = [entry.checklist for entry in self.assignments]
        return tuple(dict.fromkeys([*assigned, *(visit.checklist for visit in self.visits)]))


@cache
def content() -> Content:
    """Read the demonstration that comes with the product.

    Raises:
        ContentError: the file contradicts itself.
    """
    return parse(_FILE.read_text("utf-8"))


def parse(text: str) -> Content:
    """Read a demonstration from YAML.

    Raises:
        ContentError: a member is missing or unknown, or something names what is not there.
    """
    read: dict[str, Any] = yaml.safe_load(text)
    try:
        found = Content(
            campaign=CampaignText(**read["campaign"]),
            plan=Plan(**read["plan"]),
            units=tuple(UnitEntry(**entry) for entry in read["units"]),
            themes=tuple(ThemeEntry(**_tuples(entry)) for entry in read["themes"]),
            sites=tuple(SiteEntry(**entry) for entry in read["sites"]),
            inspectors=tuple(read["inspectors"]),
            accounts=tuple(Account(**_tuples(entry)) for entry in read["accounts"]),
            assignments=tuple(AssignmentEntry(**entry) for entry in read["assignments"]),
            visits=tuple(_visit(entry, read["usual_grade"]) for entry in read["visits"]),
            case=_case(read["case"]),
            notice=NoticeEntry(**_tuples(read["notice"])),
        )
    except (KeyError, TypeError) as error:
        raise ContentError(f"a member is missing or unknown: {error}") from error
    _check(found)
    return found


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }


def _visit(entry: Mapping[str, Any], usual_grade: int) -> Visit:
    members = dict(entry)
    review = members.pop("review", None)
    return Visit(
        given=members.pop("answers", {}),
        usual_grade=usual_grade,
        remarks=_item_texts(members.pop("remarks", ())),
        pictures=tuple(_picture(picture) for picture in members.pop("pictures", ())),
        review=_review(review) if review is not None else None,
        **members,
    )


def _picture(entry: Mapping[str, Any]) -> PictureEntry:
    members = dict(entry)
    rectangles = tuple(Rectangle(**rectangle) for rectangle in members.pop("redact", ()))
    return PictureEntry(redact=rectangles, **members)


def _review(entry: Mapping[str, Any]) -> Review:
    members = dict(entry)
    return Review(
        findings=_item_texts(members.pop("findings", ())),
        remarks=_item_texts(members.pop("remarks", ())),
        **members,
    )


def _item_texts(entries: Iterable[Mapping[str, str]]) -> tuple[ItemText, ...]:
    return tuple(ItemText(**entry) for entry in entries)


def _case(entry: Mapping[str, Any]) -> CaseEntry:
    members = dict(entry)
    return CaseEntry(
        case_class=members.pop("class"),
        statements=tuple(StatementEntry(**one) for one in members.pop("statements")),
        **members,
    )


def _check(found: Content) -> None:
    units, sites = _distinct("unit", (u.code for u in found.units)), {s.key for s in found.sites}
    placed: set[str] = set()
    for unit in found.units:
        _require(unit.parent is None or unit.parent in placed, f"unit {unit.code}: parent")
        placed.add(unit.code)
    for theme in found.themes:
        _require(set(theme.lead + theme.support) <= units, f"theme {theme.code}: units")
    for site in found.sites:
        _require(site.unit in units, f"site {site.key}: unit")
    for account in found.accounts:
        _require(account.unit is None or account.unit in units, f"account {account.username}: unit")
    goings = [(entry.inspector, entry.site) for entry in found.assignments]
    goings += [(visit.inspector, visit.site) for visit in found.visits]
    for inspector, place in goings:
        _require(place in sites, f"a visit to {place}: site")
        _require(inspector in found.inspectors, f"a visit by {inspector}: inspector")
    keys = _distinct("visit", (visit.key for visit in found.visits))
    _require(found.case.visit in keys and found.case.unit in units, "case: visit or unit")


def _distinct(what: str, names: Iterable[str]) -> set[str]:
    listed = list(names)
    _require(len(set(listed)) == len(listed), f"a {what} stands twice")
    return set(listed)


def _require(holds: bool, where: str) -> None:
    if not holds:
        raise ContentError(where)
