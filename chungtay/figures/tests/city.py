"""The cast's city with two communes and a small dictionary, told figures that the tests of the pages look at."""

from datetime import UTC, date, datetime, timedelta

from chungtay.figures import selectors, services
from chungtay.figures.registry import SourceView
from chungtay.figures.rules import Figure, Statement
from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition, define_dimension, define_indicators
from chungtay.kernel.periods import parse_period
from tests.cast import Cast, make_cast

FIRST_TOLD = datetime(2022, 4, 10, 2, tzinfo=UTC)
MENDED = datetime(2022, 5, 22, 8, tzinfo=UTC)


class Account:
    """The cast's city with two communes, told what the tests look at: houses by kind, money, a stock, a ratio."""

    def __init__(self) -> None:
        self.cast: Cast = make_cast(2)
        self.now = FIRST_TOLD
        self.told = 0
        _define()
        for code in ("HOUSES", "FUND", "POOR", "ALL"):
            services.expect(
                indicator_code=code,
                area_ids=[area.pk for area in self.cast.communes],
                valid_from=date(2022, 1, 1),
                now=self.now,
                by=None,
            )

    def tell(self, area, period, *facts, status="approved", at=None) -> None:
        """State facts (indicator, dimension, value) of an area from a report of its own."""
        self.told += 1
        statements = [
            Statement(code, dimension, area.pk, parse_period(period), value, cell=f"{code}:{dimension}")
            for code, dimension, value in facts
        ]
        self.now = at or self.now + timedelta(minutes=1)
        services.record_facts(
            statements, status=status, source_kind="test-report", source_id=str(self.told), now=self.now, by=None
        )

    def figure(self, code="HOUSES", area=None, period="2022H1", **more) -> Figure:
        return selectors.figure(code, (area or self.cast.city).pk, parse_period(period), **more)


def tell_two_quarters() -> Account:
    """Two quarters of both communes; Phường 11 first said 5 repaired for quarter I, mended to 4 on 22/05/2022."""
    made = Account()
    first, second = made.cast.communes
    for area, new, repaired in ((first, 3, 5), (second, 2, 1)):
        made.tell(area, "2022Q1", ("HOUSES", "new", new), ("HOUSES", "repair", repaired), ("FUND", "", 18_153_450_000))
        made.tell(area, "2022Q2", ("HOUSES", "new", 1), ("HOUSES", "repair", 0), ("FUND", "", 1_000_000))
    made.tell(first, "2022Q2", ("POOR", "", 20), ("ALL", "", 1000))
    made.tell(second, "2022Q2", ("POOR", "", 10), ("ALL", "", 2000))
    made.tell(first, "2022Q1", ("HOUSES", "repair", 4), at=MENDED)
    return made


def _define() -> None:
    define_dimension(
        code="work", name="Cách làm", values={"new": "Xây mới", "repair": "Sửa chữa"}, now=FIRST_TOLD, by=None
    )
    words = {"definition": "Đã nghiệm thu, bàn giao trong kỳ."}
    define_indicators(
        [
            Definition("HOUSES", "Nhà tình thương", "căn", kind=Kind.FLOW, dimensions=("work",), **words),
            Definition("FUND", "Vận động chăm lo", "đồng", kind=Kind.FLOW, is_money=True, **words),
            Definition("POOR", "Hộ nghèo", "hộ", kind=Kind.STOCK, **words),
            Definition("ALL", "Hộ dân cư", "hộ", kind=Kind.STOCK, **words),
            Definition("RATE", "Tỷ lệ hộ nghèo", "%", kind=Kind.RATIO, numerator="POOR", denominator="ALL", **words),
        ],
        now=FIRST_TOLD,
        by=None,
    )


def describe(ids):
    return {
        one: SourceView(f"Biểu B01, bản {one}", ("Duyệt: Nguyễn Thị Lan", "Mã niêm phong 9f3a"), f"/bao-cao/{one}/")
        for one in ids
    }
