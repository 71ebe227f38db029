"""Verbs of ladders, as other rooms call them; each is written where its docstring begins with them.

Attesting facts, and proposing measures: what follows is decided by people, in `measures`.
"""

from anfang.ladders.attesting import attest
from anfang.ladders.measures import propose, propose_reward

__all__ = ["attest", "propose", "propose_reward"]
