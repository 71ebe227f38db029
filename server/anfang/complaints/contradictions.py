"""Contradictions of a `complaints` section that its schema cannot say. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from anfang.campaigns.rulebook_registry import SectionFault


def faults(section: Any, rulebook: Mapping[str, Any]) -> Iterator[SectionFault]:
    """Yield what contradicts itself: doubled channels and codes, topics that cases do not list."""
    for name, key in (("channels", "channel"), ("clusters", "code")):
        seen: set[str] = set()
        for at, one in enumerate(section.get(name, ())):
            if one[key] in seen:
                yield SectionFault((name, at, key), "code-twice", {"name": one[key]})
            seen.add(one[key])
    topics = {one["code"] for one in rulebook.get("cases", {}).get("topics", ())}
    for at, one in enumerate(section.get("clusters", ())):
        for topic in one.get("topics", ()):
            if topic not in topics:
                yield SectionFault(
                    ("clusters", at, "topics"), "complaint-topic-unknown", {"name": topic}
                )
