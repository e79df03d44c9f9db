"""What stands before the story begins: the map, the bodies, the people, the programme and its targets."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from chungtay.access import services as access
from chungtay.access.rules import Role
from chungtay.accounts import services as accounts
from chungtay.accounts.models import User
from chungtay.demo import dictionary, forms
from chungtay.demo.fund_opening import open_fund
from chungtay.demo.people import PASSWORD
from chungtay.demo.story import Unit, first_units, invented_names, story, units
from chungtay.figures import services as figures
from chungtay.funds.models import Fund
from chungtay.funds.services import load_chart
from chungtay.indicators.selectors import indicator_by_code
from chungtay.places import services as places
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind, Level
from chungtay.programmes import services as programmes
from chungtay.programmes.models import Comparison, Programme
from chungtay.returns.models import Form

BASIS = "Kế hoạch của UBND thành phố (số liệu minh họa)"


@dataclass(frozen=True)
class Cast:
    """The people of the story, by what they do. Those of the units are by `Unit.ref`."""

    officer: User
    city_leader: User
    city_clerk: User
    province_officer: User
    auditor: User
    admin: User
    clerks: dict[str, User]
    leaders: dict[str, User]
    accountants: dict[str, User]
    controllers: dict[str, User]


@dataclass(frozen=True)
class Ground:
    """Everything the story walks on. `areas` and `funds` are by `Unit.ref`; those of units formed later come then."""

    city: Area
    areas: dict[str, Area]
    funds: dict[str, Fund]
    cast: Cast
    programme: Programme
    results: Form
    poverty: Form
    awards: Form


@transaction.atomic
def lay(now: datetime) -> Ground:
    """Make the ground of the demonstration in an empty database."""
    province, city, areas, neighbours = _map(now)
    cast = _people(province, city, areas, now)
    dictionary.define(now, cast.admin)
    load_chart()
    funds = {unit.ref: open_fund(unit, areas[unit.ref], now, cast.admin) for unit in first_units()}
    programme = _programme(province, city, now, cast.officer)
    results = forms.publish_results(programme, now, cast.officer)
    poverty = forms.publish_poverty(programme, now, cast.officer)
    _expect_neighbours(neighbours, (results, poverty), now, cast.admin)
    awards = forms.publish_awards(programme, now, cast.officer)
    return Ground(city, areas, funds, cast, programme, results, poverty, awards)


def _map(now: datetime) -> tuple[Area, Area, dict[str, Area], list[Area]]:
    """Make the city with its fifteen units, and beside it what the map of July 2025 needs: (…, communes of the neighbour)."""
    data = story()
    day = date.fromisoformat(data["map_from"])

    def area(code: str, name: str, level: Level, parent: Area | None) -> Area:
        made = places.add_area(
            name=name, code=code, level=level, parent=parent, valid_from=day, legal_basis="", now=now, by=None
        )
        lower = name[0].lower() + name[1:]
        for kind, words in ((BodyKind.UBND, "Ủy ban nhân dân"), (BodyKind.MTTQ, "Ủy ban Mặt trận Tổ quốc Việt Nam")):
            places.add_body(area=made, kind=kind, name=f"{words} {lower}", now=now, by=None)
        return made

    province = area(data["province"]["code"], data["province"]["name"], Level.PROVINCE, None)
    city = area(data["city"]["code"], data["city"]["name"], Level.CITY, province)
    areas = {u.ref: area(u.code, u.name, Level(u.level), city) for u in first_units()}
    beside: dict[str, Area] = {data["province"]["code"]: province}
    for told in data["neighbours"]:
        beside[told["code"]] = area(told["code"], told["name"], Level(told["level"]), beside.get(told["parent"]))
    communes = [beside[told["code"]] for told in data["neighbours"] if Level(told["level"]) is Level.COMMUNE]
    return province, city, areas, communes


def _expect_neighbours(areas: list[Area], of: tuple[Form, ...], now: datetime, by: User) -> None:
    """Say that the neighbour's communes take part too: they report nothing here, and no total may look whole without them."""
    starts = date.fromisoformat(story()["programme"]["starts_on"])
    asked = [code for form in of for code in form.cells.values_list("indicator__code", flat=True)]
    for code in dict.fromkeys((*asked, "fund.pledged", "fund.spent")):
        figures.expect(
            indicator_code=code, area_ids=[area.pk for area in areas], valid_from=starts, valid_to=None, now=now, by=by
        )


