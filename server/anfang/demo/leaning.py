"""How the demonstration's raters choose on a scale: the same every time, not all alike. Pure."""

import random
from collections.abc import Sequence
from typing import Final

_ALL: Final = 100


class Raters:
    """Raters of one name, who lean towards the better end of a scale."""

    def __init__(self, name: str) -> None:
        self._chance = random.Random(name)  # noqa: S311 -- chooses examples, guards nothing

    def choose(self, scale: Sequence[str], leaning: int) -> str:
        """Return an option of a scale, best first; each is taken in `leaning` of 100 cases."""
        for option in scale[:-1]:
            if self._chance.randrange(_ALL) < leaning:
                return option
        return scale[-1]
