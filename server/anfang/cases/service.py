"""Verbs of cases, as other rooms call them; each is written where its docstring begins with them.

Opening, hearing, changing, closing and moving a case: one matter of meaning, one file.
"""

from anfang.cases.changing import assign, change_case
from anfang.cases.closing import answer_raiser, close
from anfang.cases.hearing import remind, send_back, state
from anfang.cases.moving import refer
from anfang.cases.opening import open_case
from anfang.cases.reopening import reopen

__all__ = [
    "answer_raiser",
    "assign",
    "change_case",
    "close",
    "open_case",
    "refer",
    "remind",
    "reopen",
    "send_back",
    "state",
]
