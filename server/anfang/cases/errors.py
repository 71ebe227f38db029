"""Problems of cases."""

from anfang.kit.errors import Problem


class FindingInCase(Problem):
    """A finding belongs to one case; `number` names it."""

    code = "finding-in-case"
    status = 409


class FindingWithdrawn(Problem):
    """A finding that no longer stands opens no case."""

    code = "finding-withdrawn"
    status = 409


class FindingOfOtherUnit(Problem):
    """A case holds findings of its unit and the units beneath it only: the unit reads them."""

    code = "finding-of-other-unit"
    status = 422


class FindingOfOtherCampaign(Problem):
    """The findings of a case come from one campaign."""

    code = "finding-of-other-campaign"
    status = 422


class PublicExplanationMissing(Problem):
    """What is put right step by step needs an explanation to the public."""

    code = "public-explanation-missing"
    status = 422


class DefenceWindowShortened(Problem):
    """The time to state a defence may grow, never shrink."""

    code = "defence-window-shortened"
    status = 409


class CaseNotClosed(Problem):
    """Only what was closed is opened again."""

    code = "case-not-closed"
    status = 409


class CaseClosed(Problem):
    """A closed case takes no statement and no change."""

    code = "case-closed"
    status = 409


class NothingToSendBack(Problem):
    """Only a reported rectification can be found insufficient."""

    code = "nothing-to-send-back"
    status = 409


class UnitNotWaitedFor(Problem):
    """The unit has reported or the case is closed: there is nothing to remind of."""

    code = "unit-not-waited-for"
    status = 409


class RemindedToday(Problem):
    """A unit is reminded once a day."""

    code = "reminded-today"
    status = 409


class OwnerUnsuitable(Problem):
    """A case is followed up by an active reviewer or lead of the office."""

    code = "owner-unsuitable"
    status = 422


class ThemeOfOtherCampaign(Problem):
    """A case belongs to a theme of its own campaign."""

    code = "theme-of-other-campaign"
    status = 422


class DueBeforeOpening(Problem):
    """A deadline lies on a day after the day of the opening."""

    code = "due-before-opening"
    status = 422


class CaseLocked(Problem):
    """Another case has taken it over, or it is with the competent body: nothing changes here."""

    code = "case-locked"
    status = 409


class FindingMissing(Problem):
    """A case from a visit is about a confirmed finding."""

    code = "finding-missing"
    status = 422


class CampaignMissing(Problem):
    """A case without findings names its campaign."""

    code = "campaign-missing"
    status = 422


class UnitMissing(Problem):
    """Neither a unit nor a theme with one lead unit is named: the case would have no owner."""

    code = "unit-missing"
    status = 422


class NobodyToFollowUp(Problem):
    """The office has no active lead who could follow the case up."""

    code = "nobody-to-follow-up"
    status = 409


class WordUnknown(Problem):
    """A topic or channel that the campaign's rulebook does not list; `word` is it."""

    code = "case-word-unknown"
    status = 422


class FieldUnknown(Problem):
    """Texts that the campaign's rulebook does not ask for; `fields` are their codes."""

    code = "case-field-unknown"
    status = 422


class FieldsMissing(Problem):
    """A case closes only with the texts that the rulebook asks for; `fields` are their titles."""

    code = "case-fields-missing"
    status = 409


class ExtensionNeedsApproval(Problem):
    """A later deadline is asked for and decided by a second person."""

    code = "extension-needs-approval"
    status = 409


class ShareOfLeadUnit(Problem):
    """The lead unit of a case does not support itself."""

    code = "share-of-lead-unit"
    status = 422


class RequestOpen(Problem):
    """A request of this kind waits for its decision already."""

    code = "request-open"
    status = 409


class RequestDecided(Problem):
    """A request is decided once."""

    code = "request-decided"
    status = 409


class OwnRequest(Problem):
    """Nobody decides what they asked for themselves."""

    code = "own-case-request"
    status = 409


