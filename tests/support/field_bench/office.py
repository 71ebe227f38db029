"""What the office does meanwhile: it works on the same cores as the phone that is measured."""

import time

from support.field_office import Office


def until_decoded(office: Office, record: str) -> None:
    """Let the office finish what it does with pictures afterwards: it would slow down the next."""
    deadline = time.monotonic() + 300
    while True:
        media = office.desk("reviewer1").get(f"/review/records/{record}")["media"]
        if all(one["decoded"] or one["failure"] for one in media):
            return
        assert time.monotonic() < deadline, "the pictures are not decoded"
        time.sleep(1)
