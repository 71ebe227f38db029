"""From findings to the text of a notice, after the templates in `layout/texts.zh-CN.yaml`.

A notice states facts: who went, how, where; how many; what was found at which unit on which day
(never the minute, never the inspector, never a private person); that the units were heard; what is
asked of them. The service passes facts and gets a `Draft`; people edit it before approval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anfang.documents.content import (
    Annex,
    Column,
    Paragraph,
    Picture,
    Table,
    chinese_date,
    number_headings,
)
from anfang.documents.texts import Texts, texts


@dataclass(frozen=True, slots=True)
class Finding:
    """One confirmed finding: where, on which day, of which class, and the fact in one sentence."""

    unit: str
    problem: str
    day: date
    fact: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Visits:
    """What was visited: the period and the number of units and of visits."""

    first_day: date
    last_day: date
    units: int
    visits: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """How many units stated a defence, and how many let the time run out."""

    heard: int
    expired: int


@dataclass(frozen=True, slots=True)
class OriginalNotice:
    """The published notice that a correction or withdrawal is about."""

    title: str
    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Change:
    """One passage of a published notice: as it was, as it should be."""

    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Title, body and annexes of a notice, headings numbered."""

    title: str
    body: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...] = ()


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
) -> Draft:
    """Draft an exposure notice (暗访通报).

    Who and how → coverage → overall view → classes of problems with counts → hearing → handling →
    next steps; a table of units and the pictures follow as annexes. `theme` stands in the title
    (窗口服务作风), `coverage` names what was visited (全市政务服务窗口), `view` is one sentence of
    assessment, `deadline` the day by which units report.

    Raises:
        ValueError: there are no findings, or fewer visited units than units with findings.
    """
    say = texts("exposure")
    faulty = len({finding.unit for finding in findings})
    if not findings:
        raise ValueError("an exposure notice needs at least one finding")
    if faulty > visits.units:
        raise ValueError("more units have findings than were visited")
    body = [
        Paragraph(
            say("opening", period=_period(visits), office=office, coverage=coverage),
        ),
        Paragraph(heading=say("overall"), level=1),
        Paragraph(
            say(
                "overall_text",
                units=visits.units,
                visits=visits.visits,
                clean_units=visits.units - faulty,
                faulty_units=faulty,
                findings=len(findings),
            )
        ),
        *([Paragraph(say("view", view=_sentence(view)))] if view else []),
        Paragraph(heading=say("problems"), level=1),
        *_problem_classes(say, findings),
        Paragraph(heading=say("hearing"), level=1),
        Paragraph(_hearing(say, hearing)),
        Paragraph(heading=say("handling"), level=1),
        Paragraph(say("handling_text", deadline=chinese_date(deadline), office=office)),
        Paragraph(heading=say("next"), level=1),
        Paragraph(say("next_text", office=office)),
    ]
    annexes = [Annex(say("table_title"), table=unit_table(findings))]
    if pictures:
        annexes.append(Annex(say("pictures_title"), pictures=tuple(pictures)))
    return Draft(say("title", theme=theme), number_headings(body), tuple(annexes))


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


def rectification_draft(
    *,
    office: str,
    unit: str,
    subject: str,
    number: str,
    findings: Sequence[Finding],
    evidence: Sequence[str],
    basis: str,
    demands: Sequence[str],
    deadline: date,
    defence_deadline: date,
    deadline_provisional: bool = False,
) -> Draft:
    """Draft a rectification order (整改通知书) to one unit, with an acknowledgement slip as annex.

    `evidence` lists the numbers by which the unit can ask for the records; `deadline_provisional`
    says that the holidays of that time are not published yet (`kit.working_time.is_provisional`).

    Raises:
        ValueError: no findings, no demands, or a finding of another unit.
    """
    if not findings or not demands:
        raise ValueError("a rectification order needs findings and demands")
    if any(finding.unit != unit for finding in findings):
        raise ValueError("a rectification order names the findings of its own unit only")
    say = texts("rectification")
    days = [finding.day for finding in findings]
    period = _period(Visits(min(days), max(days), 1, len(findings)))
    title = say("title", subject=subject)
    term = "deadline_provisional" if deadline_provisional else "deadline_text"
    body = [
        Paragraph(say("opening", period=period, office=office)),
        Paragraph(heading=say("facts"), level=1),
        *_listed([_unit_fact(say, finding) for finding in findings]),
        Paragraph(say("evidence", evidence="、".join(evidence))),
        Paragraph(heading=say("basis"), level=1),
        Paragraph(say("basis_text", basis=_sentence(basis))),
        Paragraph(heading=say("demands"), level=1),
        *_listed([say("demand", demand=_sentence(demand)) for demand in demands]),
        Paragraph(heading=say("deadline"), level=1),
        Paragraph(say(term, deadline=chinese_date(deadline))),
        Paragraph(heading=say("feedback"), level=1),
        Paragraph(say("feedback_text", office=office)),
        Paragraph(heading=say("defence"), level=1),
        Paragraph(
            say("defence_text", defence_deadline=chinese_date(defence_deadline), office=office)
        ),
    ]
    return Draft(title, number_headings(body), (_receipt(say, title, number, unit),))


