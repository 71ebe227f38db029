"""Which news of the rooms beneath somebody is told of, and the clock that hands it out."""

from typing import Final
from uuid import UUID

from anfang.jobs.registry import answers, by_clock
from anfang.kit.principal import Role
from anfang.notifications import delivering, service
from anfang.notifications.kinds import News

_BOUNCE: Final = "bounce"
"""The request of a unit that a case is not its own, as `case.asked` names it."""


@by_clock(minute="*")
def hand_out() -> None:
    """Every minute, have sent whose time has come: news of one minute is one message."""
    delivering.hand_out()


@by_clock(minute="5,35")
def look_at_deadlines() -> None:
    """Twice an hour, note whose deadline came near or passed."""
    service.tell_deadlines()


@answers("notification.due", own_transactions=True)
def deliver(channel: str) -> None:
    """Send what waits for a channel."""
    delivering.deliver(UUID(channel))


@answers("case.opened")
def tell_case_opened(unit: str) -> None:
    """Tell the unit that a case was opened."""
    service.tell_unit(News.CASE_OPENED, UUID(unit))


@answers("case.transferred")
def tell_case_transferred(unit: str) -> None:
    """Tell the unit that another's case is its own now."""
    service.tell_unit(News.CASE_OPENED, UUID(unit))


@answers("case.share_given")
def tell_share_given(unit: str) -> None:
    """Tell the unit that it has a part in another's case."""
    service.tell_unit(News.SHARE_GIVEN, UUID(unit))


@answers("case.sent_back")
def tell_case_returned(unit: str) -> None:
    """Tell the unit that its rectification was not enough."""
    service.tell_unit(News.CASE_RETURNED, UUID(unit))


@answers("case.reopened")
def tell_case_reopened(unit: str) -> None:
    """Tell the unit that what it had put right begins anew."""
    service.tell_unit(News.CASE_RETURNED, UUID(unit))


@answers("case.reminded")
def tell_case_reminded(unit: str) -> None:
    """Tell the unit that it was reminded of a case."""
    service.tell_unit(News.CASE_REMINDED, UUID(unit))


@answers("case.asked")
def tell_request(kind: str, by: str) -> None:
    """Tell who decides that a request waits: whose matter it is, a lead says, else a leader."""
    role = Role.LEAD if kind == _BOUNCE else Role.APPROVER
    service.tell_role(News.REQUEST_WAITING, role, but=UUID(by))


@answers("notice.submitted")
def tell_document_waiting(by: str) -> None:
    """Tell the approvers that a document waits for them."""
    service.tell_role(News.DOCUMENT_WAITING, Role.APPROVER, but=UUID(by))


@answers("notice.published")
def tell_document_issued(unit: str | None) -> None:
    """Tell the unit that a document was issued to it; what the public reads tells itself."""
    if unit is not None:
        service.tell_unit(News.DOCUMENT_ISSUED, UUID(unit))


@answers("measure.proposed")
def tell_measure_waiting(by: str) -> None:
    """Tell the approvers that a measure waits."""
    service.tell_role(News.MEASURE_WAITING, Role.APPROVER, but=UUID(by))


@answers("measure.review_asked")
def tell_review_waiting(by: str) -> None:
    """Tell the approvers that a unit asks to have a measure looked at again."""
    service.tell_role(News.MEASURE_WAITING, Role.APPROVER, but=UUID(by))


@answers("referral.proposed")
def tell_referral_waiting(by: str) -> None:
    """Tell the approvers that a referral waits."""
    service.tell_role(News.MEASURE_WAITING, Role.APPROVER, but=UUID(by))


@answers("breach.alleged")
def tell_breach_waiting(by: str) -> None:
    """Tell the approvers that a breach waits for its decision."""
    service.tell_role(News.BREACH_WAITING, Role.APPROVER, but=UUID(by))


@answers("claims.asked")
def tell_claim_asked(unit: str) -> None:
    """Tell the unit that a self-report is wanted of it."""
    service.tell_unit(News.CLAIM_ASKED, UUID(unit))


@answers("claims.questioned")
def tell_claim_questioned(unit: str) -> None:
    """Tell the unit that it is asked to explain what it reported."""
    service.tell_unit(News.CLAIM_ASKED, UUID(unit))


