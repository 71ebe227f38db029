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
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings.database_url),
        "SQLALCHEMY_BINDS": {
            BALLOTS: {
                "url": settings.ballot_box_url,
                **_engine_options(settings.ballot_box_url),
            },
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


def _engine_options(url: str) -> dict[str, object]:
    """Return how a database is connected to.

    An error quotes its statement; what was bound to it belongs into no log. A connection to SQLite
    is an open file: who reads must not wait until writers, waiting for their turn, let one go.
    PostgreSQL plans anew for what is bound: the general plan it would settle on after five calls
    searches a million cases for a text eight times as long.
    """
    kept: dict[str, object] = {"hide_parameters": True}
    if url.startswith("sqlite:"):
        return {**kept, "pool_size": 16, "max_overflow": -1, "pool_use_lifo": True}
    return {**kept, "connect_args": {"options": "-c plan_cache_mode=force_custom_plan"}}
