"""What every command does alike: open the installation, answer a person or a program."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import click
from flask import Flask

from anfang.app import create_app
from anfang.installation import prepare
from anfang.kit.config import Settings, load_settings
from anfang.kit.i18n import translate

AS_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")


@contextmanager
def installation(settings: Settings | None = None) -> Iterator[Flask]:
    """Open this installation, brought to this version, inside an application context."""
    settings = settings or load_settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    app = create_app(settings)
    with app.app_context():
        prepare(app)
        yield app


def answer(document: Mapping[str, object], *, as_json: bool) -> None:
    """Write the answer of a command."""
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    for name, value in document.items():
        click.echo(f"{name}: {value}")


def told(message: str, **values: str | int) -> str:
    """Return a text of the catalogues in the terminal's language."""
    return translate(message, terminal_locale(os.environ), **values)


def terminal_locale(environment: Mapping[str, str]) -> str:
    """Return the language of a terminal: English where it says so, else Chinese."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    spoken = next((environment[name] for name in names if environment.get(name)), "")
    return "en" if spoken.startswith("en") else "zh-CN"


@contextmanager
def progress(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr; gives a function that is told what is done, and of how much."""
    if quiet:
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield tell
