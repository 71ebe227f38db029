"""`anfang demo`: load the demonstration, say who signs in how, enrol a phone for it."""

import json
import sys

import click
from flask import Flask

from anfang.cli.application import installation
from anfang.cli.terminal import AS_JSON, told
from anfang.demo import loader, scale
from anfang.identity import devices, queries
from anfang.kit.config import Settings, load_settings
from anfang.kit.db import transaction

_ALIAS = "暗访员01"


@click.command()
@click.option("--scale", "more", type=click.IntRange(1), help="Add this many generated records.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the generated records.")
@AS_JSON
def demo(more: int | None, seed: int, as_json: bool) -> None:
    """Load the demonstration campaign into an empty installation; loaded before, show it."""
    settings = load_settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    summary = loader.installed(settings)
    if summary is None:
        summary = loader.load(settings, _prepared, _progress)
    if more:
        _add(settings, more, seed)
    if as_json:
        click.echo(json.dumps(summary.as_json(), ensure_ascii=False))
        return
    _tell(settings, summary)


def _prepared(settings: Settings) -> Flask:
    with installation(settings) as app:
        return app


def _add(settings: Settings, more: int, seed: int) -> None:
    with (
        installation(settings),
        click.progressbar(length=more, label=told("demo-records"), file=sys.stderr) as bar,
    ):
        scale.add_records(more, settings.origin, settings.zone, seed, lambda _: bar.update(1))


def _progress(step: str) -> None:
    click.echo(told("demo-step", step=step), err=True)


def _tell(settings: Settings, summary: loader.Summary) -> None:
    with installation(settings), transaction():
        inspector = queries.inspector_by_alias(_ALIAS)
        link = devices.issue_enrolment(inspector, preconfirmed=True).url if inspector else ""
    width = max(len(one.username) for one in summary.sign_ins)
    click.echo(f"\n{told('demo-sign-ins', origin=settings.origin)}")
    for one in summary.sign_ins:
        click.echo(f"  {one.username:<{width}}  {one.password}  {one.role}")
    click.echo(f"\n{told('demo-link')}\n  {link}")
    click.echo(f"\n{told('demo-first', origin=settings.origin)}\n")
