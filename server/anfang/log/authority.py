"""Asking a stamping authority over HTTP [RFC 3161 §3.4]: the configured address and no other."""

import http.client
import urllib.request
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from anfang.kit.stamps import Authority, verify_stamp

TIMEOUT_SECONDS: Final = 15.0
_MOST_BYTES: Final = 256 * 1024


class AuthorityUnavailableError(RuntimeError):
    """The authority cannot be reached or gives no stamp: try again later."""


def ask(url: str, data: bytes, authority: Authority) -> tuple[bytes, datetime]:
    """Have bytes stamped; returns the stamp and its moment (UTC), both verified.

    The authority learns a hash and nothing else.

    Args:
        url: `http` or `https`; redirections are not followed.

    Raises:
        AuthorityUnavailableError: no answer in time, or none that is a stamp.
        StampError: the stamp is not of these bytes, or not by this authority.
    """
    builder = TimestampRequestBuilder(data=data, hash_algorithm=HashAlgorithm.SHA256)
    query = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    stamp = _post(url, query.as_bytes())
    return stamp, verify_stamp(stamp, data, authority, nonce=query.nonce)


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follow no redirection: the stamp is asked for where the operator said."""

    def redirect_request(self, *_: object) -> None:
        """Refuse; urllib then reports the status as an error."""
        return


def _post(url: str, query: bytes) -> bytes:
    if urlsplit(url).scheme not in ("http", "https"):
        raise AuthorityUnavailableError("the authority's address is neither http nor https")
    request = urllib.request.Request(  # noqa: S310 -- the scheme was checked just now
        url,
        data=query,
        headers={
            "Content-Type": "application/timestamp-query",
            "Accept": "application/timestamp-reply",
        },
    )
    try:
        with urllib.request.build_opener(_StayHere).open(
            request, timeout=TIMEOUT_SECONDS
        ) as answer:
            stamp: bytes = answer.read(_MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise AuthorityUnavailableError(f"{type(error).__name__}: {error}"[:200]) from error
    if len(stamp) > _MOST_BYTES:
        raise AuthorityUnavailableError("the answer is too long for a stamp")
    return stamp
