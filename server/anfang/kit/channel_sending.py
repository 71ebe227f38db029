"""Sending one message over one channel, by apprise. Pure but for the network."""

import logging
import re
from typing import Final

from apprise import Apprise, AppriseAsset, AppriseResult, NotifyFormat, PersistentStoreMode

from anfang.kit.channel_addresses import (
    Address,
    AddressError,
    ChannelKind,
    apprise_url,
    may_be_private,
    require_host,
)
from anfang.kit.channel_webhooks import Webhook
from anfang.kit.config import NotifySettings

_STATUS: Final = re.compile(r"\berror=(\d{3})\b")
_SILENT: Final = logging.getLogger("apprise")
_SILENT.propagate = False
# Whatever the office's own level: what apprise says is read below, and goes nowhere else.
_SILENT.setLevel(logging.INFO)
_SILENT.addHandler(logging.NullHandler())


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
    if not channel.add(url):
        return "address-faulty"
    result = channel.notify(title=title, body=text, body_format=NotifyFormat.TEXT)
    return None if result else _reason(result)


def _post(address: Address, settings: NotifySettings, title: str, text: str) -> str | None:
    try:
        require_host(address.value, settings)
    except AddressError as error:
        return "host-refused" if error.reason == "host-refused" else "address-faulty"
    private = may_be_private(address.value, settings)
    webhook = Webhook(address.value, private=private, asset=_asset())
    channel = Apprise(asset=_asset())
    channel.add(webhook)
    result = channel.notify(title=title, body=text, body_format=NotifyFormat.TEXT)
    return None if result else webhook.failure or "not-taken"


def _asset() -> AppriseAsset:
    """Return apprise's settings: no redirects, nothing written to disk, no name of a product."""
    return AppriseAsset(
        app_id="Notification",
        app_desc="",
        app_url="",
        http_redirects=False,
        storage_mode=PersistentStoreMode.MEMORY,
    )


def _reason(result: AppriseResult) -> str:
    """Read from what apprise says why; its texts may hold tokens and go no further."""
    said = " ".join(entry.message for entry in result.logs())
    status = _STATUS.search(said)
    if status:
        return f"http-{status[1]}"
    return "unreachable" if "onnection" in said else "not-taken"
