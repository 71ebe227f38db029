"""Cast one ballot in a process that dies: `dying.py DATA CODE PLACE`, then marks by name.

PLACE: `marked` (the slip is on the way), `put` (the ballot is in the box), `done` (the slip is
used, the answer is not sent).
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anfang.app import create_app
from anfang.ballots import box as store
from anfang.ballots import casting
from support.server import settings_of

DIED = 9


def _then_die(verb: Callable[..., Any]) -> Callable[..., Any]:
    def dying(*members: Any) -> Any:
        verb(*members)
        os._exit(DIED)

    return dying


def _die(*_members: Any) -> None:
    os._exit(DIED)


def main() -> None:
    """Cast, and die."""
    folder, code, place, *fields = sys.argv[1:]
    app = create_app(settings_of(Path(folder)))
    if place == "marked":
        store.put = _die
    elif place == "put":
        store.put = _then_die(store.put)
    else:
        casting.cast = _then_die(casting.cast)
    marks = dict(one.split("=") for one in fields)
    app.test_client().post("/p/ballots/", data={"code": code, **marks})


if __name__ == "__main__":
    main()
