"""Wire forms of claims."""

from marshmallow import Schema, fields, validate

from anfang.claims.comparing import Flag
from anfang.claims.models import Verdict
from anfang.kit.deadlines import DeadlineSchema
from anfang.kit.pages import PageQuery

_CODE = validate.Length(1, 40)
_TITLE = validate.Length(1, 120)
_NOTE = validate.Length(1, 2000)
_MOST_CHECKS = 1_000_000


class ClaimUnitSchema(Schema):
    """A unit."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class ClaimItemSchema(Schema):
    """An item of the checklist that a self-report speaks of."""

    id = fields.String(required=True)
    text = fields.String(required=True)


class ClaimRequestMembersSchema(Schema):
    """What is asked for, of which days, until when."""

    id = fields.UUID(required=True)
    campaign_id = fields.UUID(required=True)
    title = fields.String(required=True)
    call = fields.String(required=True)
    items = fields.List(fields.Nested(ClaimItemSchema), required=True)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    due_at = fields.AwareDateTime(required=True)
    locked = fields.Boolean(required=True)


class ClaimRequestSchema(ClaimRequestMembersSchema):
    """A request, and how many of its units have signed."""

    asked_at = fields.AwareDateTime(required=True)
    units = fields.Integer(required=True)
    signed = fields.Integer(required=True)


class NewClaimRequestSchema(Schema):
    """Whom to ask for what: a call of the rulebook, or a checklist of the campaign."""

    campaign_id = fields.UUID(required=True)
    unit_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, 500))
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    call = fields.String(load_default=None, validate=_CODE)
    title = fields.String(load_default=None, validate=_TITLE)
    checklist_version_id = fields.UUID(load_default=None)
    items = fields.List(fields.String(validate=_CODE), load_default=list)
    working_days = fields.Integer(load_default=None, strict=True, validate=validate.Range(1, 60))


class ClaimRequestQuerySchema(PageQuery):
    """Filters of the list of requests."""

    campaign = fields.UUID()


class ClaimCallsQuerySchema(Schema):
    """Whose calls."""

    campaign = fields.UUID(required=True)


class ClaimCallSchema(Schema):
    """A call of the rulebook."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class ClaimCallsSchema(Schema):
    """What a campaign's rulebook says of self-reports; terms are working days."""

    working_days = fields.Integer(required=True)
    calls = fields.List(fields.Nested(ClaimCallSchema), required=True)


class ClaimAnswerSchema(Schema):
    """A unit's answer: a share in per cent, its own checks counted, or nothing of the kind here."""

    item = fields.String(required=True, validate=_CODE)
    percent = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, 100))
    good = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, _MOST_CHECKS))
    checked = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, _MOST_CHECKS))
    not_applicable = fields.Boolean()
    remark = fields.String(validate=validate.Length(max=400))


class ClaimAnswersSchema(Schema):
    """All of a unit's answers anew."""

    answers = fields.List(
        fields.Nested(ClaimAnswerSchema), required=True, validate=validate.Length(max=200)
    )


class ClaimSignatureSchema(Schema):
    """The post or name of the head who vouches for it."""

    signatory = fields.String(required=True, validate=_TITLE)


class ClaimVersionSchema(Schema):
    """What a unit said once."""

    number = fields.Integer(required=True)
    answers = fields.List(fields.Nested(ClaimAnswerSchema), required=True)
    filed_by = fields.String(required=True, allow_none=True)
    filed_at = fields.AwareDateTime(required=True)
    signatory = fields.String(required=True, allow_none=True)
    signed_by = fields.String(required=True, allow_none=True)
    signed_at = fields.AwareDateTime(required=True, allow_none=True)


class ClaimSheetSchema(Schema):
    """A unit's self-report; `changed`: a newer version than the signed one waits."""

    id = fields.UUID(required=True)
    unit = fields.Nested(ClaimUnitSchema, required=True)
    request = fields.Nested(ClaimRequestMembersSchema, required=True)
    state = fields.String(
        required=True, validate=validate.OneOf(["open", "drafted", "signed", "changed", "missed"])
    )
    version = fields.Integer(required=True)
    signed_version = fields.Integer(required=True, allow_none=True)
    deadline = fields.Nested(DeadlineSchema, required=True)


class ClaimSheetWholeSchema(ClaimSheetSchema):
    """A self-report with every version."""

    versions = fields.List(fields.Nested(ClaimVersionSchema), required=True)


class ClaimSheetQuerySchema(PageQuery):
    """Filters of the list of self-reports."""

    campaign = fields.UUID()
    request = fields.UUID()


class ClaimPlanAnswerSchema(ClaimAnswerSchema):
    """An answer with its item's text."""

    text = fields.String(required=True)


class ClaimPlanFaultSchema(Schema):
    """What is wrong with a row of the workbook; row 0 is the sheet as a whole."""

    row = fields.Integer(required=True)
    column = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    text = fields.String(required=True)


