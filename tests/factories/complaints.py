"""Complaints: on the public pages as a citizen sees them, and at the office's desk."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from factories.setup import Campaign, created
from support.server import Office

NAME, PHONE, ADDRESS = "保密反映人甲", "13800001234", "示范路八十八号三单元"
INFORMANT = {"name": NAME, "phone": PHONE, "address": ADDRESS}
TEXT = "办事大厅三号窗口上午十点没有人，等了一个小时没有人办理。"
FOR_UNIT = "反映办事大厅三号窗口上午无人在岗。"


@dataclass
class Citizen:
    """Somebody without an account, before a browser that runs no script and keeps no cookie."""

    app: Flask
    lang: str = "zh-CN"

    def get(self, path: str) -> TestResponse:
        return self.app.test_client(use_cookies=False).get(f"/p/complaints{path}?lang={self.lang}")

    def post(self, path: str, **form: str) -> TestResponse:
        client = self.app.test_client(use_cookies=False)
        return client.post(f"/p/complaints{path}?lang={self.lang}", data=form)

    def form(self) -> dict[str, str]:
        """Return what the form brings along unseen."""
        return hidden(self.get(""))

    def sends(self, **said: str) -> TestResponse:
        """Fill the form in and send it."""
        form = {**self.form(), "kind": "complaint", "text": TEXT, **said}
        return self.post("/receipt", **form)

    def complains(self, **said: str) -> str:
        """Complain; returns the receipt code."""
        return code_on(self.sends(**said))

    def follows(self, code: str) -> TestResponse:
        """Type the code in."""
        return self.post("/follow", code=code)


def hidden(answer: TestResponse) -> dict[str, str]:
    """Return the hidden members of a page's form."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text)
    return {name: value for name, value in found if name != "lang"}


def code_on(answer: TestResponse) -> str:
    """Return the receipt code that a page shows."""
    assert answer.status_code == 200, answer.text
    shown = re.search(r'id="code">([\d ]+)<', answer.text)
    assert shown, answer.text
    return shown[1]


def try_taken_down(who: Office, campaign: Campaign, **members: Any) -> TestResponse:
    """Take a complaint down at the desk."""
    body = {"campaign_id": campaign.id, "kind": "complaint", "channel": "phone", "text": TEXT}
    return who.post("/complaints", {**body, **members})


def taken_down(who: Office, campaign: Campaign, **members: Any) -> Any:
    """Take a complaint down; returns `id`, `number`, `receipt_code`."""
    return created(try_taken_down(who, campaign, **members))


def verb(who: Office, complaint: str, name: str, **body: Any) -> TestResponse:
    """Do something with a complaint in the office."""
    return who.post(f"/complaints/{complaint}/{name}", body or None)


def done(who: Office, complaint: str, name: str, **body: Any) -> Any:
    """Do something with a complaint that must succeed; returns the complaint."""
    return created(verb(who, complaint, name, **body))


def written(who: Office, complaint: str, text: str = FOR_UNIT, **members: Any) -> TestResponse:
    """Write what the unit may read."""
    return who.put(f"/complaints/{complaint}/text-for-unit", {"text": text, **members})


def transferred(who: Office, campaign: Campaign, complaint: str, unit: str | None = None) -> Any:
    """Take a new complaint on, write it for the unit and give it to the service centre."""
    done(who, complaint, "accept")
    created(written(who, complaint))
    unit = unit or campaign.unit
    return done(who, complaint, "transfer", unit_id=unit, note="请限期核查。")


def at_desk(who: Office, complaint: str, name: str, **body: Any) -> TestResponse:
    """Do something with a complaint at a unit's desk."""
    return who.post(f"/desk-complaints/{complaint}/{name}", body or None)


def answered(who: Office, complaint: str, text: str = "已调整排班，窗口全天有人。") -> Any:
    """Let a unit take a complaint and answer it."""
    created(at_desk(who, complaint, "take"))
    return created(at_desk(who, complaint, "answer", text=text))


def listed(who: Office, **query: Any) -> list[Any]:
    """Return the numbers of the office's list."""
    answer = created(who.get("/complaints", query_string=query))
    return [one["number"] for one in answer["items"]]


def entries(complaint: Any) -> list[str]:
    """Return what happened to a complaint, in order."""
    return [one["kind"] for one in complaint["entries"]]
