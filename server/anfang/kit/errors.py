"""Problems (RFC 9457): a refusal has a stable code, a status, a text in the reader's language.

A room lists its own problems in `errors.py`; the code is also the message id in `locales/`.
"""

from collections.abc import Iterator
from typing import ClassVar, TypeVar

Found = TypeVar("Found")


class Problem(Exception):  # noqa: N818 -- RFC 9457 calls it a problem
    """A refusal that its caller can understand and act upon.

    Args:
        pointers: JSON pointers or field names of what is wrong, each with a code of its own.
        retry_after: seconds after which another try makes sense (the header of that name).
        details: values for the text (counts, names); never secrets or personal data.
    """

    code: ClassVar[str]
    status: ClassVar[int]
    keeps_changes: ClassVar[bool] = False
    """Commit what was written although the answer is a refusal (a counted failed attempt)."""

    def __init__(
        self,
        *,
        pointers: dict[str, str] | None = None,
        retry_after: int | None = None,
        **details: str | int,
    ) -> None:
        super().__init__(self.code)
        self.pointers = pointers or {}
        self.retry_after = retry_after
        self.details = details


class NotFound(Problem):
    """The object does not exist or is outside what the caller may see: both look alike."""

    code = "not-found"
    status = 404


def required(found: Found | None) -> Found:
    """Return what was looked for; raises NotFound where there is none."""
    if found is None:
        raise NotFound
    return found


class NotPermitted(Problem):
    """The caller is known but may not do this."""

    code = "not-permitted"
    status = 403


class NotSignedIn(Problem):
    """The call needs a session or a token."""

    code = "not-signed-in"
    status = 401


class FactorNeeded(Problem):
    """The session is open to nothing else until a second factor is proven, or set up."""

    code = "factor-needed"
    status = 403


class FactorStale(Problem):
    """This verb asks for a second factor proven just now; the session's proof is older."""

    code = "factor-stale"
    status = 403


class CsrfMismatch(Problem):
    """An unsafe call from a browser session without its anti-forgery header."""

    code = "csrf-mismatch"
    status = 403


class InvalidInput(Problem):
    """A value cannot be read or is out of bounds; `pointers` name the fields."""

    code = "invalid-input"
    status = 422


class CursorInvalid(Problem):
    """A page cursor that this list did not hand out."""

    code = "cursor-invalid"
    status = 422


class TooManyAttempts(Problem):
    """The caller must wait before trying again."""

    code = "too-many-attempts"
    status = 429


class TooManyRequests(Problem):
    """This phone, account or address calls more often than the office allows."""

    code = "too-many-requests"
    status = 429


class WorkbookUnreadable(Problem):
    """The file is no Excel workbook (XLSX)."""

    code = "workbook-unreadable"
    status = 422


class WorkbookTooLarge(Problem):
    """A workbook has more bytes, parts, rows or columns than is read, packed or unpacked."""

    code = "workbook-too-large"
    status = 422


class WorkbookHostile(Problem):
    """A workbook's XML declares entities: no spreadsheet program writes such a file."""

    code = "workbook-hostile"
    status = 422


class SchemaOutdated(Problem):
    """The database has not the tables of this version: `anfang migrate` brings them."""

    code = "schema-outdated"
    status = 503


class Busy(Problem):
    """Others held the database longer than a call waits; nothing was saved, soon it will be."""

    code = "busy"
    status = 503


class Internal(Problem):
    """A fault of the server; its cause is in the log under the request's id."""

    code = "internal"
    status = 500


def all_problems(root: type[Problem] = Problem) -> Iterator[type[Problem]]:
    """Yield every concrete problem class that is loaded."""
    for child in root.__subclasses__():
        if hasattr(child, "code"):
            yield child
        yield from all_problems(child)
