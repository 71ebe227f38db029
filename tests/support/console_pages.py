"""The console's pages as its router lists them, with objects of the demonstration to show."""

import re
from http import HTTPStatus
from itertools import chain
from typing import Any, Final

from support.e2e_server import Desk
from support.house import ROOT

_CONSOLE: Final = ROOT / "pwa" / "src" / "console"
_PARAMETER: Final = re.compile(r":(\w+)")
# Where the API lists what a page shows, unless the page's own path says it.
_LISTED_AT: Final = {
    "/review/": "/review/queue",
    "/notices/templates/": "/document-templates",
    "/setup/checklists/": "/checklists",
    "/surveys/": "/survey-rounds",
    "/claims/": "/claim-sheets",
    "/claims/compare/": "/claim-requests",
    "/ballots/": "/ballot-boxes",
    "/scores/": "/score-runs",
}
# What looks different in each of its states: the member that tells it, and the states to look at.
_STATES: Final = {
    "/surveys/": ("state", ("open", "published")),
    "/ballots/": ("stage", ("set_up", "opened")),
    "/scores/": ("state", ("draft", "published")),
    "/complaints/": ("state", ("transferred", "replied")),
}
_ANY: Final = ("", ("",))


def pages() -> list[tuple[str, str]]:
    """Return every page of the router, in its order, with each state that it is to be seen in."""
    return [(path, state) for path in _paths() for state in _STATES.get(_before(path), _ANY)[1]]


def _paths() -> list[str]:
    files = [_CONSOLE / "router.ts", *sorted(_CONSOLE.glob("*/**/routes.ts"))]
    listed = [re.findall(r"\{ path: '([^']+)'", file.read_text("utf-8")) for file in files]
    return [path for path in dict.fromkeys(chain(*listed)) if "*" not in path and path != "/"]


def key_groups() -> set[str]:
    """Return what the console's catalogues begin their keys with."""
    files = (_CONSOLE / "i18n" / "zh-CN").glob("*.ts")
    keys = (re.findall(r"^\s*'(\w+)\.", file.read_text("utf-8"), re.MULTILINE) for file in files)
    return {group for groups in keys for group in groups}


def filled(path: str, state: str, desk: Desk) -> str | None:
    """Return an address of a page for something that `desk` may see; None: there is nothing.

    Args:
        state: of what is shown; empty where it does not matter.
    """
    first = _PARAMETER.search(path)
    if first is None:
        return path
    special = _SPECIAL.get(path)
    found = special(desk) if special else _by_list(_before(path), first.group(1), state, desk)
    if found is None:
        return None
    return _PARAMETER.sub(lambda match: found[match.group(1)], path)


def _items(desk: Desk, path: str, **query: Any) -> list[dict[str, Any]]:
    """Return the first page of a list; nothing where it is refused."""
    answer = desk.client.get(path, params=query)
    if answer.status_code == HTTPStatus.FORBIDDEN:
        return []
    answer.raise_for_status()
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def _before(path: str) -> str:
    """Return what stands before a pattern's first name; nothing where it has none."""
    first = _PARAMETER.search(path)
    return path[: first.start()] if first else ""


def _by_list(before: str, name: str, state: str, desk: Desk) -> dict[str, str] | None:
    listed = _LISTED_AT.get(before, before.removeprefix("/setup").rstrip("/"))
    member = _STATES.get(before, _ANY)[0]
    items = [one for one in _items(desk, listed) if not state or one[member] == state]
    return {name: items[0]["id"]} if items else None


def _register(desk: Desk) -> dict[str, str] | None:
    for campaign in _items(desk, "/running-campaigns"):
        for register in _items(desk, "/registers", campaign=campaign["id"]):
            if register["code"] == "key-posts":
                return {"campaign": campaign["id"], "code": register["code"]}
    return None


def _picture(desk: Desk) -> dict[str, str] | None:
    for one in _items(desk, "/review/queue"):
        media = desk.get(f"/review/records/{one['id']}")["media"]
        if media:
            return {"record": one["id"], "sha256": media[0]["sha256"]}
    return None


def _checklist(desk: Desk) -> dict[str, str] | None:
    items = _items(desk, "/checklists")
    return {"version": items[0]["versions"][0]["id"]} if items else None


_SPECIAL: Final[dict[str, Any]] = {
    "/registers/:campaign/:code": _register,
    "/review/:record/redact/:sha256": _picture,
    "/setup/checklists/:version": _checklist,
}
