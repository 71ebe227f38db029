"""What sealed appraisals check of a rulebook, and which gate they answer."""

from collections.abc import Iterator

from anfang.ballots import contradictions, queries
from anfang.campaigns.rulebook_registry import GateAsked, Lack, gate, section_check

section_check("ballots")(contradictions.faults)


@gate("ballots.opened")
def opened(asked: GateAsked) -> Iterator[Lack]:
    """A box of the appraisal `of`, or of each that the rulebook declares, was opened."""
    for code, appraisal in queries.appraisals(asked.campaign_id).items():
        if asked.gate.get("of", code) == code and not queries.is_opened(asked.campaign_id, code):
            yield Lack("ballots-unopened", {"title": appraisal.title})
