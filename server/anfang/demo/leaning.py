"""How the demonstration's raters judge a unit: the same in every load, not all alike. Pure."""

import random
from collections.abc import Sequence
from typing import Final

_ALL: Final = 100


class Judgement:
    """What raters say of a unit, who lean towards the better end of a scale.

    Args:
        name: of the unit and the occasion; the same name gives the same choices.
        leaning: of 100 raters so many take the best option, of the rest as many the next …
    """

    def __init__(self, name: str, leaning: int) -> None:
        self._chance = random.Random(name)  # noqa: S311 -- chooses examples, guards nothing
        self._leaning = leaning

    def choose(self, scale: Sequence[str]) -> str:
        """Return the next rater's option of a scale, best first."""
        for option in scale[:-1]:
            if self._chance.randrange(_ALL) < self._leaning:
                return option
        return scale[-1]
