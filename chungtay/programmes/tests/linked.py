"""The city's programme with the plans of two communes, and the people who change above and answer below."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chungtay.access.rules import Role
from chungtay.accounts.models import User
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind
from chungtay.programmes.models import AreaOfWork, Programme
from chungtay.programmes.services import create_programme
from tests.cast import Cast, make_cast

NOW = datetime(2022, 3, 10, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@dataclass
class Linked:
    """The programme, the plans below, and a clock that goes on a minute at every act."""

    cast: Cast
    programme: Programme
    plans: list[Programme]
    city_leader: User
    now: datetime = NOW

    @property
    def plan(self) -> Programme:
        """The plan of the first commune."""
        return self.plans[0]

    @property
    def first_area(self) -> AreaOfWork:
        """The first area of work."""
        return self.programme.areas_of_work.get(number=1)

    def tick(self) -> datetime:
        """Return the next moment."""
        self.now += timedelta(minutes=1)
        return self.now


def make_linked(communes: int = 2) -> Linked:
    """Create all of it through the services."""
    cast = make_cast(communes)
    top = _plan(cast, "500-cl", "Chương trình phối hợp", cast.city, None)
    plans = [_plan(cast, f"500-{at}", "Kế hoạch", area, top) for at, area in enumerate(cast.communes[:2], 1)]
    leader = cast.person("city.leader", "Đoàn Văn Chủ", "Chủ tịch", (Role.LEADER, cast.city))
    return Linked(cast, top, plans, leader)


def _plan(cast: Cast, code: str, kind: str, area: Area, parent: Programme | None) -> Programme:
    return create_programme(
        code=code,
        number=f"{code}/CT",
        kind=kind,
        title="Nhiệm vụ trọng tâm",
        signed_on=date(2020, 1, 1),
        starts_on=date(2020, 1, 1),
        ends_on=date(2024, 12, 31),
        area=area,
        parties=[cast.body(area), cast.body(area, BodyKind.MTTQ)],
        parent=parent,
        areas_of_work=() if parent else ("Giảm nghèo bền vững", "Xây dựng nông thôn mới"),
        now=NOW,
        by=None,
    )
