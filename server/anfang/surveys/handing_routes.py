"""Addresses of handing out and of paper: slips, links, messages, entries, third looks."""

import tempfile
from typing import Any
from uuid import UUID

from flask import Response, send_file

from anfang.kit.db import transaction
from anfang.kit.http import Room
from anfang.kit.i18n import reader_locale
from anfang.kit.pages import Page, page, page_of
from anfang.kit.sheet_routes import XLSX
from anfang.kit.typesetting import TypesettingError
from anfang.surveys import codes, link_sheet, links, paper, printing, queries, tokens
from anfang.surveys.errors import SurveySheetsNotSet, SurveySlipsNotSet
from anfang.surveys.handing_schemas import (
    SurveyDifferencesSchema,
    SurveyHandingOutSchema,
    SurveyMessagesQueuedSchema,
    SurveyMessagesSchema,
    SurveyPaperEntrySchema,
    SurveyPaperIssueSchema,
    SurveyPaperNumbersSchema,
    SurveyPaperQuerySchema,
    SurveyPaperSchema,
    SurveyPaperSheetsQuerySchema,
    SurveyRaterQuerySchema,
    SurveyRaterSchema,
    SurveySettlementSchema,
    SurveySpoilingSchema,
    SurveyTokenSchema,
)
from anfang.surveys.models import Channel, SurveyPaperBallot

room = Room("survey_handing", __name__, description="Tokens and paper ballots of surveys")
_PDF = "application/pdf"


@room.get("/survey-rounds/<uuid:round_id>/raters", permission="survey.read")
@room.arguments(SurveyRaterQuerySchema, location="query")
@room.response(200, page_of(SurveyRaterSchema))
def list_raters(query: dict[str, Any], round_id: UUID) -> Page:
    """List a round's raters by group and number."""
    queries.round_of(round_id)
    listed = queries.raters_listed(round_id, group=query["group"], drawn=query["drawn"])
    return page(listed, cursor=query["cursor"], limit=query["limit"])


@room.post(
    "/survey-rounds/<uuid:round_id>/slips", permission="survey.manage", own_transactions=True
)
@room.arguments(SurveyHandingOutSchema)
@room.response(200, content_type=_PDF)
def print_slips(body: dict[str, Any], round_id: UUID) -> Response:
    """Hand tokens out as a sheet of slips with QR codes; the PDF is kept nowhere."""
    with transaction():
        one = queries.round_for_update(round_id)
        issued = tokens.hand_out(one, body["group"], body["limit"], Channel.TOKEN)
    try:
        pdf = printing.slips(one, issued)
    except TypesettingError as error:
        with transaction():
            tokens.take_back(round_id, issued)
        raise SurveySlipsNotSet from error
    return Response(
        pdf, mimetype=_PDF, headers={"Content-Disposition": 'attachment; filename="slips.pdf"'}
    )


@room.post("/survey-rounds/<uuid:round_id>/links", permission="survey.manage")
@room.arguments(SurveyHandingOutSchema)
@room.response(200, content_type=XLSX)
def list_links(body: dict[str, Any], round_id: UUID) -> Response:
    """Hand tokens out as a workbook of links; it is kept nowhere."""
    one = queries.round_for_update(round_id)
    issued = tokens.hand_out(one, body["group"], body["limit"], Channel.TOKEN)
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    link_sheet.write(file, issued, printing.group_titles(one))
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name="links.xlsx")


@room.post("/survey-rounds/<uuid:round_id>/messages", permission="survey.manage")
@room.arguments(SurveyMessagesSchema)
@room.response(200, SurveyMessagesQueuedSchema)
def send_messages(body: dict[str, Any], round_id: UUID) -> dict[str, int]:
    """Have each rater of a group who has a contact and no token sent a link."""
    one = queries.round_for_update(round_id)
    return {"queued": tokens.hand_out_by_message(one, body["group"])}


