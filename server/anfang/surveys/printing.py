"""Reads of printing: slips with codes, and paper ballots; the PDFs are kept nowhere."""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select

from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.i18n import translate
from anfang.kit.slips import Slip, render_slips
from anfang.kit.typesetting import default_font_folders
from anfang.registry import queries as registry
from anfang.surveys import codes, links, paper_sheet
from anfang.surveys.errors import SurveyPaperUnknown
from anfang.surveys.form import read_form
from anfang.surveys.models import PaperState, SurveyPaperBallot, SurveyRound
from anfang.surveys.tokens import Issued


def slips(one: SurveyRound, issued: Sequence[Issued]) -> bytes:
    """Return the PDF of tokens as slips; their codes stand nowhere else.

    Raises:
        TypesettingError: a typeface is missing, or a character cannot be shown.
    """
    titles = group_titles(one)
    until = one.closes_at.astimezone(current_app.config["ZONE"]) if one.closes_at else now()
    lines = (
        translate("survey-slip-how", None, address=links.start()),
        translate("survey-slip-once"),
        translate("survey-slip-until", None, until=until.strftime("%Y-%m-%d %H:%M")),
    )
    printed = [
        Slip(f"{titles[i.group]} · {i.number}", codes.in_groups(i.code), links.link_of(i.code))
        for i in issued
    ]
    folders = default_font_folders(current_app.config["FONTS"])
    return render_slips(one.title, lines, printed, timestamp=now(), font_folders=folders)


def paper_sheets(one: SurveyRound, group: str, first: int, last: int, locale: str) -> bytes:
    """Return the PDF of a group's paper ballots of these numbers that nobody has entered yet.

    Args:
        first, last: numbers, both included.

    Raises:
        SurveyPaperUnknown: none of them waits to be filled in.
        TypesettingError: a typeface is missing, or a character cannot be shown.
    """
    form = read_form(one.form)
    asked = form.group(group)
    numbers = db.session.scalars(
        select(SurveyPaperBallot.number)
        .filter_by(round_id=one.id, group=group, state=PaperState.ISSUED.value)
        .where(SurveyPaperBallot.number.between(first, last))
        .order_by(SurveyPaperBallot.number)
    ).all()
    if asked is None or not numbers:
        raise SurveyPaperUnknown
    units = {unit.id: unit.name for unit in registry.units_of(form.units_for(group))}
    return paper_sheet.render(
        one.title,
        form,
        asked,
        numbers,
        units,
        locale=locale,
        timestamp=now(),
        font_folders=default_font_folders(current_app.config["FONTS"]),
    )


def group_titles(one: SurveyRound) -> dict[str, str]:
    """Return the titles of a round's groups by their codes."""
    return {group.code: group.title for group in read_form(one.form).groups}
