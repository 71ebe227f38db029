"""Commands of an operator: the worker, migrate, accounts, enrolment, the API's document."""

import json
import secrets
from pathlib import Path
from uuid import UUID

import click

from anfang.app import create_app
from anfang.cli.application import installation
from anfang.cli.terminal import AS_JSON, answer
from anfang.identity import devices, queries
from anfang.identity import service as identity
from anfang.jobs.worker import run_worker
from anfang.kit.clock import rfc3339
from anfang.kit.config import load_settings
from anfang.kit.db import transaction
from anfang.kit.memory import lasting
from anfang.kit.principal import Role


@click.command()
def worker() -> None:
    """Run only the worker (another machine, or a container of its own)."""
    settings = load_settings()
    with installation(settings) as app:
        lasting()
        run_worker(app, settings)


@click.command()
def migrate() -> None:
    """Bring folders, database and keys to what this version needs."""
    with installation():
        click.echo("ready")


@click.command()
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
    unit: UUID | None,
    password: str | None,
    as_json: bool,
) -> None:
    """Open an office account."""
    password = password or secrets.token_urlsafe(12)
    with installation(), transaction():
        made = [Role(role) for role in roles]
        identity.create_user(username, password, display_name, made, unit)
    answer({"username": username, "password": password}, as_json=as_json)


@click.command()
@click.option("--alias", required=True, help="Alias of the inspector; made if unknown.")
@AS_JSON
def enrol(alias: str, as_json: bool) -> None:
    """Make an enrolment link for an inspector's phone; the device needs no confirmation."""
    with installation(), transaction():
        inspector = queries.inspector_by_alias(alias) or identity.create_inspector(alias)
        enrolment = devices.issue_enrolment(inspector, preconfirmed=True)
    answer(
        {
            "token": enrolment.token,
            "url": enrolment.url,
            "expires_at": rfc3339(enrolment.expires_at),
        },
        as_json=as_json,
    )


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("server/openapi.json"),
    show_default=True,
)
def openapi(output: Path) -> None:
    """Write the API's OpenAPI 3.1 document."""
    app = create_app(load_settings())
    document = app.extensions["anfang_api"].spec.to_dict()
    output.write_text(
        json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
    )
    click.echo(str(output))
