"""Opening an installation's tables and storage alone, for what must stay small in memory."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from anfang.kit.config import load_settings
from anfang.kit.connecting import connect
from anfang.kit.db import db
from anfang.kit.schema_version import require_newest


@contextmanager
def tables() -> Iterator[None]:
    """Open this installation without its rooms' addresses and without its migrations.

    Raises:
        SchemaOutdated: another version of the program wrote this database, or none did.
    """
    settings = load_settings()
    app = Flask("anfang", static_folder=None)
    connect(app, settings)
    with app.app_context():
        require_newest(db.engine)
        yield
