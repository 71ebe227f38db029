"""Verbs of a case's number: the next of its year, without gaps."""

from datetime import datetime

from flask import current_app
from sqlalchemy.exc import IntegrityError

from anfang.cases.models import CaseSerial
from anfang.kit.clock import local_day
from anfang.kit.db import db, lock_row
from anfang.kit.errors import required


def draw_number(at: datetime) -> str:
    """Draw the next number of the year; the locked row leaves no gap and gives none twice."""
    year = local_day(at, current_app.config["ZONE"]).year
    serial = lock_row(CaseSerial, year)
    if serial is None:
        serial = _begin_year(year)
    serial.last += 1
    return f"{year}-{serial.last:04d}"


def _begin_year(year: int) -> CaseSerial:
    try:
        with db.session.begin_nested():
            db.session.add(CaseSerial(year=year, last=0))
    except IntegrityError:
        pass  # another case has just begun the year; the row is read and locked below
    return required(lock_row(CaseSerial, year))
