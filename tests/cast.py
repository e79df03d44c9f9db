"""The named cast of every test: Đồng Tháp, Thành phố Cao Lãnh with its communes, and the people who work there.

    cast = make_cast()             three communes; make_cast(communes=15) gives all of them
    cast.officer, cast.clerk, …    people; everybody signs in with PASSWORD
    cast.communes[0], cast.city    areas;  cast.body(cast.city, "mttq") a body there

Everything goes through the services, so it is audited and obeys the constraints. Also the fixture `cast`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chungtay.access import services as access
from chungtay.access.rules import Role
from chungtay.accounts import services as accounts
from chungtay.accounts.models import User
from chungtay.places import selectors, services
from chungtay.places.models import Area, Body
from chungtay.places.rules import BODY_LABELS, BodyKind, Level

PASSWORD = "sen-hong-2020"
START = date(2020, 1, 1)
NOW = datetime(2020, 1, 2, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
BASIS = "Danh mục hành chính trước 01/01/2025"

COMMUNES = (
    ("29863", "Phường 11"),
    ("29866", "Phường 1"),
    ("29869", "Phường 2"),
    ("29872", "Phường 4"),
    ("29875", "Phường 3"),
    ("29878", "Phường 6"),
    ("29881", "Xã Mỹ Ngãi"),
    ("29884", "Xã Mỹ Tân"),
    ("29887", "Xã Mỹ Trà"),
    ("29888", "Phường Mỹ Phú"),
    ("29890", "Xã Tân Thuận Tây"),
    ("29892", "Phường Hòa Thuận"),
    ("29893", "Xã Hòa An"),
    ("29896", "Xã Tân Thuận Đông"),
    ("29899", "Xã Tịnh Thới"),
)


@dataclass
class Cast:
    """Places and people. `communes` are in order of code; `other_city` belongs to the same province."""

    province: Area
    city: Area
    communes: list[Area]
    other_city: Area
    people: dict[str, User] = field(default_factory=dict)

    def body(self, area: Area, kind: BodyKind | str = BodyKind.UBND) -> Body:
        """Return the UBND or MTTQ of a place of the cast."""
        return selectors.body_at(area.id, kind)

    def person(self, username: str, full_name: str, title: str, *posts: tuple[Role, Area]) -> User:
        """Create somebody with roles at places since START."""
        user = accounts.create_user(
            username=username, full_name=full_name, title=title, password=PASSWORD, now=NOW, by=None
        )
        for role, area in posts:
            access.assign(user=user, role=role, area=area, valid_from=START, now=NOW, by=None)
        self.people[username] = user
        return user

    @property
    def officer(self) -> User:
        """City desk officer."""
        return self.people["officer"]

    @property
    def upper_leader(self) -> User:
        """Leader of the city."""
        return self.people["upper.leader"]

    @property
    def clerk(self) -> User:
        """Clerk of communes[0]."""
        return self.people["clerk"]

    @property
    def other_clerk(self) -> User:
        """Clerk of communes[1]."""
        return self.people["other.clerk"]

    @property
    def leader(self) -> User:
        """Leader of communes[0] and communes[1]."""
        return self.people["leader"]

    @property
    def auditor(self) -> User:
        """Auditor of the city."""
        return self.people["auditor"]

    @property
    def admin(self) -> User:
        """System administrator at the city."""
        return self.people["admin"]

    @property
    def outsider(self) -> User:
        """Desk officer of another city."""
        return self.people["outsider"]

    @property
    def province_officer(self) -> User:
        """Desk officer of the province."""
        return self.people["province.officer"]


def make_cast(communes: int = 3) -> Cast:
    """Create the places and people; `communes` is 2 to 15. Needs a database and an empty map."""
    province = _place("Tỉnh Đồng Tháp", "87", Level.PROVINCE, None)
    city = _place("Thành phố Cao Lãnh", "866", Level.CITY, province)
    units = [
        _place(name, code, Level.WARD if name.startswith("Phường") else Level.COMMUNE, city)
        for code, name in COMMUNES[: max(2, communes)]
    ]
    cast = Cast(province, city, units, _place("Thành phố Sa Đéc", "867", Level.CITY, province))
    first, second = units[:2]
    cast.person("officer", "Nguyễn Thị Lan", "Chuyên viên Văn phòng", (Role.OFFICER, city))
    cast.person("upper.leader", "Trần Văn Bình", "Phó Chủ tịch", (Role.UPPER_LEADER, city))
    cast.person("clerk", "Lê Thị Cúc", "Công chức Văn hóa - Xã hội", (Role.CLERK, first))
    cast.person("other.clerk", "Đỗ Minh Quân", "Công chức Văn phòng - Thống kê", (Role.CLERK, second))
    cast.person("leader", "Phạm Văn Dũng", "Chủ tịch", (Role.LEADER, first), (Role.LEADER, second))
    cast.person("auditor", "Võ Thị Em", "Thanh tra viên", (Role.AUDITOR, city))
    cast.person("admin", "Huỳnh Văn Phúc", "Quản trị hệ thống", (Role.ADMIN, city))
    cast.person("outsider", "Bùi Thị Giang", "Chuyên viên Văn phòng", (Role.OFFICER, cast.other_city))
    cast.person("province.officer", "Ngô Văn Hải", "Chuyên viên Văn phòng", (Role.OFFICER, province))
    return cast


def _place(name: str, code: str, level: Level, parent: Area | None) -> Area:
    area = services.add_area(
        name=name, code=code, level=level, parent=parent, valid_from=START, legal_basis=BASIS, now=NOW, by=None
    )
    for kind in (BodyKind.UBND, BodyKind.MTTQ):
        services.add_body(area=area, kind=kind, name=f"{BODY_LABELS[kind]} {name}", now=NOW, by=None)
    return area