@answers("claims.explained")
def tell_claim_explained(by: str) -> None:
    """Tell who asked that the unit has explained itself."""
    service.tell(News.CLAIM_EXPLAINED, [UUID(by)])


@answers("cycle.due_soon")
def tell_cycle_near(unit: str | None, **_: str) -> None:
    """Tell who has a duty that its period is near its end."""
    _tell_holder(News.CYCLE_NEAR, unit)


@answers("cycle.missed")
def tell_cycle_missed(unit: str | None, **_: str) -> None:
    """Tell who has a duty, and the leads, that its period was missed."""
    _tell_holder_and_leads(News.CYCLE_MISSED, unit)


@answers("register.due_soon")
def tell_register_near(unit: str | None, **_: str) -> None:
    """Tell whose row of a register it is that it is near its term."""
    _tell_holder(News.REGISTER_NEAR, unit)


@answers("register.overdue")
def tell_register_overdue(unit: str | None, **_: str) -> None:
    """Tell whose row of a register it is, and the leads, that it is past its term."""
    _tell_holder_and_leads(News.REGISTER_OVERDUE, unit)


@answers("complaint.received")
def tell_complaint_received(**_: str) -> None:
    """Tell the leads that somebody complained."""
    service.tell_role(News.COMPLAINT_RECEIVED, Role.LEAD)


@answers("complaint.transferred")
def tell_complaint_given(unit: str, **_: str) -> None:
    """Tell the unit that it was given a complaint."""
    service.tell_unit(News.COMPLAINT_GIVEN, UUID(unit))


@answers("complaint.chased")
def tell_complaint_chased(unit: str) -> None:
    """Tell the unit that the office waits for its answer to a complaint."""
    service.tell_unit(News.COMPLAINT_CHASED, UUID(unit))


@answers("complaint.answered")
def tell_complaint_answered() -> None:
    """Tell the leads that a unit answered a complaint or sent it back."""
    service.tell_role(News.COMPLAINT_ANSWERED, Role.LEAD)


@answers("complaint.words_added")
def tell_complaint_words() -> None:
    """Tell the leads that a complainant has more to say."""
    service.tell_role(News.COMPLAINT_WORDS, Role.LEAD)


@answers("complaint.dissatisfied")
def tell_complaint_dissatisfied() -> None:
    """Tell the leads that a complainant is not satisfied."""
    service.tell_role(News.COMPLAINT_WORDS, Role.LEAD)


@answers("complaint.extension_asked")
def tell_extension_asked() -> None:
    """Tell the approvers that a unit wants a longer term to answer a complaint."""
    service.tell_role(News.COMPLAINT_EXTENSION, Role.APPROVER)


@answers("complaint.extension_decided")
def tell_extension_decided(unit: str) -> None:
    """Tell the unit that its longer term was decided."""
    service.tell_unit(News.COMPLAINT_EXTENSION, UUID(unit))


@answers("complaint.near")
def tell_complaint_near(unit: str | None) -> None:
    """Tell whose time runs that a complaint is near its deadline."""
    _tell_holder(News.COMPLAINT_NEAR, unit)


@answers("complaint.overdue")
def tell_complaint_overdue(unit: str | None) -> None:
    """Tell whose time ran, and the leads, that a complaint is past its deadline."""
    _tell_holder_and_leads(News.COMPLAINT_OVERDUE, unit)


@answers("complaint.cluster_found")
def tell_cluster_found() -> None:
    """Tell the leads that many complain about one thing."""
    service.tell_role(News.COMPLAINT_CLUSTER, Role.LEAD)


@answers("complaint.cluster_proposed")
def tell_cluster_proposed(by: str) -> None:
    """Tell the approvers that a special action waits for them."""
    service.tell_role(News.COMPLAINT_CLUSTER, Role.APPROVER, but=UUID(by))


def _tell_holder_and_leads(news: News, unit: str | None) -> None:
    service.tell_role(news, Role.LEAD)
    if unit is not None:
        service.tell_unit(news, UUID(unit))


def _tell_holder(news: News, unit: str | None) -> None:
    """Tell the unit, or the leads where it is the office's own or kept from the unit."""
    if unit is None:
        service.tell_role(news, Role.LEAD)
    else:
        service.tell_unit(news, UUID(unit))
