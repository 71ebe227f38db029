"""Problems of retention."""

from anfang.kit.errors import Problem


class HoldLifted(Problem):
    """The hold was lifted before."""

    code = "hold-lifted"
    status = 409
