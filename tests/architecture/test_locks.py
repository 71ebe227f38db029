"""Who locks a row reads it anew: a session may remember what it was before the wait."""

import re

from support.house import sources

LOCK = re.compile(r"with_for_update(?!\(read=True\))")
READS_ANEW = ("refresh(",)
"""`Session.refresh` reads anew by itself."""


def test_rows_are_locked_by_the_kit_which_reads_them_anew():
    locks = [
        f"{source.module}: {line.strip()}"
        for source in sources()
        if source.module != "anfang.kit.db"
        for line in source.path.read_text("utf-8").splitlines()
        if LOCK.search(line) and not any(known in line for known in READS_ANEW)
    ]
    assert locks == [], "use kit.db's `locked` or `lock_row`"
