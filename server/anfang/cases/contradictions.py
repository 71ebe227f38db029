"""What a rulebook's section `cases` must not contradict, beyond its schema. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from anfang.campaigns.rulebook_registry import SectionFault

_LISTS: Final = {
    "terms": "of",
    "sources": "source",
    "classes": "class",
    "topics": "code",
    "channels": "code",
    "fields": "code",
    "breakdown": "level",
}


def faults(section: Mapping[str, Any], _rulebook: Mapping[str, Any]) -> Iterator[SectionFault]:
    """Yield every entry of a list that stands twice."""
    for member, key in _LISTS.items():
        seen: Counter[str] = Counter()
        for index, one in enumerate(section.get(member, ())):
            seen[one[key]] += 1
            if seen[one[key]] > 1:
                yield SectionFault((member, index, key), "code-twice", {"name": one[key]})
