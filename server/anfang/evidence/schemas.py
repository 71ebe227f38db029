"""Headers of tus 1.0.0 as this server reads them."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate

_NUMBER: Final = re.compile(r"\d+", re.ASCII)
_DIGITS: Final = 15
_BEYOND_ALL_LIMITS: Final = 10**_DIGITS
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_LONGEST_METADATA: Final = 4096


class HeaderNumber(fields.Field[int]):
    """A non-negative decimal integer, nothing around it; a longer one is larger than any limit."""

    def _deserialize(
        self,
        value: Any,
        attr: str | None,  # noqa: ARG002 -- marshmallow's own protocol
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> int:
        if not _NUMBER.fullmatch(value):
            raise ValidationError("not a non-negative integer")
        digits = value.lstrip("0") or "0"
        return int(digits) if len(digits) <= _DIGITS else _BEYOND_ALL_LIMITS


class HeaderMetadata(fields.Field[dict[str, Any]]):
    """`Upload-Metadata`: `{"sha256": hex, "record": UUID, "header": as it came}`."""

    def _deserialize(
        self,
        value: Any,
        attr: str | None,  # noqa: ARG002 -- marshmallow's own protocol
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> dict[str, Any]:
        if len(value) > _LONGEST_METADATA:
            raise ValidationError("too long")
        pairs = _pairs(value)
        sha256 = pairs.get("sha256", "")
        if not _SHA256.fullmatch(sha256):
            raise ValidationError("sha256 is not 64 digits of lower-case hex")
        return {"sha256": sha256, "record": _uuid(pairs.get("record", "")), "header": value}


class HeaderChecksum(fields.Field[tuple[str, str]]):
    """`Upload-Checksum`: the algorithm's name and the digest as hex."""

    def _deserialize(
        self,
        value: Any,
        attr: str | None,  # noqa: ARG002 -- marshmallow's own protocol
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> tuple[str, str]:
        algorithm, _, encoded = value.partition(" ")
        if not algorithm or not encoded:
            raise ValidationError("not an algorithm and a digest")
        return algorithm, _base64(encoded).hex()


class CreationHeadersSchema(Schema):
    """Headers of a POST that makes an upload."""

    length = HeaderNumber(data_key="Upload-Length", required=True)
    metadata = HeaderMetadata(data_key="Upload-Metadata", required=True)
    checksum = HeaderChecksum(data_key="Upload-Checksum", load_default=None)


class ChunkHeadersSchema(Schema):
    """Headers of a PATCH."""

    offset = HeaderNumber(data_key="Upload-Offset", required=True)
    checksum = HeaderChecksum(data_key="Upload-Checksum", load_default=None)


class OverrideHeadersSchema(Schema):
    """The method that a client behind a narrow proxy means (tus core protocol)."""

    method = fields.String(
        data_key="X-HTTP-Method-Override",
        required=True,
        validate=validate.OneOf(["PATCH", "DELETE", "HEAD"]),
    )


def _pairs(header: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for pair in header.split(","):
        name, _, encoded = pair.strip(" ").partition(" ")
        if not name or name in pairs:
            raise ValidationError("a name is empty or stands twice")
        try:
            pairs[name] = _base64(encoded).decode()
        except UnicodeDecodeError as error:
            raise ValidationError(f"{name} is not UTF-8") from error
    return pairs


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValidationError("not base64") from error


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise ValidationError("record is not an id") from error
