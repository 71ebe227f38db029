"""Filling in a shipped rulebook as an office does: wordings decided, days of another year out."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from anfang.campaigns import parts, rulebooks
from anfang.campaigns.models import Campaign
from anfang.campaigns.rulebook_editing import with_section
from anfang.campaigns.rulebook_reading import read
from anfang.campaigns.shipped import shipped_text
from anfang.demo.content.rules import Ruled
from anfang.registry.models import Unit

_DAYS: Final = frozenset({"from", "to"})

Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def put_in_force(campaign: Campaign, rules: Ruled, units: Mapping[str, Unit]) -> None:
    """Load a campaign's rulebook as it is filled in, and say which units play its parts."""
    text = shipped_text(rules.rulebook)
    if rules.rule_texts:
        text = _replaced(text, "rule_sets", partial(_decided, rules.rule_texts))
    if rules.undated:
        text = _replaced(text, "stages", _undated)
    if rules.counts:
        text = _replaced(text, "actors", partial(_counted, rules.counts))
    rulebooks.load(campaign, text)
    playing = {actor: [units[code].id for code in codes] for actor, codes in rules.parts.items()}
    parts.assign(campaign, playing)


def _replaced(text: str, section: str, changed: Change) -> str:
    entries = read(text).value[section]
    return with_section(text, section, [changed(one) for one in entries])


def _decided(
    texts: Mapping[str, Mapping[str, str]], rule_set: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Give a rule set the wording that was decided for it."""
    decided = texts.get(rule_set["code"])
    if decided is None:
        return rule_set
    rules = [{**rule, "text": decided[rule["code"]]} for rule in rule_set["rules"]]
    return {**rule_set, "complete": True, "rules": rules}


def _undated(stage: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in stage.items() if name not in _DAYS}


def _counted(counts: Mapping[str, int], actor: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**actor, "count": counts[actor["code"]]} if actor["code"] in counts else actor
