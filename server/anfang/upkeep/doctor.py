"""The examination of an installation: everything that can be compared is compared.

It changes nothing, migrates nothing, and may run while the service runs.
"""

from collections.abc import Iterator

from flask import Flask

from anfang.kit.config import Settings
from anfang.kit.db import BALLOTS, db, transaction
from anfang.upkeep.checks import database, evidence_log, keys, machine, media, work
from anfang.upkeep.findings import Finding, Tally

_UNREADABLE = frozenset({"schema-behind", "database-unreadable"})


def examine(app: Flask, settings: Settings, tally: Tally, *, deep: bool) -> Iterator[Finding]:
    """Yield what is not as it should be; inside an app context.

    A database that this version cannot read ends the examination: what its rows say is then
    unknown.

    Args:
        tally: is told what was looked at.
        deep: read every stored byte again.
    """
    yield from machine.check_folders(settings)
    yield from machine.check_origin(settings)
    yield from keys.check_files(settings.keys)
    if not database.is_there(db.engine):
        yield Finding("no-installation", str(settings.data))
        return
    found = list(database.check(db.engine, deep=deep))
    yield from found
    if any(one.code in _UNREADABLE for one in found):
        return
    yield from database.check_ballot_box(db.engines[BALLOTS], deep=deep)
    with app.app_context(), transaction(write=False):
        yield from keys.check_office_key(settings.keys)
        yield from keys.check_custody()
        yield from machine.check_clock()
        yield from work.check_events(tally)
        yield from work.check_uploads(settings.spool, tally)
        yield from media.check(tally, deep=deep)
        if (settings.keys / "log.pub").is_file():
            yield from evidence_log.check(tally)
