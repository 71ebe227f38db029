"""Preparing an installation: folders, schema, keys. Safe to run at every start."""

from pathlib import Path

from flask import Flask

from anfang.ballots.box import ensure_store
from anfang.documents.templating import install_shipped
from anfang.identity.custody import ensure_custody_key
from anfang.identity.office_keys import ensure_office_key
from anfang.identity.totp import ensure_factor_key
from anfang.kit.db import db, transaction
from anfang.kit.schema import upgrade
from anfang.log.keys import ensure_log_key
from anfang.notifications.keeping import ensure_channel_key


def prepare(app: Flask) -> None:
    """Bring folders, schema and keys to what this version needs; inside an app context.

    Raises:
        OSError: a folder cannot be written.
    """
    folders: list[Path] = [app.config["KEYS"], app.config["SPOOL"]]
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    upgrade(db.engine)
    ensure_log_key(app.config["KEYS"], app.config["LOG_NAME"])
    ensure_channel_key()
    ensure_factor_key()
    ensure_store()
    with transaction():
        ensure_office_key()
        ensure_custody_key()
        install_shipped()
