"""Problems of storage."""

from anfang.kit.errors import Problem


class StorageFull(Problem):
    """The disk or bucket takes no more; nothing was stored."""

    code = "storage-full"
    status = 507


class ObjectMissing(Problem):
    """The database knows an object that storage does not hold: a fault for `anfang doctor`."""

    code = "object-missing"
    status = 500
