"""Contradictions of a `ballots` section that its schema cannot say. Pure.

Each is a `SectionFault`: the text `rulebook-fault-<code>` of the catalogues.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from anfang.campaigns.rulebook_registry import SectionFault

_JUDGED: Final = "inspected"


def faults(section: Any, rulebook: Mapping[str, Any]) -> Iterator[SectionFault]:
    """Yield doubled codes and values, and parts that nobody plays or that are not inspected."""
    actors = {one["code"]: one["kind"] for one in rulebook.get("actors", ())}
    codes: set[str] = set()
    for place, appraisal in enumerate(section):
        if appraisal["code"] in codes:
            yield SectionFault((place, "code"), "code-twice", {"name": appraisal["code"]})
        codes.add(appraisal["code"])
        yield from _doubled(appraisal, place)
        for index, part in enumerate(appraisal["parts"]):
            if actors.get(part) != _JUDGED:
                where = (place, "parts", index)
                yield SectionFault(where, "ballot-part-not-inspected", {"name": part})


def _doubled(appraisal: Mapping[str, Any], place: int) -> Iterator[SectionFault]:
    for name in ("groups", "criteria", "scale"):
        found = [one["code"] for one in appraisal[name]]
        for code in sorted({one for one in found if found.count(one) > 1}):
            yield SectionFault((place, name), "code-twice", {"name": code})
    values = [one["value"] for one in appraisal["scale"]]
    if len(set(values)) < len(values):
        yield SectionFault((place, "scale"), "ballot-grades-alike", {})
