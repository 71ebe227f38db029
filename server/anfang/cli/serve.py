"""The command that serves. It stands beside what it starts, and therefore imports little."""

import subprocess
import sys

import click

from anfang.cli.terminal import told
from anfang.kit.config import load_settings
from anfang.serving import serve as run_services


@click.command()
@click.option("--no-worker", is_flag=True, help="Only the web server: the worker runs elsewhere.")
def serve(no_worker: bool) -> None:
    """Serve the office: web server and worker, until Ctrl-C."""
    settings = load_settings()
    _prepare()
    announced = told("serving", origin=settings.origin)
    sys.exit(run_services(settings, lambda: click.echo(announced), with_worker=not no_worker))


def _prepare() -> None:
    """Bring folders, database and keys to this version, in a process that ends and says what fails.

    Whoever prepares has read the whole program, and would keep it in memory.
    """
    prepared = subprocess.run(
        [sys.executable, "-m", "anfang.cli", "migrate"], stdout=subprocess.DEVNULL, check=False
    )
    if prepared.returncode:
        sys.exit(prepared.returncode)
