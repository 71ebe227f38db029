"""The project's own files as data, for the guard tests in `tests/architecture`."""

import ast
import importlib
import pkgutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "server" / "anfang"

ROOM_FILES = frozenset(
    {"routes", "tasks", "schemas", "service", "policies", "queries", "models", "errors"}
)
"""The standard files of a room; every other file of a room is pure: no Flask, no database."""

DOORS = frozenset({"service", "queries", "models", "errors"})
"""What a room may import of another room."""


COMPOSITION = frozenset({"cli", "demo", "upkeep"})
"""Folders above the rooms that put them together: they own no table and no address."""


@dataclass(frozen=True)
class Source:
    """One Python file of the server: its dotted module name, path and syntax tree."""

    module: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """First folder below the package, or the file's own name for the top files."""
        return self.module.split(".")[1] if "." in self.module else ""

    @property
    def part(self) -> str:
        """File name inside the room; empty for the room's `__init__`."""
        return ".".join(self.module.split(".")[2:])


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the server package, parsed."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Source(module, path, ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)


@cache
def rooms() -> tuple[str, ...]:
    """Names of the rooms: the folders of the server package that hold Python code."""
    folders = {s.room for s in sources() if (PACKAGE / s.room).is_dir() and s.room}
    return tuple(sorted(folders - COMPOSITION))


def import_everything() -> None:
    """Load every module of the server, so that registries and subclasses are complete."""
    package = importlib.import_module("anfang")
    for info in pkgutil.walk_packages(package.__path__, "anfang."):
        if info.name not in {"anfang.wsgi", "anfang.__main__"}:
            importlib.import_module(info.name)


def imported_modules(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each imported module's dotted name with its line; `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


_NEVER_COMMITTED = frozenset(
    {".git", ".venv", ".tools", ".data", "node_modules", "__pycache__", "dist", "reports", "build"}
)


@cache
def committed_files() -> tuple[Path, ...]:
    """Every file that git tracks or would track (not ignored), as absolute paths.

    In an unpacked archive, where git knows nothing: every file outside the built folders.
    """
    # A checkout may belong to another user than the one who runs the tests.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    try:
        listed = subprocess.run(
            [*command, "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return tuple(
            path
            for path in sorted(ROOT.rglob("*"))
            if path.is_file() and not _NEVER_COMMITTED & set(path.relative_to(ROOT).parts)
        )
    names = [name for name in listed.decode().split("\0") if name]
    return tuple(path for name in names if (path := ROOT / name).is_file())


def text_of(path: Path) -> str | None:
    """The file's text, or None for a binary file."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
