"""Ask the public advisories about every locked dependency: `make audit`, and a step of `make test`.

Exit codes: 0 nothing known; 1 something is known, each named; 2 with --strict, where the
advisories could not be asked. Without --strict that is said and is no failure: a machine without
the network's advisory services can still run the tests.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LEVELS = {"high", "critical"}
"""What of npm's levels fails: below it are faults of tools that no user's data reaches."""


@dataclass
class Answer:
    """What is known of one set of dependencies; `asked` is how many could be looked up."""

    asked: int = 0
    known: list[str] = field(default_factory=list)


def python_answer(report: str) -> Answer:
    """Read pip-audit's JSON report."""
    answer = Answer()
    for one in _mapping(report).get("dependencies", []):
        answer.asked += "skip_reason" not in one
        answer.known += [f"{one['name']} {one['version']}: {v['id']}" for v in one.get("vulns", [])]
    return answer


def javascript_answer(report: str) -> Answer:
    """Read npm's JSON report; an error in its place means that nobody was asked."""
    read = _mapping(report)
    total = read.get("metadata", {}).get("dependencies", {}).get("total", 0)
    found = read.get("vulnerabilities", {})
    known = [f"{name}: {one['severity']}" for name, one in found.items()
             if one["severity"] in LEVELS]  # fmt: skip
    return Answer(total, known)


def _mapping(report: str) -> dict[str, Any]:
    try:
        read = json.loads(report)
    except json.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}


def _run(command: Sequence[str], folder: Path) -> str:
    made = subprocess.run(  # noqa: S603 -- our own tools
        command, cwd=folder, capture_output=True, text=True, timeout=300
    )
    return made.stdout


def main(arguments: Sequence[str]) -> int:
    """Ask, tell, and return the exit code."""
    pip_audit = [
        str(Path(sys.executable).with_name("pip-audit")), "--require-hashes", "--disable-pip",
        "--format", "json", "--progress-spinner", "off",
    ]  # fmt: skip
    answers = {
        "requirements/runtime.txt": python_answer(
            _run([*pip_audit, "-r", "requirements/runtime.txt"], ROOT)
        ),
        "requirements/dev.txt": python_answer(
            _run([*pip_audit, "-r", "requirements/dev.txt"], ROOT)
        ),
        "pwa/package-lock.json": javascript_answer(
            _run([str(ROOT / "tools" / "pwa.sh"), "npm", "audit", "--json"], ROOT)
        ),
    }
    for name, answer in answers.items():
        told = "; ".join(answer.known) or (
            "nothing known" if answer.asked else "could not be asked"
        )
        sys.stdout.write(f"{name}: {told} ({answer.asked} looked up)\n")
    if any(answer.known for answer in answers.values()):
        return 1
    return 2 if "--strict" in arguments and not all(a.asked for a in answers.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
