"""`anfang retention`: what the rules will delete, and deleting it."""

from dataclasses import asdict

import click

from anfang.cli.application import installation
from anfang.cli.terminal import AS_JSON, answer, told
from anfang.kit.clock import rfc3339
from anfang.kit.db import transaction
from anfang.retention import queries, service


@click.command()
@click.option("--delete", is_flag=True, help="Delete what is due now, as the worker does at night.")
@AS_JSON
def retention(*, delete: bool, as_json: bool) -> None:
    """List what has been kept long enough; without --delete nothing is changed."""
    with installation():
        if delete:
            found = service.delete_due()
        else:
            with transaction(write=False):
                found = list(queries.due())
        days = dict(queries.keep_days())
    if as_json:
        listed = [{**asdict(one), "since": rfc3339(one.since)} for one in found]
        answer({"deleted": delete, "days": days, "due": listed}, as_json=True)
        return
    for one in found:
        click.echo(f"{one.sha256}  {one.kind}  {one.rule}  {rfc3339(one.since)}  {one.bytes}")
    message = "retention-deleted" if delete else "retention-due"
    click.echo(told(message, count=len(found)))
