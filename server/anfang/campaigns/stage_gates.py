"""Reads of what the campaigns' own gates ask for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from flask import current_app

from anfang.campaigns import queries, topics
from anfang.campaigns.models import MarkKind
from anfang.campaigns.rulebook_registry import GateAsked, Lack, gate
from anfang.campaigns.topic_models import TopicState
from anfang.kit.clock import local_day, now
from anfang.kit.db import db


@gate("campaigns.confirmed")
def confirmed(asked: GateAsked) -> Iterator[Lack]:
    """A second person has confirmed it, naming the paper that shows it."""
    marks = queries.stage_marks(asked.campaign_id)
    if not any(
        (one.stage, one.kind, one.code) == (asked.stage, MarkKind.GATE, asked.gate["code"])
        for one in marks
    ):
        yield Lack("unconfirmed")


@gate("campaigns.points_done")
def points_done(asked: GateAsked) -> Iterator[Lack]:
    """Every key point of the stages before is carried out."""
    marks = {
        (one.stage, one.code)
        for one in queries.stage_marks(asked.campaign_id)
        if one.kind == MarkKind.POINT
    }
    for stage in queries.rulebook_section(asked.campaign_id, "stages") or ():
        if stage["code"] == asked.stage:
            return
        for point in stage.get("points", ()):
            if (stage["code"], point["code"]) not in marks:
                yield Lack("point-open", {"name": point["title"]})


@gate("campaigns.stage_over")
def stage_over(asked: GateAsked) -> Iterator[Lack]:
    """The last day of the stage before has passed."""
    stages = list(queries.stages(asked.campaign_id))
    place = next(at for at, stage in enumerate(stages) if stage.code == asked.stage)
    last = stages[place - 1].to_day if place else None
    if last is not None and local_day(now(), current_app.config["ZONE"]) <= last:
        yield Lack("stage-not-over", {"day": last.isoformat()})


@gate("campaigns.parts_assigned")
def parts_assigned(asked: GateAsked) -> Iterator[Lack]:
    """The part `of`, or every part of a leading unit, is played by as many units as it counts."""
    playing = [one.actor for one in queries.actors(asked.campaign_id)]
    for entry in queries.rulebook_section(asked.campaign_id, "actors") or ():
        if _is_asked(entry, asked.gate):
            units = playing.count(entry["code"])
            wanted = entry.get("count", 1)
            if units < wanted:
                figures = {"name": entry["title"], "units": units, "wanted": wanted}
                yield Lack("part-unassigned", figures)


@gate("campaigns.rules_complete")
def rules_complete(asked: GateAsked) -> Iterator[Lack]:
    """The rule set `of`, or every one, has the wording that the office decided."""
    for entry in queries.rulebook_section(asked.campaign_id, "rule_sets") or ():
        if asked.gate.get("of", entry["code"]) == entry["code"] and not entry.get("complete", True):
            yield Lack("rules-incomplete", {"name": entry["title"]})


@gate("campaigns.topics_decided")
def topics_decided(asked: GateAsked) -> Iterator[Lack]:
    """Every topic is decided, and at least so many (one, if no number is named) are taken up.

    With `of`, those of one theme alone are looked at.
    """
    listed = topics.topics_listed(asked.campaign_id, theme=asked.gate.get("of"))
    states = Counter(one.state for one in db.session.scalars(listed))
    if states[TopicState.RAISED]:
        yield Lack("topics-undecided", {"count": states[TopicState.RAISED]})
    wanted = asked.gate.get("at_least", 1)
    if states[TopicState.APPROVED] < wanted:
        yield Lack("topics-few", {"wanted": wanted})


def _is_asked(entry: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    if "of" in asked:
        return bool(entry["code"] == asked["of"])
    return bool(entry["kind"] == "lead")
