"""Pull the battery a thousand times (`make soak`): resumable, with every seed on record.

Runs `tests/e2e/field/test_kills.py` in rounds, and once the slow line of `test_bad_networks.py` at
the field's true figures. Each round is a line of `build/soak/rounds-COMMIT.jsonl`; started again,
it goes on until the kills that passed reach the target. Another commit begins anew.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "soak"
FIELD = "tests/e2e/field"
KILLS_A_ROUND = 100


def main() -> int:
    """Soak until enough kills passed; exit 1 at the first round that lost something."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000, help="how many in all (1000)")
    wanted = parser.parse_args().kills
    FOLDER.mkdir(parents=True, exist_ok=True)
    rounds = FOLDER / f"rounds-{_commit()}.jsonl"
    while (left := wanted - sum(one["kills"] for one in _done(rounds, "kills"))) > 0:
        if not _kill(rounds, min(left, KILLS_A_ROUND)):
            return 1
        _tell(rounds, wanted)
    _tell(rounds, wanted)
    return 0 if _done(rounds, "slow line") or _slow_line(rounds) else 1


def _kill(rounds: Path, kills: int) -> bool:
    seed = random.SystemRandom().randrange(10**6)
    variables = {"ANFANG_KILLS": str(kills), "ANFANG_KILL_SEED": str(seed)}
    return _run(rounds, "kills", f"{FIELD}/test_kills.py", variables, kills=kills, seed=seed)


def _slow_line(rounds: Path) -> bool:
    test = f"{FIELD}/test_bad_networks.py::test_a_large_photo_crosses_a_line_that_keeps_dying"
    return _run(rounds, "slow line", test, {"ANFANG_TRUE_LINK": "1"})


def _run(rounds: Path, kind: str, test: str, variables: dict[str, str], **facts: int) -> bool:
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    ended = subprocess.run(  # noqa: S603 -- our own tests
        command, cwd=ROOT, env=os.environ | variables, stdout=subprocess.PIPE, text=True
    )
    passed = ended.returncode == 0
    lives = [one for one in ended.stdout.splitlines() if one.startswith("lives: ")]
    line = {
        "kind": kind,
        **facts,
        "passed": passed,
        "seconds": round(time.monotonic() - began),
        "lives": json.loads(lives[0].removeprefix("lives: ")) if lives else {},
    }
    with rounds.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    if not passed:
        sys.stdout.write(ended.stdout)
        sys.stdout.write(f"FAILED {kind} {facts}; repeat it with {variables}\n")
    return passed


def _done(rounds: Path, kind: str) -> list[dict[str, Any]]:
    if not rounds.exists():
        return []
    lines = map(json.loads, rounds.read_text("utf-8").splitlines())
    return [one for one in lines if one["kind"] == kind and one["passed"]]


def _tell(rounds: Path, wanted: int) -> None:
    passed = _done(rounds, "kills")
    kills = sum(one["kills"] for one in passed)
    seeds = ", ".join(str(one["seed"]) for one in passed)
    updates = sum(one["lives"].get("update", 0) for one in passed)
    hours = sum(one["seconds"] for one in passed) / 3600
    sys.stdout.write(
        f"{kills} of {wanted} kills lost nothing, {updates} with an update of the service worker, "
        f"{hours:.1f} h; seeds {seeds}; {rounds}\n"
    )
    sys.stdout.flush()


def _commit() -> str:
    asked = ["git", "-c", "safe.directory=*", "rev-parse", "--short", "HEAD"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)  # noqa: S603 -- git
    return told.stdout.strip() or "archive"


if __name__ == "__main__":
    sys.exit(main())
