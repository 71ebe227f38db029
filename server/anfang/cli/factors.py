"""`anfang factors`: second factors, from the server itself.

Whoever sits at the server can change the program; this is for the office whose only administrator
has lost phone and recovery codes.
"""

import click

from anfang.cli.application import installation
from anfang.cli.terminal import told
from anfang.identity import factor_resets, queries
from anfang.kit.db import transaction
from anfang.kit.errors import required


@click.group()
def factors() -> None:
    """Second factors of accounts."""


@factors.command()
@click.option("--username", required=True)
@click.option("--reason", required=True, help="Stands in the audit trail.")
def reset(username: str, reason: str) -> None:
    """Remove an account's second factors and recovery codes; its sessions end."""
    with installation(), transaction():
        user = required(queries.user_by_username(username))
        factor_resets.reset_at_the_server(user, reason)
    click.echo(told("factors-reset", who=username))
