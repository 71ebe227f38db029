"""What happens in a campaign of the demonstration by its rulebook."""

from dataclasses import dataclass

from anfang.demo.content.consequences import BreachEntry, MeasureEntry, PaperEntry, RaisedCase
from anfang.demo.content.lists import DutyEntry, MatterEntry, RowEntry
from anfang.demo.content.rules import Ruled
from anfang.demo.content.voice import (
    BoxEntry,
    CallEntry,
    ComplaintEntry,
    LotsEntry,
    ProposalEntry,
    RoundEntry,
    RunEntry,
)


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
    complaints: tuple[ComplaintEntry, ...] = ()
    proposals: tuple[ProposalEntry, ...] = ()
    rounds: tuple[RoundEntry, ...] = ()
    boxes: tuple[BoxEntry, ...] = ()
    calls: tuple[CallEntry, ...] = ()
    runs: tuple[RunEntry, ...] = ()
    draws: tuple[LotsEntry, ...] = ()
