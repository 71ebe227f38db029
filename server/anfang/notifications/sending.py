"""Sending one message over one channel, by apprise. Pure but for the network."""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from apprise import Apprise, AppriseAsset, NotifyFormat, PersistentStoreMode

from anfang.kit.config import NotifySettings
from anfang.notifications.addresses import (
    Address,
    AddressError,
    apprise_url,
    may_be_private,
    require_host,
)
from anfang.notifications.kinds import ChannelKind
from anfang.notifications.webhooks import Webhook

_STATUS: Final = re.compile(r"\berror=(\d{3})\b")
_LOGGER: Final = logging.getLogger("apprise")
_LOGGER.propagate = False
_LOGGER.addHandler(logging.NullHandler())


def send(address: Address, settings: NotifySettings, title: str, text: str) -> str | None:
    """Send a message; returns None when it was taken, else why not as a stable code.

    `kind-off`, `mail-unset`, `host-refused`, `address-refused`, `address-faulty`, `http-<status>`,
    `unreachable`, `not-taken`. At most about 15 s.
    """
    if address.kind.value not in settings.kinds:
        return "kind-off"
    if address.kind is ChannelKind.WEBHOOK:
        return _post(address, settings, title, text)
    try:
        url = apprise_url(address, settings)
    except KeyError:
        return "mail-unset"
    channel = Apprise(asset=_asset())
    with _listening() as heard:
        if not channel.add(url):
            return "address-faulty"
        taken = channel.notify(title=title, body=text, body_format=NotifyFormat.TEXT)
    return None if taken else _reason(heard)


def _post(address: Address, settings: NotifySettings, title: str, text: str) -> str | None:
    try:
        require_host(address.value, settings)
    except AddressError as error:
        return error.reason
    private = may_be_private(address.value, settings)
    webhook = Webhook(address.value, private=private, asset=_asset())
    channel = Apprise(asset=_asset())
    channel.add(webhook)
    taken = channel.notify(title=title, body=text, body_format=NotifyFormat.TEXT)
    return None if taken else webhook.failure or "not-taken"


def _asset() -> AppriseAsset:
    """Return apprise's settings: no redirects, nothing written to disk, no name of a product."""
    return AppriseAsset(
        app_id="Notification",
        app_desc="",
        app_url="",
        http_redirects=False,
        storage_mode=PersistentStoreMode.MEMORY,
    )


class _Heard(logging.Handler):
    """Keeps what apprise says on one thread; its texts hold tokens and go nowhere else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._thread = threading.get_ident()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.texts.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    heard = _Heard()
    _LOGGER.addHandler(heard)
    try:
        yield heard.texts
    finally:
        _LOGGER.removeHandler(heard)


def _reason(texts: list[str]) -> str:
    said = " ".join(texts)
    status = _STATUS.search(said)
    if status:
        return f"http-{status[1]}"
    return "unreachable" if "onnection" in said else "not-taken"
