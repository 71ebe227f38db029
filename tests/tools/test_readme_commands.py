"""The README's commands, run as they stand there, in an empty installation."""

import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support.house import ROOT

pytestmark = pytest.mark.slow

BLOCKS = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def _commands(page: str) -> list[list[str]]:
    """Every `anfang` command of a page, in order; `make run` and `make test` run all the rest."""
    blocks = BLOCKS.findall((ROOT / page).read_text("utf-8"))
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.startswith(".venv/bin/")]


def _run(folder: Path, words: list[str]) -> str:
    program = Path(sys.executable).with_name(Path(words[0]).name)
    run = subprocess.run(
        [str(program), *words[1:]],
        cwd=folder,
        env={**os.environ, "ANFANG_DATA": str(folder / "data"), "PORT": "8137"},
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert run.returncode == 0, f"{' '.join(words)}: {run.stdout}{run.stderr}"
    return run.stdout


def test_the_pages_name_the_same_commands():
    assert _commands("README.md") == _commands("README.zh-CN.md")


def test_the_commands_work_in_the_order_of_the_page(tmp_path):
    record = ""
    _run(tmp_path, ["anfang", "demo"])  # as `make run` did before, on the same page
    for words in _commands("README.md"):
        output = _run(tmp_path, [word.replace("RECORD-ID", record) for word in words])
        if words[1:] == ["demo", "--json"]:
            record = json.loads(output)["records"][0]
    _assert_checked_by_stock_tools(tmp_path / "pack.zip", tmp_path / "unpacked")


def _assert_checked_by_stock_tools(pack: Path, folder: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(folder)
    (bag,) = folder.iterdir()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "-c", manifest], cwd=bag, check=True)
