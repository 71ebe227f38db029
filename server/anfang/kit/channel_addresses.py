"""Addresses of channels as people type them: read, checked, and put as apprise wants them. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from anfang.kit.config import NotifySettings

_TOKEN: Final = re.compile(r"[A-Za-z0-9-]{16,128}")
_PLAIN_TOKEN: Final = re.compile(r"[A-Za-z0-9]{16,128}")
_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_ANY_HOST: Final = "*"
_HINT: Final = 4


class ChannelKind(StrEnum):
    """Over what somebody is told; the operator decides which (`ANFANG_NOTIFY_KINDS`)."""

    MAIL = "mail"
    DINGTALK = "dingtalk"
    WECOM = "wecom"
    FEISHU = "feishu"
    WEBHOOK = "webhook"


@dataclass(frozen=True)
class Robot:
    """How a group robot's address looks when it is copied from its page."""

    host: str
    path: str
    query: str | None
    token: re.Pattern[str]
    scheme: str


_ROBOTS: Final = {
    ChannelKind.DINGTALK: Robot(
        "oapi.dingtalk.com", "/robot/send", "access_token", _PLAIN_TOKEN, "dingtalk"
    ),
    ChannelKind.WECOM: Robot(
        "qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key", _TOKEN, "wecombot"
    ),
    ChannelKind.FEISHU: Robot("open.feishu.cn", "/open-apis/bot/v2/hook/", None, _TOKEN, "feishu"),
}


class AddressError(Exception):
    """An address cannot be used; `reason` is `faulty` or `host-refused`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Address:
    """Where a channel leads; kept sealed.

    Attributes:
        value: a mail address, a robot's token, or a webhook's URL.
        secret: with which a DingTalk robot wants its messages signed (加签).
    """

    kind: ChannelKind
    value: str
    secret: str | None = None

    @property
    def hint(self) -> str:
        """The last four characters: what people are shown."""
        return self.value[-_HINT:]


def read_address(
    kind: ChannelKind, typed: str, secret: str | None, settings: NotifySettings
) -> Address:
    """Read what somebody typed or copied.

    Raises:
        AddressError: it is none of this kind, or its host is not allowed.
    """
    typed = typed.strip()
    if secret is not None and (
        kind is not ChannelKind.DINGTALK or not _PLAIN_TOKEN.fullmatch(secret)
    ):
        raise AddressError("faulty")
    if kind is ChannelKind.MAIL:
        return Address(kind, _matching(_MAIL, typed))
    if kind is ChannelKind.WEBHOOK:
        require_host(typed, settings)
        return Address(kind, typed)
    robot = _ROBOTS[kind]
    return Address(kind, _matching(robot.token, _token_in(typed, robot)), secret)


def apprise_url(address: Address, settings: NotifySettings) -> str:
    """Return apprise's URL of a mail address or a robot; raises KeyError without a mail server."""
    if address.kind is ChannelKind.MAIL:
        if settings.mail is None:
            raise KeyError("mail")
        return f"{settings.mail}&to={quote(address.value, safe='')}&format=text"
    user = f"{address.secret}@" if address.secret else ""
    return f"{_ROBOTS[address.kind].scheme}://{user}{address.value}/"


def require_host(url: str, settings: NotifySettings) -> None:
    """Check a webhook's URL and that the operator allows its host.

    Raises:
        AddressError: `faulty`, `host-refused`.
    """
    parts = _split(url)
    if parts.scheme not in ("http", "https") or parts.username or parts.fragment:
        raise AddressError("faulty")
    host = parts.hostname or ""
    if not host:
        raise AddressError("faulty")
    allowed = settings.hosts | settings.private_hosts
    if host not in allowed and _ANY_HOST not in settings.hosts:
        raise AddressError("host-refused")


def may_be_private(url: str, settings: NotifySettings) -> bool:
    """Tell whether the operator lets webhooks call this host inside the office's own network."""
    return (_split(url).hostname or "") in settings.private_hosts


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise AddressError("faulty") from error
    return parts


def _token_in(typed: str, robot: Robot) -> str:
    """Return the token of a robot's whole address; what is no address is the token itself."""
    if "://" not in typed:
        return typed
    parts = _split(typed)
    if parts.scheme != "https" or parts.netloc != robot.host:
        raise AddressError("faulty")
    if robot.query is None:
        return parts.path.removeprefix(robot.path)
    if parts.path != robot.path:
        raise AddressError("faulty")
    return parse_qs(parts.query).get(robot.query, [""])[0]


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise AddressError("faulty")
    return text
