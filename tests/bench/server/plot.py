"""The cost curve as a picture: one line a database and figure, from nought."""

import json
import subprocess
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[3]


def draw(curve: dict[str, Any], path: Path) -> None:
    """Write an SVG of milliseconds a record (8 clients) and a list (p50) over records held."""
    measured = {name: steps for name, steps in curve.items() if isinstance(steps, dict)}
    records = list(next(iter(measured.values())))
    lines = [
        {
            "name": f"{database}: {figure}",
            "milliseconds": [_milliseconds(steps[rows][figure]) for rows in records],
            "dashed": database == "sqlite",
        }
        for database, steps in measured.items()
        for figure in steps[records[0]]
    ]
    asked = json.dumps({"records": [f"{int(rows):,}" for rows in records], "lines": lines})
    node = subprocess.run(
        [_ROOT / "tools" / "node.sh"], check=True, capture_output=True, text=True
    ).stdout.strip()
    drawn = subprocess.run(
        [f"{node}/node", Path(__file__).with_suffix(".mjs")],
        input=asked,
        check=True,
        capture_output=True,
        text=True,
    )
    path.write_text(f"{drawn.stdout}\n", "utf-8")


def _milliseconds(figure: dict[str, float]) -> float:
    per_record = 1000 / figure["per_second"] if "per_second" in figure else figure["p50_ms"]
    return round(per_record, 1)
