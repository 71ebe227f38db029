"""`anfang bench NAME`: measurements of this checkout on this machine, each against its raw limit.

A benchmark is `tests/bench/NAME.py`: a docstring whose first line says what it measures, and
`run(size: int | None) -> dict[str, object]`.
"""

import importlib.util
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
        files = (_TESTS / "bench").glob("[a-z]*.py")
        return sorted(path.stem for path in files if path.stem != "conftest")

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
    def command(size: int | None, *, as_json: bool) -> None:
        result: dict[str, object] = module.run(size)
        if as_json:
            click.echo(json.dumps(result))
            return
        for what, value in result.items():
            click.echo(f"{what}: {value}")

    return command


def _loaded(name: str) -> ModuleType:
    """Load a benchmark's file; what the tests share is importable from it."""
    if str(_TESTS) not in sys.path:
        sys.path.insert(0, str(_TESTS))
    spec = importlib.util.spec_from_file_location(f"bench_{name}", _TESTS / "bench" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise click.ClickException(f"{name} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
