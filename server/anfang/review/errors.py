"""Problems of review; those of the record itself are the inspections room's."""

from anfang.kit.errors import Problem


class ClaimNeeded(Problem):
    """A decision needs the reviewer's own claim on the record, and there is none (any more)."""

    code = "claim-needed"
    status = 409


class ClaimedByOther(Problem):
    """Another reviewer is judging the record; `name` says who."""

    code = "claimed-by-other"
    status = 409


class FindingItemUnknown(Problem):
    """A finding or remark names an item that the record's checklist does not hold."""

    code = "finding-item-unknown"
    status = 422


class FindingItemTwice(Problem):
    """One item gives one finding."""

    code = "finding-item-twice"
    status = 422


class NothingToReopen(Problem):
    """The record waits for its decision already, or was withdrawn by its inspector."""

    code = "nothing-to-reopen"
    status = 409
