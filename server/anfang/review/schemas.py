"""Wire forms of review."""

from flask import url_for
from marshmallow import Schema, fields, validate

from anfang.inspections.models import RecordState
from anfang.kit.pages import PageQuery
from anfang.review.forms import ITEM, RectangleSchema, ReviewRemarkSchema
from anfang.review.models import DecisionKind, FindingState, PictureDecisionKind

ANY_STATE = "any"
_STATES = [state.value for state in RecordState]
_HASH_MEMBER = {"description": "hex SHA-256"}


def _url(view: str) -> fields.Function:
    """The address of one form of a picture; null where there is none to be had."""
    return fields.Function(
        lambda medium: (
            url_for(f"review.{view}", record_id=medium["record_id"], sha256=medium["sha256"])
            if medium["kept" if view == "show_original" else "decoded"]
            else None
        ),
        metadata={"type": ["string", "null"]},
        required=True,
    )


class RecordReferenceSchema(Schema):
    """Something the record refers to; `name` is null where the office does not know it."""

    id = fields.UUID(required=True)
    name = fields.String(required=True, allow_none=True)


class ChecklistReferenceSchema(Schema):
    """A checklist's version with its title."""

    id = fields.UUID(required=True)
    title = fields.String(required=True, allow_none=True, attribute="name")


class ReviewClaimSchema(Schema):
    """Who is judging the record, which version of it, and until when without further activity."""

    by = fields.String(required=True)
    reviewer_id = fields.UUID(required=True)
    record_sha256 = fields.String(required=True, metadata=_HASH_MEMBER)
    until = fields.AwareDateTime(required=True)


