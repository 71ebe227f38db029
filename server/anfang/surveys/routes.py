"""Addresses of survey rounds: set up, frame, sample, open, close, results."""

import tempfile
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, current_app, send_file

from anfang.kit.csv_tables import read_table
from anfang.kit.db import transaction
from anfang.kit.errors import InvalidInput
from anfang.kit.http import Room
from anfang.kit.pages import Page, page, page_of
from anfang.kit.sheet_routes import XLSX, SheetDigestSchema, SheetFileSchema, takes_workbook
from anfang.kit.workbooks import LARGEST_FILE
from anfang.surveys import frame_sheet, frames, queries, result_sheet, sampling, service, views
from anfang.surveys.errors import SurveySampleMissing
from anfang.surveys.form import read_form
from anfang.surveys.models import SurveyRound
from anfang.surveys.schemas import (
    NewSurveyRoundSchema,
    SurveyCloseSchema,
    SurveyDrawSchema,
    SurveyFrameSchema,
    SurveyPlansSchema,
    SurveyProgressSchema,
    SurveyResultsSchema,
    SurveyRoundChangeSchema,
    SurveyRoundItemSchema,
    SurveyRoundQuerySchema,
    SurveyRoundSchema,
    SurveySampleSchema,
)

room = Room("surveys", __name__, description="Rounds of satisfaction surveys")


@room.get("/survey-plans/<uuid:campaign_id>", permission="survey.read")
@room.response(200, SurveyPlansSchema)
def list_plans(campaign_id: UUID) -> dict[str, Any]:
    """List the rounds that the campaign's rulebook plans."""
    return {"items": views.plan_views(campaign_id)}


@room.get("/survey-rounds", permission="survey.read")
@room.arguments(SurveyRoundQuerySchema, location="query")
@room.response(200, page_of(SurveyRoundItemSchema))
def list_rounds(query: dict[str, Any]) -> Page:
    """List rounds, the latest to be set up first."""
    listed = queries.rounds_listed(query["campaign"])
    return page(listed, cursor=query["cursor"], limit=query["limit"])


@room.post("/survey-rounds", permission="survey.manage")
@room.arguments(NewSurveyRoundSchema)
@room.response(201, SurveyRoundSchema)
def set_up_round(body: dict[str, Any]) -> dict[str, Any]:
    """Set up a round, by the rulebook's plan or with a form of its own."""
    campaign, code = body["campaign_id"], body["code"]
    title, form = body.get("title"), body.get("form")
    if form is not None and title is not None:
        return views.round_view(service.set_up(campaign, code, title, form))
    if form is not None or title is not None:
        raise InvalidInput(pointers={"/title" if title is None else "/form": "required"})
    return views.round_view(service.set_up_planned(campaign, code))


@room.get("/survey-rounds/<uuid:round_id>", permission="survey.read")
@room.etag
@room.response(200, SurveyRoundSchema)
def show_round(round_id: UUID) -> dict[str, Any]:
    """Return a round with its form."""
    return views.round_view(queries.round_of(round_id))


@room.patch("/survey-rounds/<uuid:round_id>", permission="survey.manage")
@room.etag
@room.arguments(SurveyRoundChangeSchema)
@room.response(200, SurveyRoundSchema)
def change_round(body: dict[str, Any], round_id: UUID) -> dict[str, Any]:
    """Change a round that is not frozen."""
    one = queries.round_for_update(round_id)
    room.check_etag(views.round_view(one), SurveyRoundSchema)
    service.change(one, body)
    return views.round_view(one)


@room.post(
    "/survey-rounds/<uuid:round_id>/frame", permission="survey.manage", own_transactions=True
)
@takes_workbook
@room.arguments(SheetFileSchema, location="files")
@room.arguments(SheetDigestSchema, location="query")
@room.response(200, SurveyFrameSchema)
def take_frame(files: dict[str, Any], query: dict[str, Any], round_id: UUID) -> dict[str, Any]:
    """Show what a frame's workbook or CSV table holds; with the digest of what was shown, take it.

    The round's frame is replaced whole.
    """
    rows = read_table(files["file"].read(LARGEST_FILE + 1))
    with transaction():
        one = queries.round_for_update(round_id)
        form = read_form(one.form)
        lines, faults = frame_sheet.read(rows, form, current_app.config["NOTIFY"])
        return views.frame_view(frames.take(one, lines, faults, query["digest"]))


