"""What the OpenAPI document says of refusals: problem details (RFC 9457), everywhere the same."""

from flask_smorest import Api
from marshmallow import Schema, fields

from anfang.kit.problem_answers import PROBLEM_TYPE


class ProblemErrorSchema(Schema):
    """One thing that is wrong with what was sent."""

    pointer = fields.String(required=True, metadata={"description": "where, from the top"})
    detail = fields.String(required=True, metadata={"description": "what, or its stable code"})


class ProblemSchema(Schema):
    """A refusal or a fault; `code` is stable, `title` is in the reader's language."""

    type = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    errors = fields.List(fields.Nested(ProblemErrorSchema))


class DocumentedApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """flask-smorest's document, with refusals as they are written here."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_RESPONSE_CONTENT_TYPE: str

    def _register_responses(self) -> None:
        """Register the refusals under their own content type; ordinary answers keep theirs."""
        ordinary = self.DEFAULT_RESPONSE_CONTENT_TYPE
        self.DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM_TYPE
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = ordinary
