"""Who may do what, on one page. A permission that stands on no route, or a route whose permission
does not stand here, fails a guard test; what is not listed is refused.

A permission opens a verb; *which objects* a caller sees is decided by the rooms' `policies.py`.
What approves, publishes or opens asks, besides, for a second factor proven just now.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeGuard

from anfang.kit.principal import Device, Person, Principal, Role, Standing

Allows = Callable[[Principal], bool]


def _roles(*roles: Role) -> Allows:
    allowed = frozenset(roles)
    return lambda caller: _any_person(caller) and bool(caller.roles & allowed)


def _any_person(caller: Principal) -> TypeGuard[Person]:
    return isinstance(caller, Person) and caller.standing is Standing.FULL


def _sets_factors_up(caller: Principal) -> bool:
    return isinstance(caller, Person) and caller.standing is not Standing.PROVE


def _any_session(caller: Principal) -> bool:
    return isinstance(caller, Person)


def _phone(caller: Principal) -> bool:
    return isinstance(caller, Device) and not caller.deliver_only


def _phone_even_revoked(caller: Principal) -> bool:
    return isinstance(caller, Device)


_LEAD = _roles(Role.LEAD)
_SETUP = _roles(Role.LEAD, Role.ADMINISTRATOR)
_OFFICE = _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR)
_DESK = _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER, Role.AUDITOR)
_CUSTODY = _roles(Role.CUSTODIAN, Role.LEAD, Role.AUDITOR, Role.ADMINISTRATOR)
_OFFICE_AND_UNITS = _roles(
    Role.REVIEWER, Role.LEAD, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR, Role.LIAISON
)

PERMISSIONS: Final[Mapping[str, Allows]] = {
    # identity
    "session.enter": _any_session,
    "session.read": _any_person,
    "factor.manage": _sets_factors_up,
    "factor.reset": _SETUP,
    "user.manage": _roles(Role.ADMINISTRATOR),
    "inspector.manage": _SETUP,
    "custody.read": _CUSTODY,
    "custody.hold": _roles(Role.CUSTODIAN),
    "disclosure.read": _roles(Role.CUSTODIAN, Role.AUDITOR),
    # phones (PROTOCOL §3–5)
    "device.sync": _phone,
    "device.deliver": _phone_even_revoked,
    # set-up
    "unit.read": _OFFICE_AND_UNITS,
    "unit.manage": _SETUP,
    "checklist.read": _OFFICE,
    "checklist.manage": _LEAD,
    "campaign.read": _OFFICE,
    "campaign.manage": _LEAD,
    "stage.confirm": _roles(Role.APPROVER),
    "assignment.read": _roles(Role.LEAD, Role.AUDITOR),
    "assignment.manage": _LEAD,
    # evidence and review
    "record.read": _roles(Role.REVIEWER, Role.LEAD, Role.AUDITOR),
    "record.review": _roles(Role.REVIEWER),
    # cases
    "case.read": _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER, Role.AUDITOR, Role.LIAISON),
    "case.open": _roles(Role.REVIEWER, Role.LEAD),
    "case.manage": _LEAD,
    "case.answer": _roles(Role.LIAISON),
    "case.ask": _roles(Role.REVIEWER, Role.LEAD, Role.LIAISON),
    "case.decide": _roles(Role.LEAD, Role.APPROVER),
    "case.break_down": _roles(Role.LEAD, Role.LIAISON),
    # registers
    "register.read": _OFFICE_AND_UNITS,
    "register.write": _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER, Role.LIAISON),
    # complaints
    "complaint.read": _DESK,
    "complaint.register": _roles(Role.REVIEWER, Role.LEAD),
    "complaint.handle": _LEAD,
    "complaint.decide": _roles(Role.APPROVER),
    "complaint.answer": _roles(Role.LIAISON),
    # breaches of rule sets
    "breach.read": _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER, Role.AUDITOR, Role.LIAISON),
    "breach.allege": _roles(Role.REVIEWER, Role.LEAD),
    "breach.decide": _roles(Role.APPROVER),
    # sealed appraisals
    "ballot.read": _DESK,
    "ballot.manage": _LEAD,
    "ballot.void": _roles(Role.APPROVER),
    # supervision
    "supervision.read": _OFFICE_AND_UNITS,
    "supervision.import": _SETUP,
    "supervision.withdraw": _roles(Role.APPROVER),
    # units' self-reports
    "claim.read": _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER, Role.AUDITOR, Role.LIAISON),
    "claim.ask": _LEAD,
    "claim.file": _roles(Role.LIAISON),
    "claim.compare": _DESK,
    "claim.question": _roles(Role.REVIEWER, Role.LEAD),
    "claim.judge": _roles(Role.LEAD, Role.APPROVER),
    # surveys
    "survey.read": _DESK,
    "survey.manage": _LEAD,
    "survey.enter": _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER),
    "survey.approve": _roles(Role.APPROVER),
    # ladders
    "measure.read": _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER, Role.AUDITOR, Role.LIAISON),
    "measure.propose": _LEAD,
    "measure.approve": _roles(Role.APPROVER),
    "measure.appeal": _roles(Role.LIAISON),
    "measure.review": _roles(Role.APPROVER),
    "measure.extend_rules": _roles(Role.LEAD, Role.LIAISON),
    "referral.read": _roles(Role.LEAD, Role.APPROVER, Role.AUDITOR),
    # scores and rankings of units
    "score.read": _DESK,
    "score.compute": _LEAD,
    "score.sign": _roles(Role.APPROVER),
    "score.own": _roles(Role.LIAISON),
    # documents
    "notice.read": _DESK,
    "notice.draft": _LEAD,
    "notice.check": _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER),
    "notice.approve": _roles(Role.APPROVER),
    "template.manage": _LEAD,
    "document.receive": _roles(Role.LIAISON),
    # reports
    "report.read": _DESK,
    "report.publish": _LEAD,
    "report.sign": _roles(Role.APPROVER),
    # cycles
    "cycle.read": _OFFICE_AND_UNITS,
    "cycle.report": _roles(Role.REVIEWER, Role.LEAD, Role.APPROVER, Role.LIAISON),
    "cycle.judge": _DESK,
    "cycle.plan": _LEAD,
    # packs
    "pack.read": _roles(Role.LEAD, Role.AUDITOR),
    "pack.build": _LEAD,
    # retention
    "retention.read": _roles(Role.LEAD, Role.AUDITOR, Role.ADMINISTRATOR),
    "hold.manage": _roles(Role.LEAD, Role.AUDITOR),
    # notifications
    "notification.set": _any_person,
    "notification.oversee": _roles(Role.ADMINISTRATOR),
    # oversight
    "audit.read": _roles(Role.AUDITOR),
}

FRESH: Final = frozenset(
    {
        # one's own password and factors, other people's factors
        "account.change_password",
        "account.add_totp",
        "account.remove_totp",
        "account.offer_passkey",
        "account.add_passkey",
        "account.remove_passkey",
        "account.renew_recovery_codes",
        "factor-resets.ask_for_reset",
        "factor-resets.confirm_reset",
        # what the custodians hold
        "custody.establish_custody",
        "custody.hand_custody_over",
        "disclosures.open_disclosure",
        "informants.open_informant",
        "complaint-clusters.decide",
        "complaints.decide_extension",
        # decisions of the second person, and what goes out
        "documents.approve_notice",
        "documents.publish_notice",
        "documents.withdraw_notice",
        "ladders.decide",
        "ladders.lift",
        "ladders.decide_review",
        "ladders.decide_referral",
        "breaches.decide_breach",
        "case-followup.decide",
        "claim_questions.judge_question",
        "supervision.withdraw_card",
        "scoring.decide",
        "scoring.publish",
        "scoring.drop",
        "stages.confirm_gate",
        "topics.decide_topic",
        "ballots.void_box",
        "surveys.approve_results",
        "surveys.publish_results",
        "draws.publish_draw",
        "report_files.sign_results",
        "report_files.withdraw_results",
        "report_files.approve_press_pack",
    }
)
"""Endpoints that ask for a second factor proven within `identity.standing.FRESH_FOR`."""
