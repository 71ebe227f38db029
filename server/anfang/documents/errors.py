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


class LetterheadMissing(Problem):
    """The first notice must say which office issues it and under which organ code."""

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
    """Only a published notice that stands can be corrected or withdrawn."""

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
