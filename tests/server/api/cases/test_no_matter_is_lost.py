"""Every matter has an owner, a deadline and an answer; none can vanish: whatever anybody does."""

from collections import Counter
from typing import ClassVar

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from anfang.cases.followup_models import CaseRequest, CaseStep, CaseTask
from anfang.cases.models import OFFICE_SOURCES, Case, CaseFinding, CaseStatement
from anfang.kit.db import db, transaction
from anfang.kit.principal import Role
from anfang.review.models import Finding
from factories import cases, setup
from factories.setup import created

ENDED = {"closed", "merged", "referred"}
LEAF = {
    "level": "post", "title": "顶岗", "holder": "值班员", "due_on": "2026-12-10",
    "result": "有人在岗", "watched_by": "督查组", "accountability": "通报",
}  # fmt: skip
WHICH = st.integers(0, 5)
KINDS = st.sampled_from(["extension", "pause", "coordination", "escalation", "bounce"])
ACTORS = st.sampled_from(["lead", "desk", "approver", "reviewer"])


class Ledger(RuleBasedStateMachine):
    """Four people do whatever they like to a handful of cases; refusals are fine, loss is not."""

    campaign: ClassVar[setup.Campaign]
    actors: ClassVar[dict]
    states: ClassVar[set]

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel("2026-11-16T03:00:00Z", tick=False)
        self.traveller = self.clock.start()
        self.opened = []
        self.seen = set()
        self.ended = {}

    def teardown(self):
        self.clock.stop()
        type(self).states |= self.seen

    def post(self, who, path, body):
        answer = self.actors[who].post(path, body)
        assert answer.status_code < 500, answer.json
        return answer

    def case(self, which):
        return self.opened[-1 - which % len(self.opened)] if self.opened else None

    @initialize()
    def begin(self):
        self.open_from_findings(2)

    @rule(findings=st.integers(1, 2))
    def open_from_findings(self, findings):
        found = [cases.confirmed_finding(self.campaign) for _ in range(findings)]
        self.opened.append(cases.opened_case(self.campaign, findings=found)["id"])

    @rule(source=st.sampled_from(["complaint", "clue", "superior", "media"]))
    def open_from_elsewhere(self, source):
        body = {"campaign_id": self.campaign.id, "unit_id": self.campaign.unit, "title": "来件",
                "class": "by_date", "source": source}  # fmt: skip
        self.opened.append(created(self.post("lead", "/cases", body))["id"])

    @rule(which=WHICH, kind=st.sampled_from(["defence", "rectification", "reply"]), who=ACTORS)
    def state(self, which, kind, who):
        self.try_on(which, who, "statements", {"kind": kind, "text": "陈述"})

    @rule(which=WHICH, who=ACTORS, reply=st.sampled_from(["答复", " "]),
          raiser=st.sampled_from(["答复反映人", "", None]))  # fmt: skip
    def close(self, which, who, reply, raiser):
        body = {"reply": reply} | ({} if raiser is None else {"raiser_reply": raiser})
        self.try_on(which, who, "close", body)

    @rule(which=WHICH, kind=st.sampled_from(["defence", "rectification"]))
    def answer_well(self, which, kind):
        self.try_on(which, "desk", "statements", {"kind": kind, "text": "如实陈述"})

    @rule(which=WHICH)
    def close_well(self, which):
        self.try_on(which, "lead", "close", {"reply": "答复", "raiser_reply": "答复反映人"})

    @rule(which=WHICH, days=st.sampled_from([None, 3]))
    def send_back(self, which, days):
        self.try_on(which, "lead", "send-back", {"text": "不够", "working_days": days})

    @rule(which=WHICH, kind=KINDS, who=ACTORS, days=st.sampled_from([3, 99]))
    def ask(self, which, kind, who, days):
        body = {"kind": kind, "reason": "有困难", "unit_ids": [self.campaign.tree.transport]}
        if kind == "extension":
            body["working_days"] = days
        self.try_on(which, who, "requests", body)

    @rule(which=WHICH, who=ACTORS, granted=st.booleans(), away=st.booleans())
    def decide(self, which, who, granted, away):
        listed = created(self.actors["lead"].get("/case-requests?limit=6"))["items"]
        if not listed:
            return
        unit = {"unit_id": self.campaign.tree.transport} if away else {}
        body = {"granted": granted, "note": "批示", **unit}
        self.post(who, f"/case-requests/{listed[which % len(listed)]['id']}/decide", body)

    @rule(which=WHICH)
    def resume(self, which):
        self.try_on(which, "lead", "resume", {"reason": "条件具备"})

    @rule(which=WHICH, other=WHICH)
    def merge(self, which, other):
        if self.opened:
            body = {"case_id": self.case(other), "reason": "同一事项"}
            self.try_on(which, "lead", "merge", body)

    @rule(which=WHICH, findings=st.integers(0, 2))
    def split(self, which, findings):
        if not self.opened:
            return
        held = created(self.actors["lead"].get(f"/cases/{self.case(which)}"))["findings"]
        ids = [one["id"] for one in held[:findings]]
        answer = self.try_on(
            which, "lead", "split", {"finding_ids": ids, "title": "拆出", "reason": "两件事"}
        )
        if answer.status_code == 201:
            self.opened.append(answer.json["id"])

    @rule(which=WHICH, unit=st.sampled_from(["transport", "service_centre"]))
    def transfer(self, which, unit):
        body = {"unit_id": getattr(self.campaign.tree, unit), "reason": "职责所在"}
        self.try_on(which, "lead", "transfer", body)

    @rule(which=WHICH, who=ACTORS)
    def break_down(self, which, who):
        self.try_on(which, who, "subtasks", {"subtasks": [LEAF]})

    @rule(which=WHICH, who=ACTORS, verb=st.sampled_from(["done", "drop"]))
    def end_task(self, which, who, verb):
        listed = created(self.actors["lead"].get("/case-tasks?state=open&limit=6"))["items"]
        if listed:
            body = {"proof": "照片"} if verb == "done" else {"reason": "不再需要"}
            self.post(who, f"/case-tasks/{listed[which % len(listed)]['id']}/{verb}", body)

    @rule(which=WHICH, matches=st.booleans())
    def look_again(self, which, matches):
        answer = self.try_on(which, "lead", "revisits", {})
        if answer is not None and answer.status_code == 201:
            revisit = answer.json["revisits"][-1]["id"]
            body = {"matches": matches, "text": "所见"}
            self.try_on(which, "reviewer", f"revisits/{revisit}", body)

    @rule(hours=st.sampled_from([1, 30]))
    def wait(self, hours):
        self.traveller.shift(hours * 3600 if hours == 1 else hours * 60)

    def try_on(self, which, who, verb, body):
        case = self.case(which)
        return None if case is None else self.post(who, f"/cases/{case}/{verb}", body)

    @invariant()
    def nothing_is_lost(self):
        with transaction(write=False):
            found = {case.id: case for case in db.session.scalars(select(Case))}
            steps = db.session.scalars(select(CaseStep)).all()
            said = db.session.scalars(select(CaseStatement)).all()
            leaves = db.session.scalars(select(CaseTask).where(CaseTask.leaf)).all()
            requests = db.session.scalars(select(CaseRequest)).all()
            taken = Counter(db.session.scalars(select(CaseFinding.finding_id)))
            findings = set(db.session.scalars(select(Finding.id)))
        assert set(self.opened) <= {str(one) for one in found}
        assert set(taken) == findings
        assert set(taken.values()) <= {1}
        numbers = sorted(case.number for case in found.values())
        assert numbers == [f"2026-{n:04d}" for n in range(1, len(found) + 1)]
        self.require_holders(found, steps)
        self.require_answers(found, said)
        self.require_nothing_open(found, leaves, requests)
        self.seen |= {case.state for case in found.values()}

    def require_holders(self, found, steps):
        """Each running case has an owner, a deadline and exactly one holder; an ended one none."""
        present = Counter(one.case_id for one in steps if one.ended_at is None)
        for case in found.values():
            assert case.opened_at < case.due_at
            assert case.opened_at < case.defence_until
            assert None not in (case.unit_id, case.owner_id)
            assert present[case.id] == (0 if case.state in ENDED else 1), case.state

    def require_answers(self, found, said):
        """A closed case has its reply; whoever raised it was answered; what was said stays said."""
        kinds = {(one.case_id, one.kind) for one in said}
        for case in found.values():
            if case.state == "closed":
                assert (case.id, "reply") in kinds
                answered = (case.id, "raiser_reply") in kinds
                assert case.source in OFFICE_SOURCES or answered
            if case.state == "merged":
                assert case.merged_into_id in found
            before = self.ended.get(case.id)
            assert before in (None, case.state)
            if case.state in ENDED:
                self.ended[case.id] = case.state

    def require_nothing_open(self, found, leaves, requests):
        """Nothing is open in a case that has ended, and nobody decided for themselves."""
        for one in leaves:
            assert one.state != "open" or found[one.case_id].state not in {*ENDED, "rectified"}
        for one in requests:
            assert one.decided_by != one.asked_by
            assert one.state != "open" or found[one.case_id].state not in ENDED


def walk_straight(ledger):
    """Walk the way that a case should take, so that it is known to be looked at."""
    ledger.begin()
    for step in (
        lambda: ledger.answer_well(0, "defence"),
        lambda: ledger.answer_well(0, "rectification"),
        lambda: ledger.look_again(0, matches=True),
        lambda: ledger.close_well(0),
    ):
        step()
        ledger.nothing_is_lost()
    ledger.teardown()


def test_no_sequence_of_verbs_loses_a_matter(office):
    campaign = setup.running_campaign(office)
    desk = setup.liaison(office, campaign.tree.city)

    class Played(Ledger):
        pass

    Played.campaign, Played.states = campaign, set()
    Played.actors = {
        "lead": campaign.lead,
        "desk": desk,
        "approver": office(Role.APPROVER),
        "reviewer": office(Role.REVIEWER),
    }
    calm = settings(
        max_examples=10,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    walk_straight(Played())
    run_state_machine_as_test(Played, settings=calm)
    assert Played.states >= {"open", "answered", "rectified", "closed"}
