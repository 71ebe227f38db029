"""What gunicorn serves: `anfang.wsgi:app`."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from anfang.app import create_app
from anfang.kit.memory import lasting

_REFUSALS: Final = ("4", "5")


class ClosingRefusals:
    """Says `Connection: close` where a body was refused before it was read.

    gunicorn would announce that the connection stays and then close it over the unread bytes, and
    ignores a header that the application sets.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request."""
        server = getattr(start_response, "__self__", None)

        def begin(status: str, headers: Any, *rest: Any) -> Any:
            body = environ.get("CONTENT_LENGTH") or environ.get("HTTP_TRANSFER_ENCODING")
            if status[0] in _REFUSALS and body not in (None, "", "0") and server is not None:
                server.force_close()
            return start_response(status, headers, *rest)

        return self._application(environ, begin)


app = create_app()
app.wsgi_app = ClosingRefusals(app.wsgi_app)  # type: ignore[method-assign]

lasting()
