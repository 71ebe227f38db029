"""Every matter has an owner, a deadline and an answer; none can vanish: whatever anybody does."""

from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from anfang.cases.models import Case, CaseFinding, CaseStatement
from anfang.kit.db import db, transaction
from anfang.review.models import Finding
from factories import cases, setup

RANK = {"open": 0, "answered": 1, "rectified": 2, "closed": 3}
VERBS = {
    "defence": ("desk", "statements", {"kind": "defence", "text": "申辩"}),
    "rectification": ("desk", "statements", {"kind": "rectification", "text": "已改"}),
    "reply as the unit": ("desk", "statements", {"kind": "reply", "text": "自行办结"}),
    "blank": ("desk", "statements", {"kind": "defence", "text": " "}),
    "close": ("lead", "close", {"reply": "同意办结"}),
    "close without reply": ("lead", "close", {"reply": ""}),
    "close as the unit": ("desk", "close", {"reply": "自行办结"}),
    "extend": ("lead", "", {"working_days": 15, "defence_working_days": 6}),
    "shorten": ("lead", "", {"defence_working_days": 1}),
    "disown": ("lead", "", {"unit_id": None}),
    "undate": ("lead", "", {"working_days": None}),
}
STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "open twice", *VERBS]), st.integers(0, 3)),
    min_size=3,
    max_size=9,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
@example(steps=[(verb, 0) for verb in ("open", "defence", "rectification", "close")])
def check(play, steps):
    play(steps)


def test_no_sequence_of_verbs_loses_a_matter(office):
    campaign = setup.running_campaign(office)
    actors = {"lead": campaign.lead, "desk": setup.liaison(office, campaign.unit)}
    opened: list[str] = []
    before: dict[str, str] = {}
    seen: set[str] = set()

    def play(steps):
        for verb, which in steps:
            if verb.startswith("open") or not opened:
                finding = cases.confirmed_finding(campaign)
                opened.append(cases.opened_case(campaign, findings=[finding])["id"])
                if verb == "open twice":
                    again = campaign.lead.post("/cases", cases.case_body(campaign, [finding]))
                    assert again.status_code == 409
            else:
                act(actors, opened[-1 - which % len(opened)], verb)
            before.update(require_nothing_lost(before))
            seen.update(before.values())

    check(play)
    assert seen == set(RANK)


def act(actors, case, verb):
    who, suffix, body = VERBS[verb]
    path = f"/cases/{case}"
    answer = (
        actors[who].post(f"{path}/{suffix}", body) if suffix else actors[who].change(path, body)
    )
    assert answer.status_code < 500, answer.json


def require_nothing_lost(before):
    """Check every case in the database against the invariant; returns their states."""
    with transaction(write=False):
        found = db.session.scalars(select(Case).order_by(Case.number)).all()
        statements = db.session.scalars(select(CaseStatement)).all()
        taken = Counter(db.session.scalars(select(CaseFinding.finding_id)))
        findings = set(db.session.scalars(select(Finding.id)))
    assert [case.number for case in found] == [
        f"{found[0].number[:4]}-{n:04d}" for n in range(1, len(found) + 1)
    ]
    assert set(taken) == findings
    assert set(taken.values()) <= {1}
    replies = {s.case_id: s.sha256 for s in statements if s.kind == "reply"}
    for case in found:
        assert case.unit_id is not None
        assert case.opened_at < case.defence_until <= case.due_at
        assert (case.state == "closed") == (case.id in replies)
        assert case.reply_sha256 == replies.get(case.id)
        assert RANK[case.state] >= RANK[before.get(str(case.id), "open")]
    assert before.keys() <= {str(case.id) for case in found}
    return {str(case.id): case.state for case in found}
