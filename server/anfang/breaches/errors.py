"""Problems of breaches."""

from anfang.kit.errors import Problem


class RuleUnknown(Problem):
    """The rulebook has no such rule."""

    code = "rule-unknown"
    status = 422


class RuleDraft(Problem):
    """The office has not decided the wording of the rule set: nobody breaches a draft."""

    code = "rule-draft"
    status = 409


class BreachInFuture(Problem):
    """A breach is found today or before."""

    code = "breach-in-future"
    status = 422


class BreachDecided(Problem):
    """A breach is decided once."""

    code = "breach-decided"
    status = 409


class BreachOwnDecision(Problem):
    """Who alleged a breach does not decide it."""

    code = "breach-own-decision"
    status = 409


class BreachDefenceOpen(Problem):
    """The unit's defence was neither heard nor is its time over."""

    code = "breach-defence-open"
    status = 409
