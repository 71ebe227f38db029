"""Problems of checklists."""

from anfang.kit.errors import Problem


class ChecklistCodeTaken(Problem):
    """Another checklist has this code."""

    code = "checklist-code-taken"
    status = 409


class ChecklistDraftExists(Problem):
    """There is already a draft of a next version."""

    code = "checklist-draft-exists"
    status = 409


class ChecklistVersionPublished(Problem):
    """A published version never changes: records were filed against it."""

    code = "checklist-version-published"
    status = 409


class ChecklistEmpty(Problem):
    """A version without items cannot be published."""

    code = "checklist-empty"
    status = 409


class XlsformRefused(Problem):
    """A form holds what a checklist cannot say; nothing of it was taken."""

    code = "xlsform-refused"
    status = 422


class ChecklistItemInvalid(Problem):
    """Items contradict themselves; `pointers` name each place."""

    code = "checklist-item-invalid"
    status = 422
