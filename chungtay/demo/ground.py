"""What stands before the story begins: the map, the bodies, the people, the dictionary, the programme, its forms."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from chungtay.access import services as access
from chungtay.access.rules import Role
from chungtay.accounts import services as accounts
from chungtay.accounts.models import User
from chungtay.demo.people import PASSWORD
from chungtay.demo.story import Unit, invented_names, story, units
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import indicator_by_code
from chungtay.indicators.services import Definition
from chungtay.places import services as places
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind, Level
from chungtay.programmes import services as programmes
from chungtay.programmes.models import Comparison, Programme
from chungtay.returns import services as returns
from chungtay.returns.models import Form
from chungtay.returns.rules import RuleSpec
from chungtay.returns.services import CellDraft

BASIS = "Kế hoạch của UBND thành phố (số liệu minh họa)"


@dataclass(frozen=True)
class Cast:
    """The people of the story, by what they do. `clerks` and `leaders` are by unit code."""

    officer: User
    city_leader: User
    city_clerk: User
    province_officer: User
    auditor: User
    admin: User
    clerks: dict[str, User]
    leaders: dict[str, User]


@dataclass(frozen=True)
class Ground:
    """Everything the story walks on."""

    city: Area
    areas: dict[str, Area]
    cast: Cast
    programme: Programme
    results: Form
    poverty: Form
    awards: Form


@transaction.atomic
def lay(now: datetime) -> Ground:
    """Make the ground of the demonstration in an empty database."""
    province, city, areas = _map(now)
    cast = _people(province, city, areas, now)
    _dictionary(now, cast.admin)
    programme = _programme(province, city, areas, now, cast.officer)
    return Ground(
        city,
        areas,
        cast,
        programme,
        _results_form(programme, now, cast.officer),
        _poverty_form(programme, now, cast.officer),
        _awards_form(programme, now, cast.officer),
    )


def _map(now: datetime) -> tuple[Area, Area, dict[str, Area]]:
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
    return province, city, {u.code: area(u.code, u.name, Level(u.level), city) for u in units()}


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
        clerks={
            u.code: person(f"{u.slug}.canbo", f"Công chức văn phòng – thống kê {at(u)}", areas[u.code], Role.CLERK)
            for u in units()
        },
        leaders={
            u.code: person(f"{u.slug}.lanhdao", f"Chủ tịch UBND {at(u)}", areas[u.code], Role.LEADER) for u in units()
        },
    )


AMOUNTS = {"cash": "Tiền thực nhận", "in_kind": "Hiện vật quy thành tiền", "outside": "Vận động ngoài Quỹ"}
WORKS = {"new": "Xây mới", "repair": "Sửa chữa"}
GIFTS = {
    "scholarship": "Học bổng",
    "medical": "Khám chữa bệnh",
    "gift": "Quà cho hộ nghèo, hộ khó khăn",
    "production": "Hỗ trợ sản xuất",
}


def _dictionary(now: datetime, by: User) -> None:
    indicators.define_dimension(code="amount", name="Nguồn vận động", values=AMOUNTS, now=now, by=by)
    indicators.define_dimension(code="house_work", name="Cách làm nhà", values=WORKS, now=now, by=by)
    indicators.define_dimension(code="gift_kind", name="Loại hỗ trợ", values=GIFTS, now=now, by=by)
    stock = "Số có đến ngày cuối kỳ."
    indicators.define_indicators(
        [
            Definition(
                "fund.raised",
                "Vận động chăm lo người nghèo",
                "đồng",
                "Tổng số vận động trong kỳ: tiền thực nhận vào Quỹ “Vì người nghèo”, hiện vật quy thành tiền và vận động trực tiếp "
                "không qua Quỹ. Không tính số mới đăng ký, không tính tiền cấp trên chuyển xuống.",
                Kind.FLOW,
                name_en="Raised for the poor",
                is_money=True,
                dimensions=("amount",),
            ),
            Definition(
                "support.houses",
                "Nhà đại đoàn kết, nhân ái, tình thương",
                "căn",
                "Căn nhà xây mới hoặc sửa chữa đã nghiệm thu, bàn giao trong kỳ.",
                Kind.FLOW,
                name_en="Houses built or repaired",
                dimensions=("house_work",),
            ),
            Definition(
                "support.bridges",
                "Cầu nông thôn xây dựng, sửa chữa",
                "cây cầu",
                "Cây cầu nông thôn xây mới hoặc sửa chữa đã nghiệm thu trong kỳ.",
                Kind.FLOW,
                name_en="Rural bridges built or repaired",
            ),
            Definition(
                "support.packages",
                "Học bổng, khám chữa bệnh, quà, hỗ trợ sản xuất",
                "suất",
                "Số suất đã trao trong kỳ; một hộ nhận hai lần là hai suất.",
                Kind.FLOW,
                name_en="Support packages given",
                round_step=1000,
                dimensions=("gift_kind",),
            ),
            Definition(
                "support.package_value",
                "Giá trị các suất hỗ trợ",
                "đồng",
                "Giá trị bằng tiền của các suất đã trao trong kỳ.",
                Kind.FLOW,
                name_en="Value of support packages",
                is_money=True,
                dimensions=("gift_kind",),
            ),
            Definition(
                "poverty.poor_households",
                "Hộ nghèo",
                "hộ",
                "Hộ nghèo theo kết quả rà soát cuối năm được công nhận.",
                Kind.STOCK,
                name_en="Poor households",
                method=stock,
            ),
            Definition(
                "poverty.households",
                "Hộ dân cư",
                "hộ",
                "Tổng số hộ dân cư cuối năm.",
                Kind.STOCK,
                name_en="Households",
                method=stock,
            ),
            Definition(
                "poverty.rate",
                "Tỷ lệ hộ nghèo",
                "%",
                "Hộ nghèo trên tổng số hộ dân cư, tính lại từ hai số ở từng cấp, không lấy trung bình.",
                Kind.RATIO,
                name_en="Poverty rate",
                numerator="poverty.poor_households",
                denominator="poverty.households",
            ),
            Definition(
                "groups.hoi_quan",
                "Hội quán đang hoạt động",
                "Hội quán",
                "Hội quán có sinh hoạt trong kỳ.",
                Kind.STOCK,
                name_en="Farmers' clubs",
                method=stock,
            ),
            Definition(
                "groups.hoi_quan_members",
                "Thành viên Hội quán",
                "thành viên",
                "Người đang tham gia các Hội quán.",
                Kind.STOCK,
                name_en="Members of farmers' clubs",
                method=stock,
            ),
            Definition(
                "groups.htx_from_hoi_quan",
                "Hợp tác xã thành lập từ Hội quán",
                "HTX",
                "Hợp tác xã ra đời từ Hội quán, còn hoạt động.",
                Kind.STOCK,
                name_en="Co-operatives born of clubs",
                method=stock,
            ),
            Definition(
                "groups.self_managed",
                "Tổ Nhân dân tự quản",
                "tổ",
                "Tổ Nhân dân tự quản đang hoạt động.",
                Kind.STOCK,
                name_en="Self-managed groups",
                method=stock,
            ),
            Definition(
                "activities.propaganda",
                "Buổi tuyên truyền",
                "buổi",
                "Buổi tuyên truyền, vận động do các bên phối hợp tổ chức trong kỳ.",
                Kind.FLOW,
                name_en="Outreach sessions",
            ),
            Definition(
                "awards.collectives",
                "Tập thể được tặng giấy khen",
                "tập thể",
                "Tập thể được UBND thành phố tặng giấy khen về thực hiện Chương trình.",
                Kind.FLOW,
                name_en="Collectives commended",
            ),
        ],
        now=now,
        by=by,
    )


def _programme(province: Area, city: Area, areas: dict[str, Area], now: datetime, by: User) -> Programme:
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


def _results_form(programme: Programme, now: datetime, by: User) -> Form:
    fund, care, groups = (
        "A. Vận động chăm lo người nghèo",
        "B. Hỗ trợ hộ nghèo, hộ khó khăn",
        "C. Mô hình cộng đồng, tuyên truyền",
    )
    cells = [
        *(CellDraft(fund, name, "fund.raised", code) for code, name in AMOUNTS.items()),
        CellDraft(care, "Nhà xây mới đã bàn giao", "support.houses", "new"),
        CellDraft(care, "Nhà sửa chữa đã bàn giao", "support.houses", "repair"),
        CellDraft(care, "Cầu nông thôn xây dựng, sửa chữa", "support.bridges"),
        *(CellDraft(care, f"{name}: số suất", "support.packages", code) for code, name in GIFTS.items()),
        *(CellDraft(care, f"{name}: giá trị", "support.package_value", code) for code, name in GIFTS.items()),
        CellDraft(groups, "Hội quán đang hoạt động", "groups.hoi_quan"),
        CellDraft(groups, "Thành viên Hội quán", "groups.hoi_quan_members"),
        CellDraft(groups, "Hợp tác xã thành lập từ Hội quán", "groups.htx_from_hoi_quan"),
        CellDraft(groups, "Tổ Nhân dân tự quản", "groups.self_managed"),
        CellDraft(groups, "Buổi tuyên truyền", "activities.propaganda"),
    ]
    relations = [
        *(
            RuleSpec(
                "needs",
                f"support.packages:{code}",
                f"support.package_value:{code}",
                "Có {left} suất nhưng giá trị bằng 0. Hãy ghi giá trị của các suất này.",
            )
            for code in GIFTS
        ),
        *(
            RuleSpec(
                "needs",
                f"support.package_value:{code}",
                f"support.packages:{code}",
                "Có giá trị {left} đồng nhưng số suất bằng 0. Hãy ghi số suất.",
            )
            for code in GIFTS
        ),
        RuleSpec(
            "at_most",
            "groups.hoi_quan",
            "groups.hoi_quan_members",
            "Có {left} Hội quán nhưng chỉ {right} thành viên. Hãy sửa một trong hai số.",
        ),
    ]
    return returns.publish_form(
        programme=programme, code="B01", title="Kết quả phối hợp", cells=cells, relations=relations, now=now, by=by
    )


def _poverty_form(programme: Programme, now: datetime, by: User) -> Form:
    section = "Hộ nghèo cuối năm"
    return returns.publish_form(
        programme=programme,
        code="B02",
        title="Hộ nghèo",
        cells=[
            CellDraft(section, "Tổng số hộ dân cư", "poverty.households"),
            CellDraft(section, "Hộ nghèo", "poverty.poor_households"),
        ],
        relations=[
            RuleSpec(
                "at_most",
                "poverty.poor_households",
                "poverty.households",
                "Số hộ nghèo ({left}) lớn hơn tổng số hộ ({right}). Hãy sửa một trong hai số.",
            )
        ],
        now=now,
        by=by,
    )


def _awards_form(programme: Programme, now: datetime, by: User) -> Form:
    return returns.publish_form(
        programme=programme,
        code="B03",
        title="Khen thưởng",
        cells=[CellDraft("Khen thưởng", "Tập thể được tặng giấy khen", "awards.collectives")],
        now=now,
        by=by,
    )
