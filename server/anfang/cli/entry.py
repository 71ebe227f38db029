"""The group of all commands, and how a command ends."""

import sys
from importlib import import_module
from typing import Final

import click

from anfang.cli.terminal import told
from anfang.kit.config import ConfigurationError
from anfang.kit.errors import Problem

COMMANDS: Final = {
    "serve": "serve",
    "worker": "office",
    "migrate": "office",
    "user": "office",
    "enrol": "office",
    "openapi": "office",
    "demo": "demo",
    "custody": "custody",
    "factors": "factors",
    "retention": "retention",
    "log": "log",
    "pack": "packs",
    "verify": "packs",
    "draw": "draw",
    "doctor": "doctor",
    "keys": "keys",
    "backup": "backup",
    "restore": "backup",
    "bench": "bench",
    "rulebook": "rulebook",
}
"""The file of `anfang.cli` in which each command stands, under its own name."""


class Commands(click.Group):
    """Commands that are loaded when asked for: none pays in memory for what another imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's own
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by name, None for an unknown one."""
        if name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"anfang.cli.{COMMANDS[name]}"), name)
        return found


@click.group(cls=Commands)
@click.version_option(package_name="anfang")
def cli() -> None:
    """Undercover inspections of public services: capture, evidence, cases, notices."""


def main() -> None:
    """Run the command; what the operator can mend is said in one sentence, without a traceback."""
    try:
        cli()
    except Problem as problem:
        _fail(f"{problem.code}: {told(problem.code, **problem.details)}")
    except ConfigurationError as error:
        _fail(str(error))
    except PermissionError as error:
        _fail(told("folder-not-writable", folder=str(error.filename)))
    except OSError as error:
        _fail(f"{error.strerror}: {error.filename}" if error.filename else str(error))


def _fail(sentence: str) -> None:
    click.echo(f"anfang: {sentence}", err=True)
    sys.exit(1)
