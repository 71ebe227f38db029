"""Configuration: environment variables `ANFANG_…` only, read once and checked at start.

`docs/operations.md` lists every setting; a guard test compares that table with `SETTINGS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from environs import Env, EnvError, validate
from limits import RateLimitItem

from anfang.kit.limits import read_rate
from anfang.kit.stamps import StampError, read_authority


class ConfigurationError(Exception):
    """A setting cannot be used; the message says which and why, for the operator."""


@dataclass(frozen=True)
class NotifySettings:
    """Over what notifications may leave.

    Attributes:
        kinds: of channels that accounts may set.
        mail: apprise's address of the mail server; carries its password.
        hosts: that webhooks may call by their public addresses; `*` is any.
        private_hosts: that webhooks may call wherever they are, the office's own network included.
    """

    kinds: frozenset[str]
    mail: str | None = field(repr=False)
    hosts: frozenset[str]
    private_hosts: frozenset[str]


@dataclass(frozen=True)
class Settings:
    """Everything the operator decides, with paths made absolute."""

    data: Path
    origin: str
    office: str | None
    host: str
    port: int
    database_url: str
    ballot_box_url: str
    storage_url: str
    storage_links: int
    redis_url: str | None
    zone: ZoneInfo
    locale: str
    oldest_app: str
    app_name: str | None
    app_icons: Path | None
    fonts: Path | None
    tianditu_key: str | None
    web_workers: int
    web_threads: int
    pwa: Path
    log_name: str
    tsa_url: str | None
    tsa_certificate: Path | None
    keep_days: Mapping[str, int]
    rates: Mapping[str, RateLimitItem | None]
    proxies: int
    notify: NotifySettings
    log_level: str

    @property
    def keys(self) -> Path:
        """Folder of the private keys (mode 0700)."""
        return self.data / "keys"

    @property
    def spool(self) -> Path:
        """Folder of unfinished uploads; shared between machines when there are several."""
        return self.data / "spool"

    @property
    def secure_cookies(self) -> bool:
        """Whether browsers reach the office by HTTPS."""
        return self.origin.startswith("https://")


SETTINGS: Final = (
    "ANFANG_DATA",
    "ANFANG_ORIGIN",
    "ANFANG_OFFICE",
    "ANFANG_HOST",
    "PORT",
    "ANFANG_DATABASE_URL",
    "ANFANG_BALLOT_BOX_URL",
    "ANFANG_STORAGE_URL",
    "ANFANG_STORAGE_LINKS",
    "ANFANG_REDIS_URL",
    "ANFANG_TIMEZONE",
    "ANFANG_LOCALE",
    "ANFANG_OLDEST_APP",
    "ANFANG_APP_ICONS",
    "ANFANG_APP_NAME",
    "ANFANG_FONTS",
    "ANFANG_TIANDITU_KEY",
    "ANFANG_WEB_WORKERS",
    "ANFANG_WEB_THREADS",
    "ANFANG_PWA",
    "ANFANG_LOG_NAME",
    "ANFANG_TSA_URL",
    "ANFANG_TSA_CERTIFICATE",
    "ANFANG_KEEP_DAYS",
    "ANFANG_RATE_DEVICE",
    "ANFANG_RATE_ACCOUNT",
    "ANFANG_RATE_ADDRESS",
    "ANFANG_RATE_COMPLAINT",
    "ANFANG_RATE_RECEIPT",
    "ANFANG_PROXIES",
    "ANFANG_NOTIFY_KINDS",
    "ANFANG_NOTIFY_MAIL",
    "ANFANG_NOTIFY_HOSTS",
    "ANFANG_NOTIFY_PRIVATE_HOSTS",
    "ANFANG_LOG_LEVEL",
)

KEEP_DAYS: Final[Mapping[str, int]] = {
    "unused": 30,
    "record": 365,
    "case": 3650,
    "notice": 10950,
    "pack": 30,
    "informant": 180,
    "complaint": 3650,
}
"""Days that files are kept after their use ended (DOMAIN F6; 档案局令8: 10 and 30 years).

