"""Verbs of documents: draft a document of any kind from cases, by its kind's template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from flask import current_app

from anfang.cases import queries as cases
from anfang.cases.models import Case
from anfang.documents import (
    composition,
    drafting_orders,
    drafting_reports,
    facts,
    queries,
    service,
    template_queries,
)
from anfang.documents.composition import Content, Letterhead
from anfang.documents.content import NoticeKind
from anfang.documents.drafting import Draft
from anfang.documents.errors import (
    CaseHandedOver,
    CasesOfOtherCampaign,
    CasesOfOtherUnit,
    LetterheadMissing,
    UnknownTemplateField,
)
from anfang.documents.kinds import Audience, rule
from anfang.documents.models import Notice, NoticeCase
from anfang.documents.template_models import TemplateVersion
from anfang.documents.templates import Template, template_of
from anfang.kit import working_time
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.i18n import translate
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.registry.models import Unit

REPORT_WORKING_DAYS: Final = 10
"""Term for the units' reports where the drafter names no day."""

_HANDED_OVER: Final = frozenset({"merged", "referred"})
_ILLUSTRATED: Final = frozenset({NoticeKind.EXPOSURE, NoticeKind.RECTIFICATION})


@dataclass(frozen=True)
class Ground:
    """What a draft is made from: its cases, who signs, the template and the office's own fields."""

    chosen: Sequence[Case]
    office: str
    template: Template
    own: dict[str, str]

    @property
    def unit(self) -> Unit:
        """The unit of the first case: the only one, where the document goes to a unit."""
        return self.chosen[0].unit


def draft(
    kind: NoticeKind,
    case_ids: Sequence[UUID],
    letterhead: Mapping[str, Any] | None = None,
    fields: Mapping[str, str] | None = None,
    audience: Audience | None = None,
    **asked: Any,
) -> Notice:
    """Draft a document of a kind from cases.

    An exposure notice and an order start with every picture of the cases that may leave the office.

    Args:
        letterhead: members of `composition.Letterhead`; what is left out is as in the document
            before of the same series.
        fields: values of the template's own fields.
        audience: who reads it, where the kind leaves a choice: a reply's unit, or who raised it.
        asked: what the kind asks of its drafter, as `schemas.NewNoticeSchema` names it.

    Raises:
        NotFound: there is no such case.
        CasesOfOtherCampaign, CasesOfOtherUnit: they do not belong together.
        CaseHandedOver: a case was merged or handed to the competent body.
        DefenceWindowOpen: a unit was not heard and may still speak, and the kind waits for it.
        LetterheadMissing: nothing of the series was drafted before, and office or organ code is
            not given.
        OrganOfOtherSeries: another series is numbered under the organ code.
        UnknownTemplateField: `fields` names what the template does not ask for.
    """
    audience = audience or rule(kind).audience
    chosen = _chosen(kind, audience, case_ids)
    version = template_queries.current_version(kind.value)
    ground = Ground(
        chosen,
        (head := _letterhead(kind, audience, chosen, letterhead or {})).office,
        template_of(version.content),
        _own(version, fields or {}),
    )
    made = _DRAFTERS[kind](ground, asked)
    notice = keep(
        version,
        chosen[0].campaign_id,
        made.title,
        composition.content_of(made, head, kind.value),
        series=kind.value,
        audience=audience.value,
        unit_id=ground.unit.id if audience is Audience.UNIT else None,
    )
    db.session.add_all(NoticeCase(notice_id=notice.id, case_id=case.id) for case in chosen)
    db.session.flush()
    if kind in _ILLUSTRATED:
        service.set_pictures(notice, facts.suggested_pictures(notice.id))
    return notice


def keep(
    version: TemplateVersion, campaign_id: UUID, title: str, content: Content, **members: Any
) -> Notice:
    """Keep a draft by a version of its kind's template; the caller becomes its first author."""
    notice = Notice(
        kind=version.kind,
        template_id=version.id,
        campaign_id=campaign_id,
        title=title,
        content=content,
        drafted_by=person().id,
        drafted_at=now(),
        **members,
    )
    db.session.add(notice)
    db.session.flush()
    service.add_author(notice)
    log.audit("notice.drafted", "notice", notice.id, kind=notice.kind, template=str(version.id))
    return notice


def _chosen(kind: NoticeKind, audience: Audience, case_ids: Sequence[UUID]) -> Sequence[Case]:
    chosen = cases.cases_of(case_ids)
    if len({case.campaign_id for case in chosen}) != 1:
        raise CasesOfOtherCampaign
    if audience in (Audience.UNIT, Audience.RAISER) and len({one.unit_id for one in chosen}) != 1:
        raise CasesOfOtherUnit
    if any(case.state in _HANDED_OVER for case in chosen):
        raise CaseHandedOver
    if rule(kind).heard:
        service.require_heard(chosen)
    return chosen


