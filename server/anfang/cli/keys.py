"""`anfang keys`: which keys sign, and the next one."""

import json

import click

from anfang.cli.application import installation
from anfang.cli.terminal import AS_JSON, answer, told
from anfang.identity import office_keys, queries
from anfang.kit.clock import rfc3339
from anfang.kit.db import transaction
from anfang.log.queries import log_verifier


@click.group()
def keys() -> None:
    """The office's signing keys and the log's key."""


@keys.command("list")
@AS_JSON
def list_keys(*, as_json: bool) -> None:
    """List every office key, the oldest first, and the log's key."""
    with installation(), transaction(write=False):
        office = [
            {
                "thumbprint": key.kid,
                "since": rfc3339(key.created_at),
                "retired": rfc3339(key.retired_at) if key.retired_at else None,
                "introduced": key.introduction is not None,
            }
            for key in queries.office_keys()
        ]
        log = str(log_verifier())
    if as_json:
        click.echo(json.dumps({"office_keys": office, "log_key": log}))
        return
    for key in office:
        until = key["retired"] or told("keys-signs-today")
        click.echo(f"{key['thumbprint']}  {key['since']} – {until}")
    click.echo(log)


@keys.command()
@click.option(
    "--stolen",
    is_flag=True,
    help="The present key is in foreign hands: the next one is not introduced by it.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@AS_JSON
def rotate(*, stolen: bool, yes: bool, as_json: bool) -> None:
    """Make the next office key; the service need not stop.

    The earlier key stays public, so all it has signed is verified as before. Its private file is
    removed once the next key is durable: nothing needs it any more.
    """
    if not yes:
        click.confirm(told("keys-rotate-stolen" if stolen else "keys-rotate"), abort=True, err=True)
    with installation():
        with transaction():
            earlier = queries.signing_kid()
            later = office_keys.rotate_office_key(introduced=not stolen)
        removed = bool(earlier) and office_keys.forget_private_half(str(earlier))
    answer(
        {"thumbprint": later, "earlier": earlier, "introduced": not stolen, "removed": removed},
        as_json=as_json,
    )
