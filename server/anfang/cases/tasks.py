"""What cases checks in a rulebook, and answers to the gates of its stages."""

from collections.abc import Iterator

from anfang.campaigns.rulebook_registry import GateAsked, Lack, gate, section_check
from anfang.cases import contradictions, ledger

section_check("cases")(contradictions.faults)


@gate("cases.short_closed")
def short_closed(asked: GateAsked) -> Iterator[Lack]:
    """Answer whether every short-term matter of the campaign has ended (短期问题)."""
    left = ledger.count(ledger.running_of(asked.campaign_id, horizon="short"))
    if left:
        yield Lack("cases-short-open", {"count": left})


@gate("cases.all_answered")
def all_answered(asked: GateAsked) -> Iterator[Lack]:
    """Answer whether every matter of the campaign has ended (事事有回音)."""
    left = ledger.count(ledger.running_of(asked.campaign_id))
    if left:
        yield Lack("cases-open", {"count": left})
