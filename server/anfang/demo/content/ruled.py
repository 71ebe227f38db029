"""What happens in a campaign of the demonstration by its rulebook."""

from dataclasses import dataclass

from anfang.demo.content.consequences import BreachEntry, MeasureEntry, PaperEntry, RaisedCase
from anfang.demo.content.lists import DutyEntry, MatterEntry, RowEntry
from anfang.demo.content.rules import Ruled


@dataclass(frozen=True)
class RuledCampaign:
    """A rulebook as it is filled in, and all that is done by it."""

    rules: Ruled
    rows: tuple[RowEntry, ...] = ()
    matters: tuple[MatterEntry, ...] = ()
    duties: tuple[DutyEntry, ...] = ()
    cases: tuple[RaisedCase, ...] = ()
    measures: tuple[MeasureEntry, ...] = ()
    breaches: tuple[BreachEntry, ...] = ()
    papers: tuple[PaperEntry, ...] = ()
