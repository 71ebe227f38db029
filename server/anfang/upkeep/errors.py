"""Refusals of backup and restore."""

from anfang.kit.errors import Problem


class BackupBusy(Problem):
    """Another backup writes to this folder."""

    code = "backup-busy"
    status = 423


class BackupMissing(Problem):
    """The folder holds no whole backup, or not the one that was asked for."""

    code = "backup-missing"
    status = 404


class BackupDamaged(Problem):
    """A file of the backup is not the one that its manifest names."""

    code = "backup-damaged"
    status = 409


class RecipientInvalid(Problem):
    """What the backup should be encrypted to is no age recipient."""

    code = "backup-recipient-invalid"
    status = 422


class IdentityRefused(Problem):
    """The backup is encrypted, and no identity that was given opens it."""

    code = "backup-identity-refused"
    status = 403


class ToolMissing(Problem):
    """A program of PostgreSQL is not installed or has failed."""

    code = "backup-tool-failed"
    status = 500


class TargetNotEmpty(Problem):
    """A backup is restored into nothing else but an empty place."""

    code = "restore-target-not-empty"
    status = 409


class RestoredUnsound(Problem):
    """What was restored does not hold together; it was taken away again."""

    code = "restore-unsound"
    status = 409
