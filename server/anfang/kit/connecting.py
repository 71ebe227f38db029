"""Giving an application its configuration and its database, whatever else it holds."""

from flask import Flask

from anfang.kit.config import Settings
from anfang.kit.db import BALLOTS, db, tune_sqlite


def connect(app: Flask, settings: Settings) -> None:
    """Put the settings where rooms look for them, and open the databases."""
    app.config.update(_flask_config(settings))
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            tune_sqlite(engine)


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # An error quotes its statement; what was bound to it belongs into no log.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "SQLALCHEMY_BINDS": {
            BALLOTS: {"url": settings.ballot_box_url, "hide_parameters": True},
        },
        "STORAGE_URL": settings.storage_url,
        "STORAGE_LINKS": settings.storage_links,
        "SPOOL": settings.spool,
        "KEYS": settings.keys,
        "ORIGIN": settings.origin,
        "OFFICE": settings.office,
        "ZONE": settings.zone,
        "OLDEST_APP": settings.oldest_app,
        "FONTS": settings.fonts,
        "TIANDITU_KEY": settings.tianditu_key,
        "LOG_NAME": settings.log_name,
        "TSA_URL": settings.tsa_url,
        "TSA_CERTIFICATE": settings.tsa_certificate,
        "KEEP_DAYS": settings.keep_days,
        "NOTIFY": settings.notify,
        "SECURE_COOKIES": settings.secure_cookies,
    }
