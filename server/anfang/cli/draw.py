"""`anfang draw`: repeat a draw from its file alone."""

import json
import sys
from pathlib import Path
from typing import Final

import click

from anfang.assignments.draw_checks import DrawVerdict, NotADrawFileError, check
from anfang.cli.terminal import AS_JSON, told
from anfang.kit.notes import NoteError, NoteVerifier, parse_verifier

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def draw() -> None:
    """Double-random draws."""


@draw.command("verify")
@click.argument("file", type=_FILE)
@click.option(
    "--inspectors", type=_FILE, help="The inspectors' half, to be held against the objects'."
)
@click.option("--log-key", "log_key", help="The log's public key, as a C2SP verifier key.")
@AS_JSON
def verify_draw(file: Path, inspectors: Path | None, log_key: str | None, as_json: bool) -> None:
    """Repeat the draw of FILE, offline and without an installation.

    Exit 0: the file gives the same draw, from pools and a secret that were committed to before.
    Exit 1: something does not hold. Exit 2: FILE is no half of a draw.
    """
    try:
        other = None if inspectors is None else inspectors.read_bytes()
        verdict = check(file.read_bytes(), log_key=_log_key(log_key), other=other)
    except NotADrawFileError as error:
        _print_refusal(as_json=as_json)
        raise SystemExit(2) from error
    _print(verdict, as_json=as_json)
    sys.exit(0 if verdict.sound else 1)


def _log_key(text: str | None) -> NoteVerifier | None:
    if text is None:
        return None
    try:
        return parse_verifier(text)
    except NoteError as error:
        raise click.BadParameter(str(error), param_hint="--log-key") from error


def _print_refusal(*, as_json: bool) -> None:
    text = told("draw-not-a-file")
    document = {"sound": False, "error": {"code": "draw-not-a-file", "text": text}}
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else text)


def _print(verdict: DrawVerdict, *, as_json: bool) -> None:
    faults = [
        {"code": f"draw-fault-{code}", "text": told(f"draw-fault-{code}")}
        for code in verdict.faults
    ]
    if as_json:
        document = {
            "sound": verdict.sound,
            "kind": verdict.kind,
            "draw": verdict.draw,
            "log_signed": verdict.log_signed,
            "drawn": verdict.drawn,
            "faults": faults,
        }
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    click.echo(told("draw-sound" if verdict.sound else "draw-unsound", draw=verdict.draw))
    if verdict.sound and verdict.log_signed is None:
        click.echo(told("draw-log-key-unknown"))
    for fault in faults:
        click.echo(f"  {fault['text']} [{fault['code']}]")
