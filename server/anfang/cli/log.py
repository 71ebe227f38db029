"""`anfang log`: seal what waits, compare the whole with what was signed."""

import json
import sys
from typing import TextIO

import click

from anfang import log_map
from anfang.cli.application import installation
from anfang.cli.terminal import AS_JSON, answer, told
from anfang.kit.db import transaction
from anfang.log import service, verifying
from anfang.log.queries import LogFault


@click.group()
def log() -> None:
    """The public evidence log."""


@log.command()
@AS_JSON
def seal(as_json: bool) -> None:
    """Append what waits and sign a checkpoint now."""
    with installation(), transaction():
        checkpoint = service.seal()
        size = None if checkpoint is None else checkpoint.size
    answer({"sealed": size is not None, "size": size}, as_json=as_json)


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
    with installation(), transaction(write=False):
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
    return told(f"log-fault-{fault.code}")
