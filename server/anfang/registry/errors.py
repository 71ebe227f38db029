"""Problems of registry."""

from anfang.kit.errors import Problem


class UnitCodeTaken(Problem):
    """Another unit has this code."""

    code = "unit-code-taken"
    status = 409


class UnitCycle(Problem):
    """A unit cannot stand below itself."""

    code = "unit-cycle"
    status = 409


class SitePositionIncomplete(Problem):
    """A position is latitude, longitude and radius together, or none of them (a mobile site)."""

    code = "site-position-incomplete"
    status = 422


class ImportFaulty(Problem):
    """A sheet has faults; nothing of it was put on file."""

    code = "registry-import-faulty"
    status = 422
