"""Drafts to one reader: order (整改通知书), supervision letter (督办函), reply (答复). Pure."""

from collections.abc import Sequence
from datetime import date

from anfang.documents.content import Annex, Column, NoticeKind, Table, chinese_date
from anfang.documents.drafting import (
    OWN_NUMBER,
    Draft,
    Finding,
    Visits,
    fact_of,
    listed,
    period,
    sentence,
    template_or_shipped,
)
from anfang.documents.templates import Template, filled
from anfang.documents.texts import texts


def rectification_draft(
    *,
    office: str,
    unit: str,
    subject: str,
    findings: Sequence[Finding],
    evidence: Sequence[str],
    basis: str,
    demands: Sequence[str],
    deadline: date,
    defence_deadline: date,
    deadline_provisional: bool = False,
    template: Template | None = None,
    own: dict[str, str] | None = None,
) -> Draft:
    """Draft a rectification order to one unit, with an acknowledgement slip as annex.

    Args:
        evidence: the numbers by which the unit can ask for the records.
        deadline_provisional: the holidays of that time are not published yet
            (`kit.working_time.is_provisional`).
        own: values of the office's own fields.

    Raises:
        ValueError: no findings, no demands, or a finding of another unit.
    """
    if not findings or not demands:
        raise ValueError("a rectification order needs findings and demands")
    if any(finding.unit != unit for finding in findings):
        raise ValueError("a rectification order names the findings of its own unit only")
    template = template_or_shipped(NoticeKind.RECTIFICATION, template)
    days = [finding.day for finding in findings]
    facts = {
        **(own or {}),
        "office": office,
        "unit": unit,
        "subject": subject,
        "period": period(Visits(min(days), max(days), 1, len(findings))),
        "evidence": "、".join(evidence),
        "basis": sentence(basis),
        "deadline": chinese_date(deadline),
        "holiday_note": template.say("holiday_note") if deadline_provisional else "",
        "defence_deadline": chinese_date(defence_deadline),
    }
    blocks = {
        "facts": listed([fact_of(template, one) for one in findings]),
        "demands": listed([sentence(one) for one in demands]),
    }
    text = filled(template, facts, blocks)
    return Draft.of(text, [_receipt(text[0], unit)])


def supervision_draft(
    *,
    office: str,
    unit: str,
    matter: str,
    matter_text: str,
    deadline: date,
    history: str = "",
    findings: Sequence[Finding] = (),
    supporting: Sequence[str] = (),
    template: Template | None = None,
    own: dict[str, str] | None = None,
) -> Draft:
    """Draft a supervision letter: matter, what happened so far, demand, consequence.

    Args:
        matter: the noun phrase of the title.
        history: in the drafter's words; left out, the findings tell it.
        supporting: units that help the addressee.
        own: values of the office's own fields.
    """
    template = template_or_shipped(NoticeKind.SUPERVISION, template)
    told = [
        template.say("history", day=chinese_date(one.day), place=one.place or unit, fact=one.fact)
        for one in findings
    ]
    facts = {
        **(own or {}),
        "office": office,
        "unit": unit,
        "matter": matter,
        "matter_text": sentence(matter_text),
        "history": sentence(history) or "".join(sentence(one) for one in told),
        "deadline": chinese_date(deadline),
        "supporting": "、".join(supporting),
    }
    return Draft.of(filled(template, facts))


def reply_draft(
    *,
    office: str,
    unit: str,
    matter: str,
    raised_on: date | None,
    findings: Sequence[Finding],
    outcome: str,
    template: Template | None = None,
    own: dict[str, str] | None = None,
) -> Draft:
    """Draft a reply (答复) to who raised a matter: what was found, what was done about it."""
    template = template_or_shipped(NoticeKind.REPLY, template)
    facts = {
        **(own or {}),
        "office": office,
        "unit": unit,
        "matter": matter,
        "raised_on": chinese_date(raised_on) if raised_on else "",
        "outcome": sentence(outcome),
    }
    return Draft.of(
        filled(template, facts, {"facts": listed([fact_of(template, one) for one in findings])})
    )


def _receipt(title: str, unit: str) -> Annex:
    say = texts("rectification")
    titles = say.strings("receipt_columns")
    columns = (Column(titles[0], 1.0, centred=True), Column(titles[1], 3.0))
    rows = say.rows("receipt_rows", title=title, number=OWN_NUMBER, unit=unit)
    return Annex(say("receipt_title"), table=Table(columns, rows))
