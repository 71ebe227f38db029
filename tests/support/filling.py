"""Bodies that an address would take, as small as its OpenAPI document allows."""

from typing import Any, Final
from uuid import uuid4

_BY_FORMAT: Final = {
    "date": "2026-11-20",
    "date-time": "2026-11-20T08:00:00Z",
}
_DEEPEST: Final = 6


def body_of(document: dict[str, Any], path: str, method: str) -> Any:
    """Return a body for an operation; None where it takes no JSON."""
    operation = document["paths"].get(path, {}).get(method.lower(), {})
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return None
    return _filled(document, content["application/json"]["schema"], _DEEPEST)


def _filled(document: dict[str, Any], schema: dict[str, Any], depth: int) -> Any:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _filled(document, document["components"]["schemas"][name], depth)
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("allOf", "anyOf", "oneOf"):
        if several in schema:
            return _filled(document, schema[several][0], depth)
    kinds = schema.get("type", "object")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if kind == "object":
        members = schema.get("properties", {})
        wanted = schema.get("required", ()) if depth else ()
        return {name: _filled(document, members[name], depth - 1) for name in wanted}
    if kind == "array":
        item = schema.get("items", {})
        return [_filled(document, item, depth - 1) for _ in range(schema.get("minItems", 1))]
    if kind == "integer" or kind == "number":
        return schema.get("minimum", 1)
    if kind == "boolean":
        return True
    return _text(schema)


def _text(schema: dict[str, Any]) -> str:
    if schema.get("format") == "uuid":
        return str(uuid4())
    return _BY_FORMAT.get(schema.get("format", ""), "x" * max(schema.get("minLength", 1), 1))
