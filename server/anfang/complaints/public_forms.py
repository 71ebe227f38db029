"""Forms of the public pages: what a citizen may fill in, and what is wrong with it. Pure."""

from typing import Any, Final

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from anfang.complaints.schemas import MOST_WORDS
from anfang.complaints.words import Kind, Satisfaction
from anfang.kit.input_texts import readable
from anfang.kit.validation import some_text

INFORMANT: Final = ("name", "phone", "address")


class ComplaintForm(Schema):
    """A complaint as a citizen writes it; `website` is seen by programs alone, `form` names it."""

    class Meta:
        """A browser sends buttons, too."""

        unknown = EXCLUDE

    form = fields.String(required=True)
    campaign_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([one.value for one in Kind]))
    topic = fields.String(load_default="", validate=validate.Length(max=40))
    about = fields.String(load_default="", validate=validate.Length(max=200))
    happened = fields.String(load_default="", validate=validate.Length(max=200))
    text = fields.String(required=True, validate=some_text(MOST_WORDS))
    name = fields.String(load_default="", validate=validate.Length(max=60))
    phone = fields.String(load_default="", validate=validate.Length(max=40))
    address = fields.String(load_default="", validate=validate.Length(max=200))
    website = fields.String(load_default="", validate=validate.Equal(""))


class FollowForm(Schema):
    """A receipt code as somebody types it."""

    class Meta:
        """A browser sends buttons, too."""

        unknown = EXCLUDE

    code = fields.String(required=True, validate=validate.Length(1, 60))


class WordsForm(FollowForm):
    """What a complainant adds."""

    text = fields.String(required=True, validate=some_text(MOST_WORDS))


class SatisfactionForm(FollowForm):
    """What a complainant thinks of the reply."""

    satisfaction = fields.String(
        required=True, validate=validate.OneOf([one.value for one in Satisfaction])
    )
    text = fields.String(load_default="", validate=validate.Length(max=MOST_WORDS))


class FormFaultyError(Exception):
    """What was filled in cannot be taken; `faults` are sentences by field."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(*faults)
        self.faults = faults


def read_form(schema: type[Schema], given: dict[str, str]) -> dict[str, Any]:
    """Read a form; lines end as the text has them, not as HTML sends them.

    Raises:
        FormFaultyError: with a sentence for each field that is wrong.
    """
    try:
        filled: dict[str, Any] = schema().load(
            {name: said.replace("\r\n", "\n") for name, said in given.items()}
        )
    except ValidationError as error:
        messages: dict[str, list[str]] = error.messages_dict
        raise FormFaultyError(
            {name: " ".join(readable(str(one)) for one in said) for name, said in messages.items()}
        ) from error
    return filled
