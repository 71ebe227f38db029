"""What surveys does by the clock and on events, and what it checks in a rulebook."""

from uuid import UUID

from anfang.campaigns.rulebook_registry import section_check
from anfang.jobs import service as jobs
from anfang.jobs.registry import answers, by_clock
from anfang.kit.db import db
from anfang.surveys import contradictions, messages, queries, reopening, service

section_check("surveys")(contradictions.faults)


@by_clock(minute="*/5")
def ask_to_close() -> None:
    """Have rounds closed whose hour has passed."""
    for round_id in queries.overdue():
        jobs.emit("survey.due", round=str(round_id))


@answers("survey.due")
def close_round(round: str) -> None:  # noqa: A002 -- the event's own member
    """Close a round at its hour; where paper is out, the office closes it after the last entry."""
    one = queries.round_for_update(UUID(round))
    if queries.is_overdue(one) and db.session.scalar(queries.paper_out(one.id)) is None:
        service.close(one)


@answers("survey.closed")
def tell_dissatisfied(round: str) -> None:  # noqa: A002 -- the event's own member
    """Tell an event for each unit with which most are dissatisfied."""
    reopening.tell_dissatisfied(UUID(round))


@answers("survey.dissatisfied")
def reopen(round: str, unit: str, count: int, of: int) -> None:  # noqa: A002 -- as above
    """Open the case in which the unit's rectification goes on."""
    reopening.reopen(UUID(round), UUID(unit), count, of)


@answers("survey.message_due", own_transactions=True)
def send_message(round: str, number: str) -> None:  # noqa: A002 -- as above
    """Send a rater a link; what is not taken is told with the rater and sent again by hand."""
    messages.deliver(UUID(round), number)
