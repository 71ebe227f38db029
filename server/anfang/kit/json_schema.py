"""JSON Schema 2020-12 as the world reads it, where Python's own library differs."""

import re
from collections.abc import Iterator
from typing import Any, Final

import jsonschema


def _check_pattern(
    validator: Any, pattern: str, instance: object, _schema: object
) -> Iterator[jsonschema.ValidationError]:
    """JSON Schema's `$` is ECMA 262's, the very end; Python's also holds before a last newline."""
    if validator.is_type(instance, "string"):
        at_the_end = re.sub(r"\$$", r"\\Z", pattern)
        if re.search(at_the_end, instance) is None:  # type: ignore[call-overload]
            yield jsonschema.ValidationError(f"does not match {pattern}")


Validator: Final[Any] = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator, {"pattern": _check_pattern}
)
"""Checks documents against a schema (draft 2020-12)."""
