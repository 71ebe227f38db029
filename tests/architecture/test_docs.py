"""The documentation tells the truth: links, commands, settings, the photo's path."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from support.house import PACKAGE, ROOT, committed_files, text_of

PAGES = [path for path in committed_files() if path.suffix == ".md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
CODE_BLOCK = re.compile(r"^ *```(?:sh|bash|console)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_resolve(page):
    broken = []
    for match in LINK.finditer(page.read_text("utf-8")):
        target = match[1] or match[2]
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in _anchors(file)):
            broken.append(target)
    assert not broken


def _commands(page: Path) -> Iterator[list[str]]:
    for block in CODE_BLOCK.findall(page.read_text("utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.strip().removeprefix("$ "), comments=True)
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words = words[1:]
            if words:
                yield words


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_pages_exist(page):
    """`make` targets and `anfang` commands with their options; what runs them is the e2e play."""
    wrong = []
    for words in _commands(page):
        if words[0] == "make":
            goals = [w for w in words[1:] if "=" not in w and not w.startswith("-")]
            wrong += [" ".join(words)] if set(goals) - _targets() else []
        elif Path(words[0]).name == "anfang":
            wrong += [] if _is_command(words[1:]) else [" ".join(words)]
        elif words[0].startswith(("tools/", ".ci/")):
            wrong += [] if (ROOT / words[0]).exists() else [" ".join(words)]
    assert not wrong


def _is_command(words: list[str]) -> bool:
    from anfang.cli import cli  # noqa: PLC0415 -- pages without commands need no application

    command: click.Command = cli
    for position, word in enumerate(words):
        if isinstance(command, click.Group) and not word.startswith("-"):
            found = command.get_command(click.Context(command), word)
            if found is None:
                return False
            command = found
            continue
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        asked = {w.split("=")[0] for w in words[position:] if w.startswith("--")}
        return asked <= known
    return True


def test_commands_of_the_containers_exist():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    commands = [service["command"] for service in services.values() if "command" in service]
    ours = [words for words in commands if words[0] == "anfang"]
    assert ours
    assert not [words for words in ours if not _is_command(words[1:])]


def _settings_table(page: Path) -> list[str]:
    return re.findall(r"^\| `([A-Z_]+)` \|", page.read_text("utf-8"), re.MULTILINE)


def test_the_configuration_table_is_complete():
    from anfang.kit.config import SETTINGS  # noqa: PLC0415 -- see above

    assert _settings_table(ROOT / "docs" / "operations.md") == list(SETTINGS)


def test_every_setting_that_the_code_reads_is_in_the_list():
    from anfang.kit.config import SETTINGS  # noqa: PLC0415 -- see above

    read = set(re.findall(r"\"(ANFANG_[A-Z_]+|PORT)\"", (PACKAGE / "kit/config.py").read_text()))
    assert read == set(SETTINGS)


# [Note: Photo path] the document lists the hops; each hop carries the note in its code.
NOTE = "[Note: " + "Photo path]"
HOP = re.compile(r"^\| \d+[a-z]? \| `([^`]+)` \| `([^`]+)` \|", re.MULTILINE)


def _hops() -> list[tuple[str, str]]:
    return HOP.findall((ROOT / "docs" / "photo-path.md").read_text("utf-8"))


def test_every_hop_of_the_photo_path_is_where_the_document_says():
    walked = {Path(name).parent.as_posix() for name, _ in _hops()}
    assert {f"server/anfang/{room}" for room in ("evidence", "review", "packs")} <= walked
    wrong = []
    for name, function in _hops():
        text = text_of(ROOT / name) if (ROOT / name).is_file() else None
        if text is None:
            wrong.append(f"{name} does not exist")
        elif not _defines(name, text, function):
            wrong.append(f"{name} does not define {function}")
        elif NOTE not in text:
            wrong.append(f"{name} does not carry the note")
    assert not wrong


def _defines(name: str, text: str, function: str) -> bool:
    if name.endswith(".py"):
        return any(
            isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == function
            for node in ast.walk(ast.parse(text))
        )
    word = re.escape(function)
    declared = rf"\b(?:function\*?|const|let|class)\s+{word}\b"
    method = rf"^\s+(?:async\s+)?{word}\s*\("
    return bool(re.search(f"{declared}|{method}", text, re.MULTILINE))


def test_every_note_in_the_code_is_in_the_document():
    listed = {name for name, _ in _hops()}
    noted = {
        str(path.relative_to(ROOT))
        for path in committed_files()
        if path.suffix in {".py", ".ts", ".vue"}
        and path.is_relative_to(ROOT)
        and path.relative_to(ROOT).parts[0] in {"server", "pwa"}
        and NOTE in (text_of(path) or "")
    }
    assert noted == listed
