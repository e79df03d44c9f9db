"""A small programme for these tests: four units, three and a half years of quarters, every number easy to add up.

world = make_world()           cast, programme, form; facts recorded and expected like returns would
world.create(by=officer)       a stored review; world.content() the draft without storing
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chungtay.figures import services as figures
from chungtay.figures.rules import Statement
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import indicator_by_code
from chungtay.indicators.services import Definition
from chungtay.kernel.periods import parse_period
from chungtay.papers.rules import HeadKind
from chungtay.programmes import services as programmes
from chungtay.programmes.models import Comparison, Programme
from chungtay.returns import services as returns
from chungtay.returns.services import CellDraft
from chungtay.reviews import selectors, services
from chungtay.reviews.content import Content
from chungtay.reviews.models import Review, ReviewBlock
from tests.cast import NOW, Cast, make_cast

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
KNOWN = datetime(2023, 4, 20, 17, 0, tzinfo=LOCAL)
TODAY = datetime(2023, 4, 25, 9, 0, tzinfo=LOCAL)
LATER = datetime(2023, 5, 2, 9, 0, tzinfo=LOCAL)
PERIOD = "2020-01..2023-03"
QUARTERS = [f"{year}Q{quarter}" for year in (2020, 2021, 2022) for quarter in (1, 2, 3, 4)] + ["2023Q1"]
BASE = {"2020": 10, "2021": 12, "2022": 13, "2023": 11}  # times a million đồng, for each unit and quarter
CODES = (
    "fund.raised",
    "support.houses",
    "support.bridges",
    "support.packages",
    "support.package_value",
    "poverty.poor_households",
    "poverty.households",
    "groups.self_managed",
    "activities.propaganda",
)


@dataclass
class World:
    cast: Cast
    programme: Programme

    def content(self, **given) -> Content:
        asked = {"area": self.cast.city, "period_code": PERIOD, "header": HeadKind.UBND, "known_at": KNOWN, **given}
        return selectors.draft_content(programme=self.programme, **asked)

    def create(self, by=None, **given) -> Review:
        asked = {
            "area": self.cast.city,
            "period_code": PERIOD,
            "header": HeadKind.UBND,
            "known_at": KNOWN,
            "now": TODAY,
        }
        return services.create_review(programme=self.programme, **{**asked, **given}, by=by or self.cast.officer)

    def correct(self, source_id: str = "correction", value: int = 500_000_000, at: datetime = LATER) -> None:
        """Let a later fact take the place of an earlier one: the fund of the first unit in the first quarter of 2023."""
        statement = Statement("fund.raised", "cash", self.cast.communes[0].pk, parse_period("2023Q1"), value)
        figures.record_facts([statement], status="approved", source_kind="test", source_id=source_id, now=at, by=None)


def make_world(communes: int = 4) -> World:
    cast = make_cast(communes)
    _dictionary(cast)
    made = {
        "number": "500",
        "kind": "Chương trình phối hợp",
        "title": "về một số nhiệm vụ trọng tâm, giai đoạn 2020 - 2024",
    }
    dates = {
        "signed_on": NOW.date(),
        "starts_on": NOW.date().replace(day=1),
        "ends_on": NOW.date().replace(year=2024, month=12),
    }
    programme = programmes.create_programme(
        code="500",
        **made,
        **dates,
        area=cast.province,
        parties=[cast.body(cast.province, "ubnd"), cast.body(cast.province, "mttq")],
        areas_of_work=["Chăm lo gia đình chính sách", "Xây dựng nông thôn mới"],
        is_sample=True,
        now=NOW,
        by=None,
    )
    plan = programmes.create_programme(
        code="500-866",
        **{**made, "kind": "Kế hoạch"},
        **dates,
        area=cast.city,
        parties=[],
        parent=programme,
        now=NOW,
        by=None,
    )
    _targets(plan, cast)
    _form(programme)
    _expect(cast)
    _record(cast)
    return World(cast, programme)


def _dictionary(cast: Cast) -> None:
    def dimension(code, values):
        indicators.define_dimension(code=code, name=code, values=values, now=NOW, by=None)

    dimension("amount", {"cash": "Tiền", "in_kind": "Hiện vật"})
    dimension("house_work", {"new": "Xây mới", "repair": "Sửa chữa"})
    flow, stock = Kind.FLOW, Kind.STOCK
    indicators.define_indicators(
        [
            Definition("fund.raised", "Vận động Quỹ", "đồng", "…", flow, is_money=True, dimensions=("amount",)),
            Definition("support.houses", "Nhà ở hỗ trợ", "căn", "…", flow, dimensions=("house_work",)),
            Definition("support.bridges", "Cầu nông thôn", "cây cầu", "…", flow),
            Definition("support.packages", "Suất hỗ trợ", "suất", "…", flow, round_step=1000),
            Definition("support.package_value", "Giá trị các suất", "đồng", "…", flow, is_money=True),
            Definition("poverty.poor_households", "Hộ nghèo", "hộ", "…", stock),
            Definition("poverty.households", "Tổng số hộ", "hộ", "…", stock),
            Definition(
                "poverty.rate", "Tỷ lệ hộ nghèo", "%", "…", Kind.RATIO,
                numerator="poverty.poor_households", denominator="poverty.households",
            ),
            Definition("groups.self_managed", "Tổ Nhân dân tự quản", "tổ", "…", stock),
            Definition("activities.propaganda", "Buổi tuyên truyền", "buổi", "…", flow),
        ],
        now=NOW,
        by=None,
    )  # fmt: skip


def _targets(plan: Programme, cast: Cast) -> None:
    for code, period, value, comparison in (
        ("fund.raised", "2022", 200_000_000, Comparison.AT_LEAST),
        ("fund.raised", "2023", 210_000_000, Comparison.AT_LEAST),
        ("support.houses", "2020-01..2024-12", 480, Comparison.AT_LEAST),
        ("poverty.rate", "2024", 80, Comparison.AT_MOST),
    ):
        programmes.set_target(
            programme=plan,
            indicator=indicator_by_code(code),
            area=cast.city,
            period_code=period,
            value=value,
            comparison=comparison,
            basis="Kế hoạch thực hiện",
            now=NOW,
            by=None,
        )


def _form(programme: Programme) -> None:
    cells = [
        CellDraft("I", code, code, key)
        for code in CODES
        for key in {"fund.raised": ("cash", "in_kind"), "support.houses": ("new", "repair")}.get(code, ("",))
    ]
    returns.publish_form(programme=programme, code="B01", title="Kết quả", cells=cells, now=NOW, by=None)


def _expect(cast: Cast) -> None:
    units = [area.pk for area in cast.communes]
    for code in CODES:
        figures.expect(indicator_code=code, area_ids=units, valid_from=parse_period("2020").start, now=NOW, by=None)


def _record(cast: Cast) -> None:
    """Quarter by quarter; the last unit never counts its self-managed groups, the first two build no bridge."""
    for place, area in enumerate(cast.communes):
        statements = []
        for code in QUARTERS:
            period, million = parse_period(code), BASE[code[:4]] * 1_000_000
            statements += [
                Statement("fund.raised", "cash", area.pk, period, million),
                Statement("fund.raised", "in_kind", area.pk, period, 153_450 + place),
                Statement("support.houses", "new", area.pk, period, 5),
                Statement("support.houses", "repair", area.pk, period, 3),
                Statement("support.bridges", "", area.pk, period, int(place > 1 and code.endswith("Q4"))),
                Statement("support.packages", "", area.pk, period, 431),
                Statement("support.package_value", "", area.pk, period, 170_000_000),
                Statement("activities.propaganda", "", area.pk, period, 12),
            ]
            if place < len(cast.communes) - 1:
                statements.append(Statement("groups.self_managed", "", area.pk, period, 20 + place))
            if code.endswith("Q4"):
                statements.append(
                    Statement("poverty.poor_households", "", area.pk, period, 60 - 10 * (period.start.year - 2020))
                )
                statements.append(Statement("poverty.households", "", area.pk, period, 2000))
        at = KNOWN.replace(day=1)
        figures.record_facts(
            statements, status="approved", source_kind="test", source_id=f"first-{place}", now=at, by=None
        )


def paragraph_of(review: Review, name: str) -> ReviewBlock:
    """Return a paragraph by its name."""
    return review.blocks.get(name=name)
