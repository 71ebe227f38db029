"""Who sees ballot boxes: the office, not an account that is confined to a unit."""

from sqlalchemy import ColumnElement, false, true

from anfang.kit.principal import Principal, at_the_desk


def visible_boxes(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `BallotBox`: a judged unit's account sees none."""
    return false() if at_the_desk(caller) else true()
