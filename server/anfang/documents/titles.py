"""Breaking a title into lines that look right: whole words, balanced, 梯形 or 菱形.

GB/T 9704-2012 §7.3.1 asks that a title's lines keep words whole and form a trapezium or a rhombus.
Chinese writes no spaces, so whole words cannot be known without a dictionary: breaks are taken
where the grammar of titles shows one (behind 的, 和, 、, 》 …, before 关于, 通报 …), never inside
brackets or a number. A newline in the title overrules all this.
"""

import re
from functools import cache
from itertools import pairwise

LINE_CELLS = 20  # 2号 characters that fit the 156 mm of the 版心

_BREAK_BEHIND = frozenset("的和与及等、，：》”）；市县区局")
_BREAK_BEFORE = (
    "关于",
    "通报",
    "通知",
    "情况",
    "问题",
    "督办",
    "函",
    "更正",
    "撤回",
    "暗访",
    "整改",
)
_OPENING, _CLOSING = "《（“〔【", "》）”〕】"
# Last lines this short look like leftovers.
_SHORTEST = 4


def title_lines(title: str, cells: int = LINE_CELLS) -> tuple[str, ...]:
    """Break `title` into lines of at most `cells` characters (half-width ones count as half)."""
    if "\n" in title:
        return tuple(part.strip() for part in title.split("\n") if part.strip())
    title = title.strip()
    if cells_of(title) <= cells:
        return (title,)
    for count in range(2, len(title) + 1):
        lines = _best_split(title, count, cells)
        if lines:
            return lines
    return (title,)


def cells_of(text: str) -> float:
    """Return how many characters wide a text is; half-width ones count as half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _break_costs(title: str) -> dict[int, float]:
    """Price every place where the title may break; none lies inside brackets or a number."""
    costs: dict[int, float] = {}
    depth = 0
    for i in range(1, len(title)):
        depth += (title[i - 1] in _OPENING) - (title[i - 1] in _CLOSING)
        if depth > 0 or title[i] in _CLOSING or title[i] in "，、。：；":
            continue
        if re.fullmatch(r"[0-9A-Za-z.%-]{2}", title[i - 1 : i + 1]):
            continue
        good = title[i - 1] in _BREAK_BEHIND or title.startswith(_BREAK_BEFORE, i)
        costs[i] = 0.0 if good else 30.0
    return costs


def _best_split(title: str, count: int, cells: int) -> tuple[str, ...]:
    """Find the cheapest split into `count` lines, or nothing if the lines cannot hold the title."""
    costs = _break_costs(title)
    ideal = cells_of(title) / count

    @cache
    def cheapest(start: int, lines: int) -> tuple[float, tuple[int, ...]] | None:
        rest = title[start:]
        if lines == 1:
            width = cells_of(rest)
            if width > cells:
                return None
            return ((width - ideal) ** 2 + (50.0 if len(rest) < _SHORTEST else 0.0), ())
        options: list[tuple[float, tuple[int, ...]]] = []
        for end, cost in costs.items():
            width = cells_of(title[start:end])
            if end <= start or width > cells:
                continue
            tail = cheapest(end, lines - 1)
            if tail is not None:
                options.append((cost + (width - ideal) ** 2 + tail[0], (end, *tail[1])))
        return min(options, default=None)

    found = cheapest(0, count)
    if found is None:
        return ()
    return tuple(title[a:b] for a, b in pairwise((0, *found[1], len(title))))
