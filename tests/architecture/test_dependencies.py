"""What the code imports is declared, what is declared is locked."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.house import ROOT, sources

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNTIME = [Requirement(text) for text in PROJECT["dependencies"]]
DEV = [Requirement(text) for text in PROJECT["optional-dependencies"]["dev"]]

# Parts of a declared package that are published under a name of their own.
COMPANIONS = {"werkzeug": "flask", "markupsafe": "jinja2"}


def _locked(name: str) -> dict[str, set[str]]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines()
    found: dict[str, set[str]] = {}
    for line in lines:
        if match := re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", line):
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


def test_every_imported_package_is_declared():
    declared = {canonicalize_name(requirement.name) for requirement in RUNTIME}
    owners = packages_distributions()
    undeclared = set()
    for source in sources():
        for node in ast.walk(source.tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for top in {name.split(".")[0] for name in names} - sys.stdlib_module_names:
                distributions = {
                    COMPANIONS.get(name, name)
                    for name in map(canonicalize_name, owners.get(top, [top]))
                }
                if top != "anfang" and not distributions & declared:
                    undeclared.add(f"{source.module} imports {top}")
    assert not undeclared


@pytest.mark.parametrize(("lock", "wanted"), [("runtime", RUNTIME), ("dev", RUNTIME + DEV)])
def test_the_locks_hold_what_is_declared(lock, wanted):
    """Otherwise: `make lock`."""
    locked = _locked(lock)
    stale = [
        str(requirement)
        for requirement in wanted
        if not any(
            requirement.specifier.contains(version)
            for version in locked.get(canonicalize_name(requirement.name), ())
        )
    ]
    assert not stale


def test_both_locks_agree():
    runtime, dev = _locked("runtime"), _locked("dev")
    assert {name: dev.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("lock", ["build", "node", "runtime", "dev"])
def test_every_locked_package_has_its_hashes(lock):
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    assert not [entry for entry in entries if entry.strip() and "--hash=sha256:" not in entry]
