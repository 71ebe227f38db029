"""Rows of registers, set up through the API."""

import io
from typing import Any
from uuid import UUID

import openpyxl
from werkzeug.test import TestResponse

from anfang.kit.principal import Role
from factories.setup import OPEN_OFFICE, Campaign, created
from support.server import Office


def unit_account(office: OPEN_OFFICE, unit: str) -> Office:
    """Sign in a liaison of a unit."""
    return office(Role.LIAISON, unit=UUID(unit))


def try_file(
    who: Office, campaign: Campaign, code: str, unit: str | None = None, **values: Any
) -> TestResponse:
    """File a row (`_` for `-` in columns), by default for the service centre."""
    body = {
        "unit_id": unit or campaign.unit,
        "values": {name.replace("_", "-"): value for name, value in values.items()},
    }
    return who.post(f"/registers/{campaign.id}/{code}/rows", body)


def file(who: Office, campaign: Campaign, code: str, unit: str | None = None, **values: Any) -> str:
    """File a row; returns its id."""
    return str(created(try_file(who, campaign, code, unit, **values))["id"])


def try_move(who: Office, row: str, to: str, reason: str = "") -> TestResponse:
    """Take a row on to a state."""
    return who.post(f"/register-rows/{row}/move", {"to": to, "reason": reason})


def move(who: Office, row: str, to: str, reason: str = "") -> dict[str, Any]:
    """Take a row on to a state; returns it."""
    answer: dict[str, Any] = created(try_move(who, row, to, reason))
    return answer


def change(who: Office, row: str, **values: Any) -> TestResponse:
    """Change some of a row's values, the others stay."""
    path = f"/register-rows/{row}"
    read = who.get(path)
    said = {**created(read)["values"], **{k.replace("_", "-"): v for k, v in values.items()}}
    return who.call("PUT", path, json={"values": said}, headers={"If-Match": read.headers["ETag"]})


def register(who: Office, campaign: Campaign, code: str) -> dict[str, Any]:
    """Return a register with its figures."""
    answer: dict[str, Any] = created(who.get(f"/registers/{campaign.id}/{code}"))
    return answer


def sheet(who: Office, campaign: Campaign, code: str) -> Any:
    """Return a register's workbook."""
    answer = who.get(f"/registers/{campaign.id}/{code}/sheet")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def send_sheet(
    who: Office, campaign: Campaign, code: str, book: Any, digest: str | None = None
) -> TestResponse:
    """Send a workbook: look at what it would do, or with its digest do it."""
    file = io.BytesIO()
    book.save(file)
    return who.call(
        "POST",
        f"/registers/{campaign.id}/{code}/sheet" + (f"?digest={digest}" if digest else ""),
        data={"file": (io.BytesIO(file.getvalue()), "台账.xlsx")},
        content_type="multipart/form-data",
    )
