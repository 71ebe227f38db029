"""Links that were just handed out, as a table: number, group, link. Pure but for the origin."""

from collections.abc import Sequence
from typing import IO, Final

from anfang.kit import sheets
from anfang.kit.i18n import translate
from anfang.kit.sheets import SheetColumn
from anfang.surveys.links import link_of
from anfang.surveys.tokens import Issued

_COLUMNS: Final = {"number": 14, "group": 18, "link": 60}


def write(file: IO[bytes], issued: Sequence[Issued], titles: dict[str, str]) -> int:
    """Write tokens as rows; returns how many there were."""
    columns = [
        SheetColumn(name, translate(f"survey-column-{name}"), width)
        for name, width in _COLUMNS.items()
    ]
    rows = [
        {"number": one.number, "group": titles.get(one.group, ""), "link": link_of(one.code)}
        for one in issued
    ]
    return sheets.write(file, translate("survey-links-sheet"), columns, rows)
