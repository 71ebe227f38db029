"""Problems of cycles."""

from anfang.kit.errors import Problem


class NoCycles(Problem):
    """The campaign's rulebook has no cycles, or none of the kind asked for."""

    code = "no-cycles"
    status = 404


class PeriodNotYours(Problem):
    """A unit's duty is reported by its liaison or the lead, the office's by the office."""

    code = "period-not-yours"
    status = 403


class PeriodNotBegun(Problem):
    """What a period asks for cannot come before it."""

    code = "period-not-begun"
    status = 409


class PeriodVoid(Problem):
    """The rulebook in force no longer asks for this period."""

    code = "period-void"
    status = 409


class DocumentNotIssued(Problem):
    """No document of this campaign was issued under this number."""

    code = "document-not-issued"
    status = 422


class DocumentUsed(Problem):
    """A document stands for one period of a duty."""

    code = "document-used"
    status = 409


class ReportMissing(Problem):
    """This duty is fulfilled by a number, a text or a count that was not given."""

    code = "report-missing"
    status = 422


class CountTooLarge(Problem):
    """A single entry counts more than the rulebook allows; `most` says how much it does."""

    code = "count-too-large"
    status = 422


class BulletinRatio(Problem):
    """A bulletin tells too few problems beside its achievements."""

    code = "bulletin-ratio"
    status = 409


class BulletinEmpty(Problem):
    """A bulletin tells at least one case, of its campaign and its days, and none twice."""

    code = "bulletin-cases"
    status = 422
