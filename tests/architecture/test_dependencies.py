"""What the code imports is declared, what is declared is locked."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.house import ROOT, imported_modules, sources

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNTIME = [Requirement(text) for text in PROJECT["dependencies"]]
DEV = [Requirement(text) for text in PROJECT["optional-dependencies"]["dev"]]

# Parts of a declared package that are published under a name of their own.
COMPANIONS = {
    "werkzeug": "flask",
    "markupsafe": "jinja2",
    "fluent-syntax": "fluent-runtime",
    "grimp": "import-linter",
    "packaging": "pytest",
}


def _locked(name: str) -> dict[str, set[str]]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines()
    found: dict[str, set[str]] = {}
    for line in lines:
        if match := re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", line):
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


def _undeclared(files: Iterable[tuple[str, ast.Module]], own: set[str], declared: set[str]):
    owners = packages_distributions()
    for name, tree in files:
        for module, line in imported_modules(tree):
            top = module.split(".")[0]
            if top in own or top in sys.stdlib_module_names:
                continue
            distributions = map(canonicalize_name, owners.get(top, [top]))
            if not {COMPANIONS.get(d, d) for d in distributions} & declared:
                yield f"{name}:{line} imports {top}"


def _names(requirements: list[Requirement]) -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in requirements}


def test_every_package_that_the_server_imports_is_declared():
    files = [(source.module, source.tree) for source in sources()]
    assert not list(_undeclared(files, {"anfang"}, _names(RUNTIME)))


def test_every_package_that_the_tests_import_is_declared():
    paths = [p for folder in ("tests", "tools") for p in sorted((ROOT / folder).rglob("*.py"))]
    files = [(str(p.relative_to(ROOT)), ast.parse(p.read_text("utf-8"))) for p in paths]
    own = {"anfang", *(path.name for path in (ROOT / "tests").iterdir() if path.is_dir())}
    assert not list(_undeclared(files, own, _names(RUNTIME + DEV)))


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
