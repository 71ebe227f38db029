"""Webhooks that cannot be turned against the office's own network. Pure.

[Note: Guarded webhooks] an account chooses the address that the server then calls. So the address
that the connection really has is judged before a byte is sent, whatever the name resolved to
before or will resolve to later; redirects are not followed; the answer's body is not read.
"""

import ipaddress
import socket
from typing import Any, Final

import requests
from apprise import NotifyBase, NotifyType
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

_TIMEOUT: Final = (5.0, 10.0)
"""Seconds to connect, and between two pieces of the answer."""
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_OK: Final = range(200, 300)


class AddressRefusedError(OSError):
    """A name led to an address inside a private network."""


def is_public(address: str) -> bool:
    """Tell whether an IP address lies in the open Internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64 or found.sixtofour is not None or found.teredo is not None:
            return False
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
    return found.is_global and not found.is_multicast


def _checked(connected: socket.socket) -> socket.socket:
    if is_public(connected.getpeername()[0]):
        return connected
    connected.close()
    raise AddressRefusedError


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _PublicSecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicSecurePool(HTTPSConnectionPool):
    ConnectionCls = _PublicSecureConnection


class _PublicAdapter(HTTPAdapter):
    """Connects to public addresses alone."""

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **more: Any
    ) -> None:
        self.poolmanager = PoolManager(connections, maxsize=maxsize, block=block, **more)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _PublicPool,
            "https": _PublicSecurePool,
        }


class Webhook(NotifyBase):  # type: ignore[no-untyped-call]  # apprise's own hook
    """A channel of apprise that posts `{"title", "message", "type"}` as JSON.

    `failure` is why the last message did not arrive: `address-refused`, `unreachable`, `http-<n>`.
    """

    service_name = "Webhook"  # type: ignore[assignment]  # declared None by apprise
    failure: str | None = None

    def __init__(self, address: str, *, private: bool, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self._address = address
        self._private = private

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:  # noqa: ARG002
        """Return nothing that tells the address: apprise may write it into its log."""
        return "webhook://"

    def send(
        self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **_: Any
    ) -> bool:
        """Post one message; returns whether it was taken."""
        message = {"title": title, "message": body, "type": str(notify_type.value)}
        with requests.Session() as session:
            session.trust_env = False
            if not self._private:
                session.mount("http://", _PublicAdapter())
                session.mount("https://", _PublicAdapter())
            self.failure = self._post(session, message)
        return self.failure is None

    def _post(self, session: requests.Session, message: dict[str, str]) -> str | None:
        try:
            answer = session.post(
                self._address,
                json=message,
                timeout=_TIMEOUT,
                allow_redirects=False,
                stream=True,
            )
        except AddressRefusedError:
            return "address-refused"
        except requests.RequestException as error:
            return "address-refused" if _refused(error) else "unreachable"
        with answer:
            return None if answer.status_code in _OK else f"http-{answer.status_code}"


def _refused(error: BaseException | None) -> bool:
    """Tell whether a refused address stands behind what requests raised."""
    if error is None:
        return False
    reason = getattr(error, "reason", None)
    inner = [*error.args, reason, error.__cause__, error.__context__]
    return isinstance(error, AddressRefusedError) or any(
        _refused(one) for one in inner if isinstance(one, BaseException) and one is not error
    )
