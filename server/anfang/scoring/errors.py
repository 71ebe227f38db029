"""Problems of scoring."""

from anfang.kit.errors import Problem


class SchemeUnknown(Problem):
    """The campaign's rulebook has no scheme of this code."""

    code = "score-scheme-unknown"
    status = 422


class DaysReversed(Problem):
    """A run's first day is not after its last."""

    code = "score-days-reversed"
    status = 422


class PeriodTaken(Problem):
    """A published run of the scheme reaches to `until`, or beyond: a new one ends later."""

    code = "score-period-taken"
    status = 409


class CorrectionWithoutReason(Problem):
    """A run corrects a published one with a reason, and a reason corrects something."""

    code = "score-correction-reason"
    status = 422


class NothingToCorrect(Problem):
    """Only a published run of the same scheme, and not corrected yet, is corrected."""

    code = "score-nothing-to-correct"
    status = 409


class OwnRun(Problem):
    """Nobody signs off what they computed."""

    code = "score-own-run"
    status = 409


class RunNotThere(Problem):
    """The run is not in the state in which this can be done."""

    code = "score-run-not-there"
    status = 409


class FiguresMoved(Problem):
    """What the run rests on has changed since: it must be computed anew."""

    code = "score-figures-moved"
    status = 409


class NotForPublication(Problem):
    """The rulebook does not have the units of this scheme ranked in public."""

    code = "score-not-for-publication"
    status = 409


class ConsequenceSettled(Problem):
    """The consequence was proposed, dropped or taken back by a correction."""

    code = "score-consequence-settled"
    status = 409
