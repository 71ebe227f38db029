"""Words between a command and its terminal: an answer for a person or a program, progress."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import click

from anfang.kit.i18n import translate

AS_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")


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