@room.post("/survey-rounds/<uuid:round_id>/freeze", permission="survey.manage")
@room.response(200, SurveyRoundSchema)
def freeze_round(round_id: UUID) -> dict[str, Any]:
    """Freeze form and frame; their hash goes to the public log."""
    return _after(round_id, frames.freeze)


@room.post("/survey-rounds/<uuid:round_id>/draw", permission="survey.manage")
@room.arguments(SurveyDrawSchema)
@room.response(200, SurveyRoundSchema)
def draw_sample(body: dict[str, Any], round_id: UUID) -> dict[str, Any]:
    """Draw the sample with public entropy, after the commitment stands in the log."""
    return _after(round_id, lambda one: frames.draw(one, body["entropy"], body["witness"]))


@room.get("/survey-rounds/<uuid:round_id>/sample", permission="survey.read")
@room.response(200, SurveySampleSchema)
def show_sample(round_id: UUID) -> dict[str, Any]:
    """Return what anyone needs to repeat the draw, and whether it repeats."""
    one = queries.round_of(round_id)
    if one.entropy is None:
        raise SurveySampleMissing
    members = ("commitment", "secret", "entropy", "witness")
    drawn = frames.repeated(one)
    repeats = sampling.sample_hash(drawn) == one.sample_sha256
    return {
        **{name: getattr(one, name) for name in members},
        "sample": drawn,
        "repeats": repeats,
    }


@room.post("/survey-rounds/<uuid:round_id>/open", permission="survey.manage")
@room.response(200, SurveyRoundSchema)
def open_round(round_id: UUID) -> dict[str, Any]:
    """Let the sample answer until the round's hour."""
    return _after(round_id, service.open_round)


@room.post("/survey-rounds/<uuid:round_id>/close", permission="survey.manage")
@room.arguments(SurveyCloseSchema)
@room.response(200, SurveyRoundSchema)
def close_round(body: dict[str, Any], round_id: UUID) -> dict[str, Any]:
    """Close a round; before its hour with a reason."""
    return _after(round_id, lambda one: service.close(one, body["reason"]))


@room.post("/survey-rounds/<uuid:round_id>/approve", permission="survey.approve")
@room.response(200, SurveyRoundSchema)
def approve_results(round_id: UUID) -> dict[str, Any]:
    """Approve the results for publication."""
    return _after(round_id, service.approve)


@room.post("/survey-rounds/<uuid:round_id>/publish", permission="survey.manage")
@room.response(200, SurveyRoundSchema)
def publish_results(round_id: UUID) -> dict[str, Any]:
    """Let the public see approved results."""
    return _after(round_id, service.publish)


@room.get("/survey-rounds/<uuid:round_id>/progress", permission="survey.read")
@room.response(200, SurveyProgressSchema)
def show_progress(round_id: UUID) -> dict[str, Any]:
    """Return response counts by group; no answers."""
    return {"groups": views.progress_view(queries.round_of(round_id))}


@room.get("/survey-rounds/<uuid:round_id>/results", permission="survey.read")
@room.response(200, SurveyResultsSchema)
def show_results(round_id: UUID) -> dict[str, Any]:
    """Return a closed round's results."""
    return {"units": views.results_view(queries.round_of(round_id))}


@room.get("/survey-rounds/<uuid:round_id>/results-sheet", permission="survey.read")
@room.response(200, content_type=XLSX)
def export_results(round_id: UUID) -> Response:
    """Return a closed round's results as a workbook."""
    one = queries.round_of(round_id)
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    result_sheet.write(file, read_form(one.form), list(views.sheet_rows(one)))
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name="survey.xlsx")


def _after(round_id: UUID, verb: Callable[[SurveyRound], None]) -> dict[str, Any]:
    """Do something with a round, locked, and tell how it stands."""
    one = queries.round_for_update(round_id)
    verb(one)
    return views.round_view(one)
