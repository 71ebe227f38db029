"""Who asks for passkeys: the relying party of an origin [WebAuthn L3 §5.1.2]. Pure."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

_LOOPBACK: Final = "localhost"


@dataclass(frozen=True)
class RelyingParty:
    """The domain that passkeys belong to, and the origins at which they may be used."""

    id: str
    origins: tuple[str, ...]


def relying_party(origin: str) -> RelyingParty | None:
    """Return the relying party of the office's origin; None where browsers know no passkeys.

    A passkey belongs to a name, never to an IP address, and asks for a secure context. On the same
    machine that is `localhost`, also where the office calls itself 127.0.0.1.
    """
    parts = urlsplit(origin)
    host = parts.hostname or ""
    if _is_loopback(host):
        port = f":{parts.port}" if parts.port else ""
        return RelyingParty(_LOOPBACK, (f"{parts.scheme}://{_LOOPBACK}{port}",))
    if parts.scheme != "https" or _is_address(host):
        return None
    return RelyingParty(host, (origin,))


def _is_loopback(host: str) -> bool:
    return host == _LOOPBACK or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
