"""A unit's answers, item by item: what is well-formed, and what claim each makes. Pure.

    {"item", "percent": 0…100}                     a statement
    {"item", "good", "checked"}                     counted in checks of the unit's own
    {"item", "not_applicable": true}               there is nothing of the kind here

each with an optional "remark".
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from anfang.claims.comparing import Claim

Answer = Mapping[str, Any]
_PERCENT: Final = 100


def faults(answers: Sequence[Answer], items: Sequence[str]) -> dict[str, str]:
    """Return what cannot stand: JSON pointer → code of the reason; empty if all is well."""
    counts = Counter(one["item"] for one in answers)
    known = set(items)
    found: dict[str, str] = {}
    for place, one in enumerate(answers):
        if one["item"] not in known:
            found[f"/answers/{place}/item"] = "claim-item-unknown"
        elif counts[one["item"]] > 1:
            found[f"/answers/{place}/item"] = "claim-item-twice"
        elif reason := _fault(one):
            found[f"/answers/{place}"] = reason
    return found


def missing(answers: Sequence[Answer], items: Sequence[str]) -> list[str]:
    """Return the items without an answer, in their order."""
    answered = {one["item"] for one in answers}
    return [item for item in items if item not in answered]


def claim_of(answer: Answer) -> Claim | None:
    """Return the claim that a well-formed answer makes; None where the item does not apply."""
    if answer.get("not_applicable"):
        return None
    if answer.get("checked"):
        percent = _PERCENT * answer["good"] / answer["checked"]
        return Claim(percent, answer["good"], answer["checked"])
    return Claim(float(answer["percent"]))


def _fault(answer: Answer) -> str | None:
    said = {name for name in ("percent", "good", "checked") if answer.get(name) is not None}
    if answer.get("not_applicable"):
        return "claim-answer-twofold" if said else None
    if said == {"percent"}:
        return None
    if said != {"good", "checked"}:
        return "claim-answer-twofold" if said else "claim-answer-empty"
    return "claim-more-good-than-checked" if answer["good"] > answer["checked"] else None
