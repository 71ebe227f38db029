"""Wire forms of what follows a case up: shares, subtasks, requests, re-visits, moves."""

from typing import Any, Final

from marshmallow import Schema, fields, validate

from anfang.cases.followup_models import Degree, RequestKind, RequestState, TaskLevel, TaskState
from anfang.cases.schemas import TEXT, TITLE, CaseNameSchema
from anfang.kit.pages import PageQuery
from anfang.kit.validation import some_text

_DEGREE = validate.OneOf([one.value for one in Degree])
_KIND = validate.OneOf([one.value for one in RequestKind])
_REQUEST_STATE = validate.OneOf([one.value for one in RequestState])
_LEVEL = validate.OneOf([one.value for one in TaskLevel])
_TASK_STATE = validate.OneOf([one.value for one in TaskState])
_REASON = some_text(4000)
_LINE = validate.Length(max=400)
_TERM = validate.Range(1, 250)
_MOST_TASKS: Final = 100


class CaseLinkSchema(Schema):
    """A case mentioned elsewhere."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String()


class ShareSchema(Schema):
    """A supporting unit's part; `duty` is what it answers for, in writing."""

    unit_id = fields.UUID(required=True)
    degree = fields.String(required=True, validate=_DEGREE)
    duty = fields.String(load_default="", validate=_LINE)


class SharesSchema(Schema):
    """Every unit that supports the lead unit."""

    shares = fields.List(
        fields.Nested(ShareSchema), required=True, validate=validate.Length(max=40)
    )


class ListedShareSchema(Schema):
    """A unit's part in a case that another unit leads."""

    case = fields.Nested(CaseLinkSchema, required=True)
    lead = fields.Nested(CaseNameSchema, required=True)
    unit = fields.Nested(CaseNameSchema, required=True)
    degree = fields.String(required=True, validate=_DEGREE)
    duty = fields.String(required=True)
    due_at = fields.AwareDateTime(required=True)


class LeadShareSchema(Schema):
    """What the lead unit carries: all, the primary or the secondary responsibility."""

    unit = fields.Nested(CaseNameSchema, required=True)
    carries = fields.String(required=True)


class SupportShareSchema(LeadShareSchema):
    """What a supporting unit carries; nothing while the split is not resolved."""

    degree = fields.String(required=True, validate=_DEGREE)
    duty = fields.String(required=True)


class ResponsibilitySchema(Schema):
    """Who answers for a case; unresolved, it is the lead unit for all of it."""

    resolved = fields.Boolean(required=True)
    lead = fields.Nested(LeadShareSchema, required=True)
    support = fields.List(fields.Nested(SupportShareSchema), required=True)


class NewSubtaskSchema(Schema):
    """A subtask; a leaf needs `due_on`, `result`, `watched_by` and `accountability`.

    `holder` names the project, post or person; without `unit_id` it is its parent's unit.
    """

    level = fields.String(required=True, validate=_LEVEL)
    title = fields.String(required=True, validate=TITLE)
    unit_id = fields.UUID()
    holder = fields.String(validate=_LINE)
    due_on = fields.Date()
    result = fields.String(validate=_LINE)
    watched_by = fields.String(validate=_LINE)
    accountability = fields.String(validate=_LINE)
    children: Any = fields.List(
        fields.Nested(lambda: NewSubtaskSchema()), validate=validate.Length(max=_MOST_TASKS)
    )


class NewSubtasksSchema(Schema):
    """Subtasks to set down, beneath one that exists or at the top."""

    parent_id = fields.UUID(load_default=None, allow_none=True)
    subtasks = fields.List(
        fields.Nested(NewSubtaskSchema), required=True, validate=validate.Length(1, _MOST_TASKS)
    )


