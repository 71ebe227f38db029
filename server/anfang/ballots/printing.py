"""Verbs of printing slips: a sheet of codes, handed over once."""

from collections.abc import Sequence
from pathlib import Path

from flask import current_app

from anfang.ballots.models import BallotBox
from anfang.kit.clock import now
from anfang.kit.i18n import translate
from anfang.kit.slips import Slip, render_slips
from anfang.kit.typesetting import default_font_folders


def slips(box: BallotBox, group: str, made: Sequence[tuple[int, str]]) -> bytes:
    """Return the PDF of slips; their codes stand nowhere else.

    Raises:
        TypesettingError: a typeface is missing.
    """
    title = next(one["title"] for one in box.paper["groups"] if one["code"] == group)
    address = f"{current_app.config['ORIGIN']}/p/ballots"
    operator: Path | None = current_app.config["FONTS"]
    return render_slips(
        box.title,
        [translate("ballot-slip-how", address=address), translate("ballot-slip-once")],
        [
            Slip(
                mark=translate("ballot-slip-mark", group=title, number=str(number)),
                code=code,
                url=f"{address}/{code}",
            )
            for number, code in made
        ],
        timestamp=now(),
        font_folders=default_font_folders(operator),
    )
