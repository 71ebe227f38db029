"""What registers does by the clock, checks of a rulebook and answers to its gates."""

from collections.abc import Iterator

from anfang.campaigns.rulebook_registry import GateAsked, Lack, gate, section_check
from anfang.jobs import service as jobs
from anfang.jobs.registry import answers, by_clock
from anfang.registers import contradictions, queries, reminding

section_check("registers")(contradictions.faults)


@by_clock(hour="0", minute="10")
def ask_for_reminders() -> None:
    """Have terms looked at every morning (08:10 in China)."""
    jobs.emit("registers.due")


@answers("registers.due")
def tell_due() -> None:
    """Tell which rows are near the end of their term, and which are past it."""
    reminding.tell_due()


@gate("registers.complete")
def complete(asked: GateAsked) -> Iterator[Lack]:
    """The register `of`, or every one that asks for a share, has reached it."""
    for code, register in queries.registers_of(asked.campaign_id).items():
        if register.completion is None or asked.gate.get("of", code) != code:
            continue
        found = queries.completed(asked.campaign_id, register)
        if not found.reached:
            yield Lack(
                "register-incomplete",
                {
                    "title": register.title,
                    "percent": found.percent,
                    "wanted": register.completion.at_least_percent,
                },
            )