class SubtaskSchema(Schema):
    """A subtask; `proof` is what was told when it was done, or why it was dropped."""

    id = fields.UUID(required=True)
    case = fields.Nested(CaseLinkSchema, required=True)
    parent_id = fields.UUID(required=True, allow_none=True)
    level = fields.String(required=True, validate=_LEVEL)
    title = fields.String(required=True)
    unit = fields.Nested(CaseNameSchema, required=True)
    holder = fields.String(required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    result = fields.String(required=True)
    watched_by = fields.String(required=True)
    accountability = fields.String(required=True)
    leaf = fields.Boolean(required=True)
    state = fields.String(required=True, validate=_TASK_STATE)
    proof = fields.String(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)


class ListedSubtaskSchema(SubtaskSchema):
    """A leaf of any case; `case_open`: the reader may open its case, too."""

    case_open = fields.Boolean(required=True)


class SubtaskQuerySchema(PageQuery):
    """Filters of the leaves; `unit` takes the units beneath it too, `owner` is the office's."""

    state = fields.String(validate=_TASK_STATE)
    unit = fields.UUID()
    owner = fields.UUID()
    due_to = fields.Date()


class SubtaskProofSchema(Schema):
    """What proves that a subtask is done."""

    proof = fields.String(required=True, validate=_REASON)


class CaseReasonSchema(Schema):
    """Why."""

    reason = fields.String(required=True, validate=_REASON)


class NewCaseRequestSchema(CaseReasonSchema):
    """What to ask for; `working_days` of an extension, `unit_ids` to coordinate or to hand to."""

    kind = fields.String(required=True, validate=_KIND)
    working_days = fields.Integer(strict=True, validate=_TERM)
    unit_ids = fields.List(fields.UUID(), validate=validate.Length(max=20))


class CaseDecisionSchema(Schema):
    """A decision on a request; a granted bounce names the unit to which the case goes."""

    granted = fields.Boolean(required=True)
    note = fields.String(required=True, validate=_REASON)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class CaseRequestSchema(Schema):
    """A request in a case, and what became of it."""

    id = fields.UUID(required=True)
    case = fields.Nested(CaseLinkSchema, required=True)
    unit = fields.Nested(CaseNameSchema, required=True)
    kind = fields.String(required=True, validate=_KIND)
    reason = fields.String(required=True)
    working_days = fields.Integer(required=True, allow_none=True)
    units = fields.List(fields.Nested(CaseNameSchema), required=True)
    asked_by = fields.String(required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=_REQUEST_STATE)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    note = fields.String(required=True)


class CaseRequestQuerySchema(PageQuery):
    """Filters of the requests."""

    state = fields.String(validate=_REQUEST_STATE)
    kind = fields.String(validate=_KIND)


class CaseTransferSchema(CaseReasonSchema):
    """To which unit a case goes."""

    unit_id = fields.UUID(required=True)


class CaseMergeSchema(CaseReasonSchema):
    """The younger case that is taken over."""

    case_id = fields.UUID(required=True)


class CaseSplitSchema(CaseReasonSchema):
    """The findings that become a case of their own."""

    finding_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 100))
    title = fields.String(required=True, validate=TITLE)


class NewRevisitSchema(Schema):
    """Until when to look at the place; without a term, the rulebook's."""

    working_days = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_TERM)


class RevisitResultSchema(Schema):
    """What a look at the place showed; where it does not match, the unit reads the text."""

    matches = fields.Boolean(required=True)
    text = fields.String(required=True, validate=TEXT)


class CaseRevisitSchema(Schema):
    """A re-visit; `matches` is null until somebody has looked."""

    id = fields.UUID(required=True)
    asked_at = fields.AwareDateTime(required=True)
    due_at = fields.AwareDateTime(required=True)
    matches = fields.Boolean(required=True, allow_none=True)
    text = fields.String(required=True)
    looked_at = fields.AwareDateTime(required=True, allow_none=True)
    looked_by = fields.String(required=True, allow_none=True)


class CaseStepSchema(Schema):
    """A stretch of time with one holder; `stuck`: the one in which most working time passed."""

    kind = fields.String(required=True)
    holder = fields.String(required=True)
    began_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    working_minutes = fields.Integer(required=True)
    stuck = fields.Boolean(required=True)


class EarlierCaseSchema(CaseLinkSchema):
    """An earlier case that this one repeats, and in which items."""

    items = fields.List(fields.String(), required=True)


class CaseNeedsSchema(Schema):
    """What the rulebook still asks for: before closing, before exposure."""

    revisit = fields.Boolean(required=True)
    outcome = fields.Boolean(required=True)
    closing = fields.List(fields.String(), required=True)
    exposure = fields.List(fields.String(), required=True)


class CaseWordSchema(Schema):
    """A word of the rulebook."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class FieldWordSchema(CaseWordSchema):
    """A text that the rulebook asks for."""

    needed_for = fields.String(required=True)


class CaseWordsSchema(Schema):
    """What the campaign's rulebook lists for its cases.

    Where it lists no `sources`, `classes` or `levels` (of subtasks), all of them are free.
    """

    topics = fields.List(fields.Nested(CaseWordSchema), required=True)
    channels = fields.List(fields.Nested(CaseWordSchema), required=True)
    sources = fields.List(fields.String(), required=True)
    classes = fields.List(fields.Nested(CaseWordSchema), required=True)
    levels = fields.List(fields.String(), required=True)
    fields_ = fields.List(
        fields.Nested(FieldWordSchema), required=True, data_key="fields", attribute="fields"
    )


class DeskFollowupSchema(Schema):
    """What follows a case up, as its unit reads it."""

    responsibility = fields.Nested(ResponsibilitySchema, required=True)
    subtasks = fields.List(fields.Nested(SubtaskSchema), required=True)
    requests = fields.List(fields.Nested(CaseRequestSchema), required=True)
    revisit_asked = fields.Boolean(required=True)


class FollowupSchema(Schema):
    """What follows a case up; a unit's account gets what `DeskFollowupSchema` lists."""

    responsibility = fields.Nested(ResponsibilitySchema, required=True)
    subtasks = fields.List(fields.Nested(SubtaskSchema), required=True)
    requests = fields.List(fields.Nested(CaseRequestSchema), required=True)
    revisit_asked = fields.Boolean()
    revisits = fields.List(fields.Nested(CaseRevisitSchema))
    steps = fields.List(fields.Nested(CaseStepSchema))
    earlier = fields.List(fields.Nested(EarlierCaseSchema))
    related = fields.List(fields.Nested(CaseLinkSchema))
    needs = fields.Nested(CaseNeedsSchema)
    words = fields.Nested(CaseWordsSchema)
