"""Rounds of surveys of the demonstration: asked, answered by link, on paper, closed, published."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from anfang.demo.agenda import Days, Deed
from anfang.demo.content.voice import RoundEntry
from anfang.demo.desk import APPROVER, LEAD, REVIEWER, Desk
from anfang.kit.db import transaction
from anfang.surveys import frames, paper, queries, service, tokens
from anfang.surveys.form import Form, Marks, read_form
from anfang.surveys.frame_sheet import RaterLine
from anfang.surveys.models import Channel, SurveyRound

_WHAT: Final = "surveys"


def deeds(
    desk: Desk, campaign_id: UUID, entries: tuple[RoundEntry, ...], days: Days
) -> Iterator[Deed]:
    """Yield a round's opening with its answers, its closing, its publication."""
    for entry in entries:
        one = _Round(desk, campaign_id, entry, days)
        yield Deed(days.ago(entry.days_ago), _WHAT, one.open_up)
        if entry.closes_days_ago >= 0:
            yield Deed(days.ago(entry.closes_days_ago), _WHAT, one.close)
        if entry.published_days_ago is not None:
            yield Deed(days.ago(entry.published_days_ago), _WHAT, one.publish)


class _Round:
    """One round on its way."""

    def __init__(self, desk: Desk, campaign_id: UUID, entry: RoundEntry, days: Days) -> None:
        self._desk, self._campaign_id, self._entry, self._days = desk, campaign_id, entry, days
        self._judged = desk.judgements(entry.code, entry.leaning)

    def open_up(self, at: datetime) -> None:
        with self._desk.acting(LEAD, at), transaction():
            one = self._set_up()
            service.change(one, {"closes_at": self._days.ago(self._entry.closes_days_ago)})
            lines = self._frame(read_form(one.form))
            frames.take(one, lines, digest=frames.take(one, lines).digest)
            frames.freeze(one)
            service.open_round(one)
        with self._desk.acting(LEAD, at), transaction():
            self._answer(self._locked())
        if self._entry.paper:
            self._on_paper(at)

    def close(self, at: datetime) -> None:
        with self._desk.acting(LEAD, at), transaction():
            service.close(self._locked())

    def publish(self, at: datetime) -> None:
        for username, verb in ((APPROVER, service.approve), (LEAD, service.publish)):
            with self._desk.acting(username, at), transaction():
                verb(self._locked())

    def _set_up(self) -> SurveyRound:
        entry = self._entry
        if not entry.like:
            return service.set_up_planned(self._campaign_id, entry.code)
        before = queries.rounds_by_code(self._campaign_id)[entry.like]
        return service.set_up(self._campaign_id, entry.code, entry.title, read_form(before.form))

    def _locked(self) -> SurveyRound:
        found = queries.rounds_by_code(self._campaign_id)[self._entry.code]
        return queries.round_for_update(found.id)

    def _frame(self, form: Form) -> list[RaterLine]:
        return [
            RaterLine(f"{group.code}-{number:03d}", group.code, "", "")
            for group in form.groups
            for number in range(1, self._entry.raters + 1)
        ]

    def _answer(self, one: SurveyRound) -> None:
        form = read_form(one.form)
        for group in form.groups:
            for issued in tokens.hand_out(one, group.code, self._entry.answered, Channel.TOKEN):
                tokens.cast_ballot(issued.code, self._ballot(form, group.code))

    def _on_paper(self, at: datetime) -> None:
        with self._desk.acting(LEAD, at), transaction():
            one = self._locked()
            form = read_form(one.form)
            numbers = [
                number
                for group in form.groups
                for number in paper.issue(one, group.code, self._entry.paper)
            ]
        with self._desk.acting(REVIEWER, at), transaction():
            paper.enter(self._locked(), numbers[0], self._ballot(form, form.groups[0].code))

    def _ballot(self, form: Form, group: str) -> Marks:
        scale = [one.code for one in form.scale if one.points is not None]
        return {
            str(unit): {one.code: self._judged[str(unit)].choose(scale) for one in form.questions}
            for unit in form.units_for(group)
        }
