"""What complaints do by the clock, and at what happens to cases."""

from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.campaigns.rulebook_registry import section_check
from anfang.complaints import clustering, concluding, contradictions, reminding
from anfang.jobs import service as jobs
from anfang.jobs.registry import answers, by_clock

section_check("complaints")(contradictions.faults)


@by_clock(hour="0", minute="25")
def ask_for_deadlines() -> None:
    """Have deadlines and clusters looked at every morning (08:25 in China)."""
    jobs.emit("complaints.due")


@answers("complaints.due")
def look_at_deadlines() -> None:
    """Tell which complaints are near or past a deadline, and find clusters."""
    reminding.tell_near()
    reminding.tell_overdue()
    for campaign in campaigns.running():
        clustering.look(campaign.id)


@answers("complaint.received")
def look_after_receipt(campaign: str) -> None:
    """Look whether this one makes a cluster."""
    clustering.look(UUID(campaign))


@answers("complaint.transferred")
def look_after_transfer(campaign: str, **_: str) -> None:
    """Look whether this one makes a cluster, now that its unit is known."""
    clustering.look(UUID(campaign))


@answers("complaint.judged")
def look_after_verdict(campaign: str) -> None:
    """Look whether what was found true makes a cluster."""
    clustering.look(UUID(campaign))


@answers("case.closed")
def reply_by_case(case: str) -> None:
    """Let a case's answer to whoever raised it answer the complaints that it came from."""
    concluding.reply_by_case(UUID(case))
