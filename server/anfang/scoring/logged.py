"""Reads of what scoring has put into the log: what each published ranking said."""

from collections.abc import Iterator

from sqlalchemy.orm import undefer

from anfang.kit.db import db
from anfang.log.queries import LoggedRow
from anfang.scoring import queries
from anfang.scoring.frozen import digest, ranking_sha256
from anfang.scoring.models import ScoreRun


def rankings() -> Iterator[LoggedRow]:
    """Return every published ranking, sound if its figures still have the digest it names."""
    published = queries.published_runs().options(undefer(ScoreRun.figures))
    for run in db.session.scalars(published).all():
        sound = digest(run.figures) == run.figures_sha256
        yield LoggedRow(str(run.id), sha256_of(run), f"score_runs {run.id}", sound)


def sha256_of(run: ScoreRun) -> str:
    """Return the hash under which the log holds a run: its days, figures and places."""
    members = {
        "run": str(run.id),
        "scheme": run.scheme,
        "title": run.title,
        "since": run.since.isoformat(),
        "until": run.until.isoformat(),
        "figures_sha256": run.figures_sha256,
        "corrects": None if run.corrects_id is None else str(run.corrects_id),
    }
    places = [
        {
            "unit": str(one.unit_id),
            "category": one.category,
            "score": one.score,
            "rank": one.rank,
            "band": one.band,
        }
        for one in queries.results(run.id)
    ]
    return ranking_sha256(members, places)