@room.post(
    "/survey-rounds/<uuid:round_id>/raters/<string:number>/token", permission="survey.manage"
)
@room.response(200, SurveyTokenSchema)
def hand_out_again(round_id: UUID, number: str) -> dict[str, str]:
    """Give a rater another token; the one before is void from now on."""
    issued = tokens.hand_out_again(queries.round_for_update(round_id), number)
    code = codes.in_groups(issued.code)
    return {"number": number, "code": code, "url": links.link_of(issued.code)}


@room.get("/survey-rounds/<uuid:round_id>/paper-ballots", permission="survey.enter")
@room.arguments(SurveyPaperQuerySchema, location="query")
@room.response(200, page_of(SurveyPaperSchema))
def list_paper(query: dict[str, Any], round_id: UUID) -> Page:
    """List paper ballots by number; what stands on them is not told."""
    listed = queries.paper_ballots_listed(round_id, query["state"])
    return page(listed, cursor=query["cursor"], limit=query["limit"])


@room.post("/survey-rounds/<uuid:round_id>/paper-ballots", permission="survey.manage")
@room.arguments(SurveyPaperIssueSchema)
@room.response(201, SurveyPaperNumbersSchema)
def issue_paper(body: dict[str, Any], round_id: UUID) -> dict[str, list[int]]:
    """Hand out numbered paper ballots, each in place of a rater without a token."""
    one = queries.round_for_update(round_id)
    return {"numbers": paper.issue(one, body["group"], body["count"])}


@room.get("/survey-rounds/<uuid:round_id>/paper-sheets", permission="survey.manage")
@room.arguments(SurveyPaperSheetsQuerySchema, location="query")
@room.response(200, content_type=_PDF)
def print_paper(query: dict[str, Any], round_id: UUID) -> Response:
    """Print a group's paper ballots that nobody has entered, a sheet for each number."""
    one, locale = queries.round_of(round_id), query["lang"] or reader_locale()
    try:
        pdf = printing.paper_sheets(one, query["group"], query["first"], query["last"], locale)
    except TypesettingError as error:
        raise SurveySheetsNotSet from error
    headers = {"Content-Disposition": 'attachment; filename="paper-ballots.pdf"'}
    return Response(pdf, mimetype=_PDF, headers=headers)


@room.post("/survey-rounds/<uuid:round_id>/paper-entries", permission="survey.enter")
@room.arguments(SurveyPaperEntrySchema)
@room.response(201, SurveyPaperSchema)
def enter_paper(body: dict[str, Any], round_id: UUID) -> SurveyPaperBallot:
    """Enter what a paper ballot says, as the first or the second of two people."""
    return paper.enter(queries.round_for_update(round_id), body["number"], body["marks"])


@room.get("/survey-rounds/<uuid:round_id>/paper-ballots/<int:number>", permission="survey.enter")
@room.response(200, SurveyDifferencesSchema)
def show_differences(round_id: UUID, number: int) -> dict[str, Any]:
    """Return where two people read a ballot differently, for a third."""
    one = queries.round_of(round_id)
    found = paper.to_settle(one, number)
    group = queries.paper_ballot(round_id, number).group
    return {"number": number, "group": group, "differences": found}


@room.post(
    "/survey-rounds/<uuid:round_id>/paper-ballots/<int:number>/settle", permission="survey.enter"
)
@room.arguments(SurveySettlementSchema)
@room.response(200, SurveyPaperSchema)
def settle_paper(body: dict[str, Any], round_id: UUID, number: int) -> SurveyPaperBallot:
    """Decide by a third look what a ballot says where two people differ."""
    return paper.settle(queries.round_for_update(round_id), number, body["decided"])


@room.post(
    "/survey-rounds/<uuid:round_id>/paper-ballots/<int:number>/spoil", permission="survey.enter"
)
@room.arguments(SurveySpoilingSchema)
@room.response(200, SurveyPaperSchema)
def spoil_paper(body: dict[str, Any], round_id: UUID, number: int) -> SurveyPaperBallot:
    """Set a ballot aside that cannot be read or was never given back."""
    return paper.spoil(queries.round_for_update(round_id), number, body["reason"])