class QueueItemSchema(Schema):
    """A record in the queue; `alias` is null for readers who need not know it."""

    id = fields.UUID(required=True)
    state = fields.String(required=True, validate=validate.OneOf(_STATES))
    alias = fields.String(required=True, allow_none=True)
    campaign = fields.Nested(RecordReferenceSchema, required=True)
    unit = fields.Nested(RecordReferenceSchema, required=True, allow_none=True)
    site = fields.Nested(RecordReferenceSchema, required=True, allow_none=True)
    checklist = fields.Nested(ChecklistReferenceSchema, required=True)
    day = fields.Date(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    points = fields.Integer(required=True, allow_none=True)
    flags = fields.Integer(required=True, metadata={"description": "how many"})
    quarantined = fields.Boolean(required=True)
    received_at = fields.AwareDateTime(required=True)
    claim = fields.Nested(ReviewClaimSchema, required=True, allow_none=True)


class QueueQuerySchema(PageQuery):
    """Filters of the queue; without a state, what waits for a reviewer."""

    campaign = fields.UUID()
    state = fields.String(
        load_default=RecordState.COMPLETE.value, validate=validate.OneOf([*_STATES, ANY_STATE])
    )
    unit = fields.UUID()
    checklist = fields.UUID()
    site = fields.UUID()
    quarantined = fields.Boolean()
    from_day = fields.Date()
    to_day = fields.Date()


class PictureDecisionSchema(Schema):
    """How a picture may be published; `provable` is false where no proof can be given."""

    id = fields.UUID(required=True)
    kind = fields.String(
        required=True, validate=validate.OneOf([kind.value for kind in PictureDecisionKind])
    )
    rectangles = fields.List(fields.Nested(RectangleSchema), required=True)
    reason = fields.String(required=True, allow_none=True)
    png_sha256 = fields.String(required=True, metadata=_HASH_MEMBER)
    provable = fields.Boolean(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    redacted_url = fields.Function(
        lambda decision: url_for(
            "review.show_redacted",
            record_id=decision["record_id"],
            sha256=decision["original_sha256"],
        ),
        metadata={"type": "string"},
        required=True,
    )


class MediumDeletionSchema(Schema):
    """That a medium's bytes were deleted, with the office's certificate (JWS)."""

    rule = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    certificate = fields.String(required=True)


class MediumSchema(Schema):
    """A declared medium; `state` is waiting, decoded or not_decoded, null until it is held."""

    sha256 = fields.String(required=True, metadata=_HASH_MEMBER)
    item = fields.String(required=True, allow_none=True)
    items = fields.List(fields.String(), required=True)
    mime = fields.String(required=True, allow_none=True)
    kind_mismatch = fields.Boolean(required=True)
    bytes = fields.Integer(required=True, allow_none=True)
    held = fields.Boolean(required=True)
    decoded = fields.Boolean(required=True)
    state = fields.String(required=True, allow_none=True)
    failure = fields.String(required=True, allow_none=True)
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)
    captured_at = fields.String(required=True, allow_none=True)
    source = fields.String(required=True, allow_none=True)
    lat_e7 = fields.Integer(required=True, allow_none=True)
    lon_e7 = fields.Integer(required=True, allow_none=True)
    preview_url = _url("show_preview")
    thumbnail_url = _url("show_thumbnail")
    original_url = _url("show_original")
    picture_decision = fields.Nested(PictureDecisionSchema, required=True, allow_none=True)
    deletion = fields.Nested(MediumDeletionSchema, required=True, allow_none=True)


class RecordSiteSchema(Schema):
    """The site of the visit; position and radius are null for what moves."""

    id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    lat_e7 = fields.Integer(required=True, allow_none=True)
    lon_e7 = fields.Integer(required=True, allow_none=True)
    radius_m = fields.Integer(required=True, allow_none=True)
    capture = fields.String(required=True)


class RecordChecklistSchema(Schema):
    """The checklist of the visit; without title and items where it is unknown here."""

    id = fields.UUID(required=True)
    code = fields.String()
    version = fields.Integer()
    title = fields.String(required=True, allow_none=True)
    items = fields.List(fields.Dict(), required=True)


class RecordAnswerSchema(Schema):
    """An answer as the phone signed it."""

    item = fields.String(required=True)
    value = fields.Raw(required=True)


class RecordRemarkSchema(Schema):
    """An inspector's remark as the phone signed it."""

    item = fields.String(allow_none=True)
    text = fields.String(allow_none=True)
    media = fields.List(fields.String(), allow_none=True)


class RecordScoreSchema(Schema):
    """The score; lists hold item ids. `covered`: points of the checklist it rests on."""

    points = fields.Integer(required=True)
    out_of = fields.Integer(required=True)
    covered = fields.Integer(required=True)
    vetoes = fields.List(fields.String(), required=True)
    failed = fields.List(fields.String(), required=True)
    missing = fields.List(fields.String(), required=True)
    out_of_range = fields.List(fields.String(), required=True)


class RecordFlagSchema(Schema):
    """Something odd about the record, in the reader's language."""

    code = fields.String(required=True)
    text = fields.String(required=True)
    facts = fields.Dict(required=True)


class RecordVersionSchema(Schema):
    """A version of the record."""

    record_sha256 = fields.String(required=True, metadata=_HASH_MEMBER)
    number = fields.Integer(required=True)
    received_at = fields.AwareDateTime(required=True)
    complete = fields.Boolean(required=True)


class ReviewDecisionSchema(Schema):
    """A decision about a version."""

    id = fields.UUID(required=True)
    record_sha256 = fields.String(required=True, metadata=_HASH_MEMBER)
    kind = fields.String(
        required=True, validate=validate.OneOf([kind.value for kind in DecisionKind])
    )
    reason = fields.String(required=True, allow_none=True)
    remarks = fields.List(fields.Nested(ReviewRemarkSchema), required=True)
    note = fields.String(required=True, allow_none=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class SuggestedFindingSchema(Schema):
    """What would be confirmed by default; `pictures` are hashes of originals."""

    item = fields.String(required=True)
    item_text = fields.String(required=True)
    text = fields.String(required=True)
    answer = fields.Raw(required=True, allow_none=True)
    remark = fields.String(required=True, allow_none=True)
    points = fields.Integer(required=True)
    veto = fields.Boolean(required=True)
    pictures = fields.List(fields.String(), required=True)


class FindingSchema(SuggestedFindingSchema):
    """A confirmed finding."""

    id = fields.UUID(required=True)
    record_id = fields.UUID(required=True)
    record_sha256 = fields.String(required=True, metadata=_HASH_MEMBER)
    campaign_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    site_id = fields.UUID(required=True, allow_none=True)
    checklist_version_id = fields.UUID(required=True)
    day = fields.Date(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)
    state = fields.String(
        required=True, validate=validate.OneOf([state.value for state in FindingState])
    )


class FindingQuerySchema(PageQuery):
    """Filters of the list of findings; `unit` takes the units beneath it too."""

    campaign = fields.UUID()
    unit = fields.UUID()
    record = fields.UUID()
    item = fields.String(validate=ITEM)
    state = fields.String(validate=validate.OneOf([state.value for state in FindingState]))
    from_day = fields.Date()
    to_day = fields.Date()


class WitnessSchema(Schema):
    """A second inspector confirmed a version."""

    record_sha256 = fields.String(required=True, metadata=_HASH_MEMBER)
    alias = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)


class RecordViewSchema(Schema):
    """One version of a record with all that a reviewer needs to judge it.

    `private` is there only if asked for. `newest` is false for a version that was superseded.
    Times within `clock` and `place` are the phone's, as it signed them; `distance_m` is null where
    record or site has no position.
    """

    id = fields.UUID(required=True)
    record_sha256 = fields.String(required=True, metadata=_HASH_MEMBER)
    number = fields.Integer(required=True)
    newest = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(_STATES))
    quarantined = fields.Boolean(required=True)
    alias = fields.String(required=True, allow_none=True)
    campaign = fields.Nested(RecordReferenceSchema, required=True)
    unit = fields.Nested(RecordReferenceSchema, required=True, allow_none=True)
    assignment_id = fields.UUID(required=True, allow_none=True)
    site = fields.Nested(RecordSiteSchema, required=True, allow_none=True)
    day = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    checklist = fields.Nested(RecordChecklistSchema, required=True)
    answers = fields.List(fields.Nested(RecordAnswerSchema), required=True)
    remarks = fields.List(fields.Nested(RecordRemarkSchema), required=True)
    place = fields.Dict(required=True, allow_none=True)
    distance_m = fields.Integer(required=True, allow_none=True)
    clock = fields.Dict(required=True, allow_none=True)
    ride = fields.Dict(required=True, allow_none=True)
    subject = fields.Dict(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    score = fields.Nested(RecordScoreSchema, required=True, allow_none=True)
    suggested_findings = fields.List(fields.Nested(SuggestedFindingSchema), required=True)
    flags = fields.List(fields.Nested(RecordFlagSchema), required=True)
    media = fields.List(fields.Nested(MediumSchema), required=True)
    received_at = fields.AwareDateTime(required=True)
    complete = fields.Boolean(required=True)
    versions = fields.List(fields.Nested(RecordVersionSchema), required=True)
    decisions = fields.List(fields.Nested(ReviewDecisionSchema), required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    witnesses = fields.List(fields.Nested(WitnessSchema), required=True)
    has_private = fields.Boolean(required=True)
    private = fields.Raw(allow_none=True)
    claim = fields.Nested(ReviewClaimSchema, required=True, allow_none=True)
