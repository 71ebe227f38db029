"""`anfang custody`: the custodians' ceremony at the server itself, both people beside it.

Passwords and passphrases are asked for without echo, never taken from the command line, where other
processes would see them.
"""

import click

from anfang.cli.application import installation
from anfang.cli.terminal import AS_JSON, answer, told
from anfang.identity import custody as verbs
from anfang.identity import queries
from anfang.kit.clock import rfc3339
from anfang.kit.db import transaction

_ADDRESS = "command line"
_CUSTODIANS = click.option(
    "--custodian", "usernames", multiple=True, required=True, help="User name; give two."
)


@click.group()
def custody() -> None:
    """What only the two custodians open together."""


@custody.command()
@AS_JSON
def status(as_json: bool) -> None:
    """Tell who holds the key; exit code 1 while nobody does."""
    with installation(), transaction(write=False):
        key = queries.custody_key()
        held = key is not None and key.established_at is not None
        shares = queries.custody_shares(key.kid) if key is not None else []
        state = {
            "established": held,
            "since": rfc3339(key.established_at) if key and key.established_at else None,
            "custodians": [share.user.username for share in shares],
            "without_person": queries.inspectors_without_person(),
        }
    answer(state, as_json=as_json)
    if not held:
        click.echo(told("custody-not-established"), err=True)
        raise SystemExit(1)


@custody.command()
@_CUSTODIANS
def establish(usernames: tuple[str, ...]) -> None:
    """Hold the ceremony: two custodians take over what is sealed."""
    with installation():
        verbs.establish([_pledge(name) for name in usernames], _ADDRESS)
    click.echo(told("custody-taken-over"))


@custody.command("hand-over")
@click.option(
    "--present", "holders", multiple=True, required=True, help="Who holds the key; give both."
)
@_CUSTODIANS
def hand_over(holders: tuple[str, ...], usernames: tuple[str, ...]) -> None:
    """Split the same key anew: another custodian, or another passphrase."""
    with installation():
        present = {name: _asked("custody-ask-present", name) for name in holders}
        verbs.hand_over(present, [_pledge(name) for name in usernames], _ADDRESS)
    click.echo(told("custody-handed-over"))


def _pledge(username: str) -> verbs.Pledge:
    return verbs.Pledge(
        username,
        _asked("custody-ask-password", username),
        _asked("custody-ask-passphrase", username, confirm=True),
    )


def _asked(message: str, who: str, *, confirm: bool = False) -> str:
    text: str = click.prompt(told(message, who=who), hide_input=True, confirmation_prompt=confirm)
    return text
