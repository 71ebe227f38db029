"""The cost curve as a picture: both axes logarithmic, one line a database and figure."""

import math
from pathlib import Path
from typing import Any

_WIDTH, _HEIGHT, _MARGIN = 720, 440, 60
_COLOURS = ("#1b6ca8", "#c2571a", "#2f7d32", "#7b2d8b", "#8a6d00", "#555555")


def draw(curve: dict[str, Any], path: Path) -> None:
    """Write an SVG of milliseconds a record (8 clients) and a list (p50) over records held."""
    lines = dict(_lines(curve))
    points = [point for line in lines.values() for point in line]
    across = _scale([x for x, _ in points], _MARGIN, _WIDTH - 150)
    upward = _scale([y for _, y in points], _HEIGHT - _MARGIN, _MARGIN)
    body = [_ticks(across, upward)]
    for place, (name, line) in enumerate(lines.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        spots = " ".join(f"{across(x):.0f},{upward(y):.0f}" for x, y in line)
        end_x, end_y = line[-1]
        body.append(
            f'<polyline points="{spots}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{across(end_x) + 6:.0f}" y="{upward(end_y) + 4:.0f}" fill="{colour}">'
            f"{name}</text>"
        )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'font-family="sans-serif" font-size="12">{"".join(body)}</svg>\n'
    )


def _lines(curve: dict[str, Any]) -> Any:
    for database, steps in curve.items():
        if isinstance(steps, str):
            continue
        for figure in next(iter(steps.values())):
            yield (
                f"{database} {figure}",
                [(int(rows), _milliseconds(found[figure])) for rows, found in steps.items()],
            )


def _milliseconds(figure: dict[str, float]) -> float:
    return 1000 / figure["per_second"] if "per_second" in figure else figure["p50_ms"]


def _scale(values: list[float], start: float, end: float) -> Any:
    low, high = math.log10(min(values)), math.log10(max(values))
    spread = (high - low) or 1
    return lambda value: start + (math.log10(value) - low) / spread * (end - start)


def _ticks(across: Any, upward: Any) -> str:
    below = "".join(
        f'<text x="{across(10**n):.0f}" y="{_HEIGHT - 30}" text-anchor="middle">10^{n}</text>'
        for n in range(3, 7)
    )
    beside = "".join(
        f'<text x="8" y="{upward(ms):.0f}">{ms} ms</text>'
        for ms in (1, 3, 10, 30, 100, 300)
        if _MARGIN <= upward(ms) <= _HEIGHT - _MARGIN
    )
    return f'{below}<text x="{_WIDTH // 2 - 60}" y="{_HEIGHT - 8}">records held</text>{beside}'
