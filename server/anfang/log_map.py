"""What stands in the log, and which rows answer for it: one page for `anfang log verify`.

A kind of entry (PROTOCOL §6) that a room begins to write gets its line here.
"""

from collections.abc import Iterator
from typing import Final

from anfang.assignments import logged as assignments
from anfang.ballots import logged as ballots
from anfang.cases import logged as cases
from anfang.documents import logged as documents
from anfang.evidence import logged as evidence
from anfang.identity import logged as identity
from anfang.inspections import logged as inspections
from anfang.log import verifying
from anfang.log.queries import LogFault, Logged
from anfang.packs import logged as packs
from anfang.review import logged as review
from anfang.scoring import logged as scoring
from anfang.surveys import logged as surveys

LOGGED: Final = (
    Logged("key", identity.keys),
    Logged("record", inspections.versions),
    Logged("disclosure", inspections.disclosures),
    Logged("media", evidence.originals),
    Logged("pixels", evidence.pixel_roots),
    Logged("deletion", evidence.deletions),
    Logged("review", review.decisions),
    Logged("redaction", review.published_pictures),
    Logged("reply", cases.statements),
    Logged("notice", documents.notices),
    Logged("draw", assignments.draws),
    Logged("survey", surveys.rounds),
    Logged("ranking", scoring.rankings),
    Logged("pack", packs.packs, whole=False),
    Logged("ballots", ballots.boxes),
)


def verify(against: str | None = None) -> Iterator[LogFault]:
    """Compare the whole database with the log, in one reading transaction.

    Args:
        against: a checkpoint that somebody kept; the log must have grown from it.
    """
    yield from verifying.verify(against)
    for logged in LOGGED:
        yield from verifying.compare_rows(logged)
    yield from inspections.faults()
