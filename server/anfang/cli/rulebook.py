"""`anfang rulebook`: check, explain and load rulebooks, print their schema."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final
from uuid import UUID

import click

from anfang.campaigns import queries, rulebooks
from anfang.campaigns.rulebook_explaining import explain
from anfang.campaigns.rulebook_texts import fault_text
from anfang.campaigns.rulebook_validating import Verdict, check, schema
from anfang.campaigns.shipped import shipped
from anfang.cli.application import installation
from anfang.cli.terminal import AS_JSON, answer, terminal_locale, told
from anfang.kit.db import transaction


class _Source(click.ParamType[str]):
    """A file, or the code of a rulebook that comes with the product; gives the text."""

    name = "file|code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read what was named."""
        file = Path(value)
        if file.is_file():
            return file.read_bytes().decode("utf-8", errors="replace")
        known = {one.code: one.text for one in shipped()}
        if value not in known:
            self.fail(told("rulebook-no-such-source", name=value), param, ctx)
        return known[value]


_TEXT: Final = click.argument("text", metavar="FILE|CODE", type=_Source())


@click.group()
def rulebook() -> None:
    """Rulebooks: what a campaign's engines run by. CODE names one that comes with the product."""


@rulebook.command("check")
@_TEXT
@AS_JSON
def check_rulebook(text: str, as_json: bool) -> None:
    """Check a rulebook: every fault with line, column and rule.

    Exit codes: 0 sound, 1 refused.
    """
    verdict = check(text)
    faults = [{**asdict(one), "text": fault_text(one, _locale())} for one in verdict.faults]
    if as_json:
        _write({"sound": not faults, "faults": faults})
    else:
        _say_faults(verdict)
    sys.exit(1 if faults else 0)


@rulebook.command("explain")
@_TEXT
@AS_JSON
def explain_rulebook(text: str, as_json: bool) -> None:
    """Say in plain words what a rulebook makes happen. Exit code 1: it is refused."""
    verdict = check(text)
    if verdict.faults:
        _say_faults(verdict)
        sys.exit(1)
    sections = explain(verdict.content, _locale())
    if as_json:
        _write({"sections": [asdict(one) for one in sections]})
        return
    for section in sections:
        click.echo(section.title)
        for line in section.lines:
            click.echo(f"  {line}")


@rulebook.command("load")
@click.option("--campaign", "campaign_id", type=click.UUID, required=True)
@click.option("--reason", default="", help="Why; demanded once a stage has been entered.")
@_TEXT
@AS_JSON
def load_rulebook(campaign_id: UUID, reason: str, text: str, as_json: bool) -> None:
    """Put a rulebook in force for a campaign."""
    with installation(), transaction():
        version = rulebooks.load(queries.campaign(campaign_id), text, reason=reason)
        made: dict[str, object] = {
            "code": version.code,
            "version": version.version,
            "sha256": version.sha256,
        }
    answer(made, as_json=as_json)


@rulebook.command("schema")
def print_schema() -> None:
    """Print the JSON Schema (2020-12) of rulebooks, for editors and programs."""
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))


def _say_faults(verdict: Verdict) -> None:
    for one in verdict.faults:
        click.echo(f"{fault_text(one, _locale())} [{one.code}] {one.rule}")
    count = len(verdict.faults)
    click.echo(told("rulebook-invalid", count=count) if count else told("rulebook-sound"))


def _write(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False))


def _locale() -> str:
    return terminal_locale(os.environ)
