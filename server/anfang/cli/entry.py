"""The group of all commands, and how a command ends."""

import sys

import click

from anfang.cli import (
    backup,
    bench,
    custody,
    demo,
    doctor,
    draw,
    keys,
    log,
    office,
    packs,
    retention,
)
from anfang.cli.application import told
from anfang.demo.loader import InstallationInUse
from anfang.kit.config import ConfigurationError
from anfang.kit.errors import Problem
from anfang.serving import CannotServe


@click.group()
@click.version_option(package_name="anfang")
def cli() -> None:
    """Undercover inspections of public services: capture, evidence, cases, notices."""


for command in (
    office.serve,
    office.worker,
    office.migrate,
    office.user,
    office.enrol,
    office.openapi,
    demo.demo,
    custody.custody,
    retention.retention,
    log.log,
    packs.pack,
    packs.verify,
    draw.draw,
    doctor.doctor,
    keys.keys,
    backup.backup,
    backup.restore,
    bench.bench,
):
    cli.add_command(command)


def main() -> None:
    """Run the command; what the operator can mend is said in one sentence, without a traceback."""
    try:
        cli()
    except Problem as problem:
        _fail(f"{problem.code}: {told(problem.code, **problem.details)}")
    except (ConfigurationError, CannotServe) as error:
        _fail(str(error))
    except InstallationInUse:
        _fail(told("installation-in-use"))
    except PermissionError as error:
        _fail(told("folder-not-writable", folder=str(error.filename)))
    except OSError as error:
        _fail(f"{error.strerror}: {error.filename}" if error.filename else str(error))


def _fail(sentence: str) -> None:
    click.echo(f"anfang: {sentence}", err=True)
    sys.exit(1)
