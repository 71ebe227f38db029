"""Wire forms of cycles."""

from typing import Final

from marshmallow import Schema, fields, validate

from anfang.cycles.models import PeriodState
from anfang.kit.pages import PageQuery

_STATE: Final = validate.OneOf([one.value for one in PeriodState])
_MOST_CASES: Final = 200


class RunningCampaignSchema(Schema):
    """A running campaign, and what its rulebook has for the reader's desk."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    registers = fields.Boolean(required=True)
    supervision = fields.Boolean(required=True)
    cycles = fields.Boolean(required=True)
    bulletin = fields.Boolean(required=True)


class RunningCampaignsSchema(Schema):
    """The running campaigns that have a rulebook."""

    items = fields.List(fields.Nested(RunningCampaignSchema), required=True)


class PeriodQuerySchema(PageQuery):
    """What narrows the periods."""

    state = fields.String(validate=_STATE)
    duty = fields.String(validate=validate.Length(1, 40))
    unit = fields.UUID()


class CycleUnitSchema(Schema):
    """A unit by id and name."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class CountSchema(Schema):
    """What is counted, how much is asked for, how much has come."""

    title = fields.String(required=True)
    unit = fields.String(required=True)
    at_least = fields.Integer(required=True)
    at_most_each = fields.Integer(required=True, allow_none=True)
    total = fields.Integer(required=True)


class PeriodEntrySchema(Schema):
    """What came; a day, no time."""

    number = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)
    count = fields.Integer(required=True, allow_none=True)
    day = fields.Date(required=True)


class PeriodSchema(Schema):
    """One period of a duty; `unit` is null where the office itself has it."""

    id = fields.UUID(required=True)
    duty = fields.String(required=True)
    title = fields.String(required=True)
    note = fields.String(required=True)
    fulfilled_by = fields.String(required=True)
    unit = fields.Nested(CycleUnitSchema, required=True, allow_none=True)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    due_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=_STATE)
    count = fields.Nested(CountSchema, required=True, allow_none=True)
    may_report = fields.Boolean(required=True)
    entries = fields.List(fields.Nested(PeriodEntrySchema), required=True)


class NewPeriodEntrySchema(Schema):
    """What came: a document's number, a report's text, or a count."""

    number = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 60))
    text = fields.String(load_default="", validate=validate.Length(max=4000))
    count = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000)
    )


class PlannedSchema(Schema):
    """How many periods are new."""

    new = fields.Integer(required=True)


class PaceSchema(Schema):
    """A measure of work beside the time that has passed; `behind`: less work than time."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    from_day = fields.Date(required=True)
    until = fields.Date(required=True)
    done = fields.Integer(required=True)
    asked = fields.Integer(required=True)
    time_percent = fields.Integer(required=True)
    work_percent = fields.Integer(required=True)
    behind = fields.Boolean(required=True)


class PacesSchema(Schema):
    """Every measure of the rulebook."""

    items = fields.List(fields.Nested(PaceSchema), required=True)


class BulletinDaysSchema(Schema):
    """The days that a bulletin is about, both included."""

    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)


class BulletinCaseSchema(Schema):
    """A case that a bulletin may tell."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    unit = fields.Nested(CycleUnitSchema, required=True)
    title = fields.String(required=True)


class BulletinMaterialSchema(Schema):
    """Cases that were opened and closed on these days, and the share that problems must have."""

    title = fields.String(required=True)
    problems_at_least_percent = fields.Integer(required=True)
    opened = fields.List(fields.Nested(BulletinCaseSchema), required=True)
    closed = fields.List(fields.Nested(BulletinCaseSchema), required=True)


class NewBulletinSchema(BulletinDaysSchema):
    """Which cases a bulletin tells as problems, and which as achievements."""

    problems = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(max=_MOST_CASES)
    )
    achievements = fields.List(
        fields.UUID(), load_default=list, validate=validate.Length(max=_MOST_CASES)
    )


class BulletinLineSchema(Schema):
    """What a bulletin tells of a case, and which case it is."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    unit = fields.String(required=True)
    title = fields.String(required=True)


class CaseBulletinSchema(BulletinDaysSchema):
    """A bulletin."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    problems = fields.List(fields.Nested(BulletinLineSchema), required=True)
    achievements = fields.List(fields.Nested(BulletinLineSchema), required=True)
    problems_percent = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)


class AlertQuerySchema(PageQuery):
    """What narrows the alerts."""

    campaign = fields.UUID()
    seen = fields.Boolean()


class AlertSchema(Schema):
    """What somebody should look at; `text` is the kind in words."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True)
    title = fields.String(required=True)
    unit = fields.Nested(CycleUnitSchema, required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)
    seen_at = fields.AwareDateTime(required=True, allow_none=True)
