"""The independent phone of `support.phone` on a real connection instead of Flask's test client."""

from dataclasses import dataclass
from typing import Any

import httpx

from support.e2e_server import Anfang
from support.phone import Phone, new_key


@dataclass(frozen=True)
class Answer:
    """An HTTP answer with the members that the phone reads of Flask's."""

    status_code: int
    headers: httpx.Headers
    json: Any


@dataclass(frozen=True)
class Wire:
    """What the phone uses of Flask's test client, over TCP."""

    http: httpx.Client

    def open(self, path: str, *, method: str, **options: Any) -> Answer:
        if isinstance(options.get("data"), bytes):
            options["content"] = options.pop("data")
        answer = self.http.request(method, path, **options)
        # The answer to a HEAD tells the kind of a body that it does not have.
        is_json = answer.content and "json" in answer.headers.get("Content-Type", "")
        return Answer(answer.status_code, answer.headers, answer.json() if is_json else None)

    def post(self, path: str, **options: Any) -> Answer:
        return self.open(path, method="POST", **options)


def phone_on_the_wire(anfang: Anfang, alias: str) -> Phone:
    """Enrol a phone by a link from the command line and sign it in."""
    wire = Wire(httpx.Client(base_url=anfang.origin, timeout=60))
    phone = Phone(wire, anfang.origin, new_key())  # type: ignore[arg-type]
    answer = phone.enrol(anfang.asked("enrol", "--alias", alias)["token"])
    assert answer.status_code == 201, answer.json
    phone.device = answer.json["device"]
    assert phone.log_in().status_code == 200
    return phone
