"""Write docs/mechanisms.md: which mechanism of the source documents is carried by what.

    .venv/bin/python tools/mechanisms.py [--check]

Rows are the numbers of the table of mechanisms; a row is carried by the entries of the shipped
rulebooks that say `rows: […]`, and done when a test `test_row_NN_…` plays it through the API.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from anfang.campaigns.rulebook_reading import Place, read

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "mechanisms.md"
RULEBOOKS: Final = ROOT / "server" / "anfang" / "campaigns" / "rulebooks"
TESTS: Final = ROOT / "tests" / "server" / "api" / "source_campaigns"
ROWS: Final = range(1, 89)

WAITING: Final[dict[int, str]] = {}
"""What a row without a test waits for."""

_HEAD: Final = """# 机制一览 · Mechanisms

来源文件的 88 条机制：由哪份规则手册的哪几行承担，由哪个测试经公开接口演示。
没有测试的行写“待”和等什么。本页由 `tools/mechanisms.py` 生成，不要手改。

The 88 mechanisms of the source documents: the lines of the shipped rulebooks that carry each, and
the test that plays it through the public API. A row without a test waits. This page is generated
by `tools/mechanisms.py`.

"""


@dataclass(frozen=True)
class Played:
    """A test that plays a row: its engine is in its file's name."""

    row: int
    engine: str
    shows: str
    test: str


def page() -> str:
    """Return the page as it should be."""
    tests, lines = played(), carried()
    waiting = [row for row in ROWS if row not in tests]
    rows = [_row(row, tests.get(row, []), lines.get(row, [])) for row in ROWS]
    return "".join(
        [
            _HEAD,
            f"{len(ROWS) - len(waiting)} / {len(ROWS)}；待 waiting：{_numbers(waiting)}\n\n",
            "| # | 引擎 engine | 演示 what the test shows | 规则手册 rulebook | 测试 test |\n",
            "|-|-|-|-|-|\n",
            *rows,
        ]
    )


def played() -> dict[int, list[Played]]:
    """Return the tests of rows, by row."""
    found: dict[int, list[Played]] = defaultdict(list)
    for file in sorted(TESTS.glob("test_*_rows.py")):
        for one in _tests(file):
            found[one.row].append(one)
    return found


def carried() -> dict[int, list[str]]:
    """Return where the shipped rulebooks say that an entry carries a row: `s0:12, 40`."""
    lines: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for file in sorted(RULEBOOKS.glob("*.yaml")):
        document = read(file.read_text("utf-8"))
        for place, rows in _entries(document.value, ()):
            for row in rows:
                lines[row][file.name.split("-")[0]].add(document.mark(place).line)
    return {
        row: [f"{name}:{','.join(map(str, sorted(at)))}" for name, at in sorted(books.items())]
        for row, books in lines.items()
    }


def _tests(file: Path) -> Iterator[Played]:
    engine = file.stem.removeprefix("test_").removesuffix("_rows")
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_row_"):
            row = int(node.name.split("_")[2])
            shows = (ast.get_docstring(node) or "").partition("\n")[0]
            yield Played(row, engine, shows, f"{file.name}::{node.name}")


def _entries(value: Any, place: Place) -> Iterator[tuple[Place, list[int]]]:
    if isinstance(value, dict):
        if "rows" in value:
            yield place, value["rows"]
        for key, one in value.items():
            yield from _entries(one, (*place, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _entries(one, (*place, index))


def _row(row: int, tests: list[Played], lines: list[str]) -> str:
    engines = ", ".join(dict.fromkeys(one.engine for one in tests))
    shows = " ".join(one.shows for one in tests) or f"待：{WAITING[row]}"
    named = "<br>".join(f"`{one.test}`" for one in tests)
    return f"| {row} | {engines} | {shows} | {' '.join(lines)} | {named} |\n"


def _numbers(rows: list[int]) -> str:
    return "、".join(map(str, rows)) or "0"


def main() -> None:
    """Write the page, or with --check only say whether it is fresh (exit code 1: it is not)."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        sys.exit(0 if PAGE.read_text("utf-8") == wanted else 1)
    PAGE.write_text(wanted, encoding="utf-8")


if __name__ == "__main__":
    main()
