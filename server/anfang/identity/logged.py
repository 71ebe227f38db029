"""Reads of what identity has put into the log: the office's keys."""

from collections.abc import Iterator

from anfang.identity.queries import office_keys
from anfang.kit import jcs, jose
from anfang.kit.ids import sha256_hex
from anfang.log.queries import LoggedRow


def keys() -> Iterator[LoggedRow]:
    """Return every office key, by thumbprint."""
    for key in office_keys():
        digest = sha256_hex(jcs.canonical(dict(key.jwk)))
        yield LoggedRow(
            key.kid, digest, f"office_keys {key.kid}", _is_named_rightly(key.kid, key.jwk)
        )


def _is_named_rightly(kid: str, jwk: dict[str, str]) -> bool:
    try:
        return jose.key_thumbprint(jose.key_from_jwk(jwk)) == kid
    except jose.JoseError:
        return False
