"""Wire forms of sealed appraisals."""

from marshmallow import Schema, fields, validate

from anfang.ballots import service, witnessing
from anfang.ballots.models import Stage
from anfang.kit.pages import PageQuery
from anfang.kit.validation import some_text

_NAME = validate.Length(1, 80)
_SECRET = validate.Length(1, 500)
_STAGE = validate.OneOf([one.value for one in Stage])


class NamedSchema(Schema):
    """A code and its title."""

    code = fields.String(required=True)
    title = fields.String(required=True)


class AppraisalQuerySchema(Schema):
    """Which campaign's appraisals."""

    campaign = fields.UUID(required=True)


class AppraisalSchema(Schema):
    """A sealed appraisal that a rulebook declares, and how many units it judges."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    threshold = fields.Integer(required=True)
    groups = fields.List(fields.String(), required=True)
    criteria = fields.List(fields.String(), required=True)
    units = fields.Integer(required=True)


class AppraisalsSchema(Schema):
    """The sealed appraisals of a campaign."""

    items = fields.List(fields.Nested(AppraisalSchema), required=True)


class BallotBoxQuerySchema(PageQuery):
    """Which boxes."""

    campaign_id = fields.UUID(data_key="campaign", load_default=None)


class NewBallotBoxSchema(Schema):
    """The box of one meeting; `day` is the meeting's."""

    campaign_id = fields.UUID(required=True)
    appraisal = fields.String(required=True, validate=validate.Length(1, 40))
    day = fields.Date(required=True)


class BallotCampaignSchema(Schema):
    """The campaign of a box."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class BallotBoxRowSchema(Schema):
    """A box in a list."""

    id = fields.UUID(required=True)
    campaign = fields.Nested(BallotCampaignSchema, required=True)
    title = fields.String(required=True)
    day = fields.Date(required=True)
    stage = fields.String(required=True, validate=_STAGE)


class BallotUnitSchema(Schema):
    """A unit that is judged."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class BallotGradeSchema(NamedSchema):
    """A mark of the scale, 0 to 100."""

    value = fields.Float(required=True)


class BallotGroupSchema(NamedSchema):
    """A group of raters and its slips: `issued` = `used` + `unused` + `spoilt`."""

    issued = fields.Integer(required=True)
    used = fields.Integer(required=True)
    unused = fields.Integer(required=True)
    spoilt = fields.Integer(required=True)


class BallotWitnessSchema(Schema):
    """A witness by office; the share is destroyed by the opening."""

    number = fields.Integer(required=True)
    office = fields.String(required=True)
    holds_share = fields.Boolean(required=True)


class BallotSealSchema(Schema):
    """What was sealed: the Merkle root of the ballots' hashes, and the sums of slips.

    `interrupted`: slips of raters whose page never came back and whose ballot did not arrive.
    """

    root = fields.String(required=True)
    ballots = fields.Integer(required=True)
    issued = fields.Integer(required=True)
    used = fields.Integer(required=True)
    unused = fields.Integer(required=True)
    spoilt = fields.Integer(required=True)
    interrupted = fields.Integer(required=True)


class BallotBoxSchema(BallotBoxRowSchema):
    """A box; nothing of what ballots say."""

    appraisal = fields.String(required=True)
    about = fields.String(required=True)
    threshold = fields.Integer(required=True)
    fewest = fields.Integer(required=True)
    abstain = fields.Boolean(required=True)
    units = fields.List(fields.Nested(BallotUnitSchema), required=True)
    criteria = fields.List(fields.Nested(NamedSchema), required=True)
    scale = fields.List(fields.Nested(BallotGradeSchema), required=True)
    groups = fields.List(fields.Nested(BallotGroupSchema), required=True)
    witnesses = fields.List(fields.Nested(BallotWitnessSchema), required=True)
    is_today = fields.Boolean(required=True)
    seal = fields.Nested(BallotSealSchema, required=True, allow_none=True)
    sealed_at = fields.AwareDateTime(required=True, allow_none=True)
    opened_at = fields.AwareDateTime(required=True, allow_none=True)
    void_reason = fields.String(required=True)
    set_up_by = fields.String(required=True)


class WitnessPledgeSchema(Schema):
    """A witness who takes a share: in what office, with account, password and a new passphrase."""

    office = fields.String(required=True, validate=some_text(80))
    username = fields.String(required=True, validate=_NAME)
    password = fields.String(required=True, load_only=True, validate=_SECRET)
    passphrase = fields.String(required=True, load_only=True, validate=_SECRET)


class WitnessesSchema(Schema):
    """The witnesses who take shares, together."""

    witnesses = fields.List(
        fields.Nested(WitnessPledgeSchema),
        required=True,
        validate=validate.Length(1, witnessing.MOST),
    )


class WitnessPresentSchema(Schema):
    """A witness who is present at the opening."""

    username = fields.String(required=True, validate=_NAME)
    passphrase = fields.String(required=True, load_only=True, validate=_SECRET)


class BallotOpeningSchema(Schema):
    """The witnesses who open a box, in one act."""

    present = fields.List(
        fields.Nested(WitnessPresentSchema),
        required=True,
        validate=validate.Length(1, witnessing.MOST),
    )


class NewBallotSlipsSchema(Schema):
    """How many slips for which group of raters."""

    group = fields.String(required=True, validate=validate.Length(1, 40))
    count = fields.Integer(required=True, validate=validate.Range(1, service.MOST_SLIPS))


class SpoiltSlipSchema(Schema):
    """Which slip is spoilt, by the number that is printed on it, and why."""

    number = fields.Integer(required=True, validate=validate.Range(1, 1_000_000))
    reason = fields.String(required=True, validate=some_text(500))


class BallotReasonSchema(Schema):
    """Why a box is declared void."""

    reason = fields.String(required=True, validate=some_text(500))


class BallotGroupCountSchema(Schema):
    """How many ballots a group cast."""

    code = fields.String(required=True)
    ballots = fields.Integer(required=True)


class BallotLineSchema(Schema):
    """What one group said of one unit by one criterion.

    `grades` and `mean` (0 to 100) are withheld where fewer judged than the rulebook tells.
    """

    unit = fields.UUID(required=True)
    group = fields.String(required=True)
    criterion = fields.String(required=True)
    count = fields.Integer(required=True)
    grades = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    mean = fields.Float(required=True, allow_none=True)


class BallotTallySchema(Schema):
    """What an opened box says; `present` are the witnesses' offices."""

    groups = fields.List(fields.Nested(BallotGroupCountSchema), required=True)
    lines = fields.List(fields.Nested(BallotLineSchema), required=True)
    present = fields.List(fields.String(), required=True)
    papers_sha256 = fields.String(required=True)


class BallotRecountSchema(Schema):
    """A recount: are the papers those of the opening, do they give the same sums?"""

    papers = fields.Integer(required=True)
    same_papers = fields.Boolean(required=True)
    same_tally = fields.Boolean(required=True)
