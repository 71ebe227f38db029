"""Verbs of parts: which units play the parts that a rulebook writes, and so lead its themes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from anfang.campaigns import queries, service
from anfang.campaigns.errors import ActorOutOfScope, ActorUnknown, RulebookMissing
from anfang.campaigns.models import Campaign, CampaignActor, ThemeRole
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.log import service as log
from anfang.registry import queries as registry
from anfang.registry.models import Unit


def assign(campaign: Campaign, units: Mapping[str, Sequence[UUID]]) -> Sequence[CampaignActor]:
    """Say which units play which parts, in place of what was said before.

    The themes' leading and supporting units follow.

    Args:
        units: part's code in the rulebook → its units.

    Raises:
        CampaignClosed, RulebookMissing, ActorUnknown, NotFound (a unit).
        ActorOutOfScope: a unit stands elsewhere than `below` and `levels` say.
    """
    service.require_open(campaign)
    version = queries.rulebook_version(campaign.id)
    if version is None:
        raise RulebookMissing
    entries = {entry["code"]: entry for entry in version.content.get("actors", ())}
    known = _units(units)
    for code, ids in units.items():
        if code not in entries:
            raise ActorUnknown(name=code)
        _require_scope(entries[code], [known[one] for one in ids], units, known)
    for one in queries.actors(campaign.id):
        db.session.delete(one)
    db.session.flush()
    db.session.add_all(
        CampaignActor(campaign_id=campaign.id, actor=code, unit_id=one, unit=known[one])
        for code, ids in units.items()
        for one in dict.fromkeys(ids)
    )
    db.session.flush()
    renew_themes(campaign, version.content)
    log.audit("campaign.parts_assigned", "campaign", campaign.id, units=len(known))
    return queries.actors(campaign.id)


def renew_themes(campaign: Campaign, content: Mapping[str, Any]) -> None:
    """Make the campaign's themes those of the rulebook; themes of other codes stay behind them."""
    entries = content.get("themes", ())
    if not entries:
        return
    playing = defaultdict(list)
    for one in queries.actors(campaign.id):
        playing[one.actor].append(one.unit_id)
    named = {entry["code"] for entry in entries}
    themes = [_theme(entry, playing) for entry in entries]
    others = [_as_it_is(theme) for theme in campaign.themes if theme.code not in named]
    service.change_campaign(campaign, themes=[*themes, *others])


def _theme(entry: Mapping[str, Any], playing: Mapping[str, list[UUID]]) -> dict[str, Any]:
    roles: dict[UUID, ThemeRole] = {}
    for member, role in (("lead", ThemeRole.LEAD), ("support", ThemeRole.SUPPORT)):
        for actor in entry.get(member, ()):
            for unit in playing.get(actor, ()):
                roles.setdefault(unit, role)
    units = [{"unit_id": unit, "role": role.value} for unit, role in roles.items()]
    return {"code": entry["code"], "title": entry["title"], "units": units}


def _as_it_is(theme: Any) -> dict[str, Any]:
    units = [{"unit_id": part.unit_id, "role": part.role} for part in theme.units]
    return {"code": theme.code, "title": theme.title, "units": units}


def _units(units: Mapping[str, Sequence[UUID]]) -> dict[UUID, Unit]:
    wanted = {one for ids in units.values() for one in ids}
    known = {unit.id: unit for unit in registry.units_of(wanted)}
    if len(known) < len(wanted):
        raise NotFound
    return known


def _require_scope(
    entry: Mapping[str, Any],
    units: Sequence[Unit],
    assigned: Mapping[str, Sequence[UUID]],
    known: Mapping[UUID, Unit],
) -> None:
    if "below" not in entry:
        return
    superiors = [known[one] for one in assigned.get(entry["below"], ())]
    for unit in units:
        if not any(_stands_below(unit, superior, entry.get("levels")) for superior in superiors):
            raise ActorOutOfScope(unit=unit.name, part=entry["title"])


def _stands_below(unit: Unit, superior: Unit, levels: int | None) -> bool:
    if unit.id == superior.id or not unit.path.startswith(superior.path):
        return False
    return levels is None or unit.path.count("/") - superior.path.count("/") == levels