class ClaimPlanSchema(Schema):
    """What a workbook files; with a fault nothing of it can be filed."""

    answers = fields.List(fields.Nested(ClaimPlanAnswerSchema), required=True)
    faults = fields.List(fields.Nested(ClaimPlanFaultSchema), required=True)
    digest = fields.String(required=True)
    done = fields.Boolean(required=True)


class ClaimStatedSchema(Schema):
    """What a unit claims, in per cent; counted where it checked itself."""

    percent = fields.Float(required=True)
    good = fields.Integer(required=True, allow_none=True)
    checked = fields.Integer(required=True, allow_none=True)


class ClaimSeenSchema(Schema):
    """What visits saw: a share (0…1) and the bounds of its 95 % confidence interval."""

    count = fields.Integer(required=True)
    of = fields.Integer(required=True)
    share = fields.Float(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)


class ClaimDifferenceSchema(Schema):
    """Seen less claimed (-1…1), and the bounds of its 95 % confidence interval."""

    value = fields.Float(required=True)
    low = fields.Float(required=True)
    high = fields.Float(required=True)


_FLAG = validate.OneOf([one.value for one in Flag])
_VERDICT = validate.OneOf([one.value for one in Verdict])


class ClaimCellSchema(Schema):
    """One item of one unit; the flag is a question, the verdict a person's answer."""

    item = fields.String(required=True)
    claim = fields.Nested(ClaimStatedSchema, required=True, allow_none=True)
    seen = fields.Nested(ClaimSeenSchema, required=True, allow_none=True)
    difference = fields.Nested(ClaimDifferenceSchema, required=True, allow_none=True)
    flag = fields.String(required=True, validate=_FLAG)
    may_ask = fields.Boolean(required=True)
    question_id = fields.UUID(required=True, allow_none=True)
    verdict = fields.String(required=True, allow_none=True)


class ClaimRowSchema(Schema):
    """A unit's line."""

    sheet_id = fields.UUID(required=True)
    unit = fields.Nested(ClaimUnitSchema, required=True)
    cells = fields.List(fields.Nested(ClaimCellSchema), required=True)


class ClaimComparisonSchema(Schema):
    """Self-reports beside visits; with fewer than `least_visits` nothing is said of an item."""

    request = fields.Nested(ClaimRequestMembersSchema, required=True)
    least_visits = fields.Integer(required=True)
    tolerance_points = fields.Integer(required=True)
    rows = fields.List(fields.Nested(ClaimRowSchema), required=True)


class ClaimBesideSchema(Schema):
    """What a unit signed of the same things that a record saw; all null where it signed nothing."""

    sheet_id = fields.UUID(required=True, allow_none=True)
    unit = fields.Nested(ClaimUnitSchema, required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    signed_at = fields.AwareDateTime(required=True, allow_none=True)
    answers = fields.List(fields.Nested(ClaimAnswerSchema), required=True)


class NewClaimQuestionSchema(Schema):
    """Which difference the unit is asked to explain, and what it is asked."""

    item = fields.String(required=True, validate=_CODE)
    note = fields.String(required=True, validate=_NOTE)


class ClaimFiguresSchema(Schema):
    """The comparison as it stood when the unit was asked."""

    claim = fields.Nested(ClaimStatedSchema, required=True)
    seen = fields.Nested(ClaimSeenSchema, required=True)
    difference = fields.Nested(ClaimDifferenceSchema, required=True)
    flag = fields.String(required=True, validate=_FLAG)


class ClaimRequestNameSchema(Schema):
    """A request, as lists mention it."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)


class ClaimQuestionSchema(Schema):
    """A difference taken up with a unit; who asked and judged is told in the office alone."""

    id = fields.UUID(required=True)
    unit = fields.Nested(ClaimUnitSchema, required=True)
    request = fields.Nested(ClaimRequestNameSchema, required=True)
    item = fields.String(required=True)
    item_text = fields.String(required=True)
    figures = fields.Nested(ClaimFiguresSchema, required=True)
    note = fields.String(required=True)
    asked_by = fields.String(required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    answer_until = fields.AwareDateTime(required=True)
    answer = fields.String(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    verdict = fields.String(required=True, allow_none=True, validate=_VERDICT)
    reason = fields.String(required=True, allow_none=True)
    judged_by = fields.String(required=True, allow_none=True)
    judged_at = fields.AwareDateTime(required=True, allow_none=True)
    case_id = fields.UUID(required=True, allow_none=True)


class ClaimQuestionQuerySchema(PageQuery):
    """Filters of the list of questions."""

    campaign = fields.UUID()
    request = fields.UUID()
    sheet = fields.UUID()


class ClaimExplanationSchema(Schema):
    """What the unit says to it."""

    text = fields.String(required=True, validate=_NOTE)


class ClaimVerdictSchema(Schema):
    """A person's verdict, and why."""

    verdict = fields.String(required=True, validate=_VERDICT)
    reason = fields.String(required=True, validate=_NOTE)
