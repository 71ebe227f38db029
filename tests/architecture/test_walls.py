"""The walls between rooms and inside them."""

import ast
import subprocess
import sys

import grimp
import pytest

from support.house import DOORS, PACKAGE, ROOM_FILES, ROOT, imported_modules, rooms, sources

FLASK = ("flask", "flask_smorest", "flask_limiter", "flask_migrate", "werkzeug", "webargs")
DATABASE = ("sqlalchemy", "flask_sqlalchemy", "anfang.kit.db")

MAY_IMPORT_FLASK = {"routes", "schemas"}
MAY_IMPORT_CURRENT_APP = {"service", "queries", "tasks"}  # for its configuration only
MAY_IMPORT_DATABASE = {"routes", "tasks", "service", "queries", "models", "policies"}

SPLIT_OFF = {
    "Verbs of": "service",
    "Reads of": "queries",
    "Addresses of": "routes",
    "Tables of": "models",
    "Wire forms of": "schemas",
}

# Files beside the standard eight that are not pure, each for the reason given.
INFRASTRUCTURE = {
    "anfang.jobs.worker": "runs the application outside requests",
}

# Doors beside the standard four, each for the reason given.
EXTRA_DOORS = {
    "anfang.assignments.mandate_queries": "phones of invited supervisors get no free choice",
    "anfang.cases.ledger": "what narrows and counts the ledger counts it for reports, too",
    "anfang.cases.followup_models": "tables of cases, split off from models by meaning",
    "anfang.jobs.registry": "a room's tasks.py announces here which events it answers",
    "anfang.campaigns.rulebook_registry": "rooms above answer gates and check their sections here",
    "anfang.campaigns.readiness": "the room of visits adds its own step to the set-up",
    "anfang.campaigns.days": "what a rulebook's days mean, for the rooms that own its sections",
    "anfang.documents.reporting": "reports are set in the office's layout",
    "anfang.evidence.deleting": "who links to media, above, decides which of them are deleted",
    "anfang.retention.sources": "rooms above name here what of theirs ends by a rule",
    "anfang.retention.rules": "the names of the rules stand in rooms above, too",
    "anfang.inspections.publication": "whoever publishes asks here whether a visit may be named",
    "anfang.identity.custody": "rooms seal for the custodians, and have a release opened",
    "anfang.identity.passphrases": "what an account wraps under its passphrase, for rooms above",
    "anfang.identity.office_keys": "rooms have the office sign; its private keys stay in there",
}


def test_import_contracts_hold():
    # In a process of its own: it switches off the loggers of everything imported before.
    call = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    found = subprocess.run([*call, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def test_a_room_enters_another_room_only_through_its_doors():
    graph = grimp.build_graph("anfang")
    inner = set(rooms()) - {"kit"}
    intruders = []
    for importer in graph.modules:
        room = _room(importer)
        if room not in inner:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            target = _room(imported)
            if target not in inner or target == room or imported in EXTRA_DOORS:
                continue
            if imported.removeprefix(f"anfang.{target}").lstrip(".").split(".")[0] not in DOORS:
                intruders.append(f"{importer} → {imported}")
    assert not intruders


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_what_it_owns(room):
    docstring = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8")))
    assert docstring
    assert len(docstring.split()) > 3


def _files(room: str):
    """The files of a room with the standard name whose rules they follow, or "" for a pure file.

    A file whose docstring begins with "Verbs of" or "Reads of" is a part of `service.py` or
    `queries.py` that was split off by meaning; it follows the rules of what it came from.
    """
    for source in sources():
        if source.room != room or room == "kit" or not source.part:
            continue
        name, docstring = source.part.split(".")[0], ast.get_docstring(source.tree) or ""
        split_off = [kind for start, kind in SPLIT_OFF.items() if docstring.startswith(start)]
        yield source, name if name in ROOM_FILES else "".join(split_off)


@pytest.mark.parametrize("room", rooms())
def test_only_the_named_files_of_a_room_know_flask_and_the_database(room):
    strays = []
    for source, standard in _files(room):
        if source.module in INFRASTRUCTURE:
            continue
        for module, line in imported_modules(source.tree):
            if module == "flask.current_app" and standard in MAY_IMPORT_CURRENT_APP:
                continue
            if _within(module, FLASK) and standard not in MAY_IMPORT_FLASK:
                strays.append(f"{source.path}:{line} imports {module}")
            if _within(module, DATABASE) and standard not in MAY_IMPORT_DATABASE:
                strays.append(f"{source.path}:{line} imports {module}")
    assert not strays


@pytest.mark.parametrize("room", rooms())
def test_a_pure_file_stays_pure(room):
    """A file beside the standard eight calls no verb and no query: it can be read by itself."""
    impure = []
    for source, standard in _files(room):
        if standard or source.module in INFRASTRUCTURE:
            continue
        for module, line in imported_modules(source.tree):
            parts = module.split(".")
            if parts[0] == "anfang" and {"service", "queries", "models"} & set(parts[2:3]):
                impure.append(f"{source.path}:{line} imports {module}")
    assert not impure


def _within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def test_only_the_unit_of_work_commits():
    committing = [
        f"{source.path}:{node.lineno} .{node.attr}"
        for source in sources()
        if source.module != "anfang.kit.db"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
    ]
    assert not committing
