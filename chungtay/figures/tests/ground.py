"""A small province with a dictionary, in the database: province P > district D1 (communes A, B) and D2 (commune C)."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from chungtay.figures import account, selectors, services
from chungtay.figures.models import Batch
from chungtay.figures.rules import Figure, Statement
from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition, define_dimension, define_indicators
from chungtay.kernel.periods import parse_period
from chungtay.places.models import Area
from chungtay.places.rules import Level
from chungtay.places.services import add_area

START = datetime(2022, 1, 1, 1, tzinfo=UTC)
SINCE = date(2004, 1, 1)


@dataclass
class Ground:
    """`tell` states facts from a source of its own, one hour after the last one; `see` reads one figure."""

    areas: dict[str, Area] = field(default_factory=dict)
    now: datetime = START
    sources: int = 0

    def id(self, name: str) -> UUID:
        return self.areas[name].id

    def name(self, area_id: UUID) -> str:
        return next(name for name, area in self.areas.items() if area.id == area_id)

    def tell(
        self, *facts: tuple, status: str = "approved", source: str = "", after: timedelta = timedelta(hours=1)
    ) -> Batch | None:
        """Facts are (indicator, area, period code, value[, dimension])."""
        self.now += after
        self.sources += 1
        statements = [
            Statement(code, (*rest, "")[0], self.id(area), parse_period(period), value, cell=f"D{row}")
            for row, (code, area, period, value, *rest) in enumerate(facts, 1)
        ]
        return services.record_facts(
            statements, status=status, source_kind="test", source_id=source or str(self.sources), now=self.now, by=None
        )

    def expect(self, code: str, *names: str, valid_from: date = SINCE, valid_to: date | None = None) -> int:
        self.now += timedelta(hours=1)
        ids = [self.id(name) for name in names]
        return services.expect(
            indicator_code=code, area_ids=ids, valid_from=valid_from, valid_to=valid_to, now=self.now, by=None
        )

    def see(self, code: str, area: str, period: str, **options) -> Figure:
        return selectors.figure(code, self.id(area), parse_period(period), **options)

    def value(self, code: str, area: str, period: str, **options) -> int | None:
        return self.see(code, area, period, **options).value


def make_ground() -> Ground:
    ground = Ground()
    for name, code, level, above in [
        ("P", "87", Level.PROVINCE, ""),
        ("D1", "866", Level.CITY, "P"),
        ("D2", "867", Level.DISTRICT, "P"),
        ("A", "29866", Level.COMMUNE, "D1"),
        ("B", "29869", Level.COMMUNE, "D1"),
        ("C", "29872", Level.COMMUNE, "D2"),
    ]:
        ground.areas[name] = add_area(
            name=f"Xã {name}",
            code=code,
            level=level,
            parent=ground.areas.get(above),
            valid_from=SINCE,
            legal_basis="Nghị định thử",
            now=START,
            by=None,
        )
    define_dimension(
        code="kind", name="Loại quà", values={"food": "Lương thực", "study": "Học bổng"}, now=START, by=None
    )
    define_indicators(
        [
            _define("HOUSES", Kind.FLOW),
            _define("PLAN", Kind.FLOW, decimals=1),
            _define("POOR", Kind.STOCK),
            _define("HOUSEHOLDS", Kind.STOCK),
            _define("POOR_RATE", Kind.RATIO, numerator="POOR", denominator="HOUSEHOLDS"),
            _define("DONE", Kind.RATIO, numerator="HOUSES", denominator="PLAN"),
            _define("GIFTS", Kind.FLOW, dimensions=("kind",)),
        ],
        now=START,
        by=None,
    )
    return ground


def new_process() -> None:
    """Forget what this process holds in memory, as a restart would."""
    account._registry.clear()


def _define(code: str, kind: Kind, **more) -> Definition:
    return Definition(code=code, name=f"Chỉ tiêu {code}", unit="căn", definition="Để thử.", kind=kind, **more)
