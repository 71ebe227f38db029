"""The console has a word, in every language, for every object and verb of the audit trail."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from anfang.breaches.models import BreachState
from anfang.campaigns.models import MarkKind
from anfang.campaigns.topic_models import TopicState
from anfang.cases.followup_models import RequestKind
from anfang.cases.models import StatementKind
from anfang.complaints.words import Entry
from anfang.documents.models import NoticeState
from anfang.inspections.models import RecordState
from anfang.ladders.models import MeasureState, ReferralState
from anfang.review.models import PictureDecisionKind
from anfang.scoring.models import ConsequenceState, RunState
from support.house import ROOT, sources

CATALOGUES = ROOT / "pwa" / "src" / "console" / "i18n"
WRITERS = {"audit", "_audit", "told", "_told"}
CODE = re.compile(r"[a-z_-]+\.[a-z_-]+")
PATTERN = re.compile(r"(\w+|\{\w+\})\.\S+")
# What is composed, as it stands in the program: its values.
COMPOSED: dict[str, Iterable[str]] = {
    "breach.{breach.state}": BreachState,
    "campaign.{kind.value}_marked": MarkKind,
    "case.{kind.value}_asked": RequestKind,
    "case.{request.kind}_{verb}": [f"{k}_{v}" for k in RequestKind for v in ("granted", "refused")],
    "case.{kind.value}_stated": StatementKind,
    "complaint.{kind.value}": Entry,
    "consequence.{state.value}": ConsequenceState,
    "measure.{state.value}": MeasureState,
    "notice.{original.state}": NoticeState,
    "picture.{decision.kind}": PictureDecisionKind,
    "record.{state.value}": RecordState,
    "referral.{referral.state}": ReferralState,
    "score_run.{state.value}": RunState,
    "topic.{topic.state}": TopicState,
    "{purpose}.passphrase_wrong": ("ballots", "custody"),
}


def _written() -> Iterator[ast.expr]:
    """What the program gives to those that write into the trail."""
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
                yield from node.args


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _composed(node: ast.JoinedStr) -> str:
    return ast.unparse(node)[2:-1]


def _filled(pattern: str) -> Iterator[str]:
    for value in COMPOSED[pattern]:
        yield re.sub(r"\{.*\}", str(value), pattern)


@pytest.fixture(scope="module")
def codes() -> set[str]:
    found: set[str] = set()
    for one in _written():
        if isinstance(one, ast.Constant) and CODE.fullmatch(str(one.value)):
            found.add(str(one.value))
        elif isinstance(one, ast.JoinedStr) and PATTERN.fullmatch(_composed(one)):
            found.update(_filled(_composed(one)))
    return found


def _kinds() -> set[str]:
    """What the trail calls the objects that something was done to."""
    return {
        str(node.args[1].value)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and _name(node.func) == "audit"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_audit_trail_speaks_in_words(locale, codes):
    text = (CATALOGUES / locale / "audit.ts").read_text("utf-8")
    objects = set(re.findall(r"'auditObject\.([\w-]+)'", text))
    verbs = set(re.findall(r"'auditVerb\.([\w-]+)'", text))
    said = {code.split(".")[0] for code in codes} | _kinds()
    done = {code.split(".")[1] for code in codes}
    assert not said - objects
    assert not done - verbs
    assert not objects - said
    assert not verbs - done
