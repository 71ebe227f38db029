"""Where a matter stuck, in which department and at which post: counted from its steps. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from anfang.kit.working_time import working_days_between


@dataclass(frozen=True)
class Stuck:
    """The step that took longest; `handler` is a post, no person's name is asked for.

    `department` is empty where the accepting window itself had the matter.
    """

    step: str
    department: str
    handler: str
    working_days: int
    open: bool


def stuck_step(steps: Sequence[Mapping[str, Any]], today: date) -> Stuck | None:
    """Return the step with the most working days, an open one counted up to today.

    Where two took the same, the later one; of a matter without steps None.

    Args:
        steps: `name`, `department`, `handler`, `entered_on`, `left_on` (empty while it is open),
            days as ISO 8601.
    """
    found: Stuck | None = None
    for one in steps:
        left = one.get("left_on")
        until = date.fromisoformat(left) if left else today
        taken = max(0, working_days_between(date.fromisoformat(one["entered_on"]), until))
        if found is None or taken >= found.working_days:
            found = Stuck(one["name"], one["department"], one["handler"], taken, not left)
    return found
