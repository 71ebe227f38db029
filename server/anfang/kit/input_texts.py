"""What is wrong with a value, in the reader's language.

marshmallow's own sentences are English. They are replaced by ids of the catalogue with their
figures behind them (`input-length-between|1|80`), and read where the answer is written.
"""

from typing import Any, Final

from marshmallow import fields, validate

from anfang.kit.i18n import has_message, translate

_FIELDS: Final[dict[type[fields.Field[Any]], dict[str, str]]] = {
    fields.Field: {
        "required": "input-required",
        "null": "input-required",
        "validator_failed": "input-invalid",
    },
    fields.String: {"invalid": "input-text", "invalid_utf8": "input-text"},
    fields.UUID: {"invalid_uuid": "input-id"},
    fields.Number: {"invalid": "input-number", "too_large": "input-number"},
    fields.Integer: {"invalid": "input-integer"},
    fields.Boolean: {"invalid": "input-boolean"},
    fields.DateTime: {"invalid": "input-time", "format": "input-time"},
    fields.AwareDateTime: {"invalid": "input-time", "invalid_awareness": "input-time"},
    fields.Date: {"invalid": "input-day", "format": "input-day"},
    fields.List: {"invalid": "input-list"},
    fields.Mapping: {"invalid": "input-object"},
    fields.Nested: {"type": "input-object"},
    fields.Enum: {"unknown": "input-one-of|{choices}"},
}
_VALIDATORS: Final[dict[type[validate.Validator], dict[str, str]]] = {
    validate.Length: {
        "message_min": "input-length-least|{min}",
        "message_max": "input-length-most|{max}",
        "message_all": "input-length-between|{min}|{max}",
        "message_equal": "input-length-between|{equal}|{equal}",
    },
    validate.Range: {
        "message_min": "input-range-least|{{min}}",
        "message_max": "input-range-most|{{max}}",
        "message_all": "input-range-between|{{min}}|{{max}}",
    },
    validate.OneOf: {"default_message": "input-one-of|{choices}"},
    validate.Regexp: {"default_message": "input-form"},
}


def use_catalogue() -> None:
    """Let marshmallow's fields and validators speak in ids of the catalogue; once, at start."""
    for field, messages in _FIELDS.items():
        field.default_error_messages = {
            **field.__dict__.get("default_error_messages", {}),
            **messages,
        }
    for validator, texts in _VALIDATORS.items():
        for attribute, text in texts.items():
            setattr(validator, attribute, text)


def readable(message: str) -> str:
    """Return a message of `use_catalogue` in the reader's language, any other as it is."""
    name, *figures = message.split("|")
    if not has_message(name):
        return message
    return translate(name, None, **dict(zip(("first", "second"), figures, strict=False)))
