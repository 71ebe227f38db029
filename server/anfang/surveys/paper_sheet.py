"""Printed paper ballots, A4, a sheet of one or more pages for each number. Pure.

Every page says the number under which two people enter it; nothing on it is a secret.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from anfang.kit.i18n import translate
from anfang.kit.typesetting import compile_sheet
from anfang.surveys.form import Form, Group, said

_TEMPLATE: Final = Path(__file__).with_name("layout") / "paper.typ"


def render(
    title: str,
    form: Form,
    group: Group,
    numbers: Sequence[int],
    units: Mapping[UUID, str],
    *,
    locale: str,
    timestamp: datetime,
    font_folders: Sequence[Path],
) -> bytes:
    """Return the PDF of a group's paper ballots, in the form's order of units.

    Args:
        units: names by id, of every unit that the group judges.
        locale: of all words; what the form says in Chinese only stays Chinese.
        timestamp: becomes the PDF's creation date.

    Raises:
        TypesettingError: a typeface is missing, or a character cannot be shown.
    """
    english = locale == "en"
    data = {
        "language": locale[:2],
        "heading": title,
        "group": said(group, english=english),
        "intro": (english and form.intro_en) or form.intro,
        "lines": [translate(f"survey-sheet-{line}", locale) for line in ("how", "once")],
        "words": {"number": translate("survey-sheet-number", locale)},
        "questions": [said(one, english=english) for one in form.questions],
        "options": [said(one, english=english) for one in form.scale],
        "units": [units[one] for one in form.units_for(group.code)],
        "numbers": list(numbers),
    }
    return compile_sheet(_TEMPLATE, data, timestamp=timestamp, font_folders=font_folders)
