"""Addresses as people copy them, and those that are refused."""

import pytest

from anfang.kit.channel_addresses import AddressError, ChannelKind, apprise_url, read_address
from anfang.kit.channel_webhooks import is_public
from anfang.kit.config import NotifySettings

TOKEN = "0123456789abcdef0123456789abcdef"
SETTINGS = NotifySettings(
    kinds=frozenset(ChannelKind),
    mail="mailtos://office:word@smtp.example.cn:465?from=office@example.cn",
    hosts=frozenset({"hooks.example.cn"}),
    private_hosts=frozenset({"desk.lan"}),
)


@pytest.mark.parametrize(
    ("kind", "typed", "url"),
    [
        (
            "dingtalk",
            f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}",
            f"dingtalk://{TOKEN}/",
        ),
        (
            "wecom",
            f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={TOKEN}",
            f"wecombot://{TOKEN}/",
        ),
        ("feishu", f"https://open.feishu.cn/open-apis/bot/v2/hook/{TOKEN}", f"feishu://{TOKEN}/"),
        ("feishu", f" {TOKEN} ", f"feishu://{TOKEN}/"),
        (
            "mail",
            "liaison@example.cn",
            f"{SETTINGS.mail}&to=liaison%40example.cn&format=text",
        ),
    ],
)
def test_what_people_copy_is_understood(kind, typed, url):
    address = read_address(ChannelKind(kind), typed, None, SETTINGS)
    assert apprise_url(address, SETTINGS) == url
    assert len(address.hint) == 4


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        (
            "dingtalk",
            f"https://oapi.dingtalk.com.evil.cn/robot/send?access_token={TOKEN}",
            "faulty",
        ),
        ("dingtalk", f"https://x@oapi.dingtalk.com/robot/send?access_token={TOKEN}", "faulty"),
        ("dingtalk", "short", "faulty"),
        ("wecom", f"{TOKEN}/../x", "faulty"),
        ("feishu", f"{TOKEN}?redirect=yes", "faulty"),
        ("mail", "a@example.cn&to=b@example.cn", "faulty"),
        ("mail", "a@example.cn,b@example.cn", "faulty"),
        ("mail", "a@example.cn\nBcc: b@example.cn", "faulty"),
        ("webhook", "ftp://hooks.example.cn/", "faulty"),
        ("webhook", "https://user:word@hooks.example.cn/", "faulty"),
        ("webhook", "https://hooks.example.cn:port/", "faulty"),
        ("webhook", "https:///path", "faulty"),
        ("webhook", "https://other.example.cn/", "host-refused"),
        ("webhook", "http://127.0.0.1/", "host-refused"),
        ("webhook", "http://[::1]/", "host-refused"),
    ],
)
def test_what_is_no_allowed_address_is_refused(kind, typed, reason):
    with pytest.raises(AddressError) as refused:
        read_address(ChannelKind(kind), typed, None, SETTINGS)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0",
        "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_inside_networks_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["223.5.5.5", "::ffff:223.5.5.5", "2400:3200::1"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)
