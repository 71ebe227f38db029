"""Reads of surveys as their addresses tell them."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.kit.i18n import translate
from anfang.registry import queries as registry
from anfang.registry.models import Unit, UnitCategory
from anfang.surveys import frame_sheet, queries, sampling
from anfang.surveys.form import Form, read_form
from anfang.surveys.frames import FramePlan
from anfang.surveys.models import SurveyRound
from anfang.surveys.results import Cell, Standing

_CATEGORIES = [one.value for one in UnitCategory]


def plan_views(campaign_id: UUID) -> list[dict[str, Any]]:
    """Tell the rulebook's rounds, with their last days in this campaign."""
    campaign = campaigns.campaign(campaign_id)
    rounds = queries.rounds_by_code(campaign_id)
    return [
        {
            "code": one.code,
            "title": one.title,
            "until": campaigns.rulebook_day(campaign, one.until_day) if one.until_day else None,
            "round_id": rounds[one.code].id if one.code in rounds else None,
        }
        for one in queries.plans(campaign_id)
    ]


def round_view(one: SurveyRound) -> dict[str, Any]:
    """Tell a round with its form."""
    form = read_form(one.form)
    return {
        **{name: getattr(one, name) for name in _ROUND},
        "form": form.as_json(),
        "units": [_unit(unit) for unit in units_of(form)],
        "draws": sampling.is_drawn(form),
        "drawn": one.sample_sha256 is not None,
    }


def units_of(form: Form) -> list[Unit]:
    """Return the units of a form by category and code."""
    return sorted(
        registry.units_of(form.units()), key=lambda one: (_CATEGORIES.index(one.category), one.code)
    )


def frame_view(plan: FramePlan) -> dict[str, Any]:
    """Tell what a frame's sheet would do, its faults in the reader's words."""
    faults = [
        {
            "row": one.row,
            "column": frame_sheet.heading(one.column)
            if one.column in frame_sheet.COLUMNS
            else one.column,
            "code": one.code,
            "text": translate(f"survey-fault-{one.code}", None, value=one.value),
        }
        for one in plan.faults
    ]
    members = ("raters", "contacts", "groups", "digest", "done")
    return {"faults": faults, **{name: getattr(plan, name) for name in members}}


def progress_view(one: SurveyRound) -> list[dict[str, Any]]:
    """Tell how far each group is."""
    counted = queries.progress(one.id)
    return [
        _group_progress(group.code, group.title, counted.get(group.code, {}))
        for group in read_form(one.form).groups
    ]


def results_view(one: SurveyRound) -> list[dict[str, Any]]:
    """Tell a closed round's figures, units by category and code; raises SurveyStillOpen."""
    found = {result.unit: result for result in queries.results_of(one)}
    cases = queries.reopenings_of(one.id)
    return [
        {
            "unit": _unit(unit),
            "ballots": found[unit.id].ballots,
            "deciding": found[unit.id].deciding,
            "questions": found[unit.id].questions,
            "case_id": cases.get(unit.id),
        }
        for unit in units_of(read_form(one.form))
    ]


def sheet_rows(one: SurveyRound) -> Iterator[dict[str, Any]]:
    """Yield results as rows of `result_sheet.columns`, a line for each unit, question and group."""
    form = read_form(one.form)
    groups = {group.code: group.title for group in form.groups}
    questions = {question.code: question.title for question in form.questions}
    for told in results_view(one):
        unit = told["unit"]
        head = {"unit": unit["name"], "category": translate(f"survey-{unit['category']}")}
        for result in told["questions"]:
            line = {**head, "question": questions[result.question]}
            yield {**line, "group": translate("survey-all-groups"), **_cells(form, result.total)}
            for code, cell in result.groups.items():
                yield {**line, "group": groups[code], **_cells(form, cell)}


def option_column(code: str) -> str:
    """Return the name of the column that holds how often an option was chosen."""
    return f"option:{code}"


def _cells(form: Form, cell: Cell) -> dict[str, Any]:
    share = cell.dissatisfied
    told = cell.standing is Standing.TOLD
    return {
        "standing": translate(f"survey-standing-{cell.standing.value}"),
        "count": cell.count,
        "mean": "" if cell.mean is None else round(cell.mean, 2),
        "dissatisfied": "" if share is None else round(share.share * 100, 2),
        "low": "" if share is None else round(share.low * 100, 2),
        "high": "" if share is None else round(share.high * 100, 2),
        **{
            option_column(one.code): cell.options.get(one.code, 0) if told else ""
            for one in form.scale
        },
    }


def _group_progress(code: str, title: str, counted: dict[str, int]) -> dict[str, Any]:
    paper = {
        name.removeprefix("paper_"): count
        for name, count in counted.items()
        if name.startswith("paper_")
    }
    used = counted.get("used", 0)
    return {
        "group": code,
        "title": title,
        "frame": counted.get("frame", 0),
        "sample": counted.get("sample", 0),
        "issued": counted.get("issued", 0) + used,
        "used": used,
        "void": counted.get("void", 0),
        "paper": sum(paper.values()),
        "paper_counted": paper.get("agreed", 0) + paper.get("settled", 0),
        "paper_spoilt": paper.get("spoilt", 0),
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {"id": unit.id, "name": unit.name, "category": unit.category}


_ROUND: Sequence[str] = (
    "id", "campaign_id", "code", "title", "state", "closes_at", "opened_at", "closed_at",
    "frame_sha256", "sample_sha256", "box_sha256", "entropy", "witness", "approved_at",
    "published_at", "revision",
)  # fmt: skip
