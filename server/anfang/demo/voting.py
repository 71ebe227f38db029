"""Sealed appraisals of the demonstration: shares taken, slips used, box sealed and opened."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from anfang.ballots import casting, closing, opening, queries, service, witnessing
from anfang.ballots.models import BallotBox
from anfang.ballots.paper import Paper
from anfang.demo.agenda import Days, Deed
from anfang.demo.content.voice import BoxEntry
from anfang.demo.desk import LEAD, Desk
from anfang.demo.leaning import Judgement
from anfang.kit.clock import local_day
from anfang.kit.db import transaction
from anfang.kit.sealing import Cost

_ADDRESS: Final = "127.0.0.1"
_WORDS: Final = "示范口令：甲市 民主评议 第{number}名见证人"
_SPOILT_BECAUSE: Final = "一名评议员临时缺席，票已交回"
CHEAP: Final = Cost(passes=1, memory_kib=8 * 1024, lanes=1)
"""For passphrases that stand in this file and protect nothing; an office's take a second each."""


def deeds(
    desk: Desk, campaign_id: UUID, entries: tuple[BoxEntry, ...], days: Days
) -> Iterator[Deed]:
    """Yield each box with all of its day."""
    for entry in entries:
        play = partial(_play, desk, campaign_id, entry, days)
        yield Deed(days.ago(entry.days_ago), "ballots", play)


def _play(desk: Desk, campaign_id: UUID, entry: BoxEntry, days: Days, at: datetime) -> None:
    with desk.acting(LEAD, at):
        with transaction():
            box = service.set_up(campaign_id, entry.appraisal, local_day(at, days.zone))
        if not entry.witnesses:
            return
        passphrases = {
            one.username: _WORDS.format(number=number)
            for number, one in enumerate(entry.witnesses, 1)
        }
        pledges = [
            witnessing.Pledge(
                one.office, one.username, desk.password(one.username), passphrases[one.username]
            )
            for one in entry.witnesses
        ]
        witnessing.take_shares(box.id, pledges, _ADDRESS, cost=CHEAP)
        _vote(desk, box.id, entry)
        closing.seal_up(box.id)
        opening.open_up(box.id, passphrases)


def _vote(desk: Desk, box_id: UUID, entry: BoxEntry) -> None:
    judged = desk.judgements(entry.appraisal, entry.leaning)
    for group, count in entry.papers.items():
        with transaction():
            box = queries.box(box_id, for_update=True)
            slips = service.issue(box, group, count + 1)
            service.spoil(box, slips.pop()[0], _SPOILT_BECAUSE)
        for _number, code in slips:
            casting.cast(code, _filled_in(box, judged))


def _filled_in(box: BallotBox, judged: Mapping[str, Judgement]) -> dict[str, str]:
    paper = Paper.from_json(box.paper)
    scale = [one["code"] for one in paper.scale]
    return {
        name: judged[paper.units[unit]["id"]].choose(scale)
        for unit, _criterion, name in paper.fields()
    }