def supervision_draft(
    *,
    office: str,
    matter: str,
    matter_text: str,
    history: str,
    deadline: date,
    supporting: Sequence[str] = (),
) -> Draft:
    """Draft a supervision letter (督办函): matter → what happened so far → demand → consequence.

    `matter` is the noun phrase of the title; `supporting` names the units that help the addressee.
    """
    say = texts("supervision")
    demand = say("demand_text", deadline=chinese_date(deadline), office=office)
    if supporting:
        demand += say("demand_lead", supporting="、".join(supporting))
    body = [
        Paragraph(heading=say("matter"), level=1),
        Paragraph(say("matter_text", matter_text=_sentence(matter_text))),
        Paragraph(heading=say("history"), level=1),
        Paragraph(say("history_text", history=_sentence(history))),
        Paragraph(heading=say("demand"), level=1),
        Paragraph(demand),
        Paragraph(heading=say("consequence"), level=1),
        Paragraph(say("consequence_text")),
        Paragraph(say("closing")),
    ]
    return Draft(say("title", matter=matter), number_headings(body))


def correction_draft(
    *, office: str, original: OriginalNotice, changes: Sequence[Change], reason: str
) -> Draft:
    """Draft the correction (更正) of a published notice, passage by passage.

    Raises:
        ValueError: there is nothing to correct.
    """
    if not changes:
        raise ValueError("a correction needs at least one change")
    say = texts("correction")
    passages = [say("change", was=change.was, now=change.now) for change in changes]
    body = [
        Paragraph(say("opening", office=office, **_original(original))),
        *(_listed(passages) if len(passages) > 1 else [Paragraph(passages[0])]),
        Paragraph(say("reason", reason=_sentence(reason))),
        Paragraph(say("closing", office=office)),
    ]
    return Draft(say("title", original_title=original.title), tuple(body))


def withdrawal_draft(*, office: str, original: OriginalNotice, reason: str) -> Draft:
    """Draft the withdrawal (撤回) of a published notice; the notice itself stays on record."""
    say = texts("withdrawal")
    body = (
        Paragraph(say("opening", office=office, **_original(original))),
        Paragraph(say("reason", reason=_sentence(reason))),
        Paragraph(say("closing")),
    )
    return Draft(say("title", original_title=original.title), body)


def _problem_classes(say: Texts, findings: Sequence[Finding]) -> list[Paragraph]:
    """List the facts under their class, the class with most findings first."""
    classes: dict[str, list[Finding]] = {}
    for finding in findings:
        classes.setdefault(finding.problem, []).append(finding)
    paragraphs: list[Paragraph] = []
    for problem, members in sorted(classes.items(), key=lambda item: -len(item[1])):
        facts = [
            _sentence(
                say(
                    "problem_fact",
                    day=chinese_date(finding.day),
                    unit=finding.unit,
                    place=finding.place,
                    fact=finding.fact,
                )
            )
            for finding in members
        ]
        heading = say("problem_class", problem=problem, count=len(members))
        paragraphs.append(Paragraph(heading=heading, level=2, text="".join(facts)))
    return paragraphs


def _unit_fact(say: Texts, finding: Finding) -> str:
    key = "fact" if finding.place else "fact_without_place"
    day = chinese_date(finding.day)
    return _sentence(say(key, day=day, place=finding.place, fact=finding.fact))


def _hearing(say: Texts, hearing: Hearing) -> str:
    if hearing.heard == 0:
        return say("hearing_none")
    text = say("hearing_heard", heard=hearing.heard)
    return text + (say("hearing_expired", expired=hearing.expired) if hearing.expired else "")


def _receipt(say: Texts, title: str, number: str, unit: str) -> Annex:
    titles = say.strings("receipt_columns")
    columns = (Column(titles[0], 1.0, centred=True), Column(titles[1], 3.0))
    rows = say.rows("receipt_rows", title=title, number=number, unit=unit)
    return Annex(say("receipt_title"), table=Table(columns, rows))


def _listed(sentences: Sequence[str]) -> list[Paragraph]:
    """Set several sentences as a list numbered (1. 2. …) in the running text."""
    if len(sentences) == 1:
        return [Paragraph(sentences[0])]
    return [Paragraph(f"{i}.{sentence}") for i, sentence in enumerate(sentences, start=1)]


def _original(original: OriginalNotice) -> dict[str, str]:
    return {
        "original_title": original.title,
        "original_number": original.number,
        "original_date": chinese_date(original.issued_on),
    }


def _period(visits: Visits) -> str:
    """Write a span of days without repeating what both ends share."""
    first, last = visits.first_day, visits.last_day
    if first == last:
        return chinese_date(first)
    if first.year != last.year:
        return f"{chinese_date(first)}至{chinese_date(last)}"
    if first.month != last.month:
        return f"{chinese_date(first)}至{last.month}月{last.day}日"
    return f"{chinese_date(first)}至{last.day}日"


def _sentence(text: str) -> str:
    """End `text` with a full stop unless it already ends a sentence."""
    text = text.strip()
    return text if text.endswith(("。", "！", "？", "……")) else text.rstrip("；，、;,. ") + "。"
