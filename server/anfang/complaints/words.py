"""The closed lists of complaints: kinds, channels, states, verdicts, entries. Pure."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What somebody brings: 信访诉求, 投诉, 举报, 意见建议."""

    PETITION = "petition"
    COMPLAINT = "complaint"
    REPORT = "report"
    OPINION = "opinion"


class Channel(StrEnum):
    """How it reaches the office (DOMAIN.md row 71): 网上, 电话, 信箱, 接访日, 领导下访."""

    PAGE = "page"
    PHONE = "phone"
    LETTERBOX = "letterbox"
    RECEPTION_DAY = "reception_day"
    LEADER_VISIT = "leader_visit"


class State(StrEnum):
    """Where a complaint stands.

    登记 received, 受理 accepted, 不予受理 declined, 转办 transferred, 单位已反馈 answered,
    立案 in a case, 已答复 replied, 并案 merged.
    """

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TRANSFERRED = "transferred"
    ANSWERED = "answered"
    IN_CASE = "in_case"
    REPLIED = "replied"
    MERGED = "merged"


class Verdict(StrEnum):
    """What the look at it showed: 属实, 不属实, 无法查实."""

    VERIFIED = "verified"
    UNFOUNDED = "unfounded"
    NOT_VERIFIABLE = "not_verifiable"


class Satisfaction(StrEnum):
    """What the complainant says of the reply."""

    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"


class Step(StrEnum):
    """What must be done in time: by the office accept, transfer, finish; by the unit the others."""

    ACCEPT = "accept"
    TRANSFER = "transfer"
    UNIT_ACCEPT = "unit_accept"
    UNIT_REPLY = "unit_reply"
    FINISH = "finish"


class Extension(StrEnum):
    """How far a unit is that wants a longer term; it asks once while it has the complaint."""

    NONE = ""
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class Hint(StrEnum):
    """What in a complainant's words may tell who it is."""

    NAMED = "named"
    PHONE = "phone"
    IDENTITY_NUMBER = "identity_number"
    FIRST_PERSON = "first_person"


class Entry(StrEnum):
    """What happened to a complaint."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TRANSFERRED = "transferred"
    UNIT_ACCEPTED = "unit_accepted"
    CHASED = "chased"
    ANSWERED = "answered"
    BOUNCED = "bounced"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    VERDICT = "verdict"
    CASE_OPENED = "case_opened"
    REPLIED = "replied"
    WORDS = "words"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    MERGED = "merged"
    TOOK_OVER = "took_over"
    REOPENED = "reopened"


class ClusterState(StrEnum):
    """Where a cluster stands: a lead proposes a special action, a leader decides."""

    FOUND = "found"
    PROPOSED = "proposed"
    APPROVED = "approved"
    DISMISSED = "dismissed"


ENDED: Final = frozenset({State.DECLINED.value, State.REPLIED.value, State.MERGED.value})
"""States in which nothing is due any more."""

WITH_UNIT: Final = frozenset({State.TRANSFERRED.value})
"""States in which the unit's time runs."""

NEED_VERDICT: Final = frozenset({Kind.COMPLAINT.value, Kind.REPORT.value})
"""Kinds that are answered only after somebody has looked whether they are so."""

TO_COMPLAINANT: Final = frozenset(
    {
        Entry.ACCEPTED.value,
        Entry.DECLINED.value,
        Entry.TRANSFERRED.value,
        Entry.EXTENDED.value,
        Entry.REPLIED.value,
        Entry.WORDS.value,
        Entry.SATISFIED.value,
        Entry.DISSATISFIED.value,
        Entry.REOPENED.value,
    }
)
"""Entries that the receipt code shows."""

OWN_WORDS: Final = frozenset({Entry.WORDS.value, Entry.SATISFIED.value, Entry.DISSATISFIED.value})
"""Entries that a complainant wrote."""

TO_COMPLAINANT_IN_WORDS: Final = TO_COMPLAINANT - {
    Entry.TRANSFERRED.value,
    Entry.ACCEPTED.value,
    Entry.REOPENED.value,
}
"""Entries whose text the receipt code shows, too: the rest are notes between office and unit."""

TO_UNIT: Final = frozenset(
    {
        Entry.TRANSFERRED.value,
        Entry.UNIT_ACCEPTED.value,
        Entry.CHASED.value,
        Entry.ANSWERED.value,
        Entry.BOUNCED.value,
        Entry.EXTENSION_ASKED.value,
        Entry.EXTENDED.value,
        Entry.EXTENSION_REFUSED.value,
    }
)
"""Entries that the unit reads which had the complaint then."""
