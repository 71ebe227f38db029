"""Problems of supervision."""

from anfang.kit.errors import Problem


class NoSupervision(Problem):
    """The campaign's rulebook has no time-limit supervision."""

    code = "no-supervision"
    status = 404


class MattersFaulty(Problem):
    """Something is wrong with what was sent; nothing of it was taken."""

    code = "supervision-faulty"
    status = 422


class MattersChanged(Problem):
    """The sheet or a matter changed since the preview: look at it again."""

    code = "supervision-changed"
    status = 409


class CardWithdrawn(Problem):
    """A withdrawn card opens no case and is not withdrawn again."""

    code = "card-withdrawn"
    status = 409


class CardHasCase(Problem):
    """A card opens one case."""

    code = "card-has-case"
    status = 409
