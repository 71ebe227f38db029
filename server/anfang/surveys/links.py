"""Addresses of ballots as they are handed out. Pure but for the office's own origin."""

from typing import Final

from flask import current_app

PATH: Final = "/p/surveys/"


def link_of(code: str) -> str:
    """Return the address that opens a ballot at once; it is a secret until the ballot is cast."""
    return f"{start()}{code}"


def start() -> str:
    """Return the address where a code is typed."""
    return f"{current_app.config['ORIGIN']}{PATH}"
