"""Problems of packs; `not-yet-logged` is the log room's."""

from anfang.kit.errors import Problem


class NotReviewed(Problem):
    """A protected pack shows accepted records only; `pointers` name the others and their state."""

    code = "not-reviewed"
    status = 409


class PackSourceChanged(Problem):
    """A stored file no longer has its hash: no pack is made of it. `path` is its place therein."""

    code = "pack-source-changed"
    status = 500


class PackSourceUnsound(Problem):
    """A stored record or key no longer verifies: no pack is made of it."""

    code = "pack-source-unsound"
    status = 500


class PackExpired(Problem):
    """The pack's file was deleted by the rules of retention; the same one can be built again."""

    code = "pack-expired"
    status = 410


class PackNotReady(Problem):
    """The pack's file is not there: still being built, or building failed."""

    code = "pack-not-ready"
    status = 409
