"""Playing the demonstration's visits: each phone sets out, files, and delivers."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from anfang.demo.content import Visit
from anfang.demo.office import DemoOffice
from anfang.demo.phone import DemoPhone
from anfang.demo.records import Scene, clear_members, disclosures, drawn
from anfang.jobs import service as jobs
from anfang.kit.clock import local_day, replaying

_BEFORE_SETTING_OUT = timedelta(minutes=40)
_UNTIL_DELIVERY = timedelta(minutes=25)

Draw = Callable[[Visit, Scene], Sequence[bytes]]


class FieldDay:
    """The phones of the demonstration, one an inspector, enrolled before the first visit."""

    def __init__(self, office: DemoOffice, origin: str, zone: ZoneInfo) -> None:
        self._office = office
        self._zone = zone
        self._phones = {
            alias: DemoPhone.enrol(inspector, origin)
            for alias, inspector in office.inspectors.items()
        }

    def play(
        self, visit: Visit, today: datetime, draw: Draw = drawn
    ) -> tuple[UUID, Sequence[bytes], datetime]:
        """Make one visit at its time; returns the record's id, its photos, when it arrived."""
        phone = self._phones[visit.inspector]
        started_at = self.started_at(visit, today)
        with replaying(started_at - _BEFORE_SETTING_OUT):
            phone.log_in()
        scene = self._scene(visit, started_at, phone.ticket)
        photos = draw(visit, scene)
        clear = clear_members(scene, photos)
        delivered_at = scene.submitted_at(visit) + _UNTIL_DELIVERY
        with replaying(delivered_at):
            phone.submit(clear, disclosures(visit, scene, photos))
            phone.deliver(UUID(clear["id"]), photos)
            jobs.run_pending()
        return UUID(clear["id"]), photos, delivered_at

    def started_at(self, visit: Visit, today: datetime) -> datetime:
        """Return when a visit began, in UTC; `today` is the moment of loading."""
        day = local_day(today, self._zone) - timedelta(days=visit.days_ago)
        starts_at = time.fromisoformat(visit.starts_at)
        return datetime.combine(day, starts_at, self._zone).astimezone(UTC)

    def _scene(self, visit: Visit, started_at: datetime, ticket: str) -> Scene:
        site = self._office.sites[visit.site]
        version = self._office.checklists[visit.checklist]
        return Scene(
            campaign=str(self._office.campaign_id),
            checklist=str(version.id),
            items=version.items,
            unit=str(site.unit_id),
            site=str(site.id),
            day=local_day(started_at, self._zone).isoformat(),
            started_at=started_at,
            ticket=ticket,
        )
