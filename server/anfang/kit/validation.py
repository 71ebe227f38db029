"""What several rooms ask of the same kind of input. Pure."""

from typing import Final

from marshmallow import validate

CODE: Final = validate.Regexp(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}\Z")
"""A short name that people type and files carry: 40 letters, digits, `.`, `_`, `-` at most."""


def some_text(longest: int) -> validate.And:
    """Ask for a text of at most `longest` characters that says something: not blanks alone."""
    return validate.And(validate.Length(1, longest), validate.Regexp(r"\s*\S"))
