"""Opening an installation whole, as most commands need it; `tables` opens less."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from anfang.app import create_app
from anfang.installation import prepare
from anfang.kit.config import Settings, load_settings


@contextmanager
def installation(settings: Settings | None = None) -> Iterator[Flask]:
    """Open this installation, brought to this version, inside an application context."""
    settings = settings or load_settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    app = create_app(settings)
    with app.app_context():
        prepare(app)
        yield app
