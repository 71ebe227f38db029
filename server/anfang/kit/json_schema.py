"""JSON Schema 2020-12 as the world reads it, where Python's own library differs."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import jsonschema


def _check_pattern(
    _validator: Any, pattern: str, instance: object, _schema: object
) -> Iterator[jsonschema.ValidationError]:
    """JSON Schema's `$` is ECMA 262's, the very end; Python's also holds before a last newline."""
    if isinstance(instance, str) and _to_the_very_end(pattern).search(instance) is None:
        yield jsonschema.ValidationError(f"does not match {pattern}")


@lru_cache(maxsize=256)
def _to_the_very_end(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))


Validator: Final[Any] = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator, {"pattern": _check_pattern}
)
"""Checks documents against a schema (draft 2020-12)."""
