"""Loading the demonstration into an installation that holds nothing yet.

An embedded installation is built in a folder beside its place and moved there when it is whole: a
load that is interrupted leaves nothing behind, and the next one begins again.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from flask import Flask
from sqlalchemy import select

from anfang.demo.agenda import Days, play
from anfang.demo.content import Content, content
from anfang.demo.field import FieldDay
from anfang.demo.office import DemoOffice, set_up
from anfang.demo.run import Run
from anfang.identity.models import User
from anfang.jobs import service as jobs
from anfang.kit.clock import local_day, now, replaying
from anfang.kit.config import Settings
from anfang.kit.db import db, disconnect, transaction
from anfang.kit.errors import Problem
from anfang.log import service as log

SUMMARY: Final = "demo.json"
_BUILDING: Final = ".demo-building"

MakeApp = Callable[[Settings], Flask]


class InstallationInUse(Problem):
    """The installation holds something that is not the demonstration."""

    code = "installation-in-use"
    status = 409


@dataclass(frozen=True)
class SignIn:
    """An account of the demonstration."""

    role: str
    username: str
    password: str


@dataclass(frozen=True)
class Summary:
    """What the demonstration holds: ids for a program, sign-ins for a person."""

    sign_ins: list[SignIn]
    campaign: str
    records: list[str]
    case: str
    notice: str

    def as_json(self) -> dict[str, Any]:
        """Return the form that `anfang demo --json` prints."""
        return asdict(self)


def installed(settings: Settings) -> Summary | None:
    """Return the summary of a demonstration that was loaded here before."""
    file = settings.data / SUMMARY
    if not file.exists():
        return None
    read = json.loads(file.read_text("utf-8"))
    return Summary(**{**read, "sign_ins": [SignIn(**entry) for entry in read["sign_ins"]]})


def load(settings: Settings, make_app: MakeApp, progress: Callable[[str], None]) -> Summary:
    """Load the demonstration.

    Args:
        make_app: gives a prepared application for settings.
        progress: told of each step, in a few words.

    Raises:
        InstallationInUse: there are accounts already, and they are not the demonstration's.
    """
    if _is_embedded(settings):
        return _load_beside(settings, make_app, progress)
    app = make_app(settings)
    with app.app_context():
        _require_empty()
        return _keep(_play(app, progress), settings.data)


def _load_beside(settings: Settings, make_app: MakeApp, progress: Callable[[str], None]) -> Summary:
    if (settings.data / "anfang.sqlite3").exists():
        raise InstallationInUse
    building = settings.data / _BUILDING
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    app = make_app(_moved(settings, building))
    with app.app_context():
        _keep(_play(app, progress), building)
        disconnect()
    _move_in(building, settings.data)
    summary = installed(settings)
    if summary is None:
        raise FileNotFoundError(settings.data / SUMMARY)
    return summary


def _play(app: Flask, progress: Callable[[str], None]) -> Summary:
    told, days = content(), Days(now(), app.config["ZONE"])
    progress("accounts, units, sites, checklists, campaign")
    with replaying(days.ago(told.campaign.starts_days_ago)):
        office = set_up(told, local_day(days.today, days.zone))
        field = FieldDay(office, app.config["ORIGIN"], days.zone)
    run = Run(told, office, field, days)
    play(run.agenda(), progress)
    progress("sealing the log")
    jobs.run_pending()
    with transaction():
        log.seal()
    return Summary(
        sign_ins=_sign_ins(told, office),
        campaign=str(office.campaign_id),
        records=run.records,
        case=run.case,
        notice=run.notice,
    )


def _sign_ins(told: Content, office: DemoOffice) -> list[SignIn]:
    return [
        SignIn(account.roles[0], account.username, office.passwords[account.username])
        for account in told.accounts
    ]


def _require_empty() -> None:
    with transaction(write=False):
        if db.session.scalar(select(User.id).limit(1)) is not None:
            raise InstallationInUse


def _is_embedded(settings: Settings) -> bool:
    return settings.database_url == f"sqlite:///{settings.data}/anfang.sqlite3"


def _moved(settings: Settings, folder: Path) -> Settings:
    return replace(
        settings,
        data=folder,
        database_url=f"sqlite:///{folder}/anfang.sqlite3",
        storage_url=settings.storage_url.replace(str(settings.data), str(folder)),
    )


def _keep(summary: Summary, folder: Path) -> Summary:
    file = folder / SUMMARY
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(summary.as_json(), out, ensure_ascii=False, indent=1)
    return summary


def _move_in(building: Path, data: Path) -> None:
    """Move everything to its place, the summary last: it says that the rest is there."""
    for source in sorted(building.iterdir(), key=lambda path: path.name == SUMMARY):
        target = data / source.name
        if target.is_dir():
            shutil.rmtree(target)
        source.rename(target)
    building.rmdir()
