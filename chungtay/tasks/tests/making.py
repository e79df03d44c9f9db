"""A programme of the city with a plan of its first commune, and tasks made through the services."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chungtay.access.rules import Role
from chungtay.accounts.models import User
from chungtay.places.models import Body
from chungtay.places.rules import BodyKind
from chungtay.programmes.models import Programme
from chungtay.programmes.services import create_programme
from chungtay.tasks import services
from chungtay.tasks.drafts import Part, Plan
from chungtay.tasks.models import Task
from chungtay.tasks.rules import Kind
from tests.cast import Cast, make_cast

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2022, 3, 10, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()


@dataclass
class Office:
    """The people of the city and of its first commune, and the clock, a minute later at every act."""

    cast: Cast
    programme: Programme
    plan: Programme
    city_leader: User
    now: datetime = NOW
    made: list[Task] = field(default_factory=list)

    @property
    def city_ubnd(self) -> Body:
        return self.cast.body(self.cast.city)

    @property
    def city_mttq(self) -> Body:
        return self.cast.body(self.cast.city, BodyKind.MTTQ)

    @property
    def commune_ubnd(self) -> Body:
        return self.cast.body(self.cast.communes[0])

    def tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def agreed(self, **more: object) -> Plan:
        said: dict[str, object] = {
            "title": "Xây 15 căn nhà đại đoàn kết",
            "product": "Biên bản nghiệm thu 15 căn",
            "kind": Kind.ONCE,
            "lead": self.city_mttq,
            "starts_on": date(2022, 1, 1),
            "due_on": date(2022, 3, 31),
            "parts": (Part(self.commune_ubnd, "Lập danh sách hộ", date(2022, 3, 1)),),
        }
        return Plan(**(said | more))  # type: ignore[arg-type]

    def draft(self, **more: object) -> Task:
        task = services.write_task(
            programme=self.programme, plan=self.agreed(**more), now=self.tick(), by=self.cast.officer
        )[0]
        self.made.append(task)
        return task

    def active(self, **more: object) -> Task:
        task = self.draft(**more)
        services.approve_tasks(programme=self.programme, tasks=[task], now=self.tick(), by=self.cast.upper_leader)
        task.refresh_from_db()
        return task


def make_office() -> Office:
    cast = make_cast(2)
    bodies = [cast.body(cast.city), cast.body(cast.city, BodyKind.MTTQ)]
    days = {"signed_on": date(2020, 1, 1), "starts_on": date(2020, 1, 1), "ends_on": date(2024, 12, 31)}
    programme = create_programme(
        code="500-cl", number="500/CTPH", kind="CTPH", title="Nhiệm vụ trọng tâm", area=cast.city, parties=bodies,
        areas_of_work=["Giảm nghèo", "Nông thôn mới"], now=NOW, by=cast.officer, **days,
    )  # fmt: skip
    first = cast.communes[0]
    plan = create_programme(
        code="500-p11", number="02/KH", kind="Kế hoạch", title="Thực hiện tại Phường 11", area=first, parent=programme,
        parties=[cast.body(first), cast.body(first, BodyKind.MTTQ)], now=NOW, by=None, **days,
    )  # fmt: skip
    leader = cast.person("city.leader", "Đoàn Văn Chủ", "Chủ tịch", (Role.LEADER, cast.city))
    return Office(cast, programme, plan, leader)