Who complained is kept for as long as the reply can be reviewed (信访工作条例 arts. 35, 36: twice 30
days to ask, twice 30 to decide), then a while.
"""

NOTIFY_KINDS: Final = ("mail", "dingtalk", "wecom", "feishu", "webhook")
"""Kinds of channels that notifications know."""

_CHECKOUT = Path(__file__).resolve().parents[3]


def load_settings(folder: Path | None = None) -> Settings:
    """Read the environment.

    Args:
        folder: the data folder, instead of ANFANG_DATA's.

    Raises:
        ConfigurationError: a variable has a value that cannot be used.
    """
    env = Env()
    try:
        data = (folder or Path(env.str("ANFANG_DATA", ".data"))).resolve()
        host = env.str("ANFANG_HOST", "127.0.0.1")
        port = env.int("PORT", 8000, validate=validate.Range(1, 65535))
        origin = env.str("ANFANG_ORIGIN", f"http://{host}:{port}").rstrip("/")
        tsa_url = env.str("ANFANG_TSA_URL", None)
        tsa_certificate = _optional_path(env.str("ANFANG_TSA_CERTIFICATE", None))
        _require_authority(tsa_url, tsa_certificate)
        return Settings(
            data=data,
            origin=origin,
            office=env.str("ANFANG_OFFICE", "").strip() or None,
            host=host,
            port=port,
            database_url=env.str("ANFANG_DATABASE_URL", f"sqlite:///{data}/anfang.sqlite3"),
            ballot_box_url=_ballot_box_url(env, data),
            storage_url=env.str("ANFANG_STORAGE_URL", f"file://{data}/media"),
            storage_links=env.int("ANFANG_STORAGE_LINKS", 0, validate=validate.Range(0, 3600)),
            redis_url=env.str("ANFANG_REDIS_URL", None),
            zone=ZoneInfo(env.str("ANFANG_TIMEZONE", "Asia/Shanghai")),
            locale=env.str("ANFANG_LOCALE", "zh-CN", validate=validate.OneOf(["zh-CN", "en"])),
            oldest_app=env.str(
                "ANFANG_OLDEST_APP", "0.1.0", validate=validate.Regexp(r"\d+\.\d+\.\d+$")
            ),
            app_name=env.str(
                "ANFANG_APP_NAME", None, validate=validate.Regexp(r"[^<>&\"'\s]{1,12}$")
            ),
            app_icons=_optional_path(env.str("ANFANG_APP_ICONS", None)),
            fonts=_optional_path(env.str("ANFANG_FONTS", None)),
            tianditu_key=env.str(
                "ANFANG_TIANDITU_KEY", None, validate=validate.Regexp(r"[0-9A-Za-z]{8,64}\Z")
            ),
            web_workers=env.int("ANFANG_WEB_WORKERS", 2, validate=validate.Range(1, 64)),
            web_threads=env.int("ANFANG_WEB_THREADS", 256, validate=validate.Range(1, 512)),
            pwa=Path(env.str("ANFANG_PWA", str(_CHECKOUT / "pwa" / "dist"))).resolve(),
            log_name=env.str("ANFANG_LOG_NAME", origin.split("://", 1)[-1]),
            tsa_url=tsa_url,
            tsa_certificate=tsa_certificate,
            keep_days=_keep_days(env),
            rates={
                "device": _rate("device", env.str("ANFANG_RATE_DEVICE", "12000/minute")),
                "account": _rate("account", env.str("ANFANG_RATE_ACCOUNT", "6000/minute")),
                "address": _rate("address", env.str("ANFANG_RATE_ADDRESS", "3000/minute")),
                "complaint": _rate("complaint", env.str("ANFANG_RATE_COMPLAINT", "20/hour")),
                "receipt": _rate("receipt", env.str("ANFANG_RATE_RECEIPT", "60/hour")),
            },
            proxies=env.int("ANFANG_PROXIES", 0, validate=validate.Range(0, 8)),
            notify=_notify(env),
            log_level=env.str(
                "ANFANG_LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING"])
            ),
        )
    except (EnvError, ZoneInfoNotFoundError) as error:
        raise ConfigurationError(str(error)) from error


def _ballot_box_url(env: Env, data: Path) -> str:
    """Return where the ballot box lies; one store for ballots and slips would tie them together."""
    url: str = env.str("ANFANG_BALLOT_BOX_URL", f"sqlite:///{data}/ballot-box.sqlite3")
    if url == env.str("ANFANG_DATABASE_URL", None):
        raise ConfigurationError(
            "ANFANG_BALLOT_BOX_URL is another database than ANFANG_DATABASE_URL"
        )
    return url


def _require_authority(url: str | None, certificate: Path | None) -> None:
    if (url is None) != (certificate is None):
        raise ConfigurationError("ANFANG_TSA_URL and ANFANG_TSA_CERTIFICATE go together")
    if url is None or certificate is None:
        return
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError("ANFANG_TSA_URL is not an http or https address")
    try:
        read_authority(certificate.read_bytes())
    except (OSError, StampError) as error:
        raise ConfigurationError(f"ANFANG_TSA_CERTIFICATE: {error}") from error


def _keep_days(env: Env) -> Mapping[str, int]:
    """Read `unused=30,case=3650`: what is not named keeps its default."""
    given: dict[str, int] = env.dict("ANFANG_KEEP_DAYS", {}, subcast_values=int)
    if given.keys() - KEEP_DAYS.keys() or any(days < 0 for days in given.values()):
        raise ConfigurationError(f"ANFANG_KEEP_DAYS takes days for {', '.join(KEEP_DAYS)}")
    return {**KEEP_DAYS, **given}


def _notify(env: Env) -> NotifySettings:
    kinds = _words(env.str("ANFANG_NOTIFY_KINDS", "mail,dingtalk,wecom,feishu"))
    if kinds - set(NOTIFY_KINDS):
        raise ConfigurationError(f"ANFANG_NOTIFY_KINDS takes kinds of {', '.join(NOTIFY_KINDS)}")
    mail = env.str("ANFANG_NOTIFY_MAIL", "").strip() or None
    if mail is not None:
        server = urlsplit(mail)
        if server.scheme not in ("mailto", "mailtos") or not server.hostname:
            raise ConfigurationError("ANFANG_NOTIFY_MAIL is no mailtos://user:password@server/")
        if "from=" not in server.query:
            raise ConfigurationError("ANFANG_NOTIFY_MAIL names no sender (?from=…)")
    return NotifySettings(
        kinds=kinds,
        mail=mail,
        hosts=_words(env.str("ANFANG_NOTIFY_HOSTS", "")),
        private_hosts=_words(env.str("ANFANG_NOTIFY_PRIVATE_HOSTS", "")),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip().lower() for word in text.split(",") if word.strip())


def _rate(kind: str, text: str) -> RateLimitItem | None:
    try:
        return read_rate(text)
    except ValueError as error:
        raise ConfigurationError(
            f"ANFANG_RATE_{kind.upper()}: {text!r} is no rate such as 600/minute, nor off"
        ) from error


def _optional_path(text: str | None) -> Path | None:
    return Path(text).resolve() if text else None
