"""`anfang bench NAME`: measurements of this checkout on this machine, each against its raw limit.

A benchmark is `tests/bench/NAME.py`, or a folder of that name: a docstring whose first line says
what it measures, and `run(size: int | None, **options) -> dict[str, object]`. It may name options
of its own as `OPTIONS`, a list of click's.
"""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Final

import click

import anfang

_TESTS: Final = Path(anfang.__file__).resolve().parents[2] / "tests"


class _Benches(click.Group):
    """The files of `tests/bench`, as commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's own
        """Return the names of the benchmarks."""
        found = [*(_TESTS / "bench").glob("[a-z]*.py"), *(_TESTS / "bench").glob("*/__init__.py")]
        return sorted(path.parent.name if path.stem == "__init__" else path.stem for path in found)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command of a benchmark, None for an unknown one."""
        return _command(name) if name in self.list_commands(ctx) else None


@click.command(cls=_Benches)
def bench() -> None:
    """Measure: benchmarks of a checkout, run here and now."""


def _command(name: str) -> click.Command:
    module = _loaded(name)

    @click.command(name, help=module.__doc__)
    @click.option("--size", type=click.IntRange(1), help="How much to measure with.")
    @click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")
    def command(size: int | None, *, as_json: bool, **options: object) -> None:
        result: dict[str, object] = module.run(size, **options)
        if as_json:
            click.echo(json.dumps(result))
            return
        for what, value in result.items():
            click.echo(f"{what}: {value}")

    command.params += getattr(module, "OPTIONS", [])
    return command


def _loaded(name: str) -> ModuleType:
    """Load a benchmark; what the tests share is importable from it."""
    if str(_TESTS) not in sys.path:
        sys.path.insert(0, str(_TESTS))
    return importlib.import_module(f"bench.{name}")
