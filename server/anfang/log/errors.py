"""Problems of the log."""

from anfang.kit.errors import Problem


class SizeNotSealed(Problem):
    """Proofs are given for sealed sizes only (PROTOCOL §6)."""

    code = "size-not-sealed"
    status = 404


class NothingSealed(Problem):
    """No checkpoint has been signed yet."""

    code = "nothing-sealed"
    status = 404


class NotYetLogged(Problem):
    """An entry that is needed has no place in the log yet."""

    code = "not-yet-logged"
    status = 409


class LogBroken(Problem):
    """The log does not agree with its own checkpoints: nothing may be sealed upon it."""

    code = "log-broken"
    status = 500
