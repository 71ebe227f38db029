"""Two custodians, their ceremony, and their releases, through the API."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from anfang.kit.principal import Role
from factories.setup import OPEN_OFFICE, created
from support.server import PASSWORD, Office

PASSPHRASES = ("纸船 走过 七座 石桥 之后 停在 灯下", "a quiet lamp above nine grey stairs")
NAME, CONTACT = "保密姓名甲", "000-7654321"


@dataclass(frozen=True)
class Custodian:
    """A custodian's browser, account name and passphrase."""

    desk: Office
    username: str
    passphrase: str

    @property
    def pledge(self) -> dict[str, str]:
        """What this custodian enters at a ceremony."""
        return {**self.present, "password": PASSWORD}

    @property
    def present(self) -> dict[str, str]:
        """What this custodian enters when the key is handed over."""
        return {"username": self.username, "passphrase": self.passphrase}


def custodian(office: OPEN_OFFICE, passphrase: str) -> Custodian:
    """Open a custodian's account."""
    desk = office(Role.CUSTODIAN)
    return Custodian(desk, desk.get("/session").json["username"], passphrase)


def ceremony(office: OPEN_OFFICE) -> tuple[Custodian, Custodian]:
    """Let two custodians take over the key."""
    one, other = (custodian(office, text) for text in PASSPHRASES)
    created(one.desk.post("/custody", {"custodians": [one.pledge, other.pledge]}))
    return one, other


def sealed_person(by: Custodian, inspector: str, name: str = NAME) -> None:
    """Enter who an inspector is."""
    answer = by.desk.put(f"/inspectors/{inspector}/person", {"name": name, "contact": CONTACT})
    assert answer.status_code == 204, answer.json


def asked(by: Custodian, **about: Any) -> Any:
    """Ask for a release."""
    return created(by.desk.post("/disclosures", {"reason": "法院调取", **about}))


def opening(request: Any, opener: Custodian, asker: Custodian, **changes: str) -> TestResponse:
    """Open a release as the second custodian."""
    body = {
        "reason": "已核对调取函",
        "passphrase": opener.passphrase,
        "asker_passphrase": asker.passphrase,
        **changes,
    }
    return opener.desk.post(f"/disclosures/{request['id']}/open", body)
