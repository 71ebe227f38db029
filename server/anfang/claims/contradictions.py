"""Contradictions of a `claims` section that its schema cannot say. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from anfang.campaigns.rulebook_registry import SectionFault


def faults(section: Mapping[str, Any], rulebook: Mapping[str, Any]) -> Iterator[SectionFault]:
    """Yield doubled calls, words that are none, and shares that leave no difference."""
    if section["seen_bad_percent"] >= section["claimed_good_percent"]:
        yield SectionFault(("seen_bad_percent",), "claims-good-is-bad")
    visited = {one["code"] for one in rulebook.get("visits", {}).get("checklists", ())}
    topics = {one["code"] for one in rulebook.get("cases", {}).get("topics", ())}
    topic = section.get("concealment_topic")
    if topic is not None and topic not in topics:
        yield SectionFault(("concealment_topic",), "code-unknown", {"name": topic})
    known: set[str] = set()
    for place, call in enumerate(section.get("calls", ())):
        if call["code"] in known:
            yield SectionFault(("calls", place, "code"), "code-twice", {"name": call["code"]})
        known.add(call["code"])
        if call["checklist"] not in visited:
            where = ("calls", place, "checklist")
            yield SectionFault(where, "code-unknown", {"name": call["checklist"]})
