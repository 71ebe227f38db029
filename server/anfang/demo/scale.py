"""More records for the demonstration: generated visits that share a small pool of pictures."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from anfang.campaigns import queries as campaigns
from anfang.checklists.models import Checklist, ChecklistVersion
from anfang.demo import pictures
from anfang.demo.content import Visit, content
from anfang.demo.field import FieldDay
from anfang.demo.office import DemoOffice
from anfang.demo.records import Scene
from anfang.identity.models import Inspector, User
from anfang.kit.clock import now, replaying
from anfang.kit.db import db, transaction
from anfang.registry.models import Site, Unit

_POOL: Final = 12
_FURTHEST_DAYS: Final = 28
_ENROLLED_BEFORE: Final = timedelta(days=40)


def add_records(
    count: int, origin: str, zone: ZoneInfo, seed: int, progress: Callable[[int], None]
) -> None:
    """File `count` more records at random days of the last four weeks.

    Args:
        seed: the same seed gives the same visits (ids and keys are always fresh).
        progress: told how many are there.
    """
    chance = random.Random(seed)  # noqa: S311 -- chooses examples, guards nothing
    office = _loaded_office()
    pool = pictures.pool(_POOL)
    today = now()
    with replaying(today - _ENROLLED_BEFORE):
        field = FieldDay(office, origin, zone)
    examples = [visit for visit in content().visits if visit.not_possible is None]

    def from_pool(visit: Visit, _scene: Scene) -> Sequence[bytes]:
        return chance.sample(pool, len(visit.pictures))

    for number in range(1, count + 1):
        field.play(_varied(chance, examples, office), today, from_pool)
        progress(number)


def _varied(chance: random.Random, examples: Sequence[Visit], office: DemoOffice) -> Visit:
    visit = chance.choice(examples)
    sites = [key for key, site in office.sites.items() if _alike(office, visit.site, site)]
    return replace(
        visit,
        key=f"{visit.key}-{chance.randrange(1 << 32):08x}",
        inspector=chance.choice(list(office.inspectors)),
        site=chance.choice(sites),
        days_ago=chance.randint(1, _FURTHEST_DAYS),
        starts_at=f"{chance.randint(8, 16):02d}:{chance.randint(0, 59):02d}",
        usual_grade=chance.randint(3, 5),
        review=None,
    )


def _alike(office: DemoOffice, example: str, site: Site) -> bool:
    return site.kind == office.sites[example].kind


def _loaded_office() -> DemoOffice:
    """Find the demonstration's office again by the names of its file."""
    told = content()
    with transaction(write=False):
        units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
        sites = {site.name: site for site in db.session.scalars(select(Site))}
        aliases = {one.alias: one for one in db.session.scalars(select(Inspector))}
        users = {user.username: user for user in db.session.scalars(select(User))}
        campaign = next(one for one in campaigns.running() if one.name == told.campaign.name)
        office = DemoOffice(
            units=units,
            sites={entry.key: sites[entry.name] for entry in told.sites},
            checklists={code: _version(code) for code in told.checklists},
            inspectors={alias: aliases[alias] for alias in told.inspectors},
            users=users,
            passwords={},
        )
        office.campaign_id = campaign.id
        return office


def _version(code: str) -> ChecklistVersion:
    return db.session.scalars(
        select(ChecklistVersion)
        .join(Checklist)
        .where(Checklist.code == code, ChecklistVersion.published_at.is_not(None))
        .order_by(ChecklistVersion.version.desc())
        .limit(1)
    ).one()