def _people(province: Area, city: Area, areas: dict[str, Area], now: datetime) -> Cast:
    day = date.fromisoformat(story()["map_from"])
    names = iter(invented_names())

    def person(username: str, title: str, area: Area, *roles: Role) -> User:
        user = accounts.create_user(
            username=username,
            full_name=next(names),
            title=title,
            password=PASSWORD,
            now=now,
            by=None,
        )
        for role in roles:
            access.assign(user=user, role=role, area=area, valid_from=day, now=now, by=None)
        return user

    def at(unit: Unit) -> str:
        return unit.name[0].lower() + unit.name[1:]

    return Cast(
        officer=person("thanhpho.tonghop", "Chuyên viên tổng hợp, UBND thành phố", city, Role.OFFICER),
        city_leader=person("thanhpho.lanhdao", "Phó Chủ tịch UBND thành phố", city, Role.UPPER_LEADER, Role.LEADER),
        city_clerk=person("thanhpho.thidua", "Thư ký Hội đồng thi đua, UBND thành phố", city, Role.CLERK),
        province_officer=person("tinh.tonghop", "Chuyên viên tổng hợp, UBND tỉnh", province, Role.OFFICER),
        auditor=person("tinh.kiemtoan", "Kiểm toán viên", province, Role.AUDITOR),
        admin=person("tinh.quantri", "Quản trị hệ thống", province, Role.ADMIN),
        clerks=_also_later(
            {
                u.ref: person(f"{u.slug}.canbo", f"Công chức văn phòng – thống kê {at(u)}", areas[u.ref], Role.CLERK)
                for u in first_units()
            }
        ),
        leaders=_also_later(
            {
                u.ref: person(f"{u.slug}.lanhdao", f"Chủ tịch UBND {at(u)}", areas[u.ref], Role.LEADER)
                for u in first_units()
            }
        ),
        accountants=_also_later(
            {
                u.ref: person(f"{u.slug}.ketoan", f"Kế toán Quỹ, Ủy ban MTTQ {at(u)}", areas[u.ref], Role.ACCOUNTANT)
                for u in first_units()
            }
        ),
        controllers=_also_later(
            {
                u.ref: person(
                    f"{u.slug}.kiemsoat", f"Kiểm soát Quỹ, Ủy ban MTTQ {at(u)}", areas[u.ref], Role.CONTROLLER
                )
                for u in first_units()
            }
        ),
    )


def _also_later(people: dict[str, User]) -> dict[str, User]:
    """Add who does the same for the units formed later: the people of the first unit that each was formed from."""
    return people | {u.ref: people[u.formed_from[0]] for u in units() if u.formed_from}


def _programme(province: Area, city: Area, now: datetime, by: User) -> Programme:
    data, plan = story()["programme"], story()["plan"]
    starts, ends = date.fromisoformat(data["starts_on"]), date.fromisoformat(data["ends_on"])
    programme = programmes.create_programme(
        code=data["code"],
        number=data["number"],
        kind=data["kind"],
        title=data["title"],
        signed_on=date.fromisoformat(data["signed_on"]),
        starts_on=starts,
        ends_on=ends,
        area=province,
        parties=list(province.bodies.order_by("-kind")),
        areas_of_work=data["areas_of_work"],
        is_sample=True,
        now=now,
        by=by,
    )
    city_plan = programmes.create_programme(
        code=plan["code"],
        number=plan["number"],
        kind=plan["kind"],
        title=plan["title"],
        signed_on=date.fromisoformat(plan["signed_on"]),
        starts_on=starts,
        ends_on=ends,
        area=city,
        parties=list(city.bodies.order_by("-kind")),
        parent=programme,
        is_sample=True,
        now=now,
        by=by,
    )
    for target in story()["targets"]:
        programmes.set_target(
            programme=city_plan,
            indicator=indicator_by_code(target["indicator"]),
            area=city,
            period_code=target["period"],
            value=target["value"],
            comparison=Comparison(target.get("comparison", Comparison.AT_LEAST)),
            basis=BASIS,
            now=now,
            by=by,
        )
    return programme
