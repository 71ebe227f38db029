"""Problems of cases."""

from anfang.kit.errors import Problem


class FindingInCase(Problem):
    """A finding belongs to one case; `number` names it."""

    code = "finding-in-case"
    status = 409


class FindingWithdrawn(Problem):
    """A finding that no longer stands opens no case."""

    code = "finding-withdrawn"
    status = 409


class FindingOfOtherUnit(Problem):
    """A case holds findings of its unit and the units beneath it only: the unit reads them."""

    code = "finding-of-other-unit"
    status = 422


class FindingOfOtherCampaign(Problem):
    """The findings of a case come from one campaign."""

    code = "finding-of-other-campaign"
    status = 422


class PublicExplanationMissing(Problem):
    """What is put right step by step needs an explanation to the public."""

    code = "public-explanation-missing"
    status = 422


class DefenceWindowShortened(Problem):
    """The time to state a defence may grow, never shrink."""

    code = "defence-window-shortened"
    status = 409


class CaseClosed(Problem):
    """A closed case takes no statement and no change."""

    code = "case-closed"
    status = 409