def _letterhead(
    kind: NoticeKind, audience: Audience, chosen: Sequence[Case], given: Mapping[str, Any]
) -> Letterhead:
    """Take what is not given from the series' last document, office and contact from any.

    A document to one reader names its own: the reader before is not the next one's business.
    """
    said = {name: value for name, value in given.items() if value is not None}
    before = _known(queries.newest_notice(kind.value))
    other = _known(queries.newest_notice())
    shared: dict[str, Any] = {name: other[name] for name in ("office", "contact") if name in other}
    members = {**shared, **before, **_reader(audience, chosen), **said}
    if not members.get("organ") or not members.get("office"):
        raise LetterheadMissing
    service.require_own_organ(kind.value, members["organ"])
    return Letterhead(**members)


def _known(before: Notice | None) -> dict[str, Any]:
    return {} if before is None else dict(vars(composition.letterhead_of(before.content)))


def _reader(audience: Audience, chosen: Sequence[Case]) -> dict[str, Any]:
    if audience is Audience.UNIT:
        return {"addressees": (chosen[0].unit.name,)}
    if audience is Audience.RAISER:
        # The document is in Chinese whoever drafts it.
        return {"addressees": (translate("document-raiser", "zh-CN"),)}
    return {}


def _own(version: TemplateVersion, given: Mapping[str, str]) -> dict[str, str]:
    asked = {one["name"] for one in version.content["fields"]}
    unknown = {f"/fields/{name}": name for name in given if name not in asked}
    if unknown:
        raise UnknownTemplateField(pointers=unknown, fields="、".join(unknown.values()))
    return dict(given)


def _exposure(ground: Ground, asked: Mapping[str, Any]) -> Draft:
    return drafting_reports.exposure_draft(
        office=ground.office,
        theme=asked["theme"],
        coverage=asked["coverage"],
        view=asked.get("view") or "",
        deadline=asked.get("deadline") or _report_day(),
        template=ground.template,
        own=ground.own,
        **facts.stated(ground.chosen, ground.template),
    )


def _bulletin(ground: Ground, asked: Mapping[str, Any]) -> Draft:
    return drafting_reports.bulletin_draft(
        office=ground.office,
        theme=asked["theme"],
        lead=asked.get("view") or "",
        achievements=asked.get("achievements") or (),
        progress=facts.progress(ground.chosen),
        template=ground.template,
        own=ground.own,
        **facts.stated(ground.chosen, ground.template),
    )


def _rectification(ground: Ground, asked: Mapping[str, Any]) -> Draft:
    due = asked.get("deadline") or max(_day(one.due_at) for one in ground.chosen)
    return drafting_orders.rectification_draft(
        office=ground.office,
        unit=ground.unit.name,
        subject=asked["subject"],
        findings=facts.told_to_unit(ground.chosen),
        evidence=[one.number for one in ground.chosen],
        basis=asked["basis"],
        demands=asked["demands"],
        deadline=due,
        defence_deadline=max(_day(one.defence_until) for one in ground.chosen),
        deadline_provisional=working_time.is_provisional(_today(), max(due, _today())),
        template=ground.template,
        own=ground.own,
    )


def _supervision(ground: Ground, asked: Mapping[str, Any]) -> Draft:
    return drafting_orders.supervision_draft(
        office=ground.office,
        unit=ground.unit.name,
        matter=asked["subject"],
        matter_text=asked["matter"],
        history=asked.get("history") or "",
        findings=facts.told_to_unit(ground.chosen),
        deadline=asked.get("deadline") or _report_day(),
        supporting=asked.get("supporting") or (),
        template=ground.template,
        own=ground.own,
    )


def _reply(ground: Ground, asked: Mapping[str, Any]) -> Draft:
    return drafting_orders.reply_draft(
        office=ground.office,
        unit=ground.unit.name,
        matter=asked["subject"],
        raised_on=asked.get("raised_on"),
        findings=facts.told_to_unit(ground.chosen),
        outcome=asked["outcome"],
        template=ground.template,
        own=ground.own,
    )


_DRAFTERS: Final[Mapping[NoticeKind, Callable[[Ground, Mapping[str, Any]], Draft]]] = {
    NoticeKind.EXPOSURE: _exposure,
    NoticeKind.RECTIFICATION: _rectification,
    NoticeKind.SUPERVISION: _supervision,
    NoticeKind.BULLETIN: _bulletin,
    NoticeKind.REPLY: _reply,
}


def _report_day() -> date:
    return working_time.add_working_days(_today(), REPORT_WORKING_DAYS)


def _today() -> date:
    return _day(now())


def _day(moment: datetime) -> date:
    return local_day(moment, current_app.config["ZONE"])
