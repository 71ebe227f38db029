"""What packs does when told of events."""

from uuid import UUID

from anfang.jobs.registry import answers
from anfang.packs import building, expiring
from anfang.retention.sources import add_source

add_source(expiring.SOURCE)


@answers("pack.requested", own_transactions=True)
def build(pack: str) -> None:
    """Build a pack that was asked for."""
    building.build_requested(UUID(pack))
