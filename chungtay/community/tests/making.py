"""Three communes with people who write and people who confirm, and a dictionary whose registers keep the record."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chungtay.community import services
from chungtay.community.models import Activity, Group, Hamlet
from chungtay.indicators import services as dictionary
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.services import Definition
from chungtay.places.models import Area
from tests.cast import Cast, make_cast

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2023, 3, 10, 9, 0, tzinfo=ZONE)
KEPT_SINCE = date(2022, 5, 1)  # late, so that few months are told
STOCKS = ("groups.hoi_quan", "groups.hoi_quan_members", "groups.htx_from_hoi_quan", "groups.self_managed")
FLOWS = ("activities.propaganda", "activities.mediation_cases", "activities.mediation_settled")


@dataclass
class Village:
    """Who works there; every write is a minute later than the one before."""

    cast: Cast
    now: datetime = NOW
    told: list[str] = field(default_factory=list)

    @property
    def here(self) -> Area:
        return self.cast.communes[0]

    @property
    def there(self) -> Area:
        return self.cast.communes[1]

    def given(self, **more: Any) -> dict[str, Any]:
        """Return who writes and when: the officer of the city, unless said otherwise."""
        self.now += timedelta(minutes=1)
        return {"now": self.now, "by": self.cast.officer} | more

    def found(
        self,
        name: str,
        kind: str = "hoi-quan",
        *,
        area: Area | None = None,
        on: date = date(2020, 2, 1),
        members: int | None = None,
        **more: Any,
    ) -> Group:
        about = services.About(name=name, **{k: more.pop(k) for k in ("hamlet", "details") if k in more})
        return services.found_group(
            kind=kind, about=about, area=area or self.here, founded_on=on, members=members, **self.given(**more)
        )

    def count(self, group: Group, on: date, members: int | None = None, **more: Any) -> Any:
        return services.count_group(group=group, as_of=on, members=members, **self.given(**more))

    def hamlet(self, name: str, *, area: Area | None = None, households: int = 100) -> Hamlet:
        return services.enter_hamlet(
            area=area or self.here,
            kind="ap",
            name=name,
            founded_on=date(2020, 1, 1),
            households=households,
            **self.given(),
        )

    def write(self, kind: str = "tuyen-truyen", *, on: date = date(2023, 2, 5), **more: Any) -> Activity:
        """An activity of the commune as its clerk's draft."""
        area = more.pop("area", self.here)
        by = more.pop("by", self.cast.clerk)
        told = services.Told(kind=kind, title=more.pop("title", "Tuyên truyền"), held_on=on, **more)
        return services.write_activity(told=told, area=area, **self.given(by=by))

    def confirmed(self, kind: str = "tuyen-truyen", **more: Any) -> Activity:
        """An activity that the clerk wrote and the city's officer confirmed."""
        by = more.get("by", self.cast.clerk)
        row = services.record_activity(activity=self.write(kind, **more), **self.given(by=by))
        return services.confirm_activity(activity=row, revision=row.revision, **self.given())


def make_village(*, kept: bool = True, communes: int = 3) -> Village:
    cast = make_cast(communes)
    made = dictionary.define_indicators(
        [
            *(Definition(code, code, "cái", "Thử.", Kind.STOCK) for code in STOCKS),
            *(Definition(code, code, "cái", "Thử.", Kind.FLOW) for code in FLOWS),
        ],
        now=NOW,
        by=cast.officer,
    )
    if kept:
        for one in made:
            dictionary.set_record_source(
                indicator=one, keeper=Keeper.REGISTERS, valid_from=KEPT_SINCE, now=NOW, by=cast.officer
            )
    return Village(cast)
