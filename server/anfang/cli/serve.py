"""The command that serves."""

import sys

import click

from anfang.cli.application import installation
from anfang.cli.terminal import told
from anfang.kit.config import load_settings
from anfang.kit.db import disconnect
from anfang.serving import require_free_port
from anfang.serving import serve as run_services


@click.command()
@click.option("--no-worker", is_flag=True, help="Only the web server: the worker runs elsewhere.")
def serve(no_worker: bool) -> None:
    """Serve the office: web server and worker, until Ctrl-C."""
    settings = load_settings()
    require_free_port(settings)
    with installation(settings) as app:
        disconnect()
    announced = told("serving", origin=settings.origin)
    sys.exit(run_services(app, settings, lambda: click.echo(announced), with_worker=not no_worker))
