"""Problems of documents."""

from anfang.kit.errors import Problem


class DefenceWindowOpen(Problem):
    """A case whose unit was not heard yet, and may still speak, stands in no notice."""

    code = "defence-window-open"
    status = 409


class CasesOfOtherCampaign(Problem):
    """The cases of a notice belong to one campaign."""

    code = "cases-of-other-campaign"
    status = 422


class CasesOfOtherUnit(Problem):
    """An order, letter or reply to a unit is about cases of that unit only."""

    code = "cases-of-other-unit"
    status = 422


class CaseHandedOver(Problem):
    """A case that was merged or handed to the competent body stands in no document."""

    code = "case-handed-over"
    status = 409


class OrganOfOtherSeries(Problem):
    """Two series with one organ code would give two documents the same number."""

    code = "organ-of-other-series"
    status = 409


class LegalCheckMissing(Problem):
    """Nobody approves a document whose lawfulness nobody has checked."""

    code = "legal-check-missing"
    status = 409


class UnknownTemplateField(Problem):
    """A template names a field that its kind does not know; `pointers` say where and which."""

    code = "unknown-template-field"
    status = 422


class TemplatePublished(Problem):
    """A published version of a template never changes; draft the next one."""

    code = "template-published"
    status = 409


class TemplateDraftExists(Problem):
    """The kind's next version is being drafted already."""

    code = "template-draft-exists"
    status = 409


class AlreadyReceived(Problem):
    """The receipt of a document is signed once."""

    code = "already-received"
    status = 409


class LetterheadMissing(Problem):
    """The first document of a series must say who issues it and under which organ code."""

    code = "letterhead-missing"
    status = 422


class NoticeNotDraft(Problem):
    """Only a draft can be changed or submitted."""

    code = "notice-not-draft"
    status = 409


class NoticeNotInApproval(Problem):
    """Only a submitted notice can be approved or given back."""

    code = "notice-not-in-approval"
    status = 409


class NoticeNotApproved(Problem):
    """Only an approved notice can be published."""

    code = "notice-not-approved"
    status = 409


class OwnDraft(Problem):
    """Nobody approves what they have written themselves."""

    code = "own-draft"
    status = 409


class NoticeNotPublic(Problem):
    """Only an issued document that stands can be corrected or withdrawn."""

    code = "notice-not-public"
    status = 409


class PrivateTracesFound(Problem):
    """The text holds a plate, a phone number or an identity number; `pointers` say where."""

    code = "private-traces-found"
    status = 422


class PictureNotReleased(Problem):
    """A notice shows pictures of its own cases only, redacted or expressly cleared."""

    code = "picture-not-released"
    status = 409


class NoticeNotTypesettable(Problem):
    """A typeface is missing, or a character exists in none."""

    code = "notice-not-typesettable"
    status = 422


class NumberTaken(Problem):
    """Other notices were published at the same moment, again and again; try once more."""

    code = "number-taken"
    status = 409


class NoticeOnItsWay(Problem):
    """A notice about the record waits for approval, was approved or is public."""

    code = "notice-on-its-way"
    status = 409


class FindingsWithdrawn(Problem):
    """A finding that the notice was drafted from was withdrawn since: draft it anew."""

    code = "findings-withdrawn"
    status = 409