class NothingToExplain(Problem):
    """Only what is put right step by step is explained to the public."""

    code = "nothing-to-explain"
    status = 409


class ExplanationNamesPerson(Problem):
    """The text for the public holds a plate, a phone number or an identity number."""

    code = "explanation-private-traces"
    status = 422


class ExplanationBeforeDefence(Problem):
    """The unit may still state its defence, `until` a moment: nothing is published before."""

    code = "explanation-before-defence"
    status = 409


class ExtensionTooLong(Problem):
    """The rulebook allows `most` working days at a time."""

    code = "extension-too-long"
    status = 422


class ExtensionsUsedUp(Problem):
    """The rulebook allows `most` extensions of a case."""

    code = "extensions-used-up"
    status = 409


class TransferUnitMissing(Problem):
    """A case that a unit rightly sends back goes to another unit, not to nobody."""

    code = "transfer-unit-missing"
    status = 422


class SameUnit(Problem):
    """The unit has the case already."""

    code = "same-unit"
    status = 422


class NotPaused(Problem):
    """The case's time does run."""

    code = "case-not-paused"
    status = 409


class CasesUnlike(Problem):
    """Only two cases of one unit, one campaign and one source become one."""

    code = "cases-unlike"
    status = 422


class MergeIntoOlder(Problem):
    """The older case takes over the younger one: a matter does not become younger."""

    code = "merge-into-older"
    status = 409


class RequestsWaiting(Problem):
    """What was asked for is decided before a case goes elsewhere or ends."""

    code = "requests-waiting"
    status = 409


class SplitTakesAll(Problem):
    """A split leaves something in both cases."""

    code = "split-takes-all"
    status = 422


class SubtaskIncomplete(Problem):
    """A leaf says who, by when, to what result, watched by whom, answered for how.

    `missing` names what is not there, `title` the leaf.
    """

    code = "subtask-incomplete"
    status = 422


class SubtaskLevel(Problem):
    """A subtask is broken down towards the person, never back: unit, project, post, person."""

    code = "subtask-level"
    status = 422


class SubtaskEnded(Problem):
    """A subtask is done or dropped once."""

    code = "subtask-ended"
    status = 409


class SubtaskNotLeaf(Problem):
    """What has subtasks of its own is done when they are."""

    code = "subtask-not-leaf"
    status = 409


class SubtasksOpen(Problem):
    """`count` subtasks are neither done nor dropped."""

    code = "subtasks-open"
    status = 409


class RectificationReported(Problem):
    """The unit has reported: send it back before asking for more."""

    code = "rectification-reported"
    status = 409


class NothingToRevisit(Problem):
    """Only a reported rectification is looked at again."""

    code = "nothing-to-revisit"
    status = 409


class RevisitOpen(Problem):
    """Somebody is still to look at the place."""

    code = "revisit-open"
    status = 409


class RevisitMissing(Problem):
    """The campaign's rulebook closes such a case only after a re-visit that matches."""

    code = "revisit-missing"
    status = 409


class RevisitDone(Problem):
    """A re-visit has one result."""

    code = "revisit-done"
    status = 409


class RaiserReplyMissing(Problem):
    """Whoever raised a matter is answered before it closes."""

    code = "raiser-reply-missing"
    status = 409


class OutcomeMissing(Problem):
    """The rulebook asks what became of whoever was responsible."""

    code = "outcome-missing"
    status = 409


class ViewNameTaken(Problem):
    """One person's saved views have different names."""

    code = "view-name-taken"
    status = 409


class ViewNotShareable(Problem):
    """Views are shared within the office; a unit's account keeps its own."""

    code = "view-not-shareable"
    status = 403


class ImportFaulty(Problem):
    """A sheet with faults is imported not at all."""

    code = "import-faulty"
    status = 409


class ImportChanged(Problem):
    """The sheet or a case changed since the preview: look at it again."""

    code = "import-changed"
    status = 409


class ExportTooLarge(Problem):
    """More cases match than one workbook takes; `most` says how many it takes."""

    code = "export-too-large"
    status = 422
