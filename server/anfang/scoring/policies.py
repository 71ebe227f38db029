"""Who sees which scores: the office all, a unit its own and those of the units beneath it."""

from sqlalchemy import ColumnElement

from anfang.kit.errors import NotPermitted
from anfang.kit.principal import Principal, at_the_desk
from anfang.registry import service as registry
from anfang.scoring.models import ScoreResult


def own_results(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `ScoreResult`: what the caller's unit, or one beneath, came to.

    Raises:
        NotPermitted: the caller is not confined to a unit.
    """
    if not at_the_desk(caller):
        raise NotPermitted
    return ScoreResult.unit_id.in_(registry.visible_unit_ids(caller))
