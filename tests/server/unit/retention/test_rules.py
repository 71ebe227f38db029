"""The longest life counts, and what still runs keeps."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anfang.kit.config import KEEP_DAYS
from anfang.retention.rules import Keeper, Rule, Use, judge

START = datetime(2026, 11, 22, tzinfo=UTC)
MOMENTS = st.integers(-20_000, 20_000).map(lambda days: START + timedelta(days=days))
ENDED = st.builds(Use, rule=st.sampled_from(Rule), ended_at=MOMENTS)
KEPT = st.builds(Use, kept=st.sampled_from(Keeper))


@given(uses=st.lists(ENDED, min_size=1, max_size=6), at=MOMENTS)
def test_nothing_is_due_before_every_use_has_ended_long_enough(uses, at):
    verdict = judge(uses, KEEP_DAYS)
    lived_out = [use.ended_at + timedelta(days=KEEP_DAYS[use.rule]) <= at for use in uses]
    assert verdict.is_due(at) == all(lived_out)


@given(ended=st.lists(ENDED, max_size=4), kept=KEPT, at=MOMENTS, place=st.integers(0, 4))
def test_one_use_that_runs_keeps_it_for_ever(ended, kept, at, place):
    uses = [*ended[:place], kept, *ended[place:]]
    assert not judge(uses, KEEP_DAYS).is_due(at)


def test_a_medium_that_nobody_knows_is_kept():
    assert judge([], KEEP_DAYS).kept is Keeper.UNKNOWN
