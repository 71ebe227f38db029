"""`anfang demo`: load the demonstration, say who signs in how, enrol a phone for it."""

import json
import sys
from dataclasses import asdict

import click
from flask import Flask

from anfang.app import create_app
from anfang.demo import loader, scale
from anfang.identity import devices, queries
from anfang.installation import prepare
from anfang.kit.config import Settings, load_settings
from anfang.kit.db import transaction

_ALIAS = "暗访员01"


@click.command()
@click.option("--scale", "more", type=click.IntRange(1), help="Add this many generated records.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the generated records.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")
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
    app = create_app(settings)
    with app.app_context():
        prepare(app)
    return app


def _add(settings: Settings, more: int, seed: int) -> None:
    app = _prepared(settings)
    with (
        app.app_context(),
        click.progressbar(length=more, label="records", file=sys.stderr) as bar,
    ):
        scale.add_records(more, settings.origin, settings.zone, seed, lambda _: bar.update(1))


def _progress(step: str) -> None:
    click.echo(f"demonstration: {step}", err=True)


def _tell(settings: Settings, summary: loader.Summary) -> None:
    app = _prepared(settings)
    with app.app_context(), transaction():
        inspector = queries.inspector_by_alias(_ALIAS)
        link = devices.issue_enrolment(inspector, preconfirmed=True).url if inspector else ""
    width = max(len(one.username) for one in summary.sign_ins)
    click.echo(f"\n登录 Sign-ins · {settings.origin}/console")
    for one in map(asdict, summary.sign_ins):
        click.echo(f"  {one['username']:<{width}}  {one['password']}  {one['role']}")
    click.echo(f"\n手机登记链接 Enrolment link for a phone (10 min, once)\n  {link}")
    click.echo(
        "\n先做什么 What to do first\n"
        "  1. 用 reviewer1 登录，审核队列中的记录  sign in as reviewer1 and judge what waits\n"
        "  2. 打开登记链接，设口令，填一次检查  open the link, set a PIN, file a visit\n"
        f"  3. 查看已公布的通报  read the published notice: {settings.origin}/p/\n"
    )
