"""An installation to measure: `anfang serve` on SQLite or on a PostgreSQL that really syncs."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from anfang.app import create_app
from anfang.installation import prepare
from factories import setup
from factories.setup import Campaign
from support.faulty_site import Postgres, Site
from support.phone import Phone
from support.postgres import find_binaries
from support.server import Office, accounts_of, close, settings_of


@dataclass(frozen=True)
class House:
    """A running service; `phones` are signed in, `lead` is an account's browser."""

    site: Site
    postgres: Postgres | None
    campaign: Campaign
    phones: list[Phone]
    lead: Office

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self.site.port


def is_available(database: str) -> bool:
    """Whether this machine has what the database needs."""
    return database == "sqlite" or find_binaries() is not None


@contextmanager
def running_house(
    database: str, phones: int, fill: Callable[[], object] = lambda: None
) -> Iterator[House]:
    """Prepare an installation, fill it, serve it.

    Args:
        phones: how many to enrol.
        fill: writes rows before it is served, in the app's context.
    """
    with tempfile.TemporaryDirectory(prefix="anfang-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as a user of its own
        postgres = Postgres(folder / "postgresql") if database == "postgresql" else None
        if postgres is not None:
            postgres.start()
        site = Site(folder, postgres)
        try:
            app = _prepared(site)
            with app.app_context():
                fill()
                account = accounts_of(app)
                campaign = setup.running_campaign(account)
                enrolled = [
                    Phone.enrolled(app, f"暗访{n}", origin=site.anfang.origin)
                    for n in range(phones)
                ]
            close(app)
            site.start()
            yield House(site, postgres, campaign, enrolled, campaign.lead)
        finally:
            if site.process is not None:
                site.stop()
            if postgres is not None:
                postgres.kill()
                shutil.rmtree(postgres.folder)


def _prepared(site: Site) -> Flask:
    made = settings_of(site.folder / "data")
    url = site.postgres.url if site.postgres else made.database_url
    app = create_app(replace(made, origin=site.anfang.origin, database_url=url, rates={}))
    with app.app_context():
        prepare(app)
    return app
