"""The `anfang` command: composition only; every verb lives in its room.

Exit codes: 0 done · 1 refused or unsound · 2 wrong use, or not a pack · 3 signer unknown.
"""

import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click
from flask import Flask

from anfang import log_map
from anfang.app import create_app
from anfang.cli_bench import bench
from anfang.cli_demo import demo
from anfang.cli_packs import locale_of, pack, verify
from anfang.demo.loader import InstallationInUse
from anfang.identity import devices, queries
from anfang.identity import service as identity
from anfang.installation import prepare
from anfang.jobs.worker import run_worker
from anfang.kit.clock import rfc3339
from anfang.kit.config import ConfigurationError, Settings, load_settings
from anfang.kit.db import transaction
from anfang.kit.errors import Problem
from anfang.kit.i18n import translate
from anfang.kit.principal import Role
from anfang.log import service as log_service
from anfang.log import verifying
from anfang.log.queries import LogFault
from anfang.serving import CannotServe, serve

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")


@click.group()
@click.version_option(package_name="anfang")
def cli() -> None:
    """Undercover inspections of public services: capture, evidence, cases, notices."""


cli.add_command(bench)
cli.add_command(demo)
cli.add_command(pack)
cli.add_command(verify)


@cli.command("serve")
@click.option("--no-worker", is_flag=True, help="Only the web server: the worker runs elsewhere.")
def serve_command(no_worker: bool) -> None:
    """Serve the office: web server and worker, until Ctrl-C."""
    settings = _settings()
    with _application(settings):
        pass
    sys.exit(serve(settings, lambda: _announce(settings), with_worker=not no_worker))


@cli.command()
def worker() -> None:
    """Run only the worker (another machine, or a container of its own)."""
    settings = _settings()
    with _application(settings) as app:
        run_worker(app, settings)


@cli.command()
def migrate() -> None:
    """Bring folders, database and keys to what this version needs."""
    with _application(_settings()):
        click.echo("ready")


@cli.command()
@click.option("--username", required=True)
@click.option("--name", "display_name", required=True, help="Name shown in the console.")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([r.value for r in Role])
)
@click.option("--unit", type=click.UUID, help="Unit of a liaison.")
@click.option("--password", help="Made up and printed when left out.")
@AS_JSON
def user(
    username: str,
    display_name: str,
    roles: tuple[str, ...],
    unit: str | None,
    password: str | None,
    as_json: bool,
) -> None:
    """Open an office account."""
    password = password or secrets.token_urlsafe(12)
    with _application(_settings()), transaction():
        made = [Role(role) for role in roles]
        identity.create_user(username, password, display_name, made, unit)  # type: ignore[arg-type]
    _print({"username": username, "password": password}, as_json)


@cli.command()
@click.option("--alias", required=True, help="Alias of the inspector; made if unknown.")
@AS_JSON
def enrol(alias: str, as_json: bool) -> None:
    """Make an enrolment link for an inspector's phone; the device needs no confirmation."""
    with _application(_settings()), transaction():
        inspector = queries.inspector_by_alias(alias) or identity.create_inspector(alias)
        enrolment = devices.issue_enrolment(inspector, preconfirmed=True)
    _print(
        {
            "token": enrolment.token,
            "url": enrolment.url,
            "expires_at": rfc3339(enrolment.expires_at),
        },
        as_json,
    )


@cli.group()
def log() -> None:
    """The public evidence log."""


@log.command()
@AS_JSON
def seal(as_json: bool) -> None:
    """Append what waits and sign a checkpoint now."""
    with _application(_settings()), transaction():
        checkpoint = log_service.seal()
        size = None if checkpoint is None else checkpoint.size
    _print({"sealed": size is not None, "size": size}, as_json)


@log.command("verify")
@click.option(
    "--checkpoint",
    "kept",
    type=click.File(encoding="utf-8"),
    help="A checkpoint that somebody kept: the log must have grown from it.",
)
@AS_JSON
def verify_log(kept: TextIO | None, as_json: bool) -> None:
    """Compare the log, and every row that stands in it, with what was signed and stamped.

    Exit 1 when something differs. `late` counts entries that came into the log after their
    receipt had promised them.
    """
    against = None if kept is None else kept.read()
    with _application(_settings()), transaction(write=False):
        faults = list(log_map.verify(against))
        late = verifying.late_count()
    if as_json:
        found = [{"code": f.code, "where": f.where, "text": _text_of(f)} for f in faults]
        click.echo(json.dumps({"sound": not faults, "faults": found, "late": late}))
    else:
        click.echo(f"sound: {not faults}\nlate: {late}")
        for fault in faults:
            click.echo(f"  {fault.where}: {_text_of(fault)} [{fault.code}]")
    sys.exit(1 if faults else 0)


def _text_of(fault: LogFault) -> str:
    return translate(f"log-fault-{fault.code}", locale_of(os.environ))


@cli.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("server/openapi.json"),
    show_default=True,
)
def openapi(output: Path) -> None:
    """Write the API's OpenAPI 3.1 document."""
    app = create_app(_settings())
    document = app.extensions["anfang_api"].spec.to_dict()
    output.write_text(
        json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )
    click.echo(str(output))


def main() -> None:
    """Run the command; what the operator can mend is said in one sentence, without a traceback."""
    try:
        cli()
    except Problem as problem:
        _fail(f"{problem.code}: {translate(problem.code, 'zh-CN', **problem.details)}")
    except (ConfigurationError, CannotServe) as error:
        _fail(str(error))
    except InstallationInUse:
        _fail("this folder holds an installation of its own; choose an empty ANFANG_DATA")
    except PermissionError as error:
        _fail(f"{error.filename} cannot be written; choose another folder with ANFANG_DATA=…")
    except OSError as error:
        _fail(f"{error.strerror}: {error.filename}" if error.filename else str(error))


@contextmanager
def _application(settings: Settings) -> Iterator[Flask]:
    settings.data.mkdir(parents=True, exist_ok=True)
    app = create_app(settings)
    with app.app_context():
        prepare(app)
        yield app


def _settings() -> Settings:
    return load_settings()


def _announce(settings: Settings) -> None:
    click.echo(f"Anfang serves {settings.origin} (console: {settings.origin}/console)")


def _print(document: dict[str, object], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    for name, value in document.items():
        click.echo(f"{name}: {value}")


def _fail(sentence: str) -> None:
    click.echo(f"anfang: {sentence}", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
