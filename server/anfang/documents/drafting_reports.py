"""Drafts about several units: exposure notice (暗访通报) and bulletin (简报). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from anfang.documents.content import (
    Annex,
    Column,
    NoticeKind,
    Paragraph,
    Picture,
    Table,
    chinese_date,
)
from anfang.documents.drafting import (
    Draft,
    Finding,
    Hearing,
    Visits,
    listed,
    period,
    sentence,
    template_or_shipped,
)
from anfang.documents.templates import Template, filled
from anfang.documents.texts import texts


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a case is: `state` as the cases room names it; unnamed states read as open."""

    unit: str
    title: str
    state: str
    deadline: date


def exposure_draft(
    *,
    office: str,
    theme: str,
    coverage: str,
    visits: Visits,
    findings: Sequence[Finding],
    hearing: Hearing,
    deadline: date,
    view: str = "",
    pictures: Sequence[Picture] = (),
    template: Template | None = None,
    own: dict[str, str] | None = None,
) -> Draft:
    """Draft an exposure notice; a table of units and the pictures follow as annexes.

    Args:
        theme: stands in the title (窗口服务作风).
        coverage: what was visited (全市政务服务窗口).
        view: one sentence of assessment.
        deadline: the day by which units report.
        own: values of the office's own fields.

    Raises:
        ValueError: there are no findings, or fewer visited units than units with findings.
    """
    template = template_or_shipped(NoticeKind.EXPOSURE, template)
    facts = {
        **(own or {}),
        **_counted(visits, findings),
        "office": office,
        "theme": theme,
        "coverage": coverage,
        "view": sentence(view),
        "hearing": _hearing(template, hearing),
        "deadline": chinese_date(deadline),
    }
    text = filled(template, facts, {"problem_classes": problem_classes(template, findings)})
    annexes = [Annex(texts("exposure")("table_title"), table=unit_table(findings))]
    if pictures:
        annexes.append(Annex(texts("labels")("pictures_title"), pictures=tuple(pictures)))
    return Draft.of(text, annexes)


def bulletin_draft(
    *,
    office: str,
    theme: str,
    lead: str,
    visits: Visits,
    findings: Sequence[Finding],
    hearing: Hearing,
    progress: Sequence[Progress],
    achievements: Sequence[str] = (),
    template: Template | None = None,
    own: dict[str, str] | None = None,
) -> Draft:
    """Draft a bulletin: problems first and by class, how far each case is, then what went well.

    Raises:
        ValueError: as `exposure_draft`.
    """
    template = template_or_shipped(NoticeKind.BULLETIN, template)
    facts = {
        **(own or {}),
        **_counted(visits, findings),
        "office": office,
        "theme": theme,
        "lead": sentence(lead),
        "hearing": _hearing(template, hearing),
    }
    blocks = {
        "problem_classes": problem_classes(template, findings),
        "cases": listed([_progress(template, one) for one in progress]),
        "achievements": listed([sentence(one) for one in achievements]),
    }
    return Draft.of(filled(template, facts, blocks))


def unit_table(findings: Sequence[Finding]) -> Table:
    """Count the findings of each unit and class, in the order in which they first appear."""
    counts: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.unit, finding.problem)
        counts[key] = counts.get(key, 0) + 1
    units = list(dict.fromkeys(unit for unit, _ in counts))
    ordered = sorted(counts.items(), key=lambda item: units.index(item[0][0]))
    titles = texts("exposure").strings("table_columns")
    shares = ((0.6, True), (3.0, False), (3.0, False), (0.7, True))
    return Table(
        tuple(
            Column(t, share, centred) for t, (share, centred) in zip(titles, shares, strict=True)
        ),
        tuple(
            (str(i), unit, problem, str(count))
            for i, ((unit, problem), count) in enumerate(ordered, start=1)
        ),
    )


def problem_classes(template: Template, findings: Sequence[Finding]) -> list[Paragraph]:
    """List the facts under their class, the class with most findings first."""
    classes: dict[str, list[Finding]] = {}
    for finding in findings:
        classes.setdefault(finding.problem, []).append(finding)
    return [
        Paragraph(
            text="".join(_problem_fact(template, one) for one in members),
            heading=template.say("problem_class", problem=problem, count=len(members)),
            level=2,
        )
        for problem, members in sorted(classes.items(), key=lambda item: -len(item[1]))
    ]


def _problem_fact(template: Template, finding: Finding) -> str:
    return sentence(
        template.say(
            "problem_fact",
            day=chinese_date(finding.day),
            unit=finding.unit,
            place=finding.place,
            fact=finding.fact,
        )
    )


def _counted(visits: Visits, findings: Sequence[Finding]) -> dict[str, Any]:
    faulty = len({finding.unit for finding in findings})
    if not findings:
        raise ValueError("a report on visits needs at least one finding")
    if faulty > visits.units:
        raise ValueError("more units have findings than were visited")
    return {
        "period": period(visits),
        "units": visits.units,
        "visits": visits.visits,
        "clean_units": visits.units - faulty,
        "faulty_units": faulty,
        "findings": len(findings),
    }


def _hearing(template: Template, hearing: Hearing) -> str:
    if hearing.heard == 0:
        return template.say("hearing_none")
    text = template.say("hearing_heard", heard=hearing.heard)
    if hearing.expired:
        text += template.say("hearing_expired", expired=hearing.expired)
    return text


def _progress(template: Template, one: Progress) -> str:
    deadline = chinese_date(one.deadline)
    told = {"unit": one.unit, "title": one.title, "deadline": deadline}
    phrase = f"case_{one.state}"
    return template.say(phrase if phrase in template.phrases else "case_open", **told)
