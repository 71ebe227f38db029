"""Problems of claims."""

from anfang.kit.errors import Problem


class ClaimPeriodReversed(Problem):
    """The period's last day lies before its first."""

    code = "claim-period-reversed"
    status = 422


class ClaimCallUnknown(Problem):
    """The rulebook names no such call, or the campaign lacks its checklist."""

    code = "claim-call-unknown"
    status = 422


class ClaimChecklistMissing(Problem):
    """Neither a call nor one of the campaign's checklists says what is asked."""

    code = "claim-checklist-missing"
    status = 422


class ClaimItemsUnknown(Problem):
    """The checklist has no such items, or nothing can be met or missed in them."""

    code = "claim-items-unknown"
    status = 422


class ClaimCampaignNotRunning(Problem):
    """Self-reports are asked for while the campaign runs."""

    code = "claim-campaign-not-running"
    status = 409


class ClaimAnswersFaulty(Problem):
    """Some answers cannot stand; `pointers` name them."""

    code = "claim-answers-faulty"
    status = 422


class ClaimLocked(Problem):
    """The deadline has passed: what was signed stands."""

    code = "claim-locked"
    status = 409


class ClaimUnchanged(Problem):
    """Nothing differs from the version before."""

    code = "claim-unchanged"
    status = 409


class ClaimIncomplete(Problem):
    """Items without an answer cannot be signed for."""

    code = "claim-incomplete"
    status = 409


class ClaimSigned(Problem):
    """This version is signed."""

    code = "claim-signed"
    status = 409


class ClaimNothingToAsk(Problem):
    """Claim and visits do not differ beyond chance: there is nothing to hold against the unit."""

    code = "claim-nothing-to-ask"
    status = 409


class ClaimNotLocked(Problem):
    """The unit may still change its self-report: nothing is compared before."""

    code = "claim-not-locked"
    status = 409


class ClaimAskedBefore(Problem):
    """The unit was asked about this item of this self-report already."""

    code = "claim-asked-before"
    status = 409


class ClaimQuestionAnswered(Problem):
    """The unit has explained itself, or a verdict was reached."""

    code = "claim-question-answered"
    status = 409


class ClaimHearingOpen(Problem):
    """The unit was not heard, and its time is not over."""

    code = "claim-hearing-open"
    status = 409


class ClaimJudged(Problem):
    """There is a verdict; it stays."""

    code = "claim-judged"
    status = 409


class ClaimOwnQuestion(Problem):
    """Who asked does not judge."""

    code = "claim-own-question"
    status = 409


class ClaimSheetFaulty(Problem):
    """The workbook has faults; nothing was filed."""

    code = "claim-sheet-faulty"
    status = 422


class ClaimSheetChanged(Problem):
    """The workbook or the self-report is no longer what was shown."""

    code = "claim-sheet-changed"
    status = 409
