"""A rulebook in plain words: what each section makes happen, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anfang.campaigns import days
from anfang.campaigns.rulebook_texts import gate_text
from anfang.campaigns.rulebook_validating import SECTIONS
from anfang.kit.i18n import translate


@dataclass(frozen=True)
class Explained:
    """A section in plain words; `lines` are sentences, empty where nobody explains it."""

    section: str
    title: str
    lines: tuple[str, ...]


def explain(content: Mapping[str, Any], locale: str | None = None) -> list[Explained]:
    """Return what a sound rulebook says, section by section.

    Sections of other rooms, whose meaning is theirs, are told by the titles of their entries.
    """
    say = _Speaker(locale)
    found = []
    for section in SECTIONS:
        if section in content:
            tell = getattr(say, section, say.titles)
            lines = tuple(tell(content[section], content))
            found.append(Explained(section, say(f"rulebook-section-{section}"), lines))
    return found


class _Speaker:
    """Says the entries of a section in one language."""

    def __init__(self, locale: str | None) -> None:
        self._locale = locale

    def __call__(self, message: str, **values: str | int) -> str:
        return translate(message.replace("_", "-"), self._locale, **values)

    def goals(self, goals: Any, _content: Mapping[str, Any]) -> Iterator[str]:
        for goal in goals:
            measured = "；".join(one["title"] for one in goal.get("indicators", ()))
            yield f"{goal['title']}（{measured}）" if measured else str(goal["title"])

    def themes(self, themes: Any, content: Mapping[str, Any]) -> Iterator[str]:
        names = {one["code"]: one["title"] for one in content.get("actors", ())}
        for theme in themes:
            yield str(theme["title"])
            for member in ("lead", "support"):
                units = "、".join(names[one] for one in theme.get(member, ()))
                if units:
                    yield self(f"rulebook-says-{member}", units=units)

    def actors(self, actors: Any, _content: Mapping[str, Any]) -> Iterator[str]:
        for actor in actors:
            count = f" × {actor['count']}" if "count" in actor else ""
            duty = f"：{actor['duty']}" if "duty" in actor else ""
            yield f"{actor['title']}{count}{duty}"

    def stages(self, stages: Any, _content: Mapping[str, Any]) -> Iterator[str]:
        for number, stage in enumerate(stages, 1):
            yield self("rulebook-says-stage", number=number, title=stage["title"])
            for member in ("from", "to"):
                if member in stage:
                    yield self(f"rulebook-says-{member}", day=self._day(stage[member]))
            for gate in stage.get("gates", ()):
                asked = gate_text(gate["kind"], self._locale)
                yield self("rulebook-says-gate", title=gate["title"], asked=asked)
            for point in stage.get("points", ()):
                yield self("rulebook-says-point", title=point["title"])
                if "due" in point:
                    yield self("rulebook-says-due", day=self._day(point["due"]))

    def rule_sets(self, rule_sets: Any, _content: Mapping[str, Any]) -> Iterator[str]:
        for one in rule_sets:
            title, count = one["title"], len(one["rules"])
            yield self("rulebook-says-rule-set", title=title, count=count)
            if one.get("veto"):
                yield self(f"rulebook-says-veto-{one.get('verdict', 'plain')}")
            if not one.get("complete", True):
                yield self("rulebook-says-draft-rules")

    def visits(self, visits: Any, content: Mapping[str, Any]) -> Iterator[str]:
        names = {one["code"]: one["title"] for one in content.get("themes", ())}
        for one in visits["kinds"]:
            yield self(f"rulebook-says-visit-{one['mode']}-{one['kind']}")
        for one in visits.get("weights", ()):
            theme = names[one["theme"]]
            yield self("rulebook-says-weight", theme=theme, weight=one["weight"])
        for one in visits.get("quotas", ()):
            per = self(f"rulebook-says-per-{one['per']}")
            yield self("rulebook-says-quota", title=one["title"], per=per, count=one["at_least"])
        for one in visits.get("checklists", ()):
            yield self("rulebook-says-checklist", title=one["title"])

    def titles(self, entries: Any, _content: Mapping[str, Any]) -> Iterator[str]:
        """Name the entries of a section that another room gives its meaning."""
        if isinstance(entries, list):
            for one in entries:
                if isinstance(one, dict) and "title" in one:
                    yield str(one["title"])
        elif isinstance(entries, dict):
            for one in entries.values():
                yield from self.titles(one, _content)

    def _day(self, text: str) -> str:
        if yearless := days.YEARLESS.fullmatch(text):
            return self("rulebook-says-yearless", month=int(yearless[1]), day=int(yearless[2]))
        if period := days.PERIOD.fullmatch(text):
            return self(f"rulebook-says-after-{period[2].lower()}", count=int(period[1]))
        return text
