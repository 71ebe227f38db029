"""A ladder never skips: whatever anybody proposes, approves, enforces, lifts or has reviewed."""

from dataclasses import replace
from uuid import UUID

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from anfang.ladders.models import Measure, MeasureCase, Review
from anfang.ladders.queries import STANDING
from factories import ladders, rulebooks
from factories.setup import created

STEPS = st.sampled_from(["point-out", "circulate", "handle"])
WHO = st.sampled_from(["lead", "approver", "reviewer", "desk"])
WHICH = st.integers(0, 4)
WHY = st.sampled_from(["", "情节严重"])


class Climb(RuleBasedStateMachine):
    """Four people do whatever they like with three steps and three cases."""

    bench: ladders.Bench
    campaign: rulebooks.Campaign

    def __init__(self):
        super().__init__()
        self.cases = [self.open() for _ in range(3)]
        self.hear(0)
        self.climb(0, "point-out", "")

    def open(self):
        told = {"campaign_id": self.campaign.id, "unit_id": self.campaign.unit, "title": "空岗",
                "class": "by_date", "source": "self_reported"}  # fmt: skip
        return created(self.bench.lead.post("/cases", told))["id"]

    def post(self, who, path, body=None):
        answer = getattr(self.bench, who).post(path, body)
        assert answer.status_code < 500, answer.json
        return answer

    def measure(self, which, verb, who, body=None):
        listed = created(self.bench.lead.get("/measures?limit=5"))["items"]
        if listed:
            self.post(who, f"/measures/{listed[which % len(listed)]['id']}/{verb}", body)

    @rule(case=st.integers(0, 2))
    def hear(self, case):
        body = {"kind": "defence", "text": "申辩"}
        self.post("desk", f"/cases/{self.cases[case]}/statements", body)

    @rule(who=WHO, step=STEPS, chosen=st.sets(st.integers(0, 2), max_size=3), why=WHY)
    def propose(self, who, step, chosen, why):
        body = ladders.body("", "supervision", step, skip_reason=why)
        self.post(who, "/measures", {**body, "case_ids": [self.cases[one] for one in chosen]})

    @rule(case=st.integers(0, 2), step=STEPS, why=WHY)
    def climb(self, case, step, why):
        """Do as it should be done; what comes of it depends on all that went before."""
        body = ladders.body(self.cases[case], "supervision", step, skip_reason=why)
        made = self.post("lead", "/measures", body)
        if made.status_code == 201:
            word = {"approved": True, "note": "同意", "skip_approval": why}
            self.post("approver", f"/measures/{made.json['id']}/decide", word)
            self.post("lead", f"/measures/{made.json['id']}/enforce")

    @rule(which=WHICH, who=WHO, approved=st.booleans(), why=WHY)
    def decide(self, which, who, approved, why):
        body = {"approved": approved, "note": "意见", "skip_approval": why}
        self.measure(which, "decide", who, body)

    @rule(which=WHICH, who=WHO)
    def enforce(self, which, who):
        self.measure(which, "enforce", who)

    @rule(which=WHICH, who=WHO, verb=st.sampled_from(["finish", "lift", "review"]))
    def say(self, which, who, verb):
        self.measure(which, verb, who, {"text": "理由"})

    @rule(who=WHO, outcome=st.sampled_from(["upheld", "lightened", "lifted"]), step=STEPS)
    def review(self, who, outcome, step):
        listed = created(self.bench.lead.get("/measures?limit=20"))["items"]
        waiting = [one["review"]["id"] for one in listed
                   if one["review"] and one["review"]["outcome"] is None]  # fmt: skip
        if waiting:
            body = {"outcome": outcome, "answer": "意见", "lightened_to": step}
            self.post(who, f"/measure-reviews/{waiting[0]}/decide", body)

    @invariant()
    def it_never_skips(self):
        with transaction(write=False):
            rows = db.session.execute(
                select(MeasureCase, Measure)
                .join(Measure, Measure.id == MeasureCase.measure_id)
                .where(MeasureCase.live, Measure.state.in_(STANDING))
                .where(MeasureCase.case_id.in_([UUID(one) for one in self.cases]))
            ).all()
            reviews = db.session.scalars(select(Review).where(Review.outcome.is_not(None))).all()
        for on, measure in rows:
            below = {other.position for other, _ in rows if other.case_id == on.case_id}
            next_one = on.position == 1 or on.position - 1 in below
            allowed = measure.skip_reason.strip() and measure.skip_approval.strip()
            assert next_one or allowed
            assert measure.decided_by not in (None, measure.proposed_by)
            assert created(self.bench.lead.get(f"/cases/{on.case_id}"))["defence_over"]
        for one in reviews:
            had_part = {one.measure.proposed_by, one.measure.decided_by, one.measure.enforced_by}
            assert one.decided_by not in had_part
            assert one.lightened_to is None or one.lightened_to < one.position


def test_a_ladder_never_skips(office):
    with time_machine.travel("2026-11-16T03:00:00Z", tick=False):
        campaign = rulebooks.loaded(office, "s4-minzhu-pingyi")

        class Played(Climb):
            pass

        Played.campaign = replace(campaign, lead=office(Role.LEAD))
        Played.bench = ladders.bench(office, Played.campaign)
        calm = settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(Played, settings=calm)
        with transaction(write=False):
            enforced = select(Measure).where(Measure.in_force_at.is_not(None))
            assert db.session.scalars(enforced).first()
